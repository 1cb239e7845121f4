"""How long names of organisations take to be joined to bodies, and in how much memory.

Names are drawn from the words of the labelled lists and each printed in up to three ways (as it
stands, without accents, with a slip, with an acronym before it), so that a list of any length holds
variants to find. Each size runs in a process of its own.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

from atalaya.reading.organisations.resolving import resolve
from atalaya.registers import organisations

LISTS = Path(__file__).parents[1] / "tests" / "material" / "organisations"
SIZES = (1_000, 10_000, 100_000)
SEED = 20_261_125


def words() -> list[str]:
    """Give the words of the labelled lists, in order."""
    found: dict[str, None] = {}
    for path in sorted(LISTS.rglob("*.csv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                found.update(dict.fromkeys(one for one in row["name"].split() if len(one) > 3))
    return list(found)


def drawn(size: int) -> list[str]:
    """Draw names, about 1.7 a body."""
    draw, known, names = random.Random(SEED), words(), []
    while len(names) < size:
        name = " ".join(draw.sample(known, draw.randint(3, 6)))
        ways = [name, plain(name), slipped(name, draw), f"{initials(name)} - {name}"]
        names += draw.sample(ways, draw.choice((1, 1, 2, 3)))
    draw.shuffle(names)
    return names[:size]


def plain(name: str) -> str:
    """Give a name without accents, in small letters."""
    spread = unicodedata.normalize("NFKD", name.lower())
    return "".join(one for one in spread if not unicodedata.combining(one))


def slipped(name: str, draw: random.Random) -> str:
    """Give a name with one letter left out of its longest word."""
    longest = max(name.split(), key=len)
    at = draw.randrange(1, len(longest) - 1)
    return name.replace(longest, longest[:at] + longest[at + 1 :], 1)


def initials(name: str) -> str:
    """Give the acronym of a name."""
    return "".join(word[0].upper() for word in name.split() if word[0].isalpha())


def one(size: int) -> None:
    """Measure one size and print its row."""
    names = drawn(size)
    begin = time.perf_counter()
    found = resolve(names, organisations.load())
    took = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"| {size:,} | {took:.1f} | {len({each.entity for each in found}):,} | {peak:,} |")


def main() -> int:
    """Print the table."""
    print("| names | seconds | bodies | peak MiB |\n|---:|---:|---:|---:|", flush=True)
    return max(
        subprocess.run(
            [sys.executable, "-m", "benchmarks.resolving", str(size)], check=False
        ).returncode
        for size in SIZES
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(int(sys.argv[1]))
    else:
        sys.exit(main())

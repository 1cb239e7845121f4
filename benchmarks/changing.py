"""How long it takes to say what changed in a page of 2 MB: little, much, all, and the worst case.

The pages are made of words drawn by a seeded generator; a change replaces one word in a hundred.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from atalaya.reading.changes import Version, difference

SIZE, RUNS = 2_000_000, 3
SEED = 20260301
VOCABULARY, SENTENCE = 3_000, 12


def words(seed: int) -> list[str]:
    """Draw words for a page of the size, with sentences of a dozen."""
    drawn = random.Random(seed)
    made, letters = [], 0
    while letters < SIZE:
        made.append(f"word{drawn.randrange(VOCABULARY)}")
        letters += len(made[-1]) + 2
    return made


def page(said: list[str]) -> bytes:
    """Make a web page of words."""
    parts = (" ".join(said[at : at + SENTENCE]) for at in range(0, len(said), SENTENCE))
    return b"<html><body>" + "".join(f"<p>{one}.</p>" for one in parts).encode() + b"</body></html>"


def table(said: list[str]) -> bytes:
    """Make a CSV file of words: a number, a name and a count a row."""
    rows = (f"{at},{one},{len(one) * at % 997}" for at, one in enumerate(said[: SIZE // 20]))
    return ("id,name,count\n" + "\n".join(rows)).encode()


def touched(said: list[str], one_in: int) -> list[str]:
    """Replace one word in so many."""
    drawn = random.Random(SEED + 1)
    return [f"new{drawn.randrange(9)}" if drawn.randrange(one_in) == 0 else one for one in said]


def shuffled(said: list[str]) -> list[str]:
    """Put the sentences in another order."""
    parts = [said[at : at + SENTENCE] for at in range(0, len(said), SENTENCE)]
    random.Random(SEED + 2).shuffle(parts)
    return [one for part in parts for one in part]


def row(what: str, old: bytes, new: bytes, media_type: str = "text/html") -> str:
    """Compare two versions; the median of the runs."""
    took = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        found = difference(Version(old, media_type), Version(new, media_type))
        took.append(time.perf_counter() - begin)
    seconds = statistics.median(took)
    return f"| {what} | {len(new) / 1e6:.1f} | {seconds:.2f} | {len(found.changes):,} changes |"


def main() -> None:
    """Print the table."""
    said = words(SEED)
    old = page(said)
    line = " ".join(said).encode()
    rows: list[Callable[[], str]] = [
        lambda: row("one word in ten thousand is another", old, page(touched(said, 10_000))),
        lambda: row("one word in a hundred is another", old, page(touched(said, 100))),
        lambda: row("every sentence elsewhere", old, page(shuffled(said))),
        lambda: row("every word another", old, page(words(SEED + 3))),
        lambda: row("one line of text", line, " ".join(touched(said, 100)).encode(), "text/plain"),
        lambda: row("the same row of bars", b"| " * 1_000_000, b"| " * 999_999, "text/plain"),
        lambda: row(
            "CSV, one row in a hundred", table(said), table(touched(said, 100)), "text/csv"
        ),
    ]
    print("| page | MB | seconds | |\n|---|---:|---:|---|")
    for one in rows:
        print(one(), flush=True)


if __name__ == "__main__":
    main()

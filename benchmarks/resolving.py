"""How fast names of organisations are resolved, and how much memory that takes.

The names are made: bodies of a rare word and words of the lexicon, with a country or none, each
under one to three names (another language, an acronym, a slip of the pen).
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from pathlib import Path

from atalaya.pipeline.resolving import resolve_file

SIZES = (1_000, 10_000, 100_000)
_SYLLABLES = [left + right for left in "bdfgklmnprstvz" for right in ("a", "e", "or", "in")]
_FIELDS = (
    ("Drug Policy", "Política de Drogas"),
    ("Harm Reduction", "Reducción de Daños"),
    ("Human Rights", "Derechos Humanos"),
    ("Palliative Care", "Cuidados Paliativos"),
    ("Public Health", "Salud Pública"),
    ("Rural Development", "Desarrollo Rural"),
    ("Youth Education", "Educación de Jóvenes"),
    ("Water Protection", "Protección del Agua"),
)
_FORMS = (("Foundation", "Fundación"), ("Association", "Asociación"), ("Institute", "Instituto"))
_COUNTRIES = ("", " (Kenya)", " (Peru)", " (Brazil)", " (India)", " (Serbia)")


def names(count: int, seed: int = 68) -> list[str]:
    """Make names, the same ones each time."""
    chance = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        rare = "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
        field, form = chance.choice(_FIELDS), chance.choice(_FORMS)
        country = chance.choice(_COUNTRIES)
        full = f"{rare} {field[0]} {form[0]}"
        found.append(full + country)
        if chance.random() < 0.5:
            found.append(f"{form[1]} {rare} de {field[1]}{country}")
        if chance.random() < 0.3:
            found.append(f"{''.join(word[0] for word in full.split())} - {full}")
    return found[:count]


def main() -> None:
    """Print a table: names, seconds, bodies, memory at its peak."""
    print("| names | seconds | bodies | peak memory, MiB |\n|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            source = Path(folder) / "names.txt"
            source.write_text("\n".join(names(size)) + "\n", "utf-8")
            begin = time.perf_counter()
            done = resolve_file(source, Path(folder) / "clusters.csv")
            seconds = time.perf_counter() - begin
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(f"| {size:,} | {seconds:.1f} | {done.bodies:,} | {peak:,} |", flush=True)


if __name__ == "__main__":
    main()

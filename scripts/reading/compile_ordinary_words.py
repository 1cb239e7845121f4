"""Compile the list of ordinary words that are names of drugs too, or look like one.

    python -m venv words && words/bin/pip install pyspellchecker
    .venv/bin/python scripts/reading/compile_ordinary_words.py words ../shared/data

Word counts come from the frequency lists of pyspellchecker (MIT; film subtitles and spelling
dictionaries); street names from dope-slang (MIT), tripsit-drugs (ISC) and the register. Only words
on both sides are kept, each with the largest of its frequencies in English, Spanish, French,
Portuguese and German on the Zipf scale (van Heuven et al., Q. J. Exp. Psychol. 67 (2014) 1176: the
logarithm of occurrences in a thousand million words), so what ships is a short list of facts.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.mentions.substances_names import forms
from atalaya.reading.mentions.substances_slips import looks_like_a_name

LANGUAGES = ("en", "es", "fr", "pt", "de")
OUT = Path(__file__).parents[2] / "src/atalaya/reading/mentions/data/ordinary_words.csv"
FEWEST = 50  # the lists give 50 to words of their dictionaries that no subtitle holds


def frequencies(folder: Path) -> dict[str, float]:
    """Give folded word -> Zipf frequency, the largest of five languages."""
    found: dict[str, float] = {}
    for language in LANGUAGES:
        (path,) = folder.glob(
            f"lib/python3*/site-packages/spellchecker/resources/{language}.json.gz"
        )
        counts = json.loads(gzip.decompress(path.read_bytes()))
        total = sum(counts.values())
        for word, count in counts.items():
            zipf = math.log10(max(count, 1) / total * 1e9)
            for form in {fold_name(word).strip()} if word.isalpha() else ():
                found[form] = max(found.get(form, 0.0), zipf)
    return found


def street_names(data: Path) -> Iterator[str]:
    """Give the names of two slang lists and of the register."""
    tables = (("dope-slang/lookup_df.csv", "synonym"), ("dope-slang/dea_street_names.csv", "slang"))
    tables += (("dope-slang/noslang_street_names.csv", "street_name"),)
    tables += (("tripsit-drugs/aliases_flat.csv", "alias"),)
    for name, column in tables:
        with (data / name).open(encoding="utf-8") as lines:
            yield from (row[column] for row in csv.DictReader(lines) if row[column])
    yield from forms()


def compiled(words: dict[str, float], names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Give the rows: word, Zipf frequency, whether it is a name or only looks like one."""
    named = {fold_name(name).strip() for name in names}
    rows = [(word, f"{words[word]:.1f}", "name") for word in named & words.keys()]
    alike = (word for word in words.keys() - named if _looks(word))
    rows += [(word, f"{words[word]:.1f}", "alike") for word in alike]
    return sorted(rows)


def _looks(word: str) -> bool:
    """Tell whether a word would be taken for a name; a German compound of one is none by chance."""
    return any(part.how != "compound" for part in looks_like_a_name(word))


def main() -> int:
    """Write the list."""
    rows = compiled(frequencies(Path(sys.argv[1])), street_names(Path(sys.argv[2])))
    with OUT.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("word", "zipf", "why"))
        table.writerows(rows)
    sys.stdout.write(f"{len(rows)} words\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Compiles the names in Spanish, Portuguese, French and German: run it as ``python languages.py``.

Reads ``languages.csv``: one row for each source that says a name; nothing else is asked, so that
the rows can be made again without any of the sources at hand. Rewrites the rows in a language of
``aliases.csv`` and leaves the others. A row without a language states a name that no
compiled source has. A name is ``verified`` where two independent sources say it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "atalaya" / "registers" / "data"
MIXED = ("group", "polymer", "material", "preparation", "protein")
# Copies of one list, or files that one hand compiled, count once.
_SAME_HANDS = {
    "isomerdesign": "psymol",
    "psychonautwiki": "psymol",
    "connecticut-texts": "connecticut",
    "death-lexicon": "connecticut",
    "br-portaria-344": "anvisa-list",
    "br-rdc-2026": "anvisa-list",
    "boe-snd-884-2024": "press",  # read in two newspapers only
    "at-rpv": "at-sv",  # laws of one State
    "cl-mesa-2016": "cl-mesa",
    "cl-mesa-2017": "cl-mesa",
    **dict.fromkeys(
        ("es-energycontrol", "es-energycontrol-cocaina", "es-energycontrol-gbl"), "energycontrol"
    ),
    **dict.fromkeys(("es-canamo", "es-canamo-ghb"), "energycontrol"),  # its column in a magazine
}
Row = dict[str, str]


def stated(sources: set[str]) -> str:
    """Say ``verified`` where two independent sources agree; all news reports count as one."""
    independent = {
        "press" if "-press-" in source else _SAME_HANDS.get(source, source) for source in sources
    }
    return "verified" if len(independent) > 1 else "unverified" if sources else ""


def statements() -> dict[str, dict[tuple[str, str], set[str]]]:
    """Read what each source says: entry -> (language, name) -> sources, in the file's order."""
    found: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    with (HERE / "languages.csv").open(encoding="utf-8", newline="") as said:
        for row in csv.DictReader(said):
            found[row["name"]][row["language"], row["said"]].add(row["source"])
    return found


def rows_of(entry: Row, said: dict[tuple[str, str], set[str]]) -> Iterator[Row]:
    """Give the rows of ``aliases.csv`` of one entry.

    Args:
        entry: Its row of ``substances.csv``: id and kind are read.
        said: (language, name) -> the sources that say so.
    """
    for (language, name), sources in said.items():
        yield {
            "alias": name,
            "substance": entry["id"],
            "kind": "label" if entry["kind"] in MIXED else "synonym",
            "language": language,
            "checked": stated(sources),
            "sources": " ".join(sorted(sources)),
        }


def merged(entries: list[Row], aliases: list[Row]) -> list[Row]:
    """Put the names in a language before the other names of each entry, each spelling once."""
    said = statements()
    unknown = sorted(said.keys() - {entry["name"] for entry in entries})
    if unknown:
        raise ValueError(f"languages.csv names no entry of the register: {', '.join(unknown)}")
    others: dict[str, list[Row]] = defaultdict(list)
    for alias in aliases:
        if not alias["language"]:
            others[alias["substance"]].append(alias)
    rows: list[Row] = []
    for entry in entries:
        spoken = list(rows_of(entry, said[entry["name"]]))
        once = {alias["alias"] for alias in spoken}
        rows += spoken
        rows += (alias for alias in others[entry["id"]] if alias["alias"] not in once)
    return rows


def read(file: Path) -> list[Row]:
    """Read a CSV file of the register."""
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def write(file: Path, rows: list[Row]) -> None:
    """Write rows as CSV with the columns of the first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    print(f"{file.name}: {len(rows)} rows")


if __name__ == "__main__":
    write(DATA / "aliases.csv", merged(read(DATA / "substances.csv"), read(DATA / "aliases.csv")))

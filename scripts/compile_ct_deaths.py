"""Compiles Connecticut's accidental drug deaths into monthly counts by substance.

Reads the words of the death certificates (cause of death and other significant conditions), never
the toxicology flags, and writes counts for the whole state: no person, no county, no text.

    python scripts/compile_ct_deaths.py records.csv.gz [--into FOLDER]
    python scripts/compile_ct_deaths.py records.csv.gz --compare COUNTS.csv --dry-run

How a text is read: slips of the pen are mended (`ct-deaths/spellings.csv`); then the longest
expression of `ct-deaths/names.csv` is taken first and its letters are used up, so that "acetyl
fentanyl" is not also fentanyl and "flubromazolam" not also bromazolam. A metabolite counts for the
substance that `names.csv` gives; an expression without a substance is read over on purpose.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tidy_csv import SOURCES, read_rows, write_table

LEXICON = Path(__file__).resolve().parent / "ct-deaths"
TEXTS = ("Cause of Death", "Other Significant Conditions")
HEADING = ("month", "substance", "kind", "deaths", "deaths_examined")
FILES = {"substance": "monthly.csv", "group": "monthly_groups.csv"}
# The certificates glue words together: "offentanyl", "heroinand", "phencyclidinetoxicity".
GLUED_BEFORE, GLUED_AFTER = "(?:of|and|with)?", "(?:and|with|following|toxicity)?"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How the texts are read: mended spellings, names to substances, groups to members."""

    spelling: re.Pattern[str]
    meant: Mapping[str, str]
    name: re.Pattern[str]
    substance_of: Mapping[str, str]
    members: Mapping[str, frozenset[str]]

    def substances_in(self, text: str) -> set[str]:
        """Name the substances a text names, each once, groups left out."""
        plain = " ".join(text.lower().split())
        mended = self.spelling.sub(lambda m: m["glue"] + self.meant[m["word"]], plain)
        found = (self.substance_of[_key(m["name"])] for m in self.name.finditer(mended))
        return {substance for substance in found if substance}

    def counted(self, kind: str) -> list[str]:
        """Every substance, or every group, that is counted."""
        if kind == "group":
            return sorted(self.members)
        return sorted({name for name in self.substance_of.values() if name} - set(self.members))


def _key(expression: str) -> str:
    """An expression without the spaces and hyphens that come and go."""
    return re.sub(r"[\s-]+", "", expression)


def read_lexicon(folder: Path = LEXICON) -> Lexicon:
    """Read the three tables of the lexicon."""
    meant = {row["written"]: row["meant"] for row in read_rows(folder / "spellings.csv")}
    names = read_rows(folder / "names.csv")
    members: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(folder / "groups.csv"):
        members[row["group"]].add(row["member"])
    longest_first = sorted(meant, key=len, reverse=True)
    by_length = sorted((row["expression"] for row in names), key=len, reverse=True)
    loose = "|".join(r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", e))) for e in by_length)
    return Lexicon(
        spelling=re.compile(
            rf"(?<![a-z0-9])(?P<glue>{GLUED_BEFORE})(?P<word>{'|'.join(longest_first)})(?![a-z0-9])"
        ),
        meant=meant,
        name=re.compile(rf"(?<![a-z0-9]){GLUED_BEFORE}(?P<name>{loose}){GLUED_AFTER}(?![a-z0-9])"),
        substance_of={_key(row["expression"]): row["substance"] for row in names},
        members={group: frozenset(inside) for group, inside in members.items()},
    )


def read_deaths(path: Path) -> Iterator[tuple[str, str]]:
    """Give month and text of each death."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["month"], " | ".join(row[column] or "" for column in TEXTS)


def count_deaths(path: Path, lexicon: Lexicon) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count deaths examined by month, and deaths by month and substance or group."""
    examined: Counter[str] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    for month, text in read_deaths(path):
        examined[month] += 1
        found = lexicon.substances_in(text)
        groups = {group for group, inside in lexicon.members.items() if found & inside}
        named.update((month, name) for name in found | groups)
    return examined, named


def monthly_rows(
    examined: Counter[str], named: Counter[tuple[str, str]], names: list[str], kind: str
) -> Iterator[tuple[object, ...]]:
    """The full grid: every month with deaths examined by every name, zeros written out."""
    for month in sorted(examined):
        for name in names:
            yield month, name, kind, named[month, name], examined[month]


def compare(named: Counter[tuple[str, str]], other: Path) -> Iterator[str]:
    """Say, name by name, where another count of the same texts differs."""
    theirs: Counter[tuple[str, str]] = Counter()
    for row in read_rows(other):
        if row["dataset"] == "ct_deaths" and not row["substance"].startswith("["):
            theirs[row["month"], row["substance"]] += int(row["n_positive"])
    for name in sorted({name for _, name in theirs}):
        months = {month for month, other_name in named | theirs if other_name == name}
        apart = sum(named[month, name] != theirs[month, name] for month in months)
        ours, their = (sum(c[month, name] for month in months) for c in (named, theirs))
        yield f"{name}: ours {ours}, theirs {their}, months that differ {apart}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records", type=Path, help="records.csv.gz: one row a death")
    parser.add_argument("--into", type=Path, default=SOURCES / "ct-deaths" / "data")
    parser.add_argument("--compare", type=Path, help="monthly_substance_counts.csv")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    lexicon = read_lexicon()
    examined, named = count_deaths(options.records, lexicon)
    print(f"{len(examined)} months, {examined.total()} deaths examined")
    for kind, file in () if options.dry_run else FILES.items():
        rows = monthly_rows(examined, named, lexicon.counted(kind), kind)
        print(f"{file}: {write_table(options.into / file, HEADING, rows)} rows")
    if options.compare:
        print("\n".join(compare(named, options.compare)))


if __name__ == "__main__":
    main()

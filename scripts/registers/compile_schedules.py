"""Compiles which treaty schedule holds a substance: ``python compile_schedules.py``.

Reads ``scheduled.csv``, one row for each thing a source says of a substance, and writes
``schedules.csv`` into the register's data folder. ``says`` is one of

``list``
    a treaty's text or the United Nations' list in force names it in this schedule;
``decision``
    an official page or a transcript of the vote says that the Commission placed it there;
``national``
    a State's law gives the convention's schedule; such a law may hold additions of its own;
``recommendation``
    the World Health Organization recommended it;
``report``
    an encyclopedia says so, with the decision as its source;
``treaty``
    it is under this convention; the schedule is not said.

A row is ``verified`` where a list or a decision names the schedule, or where a national law or a
report does and one more file agrees. Where lists of the 1971 Convention differ, the substance was
moved: the newest is taken.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaya.registers import substances

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "atalaya" / "registers" / "data"
HEADING = ("substance", "convention", "schedule", "year", "checked", "sources")
# Two states of one law, papers on one recommendation, and encyclopedias that copy one another.
SAME_HANDS = {
    "boe-snd-884-2024": "es-rd-2829",
    "crp-10-2015": "who",
    "eb87-26": "who",
    "es-rd-2829-1977": "es-rd-2829",
    "es-rd-2829-2021": "es-rd-2829",
    "e-cn7-2018-10": "who",
    "e-cn7-2020-10": "who",
    "fedreg-2021-03268": "who",
    "fedreg-2024-02573": "who",
    "fedreg-99-448": "who",
    "lss-2016-12": "who",
    "lss-2017-12": "who",
    "lss-2018-12": "who",
    "lss-2019-12": "who",
    "lss-2020-12": "who",
    "lss-2021-12": "who",
    "psychonautwiki-pages": "encyclopedias",
    "wikipedia-pages": "encyclopedias",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of one substance; an empty schedule or year is one it does not say."""

    source: str
    as_of: int
    says: str
    convention: str
    schedule: str
    year: str
    substance: str

    def bears_on(self, convention: str, schedule: str) -> bool:
        """Tell whether this supports a row of that convention and schedule."""
        return self.convention in ("", convention) and self.schedule in ("", schedule)


def read() -> Iterator[Said]:
    """Read ``scheduled.csv``; a name the register does not hold stops the run."""
    register = substances.load()
    with (HERE / "scheduled.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row.pop("name")
            found = register.find(name)
            if found is None:
                raise SystemExit(f"{name!r} ({row['source']}) is not in the register")
            yield Said(**row | {"as_of": int(row["as_of"]), "substance": found})


def current(said: Iterable[Said]) -> set[tuple[str, str]]:
    """Give the convention and schedule pairs that hold now, of one substance."""
    named = [s for s in said if s.convention and s.schedule]
    pairs = {(s.convention, s.schedule) for s in named}
    of_1971 = [s for s in named if s.convention == "1971"]
    if len({s.schedule for s in of_1971}) > 1:
        newest = max(s.as_of for s in of_1971)
        gone = {s.schedule for s in of_1971} - {s.schedule for s in of_1971 if s.as_of == newest}
        print(f"moved: {of_1971[0].substance} was in {', '.join(sorted(gone))}")
        pairs -= {("1971", schedule) for schedule in gone}
    return pairs


def stated(support: list[Said]) -> str:
    """Say whether what is said of a schedule is enough to call it checked."""
    named = {s.says for s in support if s.schedule}
    files = {SAME_HANDS.get(s.source, s.source) for s in support}
    second_hand = named & {"national", "report"} and len(files) > 1
    enough = named & {"list", "decision"} or second_hand
    return "verified" if enough else "unverified"


def year(support: list[Said]) -> str:
    """Give the year in which it was placed there; two different years stop the run."""
    years = {s.year for s in support if s.year}
    if len(years) > 1:
        raise SystemExit(f"{support[0].substance}: sources give the years {sorted(years)}")
    return next(iter(years), "")


def rows() -> Iterator[tuple[str, ...]]:
    """Give the rows of ``schedules.csv``, in order."""
    of: dict[str, list[Said]] = defaultdict(list)
    for said in read():
        of[said.substance].append(said)
    for substance in sorted(of):
        for convention, schedule in sorted(current(of[substance])):
            support = [s for s in of[substance] if s.bears_on(convention, schedule)]
            sources = " ".join(sorted({s.source for s in support}))
            head = (substance, convention, schedule)
            yield *head, year(support), stated(support), sources


def main() -> None:
    """Compile and write the file."""
    table = list(rows())
    with (DATA / "schedules.csv").open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(HEADING)
        written.writerows(table)
    checked = sum(row[4] == "verified" for row in table)
    held = len({row[0] for row in table})
    print(f"schedules.csv: {len(table)} rows, {held} substances, {checked} verified")


if __name__ == "__main__":
    main()

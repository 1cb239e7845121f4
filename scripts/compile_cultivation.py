"""Compiles coca bush and opium poppy cultivation by territory and year from the publisher's sheets.

    python scripts/compile_cultivation.py coca SHEET_6.1.1.csv [--into FOLDER]
    python scripts/compile_cultivation.py opium SHEET_6.2.1.csv [--tidy TIDY.csv --dry-run]

The raw sheet is read, not the tidy copy of it: in the copy, names carry figures ("Total | 154200")
and bounds have lost their territory. `cultivation/<crop>.csv` says what each label of the sheet
means; a label that is not there stops the run. `cultivation/defects.csv` lists what is wrong in the
publisher's own cells: such a cell is kept with a note, or left empty - never made a zero.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tidy_csv import SOURCES, plain_number, read_rows, write_table

FOLDER = Path(__file__).resolve().parent / "cultivation"
HEADING = ("name", "iso3", "kind", "year", "hectares", "estimate", "footnotes", "note")
UNAVAILABLE = ".."


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the sheet: whose hectares in which year, and what kind of estimate."""

    name: str
    iso3: str
    kind: str
    year: int
    cell: str
    estimate: str
    footnotes: str

    def row(self, defects: dict[tuple[str, str, int], dict[str, str]]) -> tuple[object, ...]:
        """The tidy row, with what is known to be wrong with the cell."""
        defect = defects.get((self.name, self.estimate, self.year))
        note = defect["says"] if defect else ""
        value = self.cell
        if self.cell == UNAVAILABLE:
            value, note = "", "the publisher says: not available"
        elif defect and defect["keep"] == "no":
            value = ""
        printed = plain_number(float(value)) if value else ""
        whose = (self.name, self.iso3, self.kind)
        return (*whose, self.year, printed, self.estimate, self.footnotes, note)


def year_columns(sheet: list[list[str]]) -> tuple[int, dict[int, int]]:
    """Find the heading line and the columns that are years."""
    for at, line in enumerate(sheet):
        found = {
            column: int(match.group())
            for column, cell in enumerate(line)
            if (match := re.match(r"(19|20)\d\d(?=$|-|\.0$)", cell))
        }
        if len(found) >= 10:
            return at, found
    raise SystemExit("no line of years in the sheet: it is not the annex's layout")


def figures(sheet: list[list[str]], labels: dict[str, dict[str, str]]) -> Iterator[Figure]:
    """Read the lines under the years; a bound belongs to the territory above it."""
    heading, years = year_columns(sheet)
    above: dict[str, str] = {}
    for line in sheet[heading + 1 :]:
        if not any(line[column].strip() for column in years):
            continue  # a region's heading, or an empty line
        label = " ".join("".join(line[: min(years)]).split())
        if label not in labels:
            raise SystemExit(f"the sheet has a line {label!r} that its table of labels has not")
        meant = labels[label]
        above = meant if meant["name"] else above
        for column, year in years.items():
            beside = "" if column + 1 in years else "".join(line[column + 1 : column + 2]).strip()
            if cell := line[column].strip():
                yield Figure(
                    name=above["name"],
                    iso3=above["iso3"],
                    kind=above["kind"],
                    year=year,
                    cell=cell,
                    estimate=meant["estimate"],
                    footnotes=f"{meant['footnotes']} {beside}".strip(),
                )


def disagreements(found: list[Figure], tidy: Path) -> list[str]:
    """Compare the cells, in the sheet's order, with the tidy copy made by others."""
    ours = [(f.year, float(f.cell)) for f in found if f.cell != UNAVAILABLE]
    theirs = [(int(row["year"]), float(row["hectares"])) for row in read_rows(tidy)]
    only_ours = [cell for cell in ours if cell not in theirs]
    only_theirs = [cell for cell in theirs if cell not in ours]
    return [f"only in the sheet: {cell}" for cell in only_ours] + [
        f"only in the tidy copy: {cell}" for cell in only_theirs
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("crop", choices=("coca", "opium"))
    parser.add_argument("sheet", type=Path, help="the annex's sheet saved as CSV")
    parser.add_argument("--into", type=Path)
    parser.add_argument("--tidy", type=Path, help="a tidy copy to compare with")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    into = options.into or SOURCES / f"{options.crop}-cultivation" / "data"
    with options.sheet.open(encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.reader(file))
    labels = {row["label"]: row for row in read_rows(FOLDER / f"{options.crop}.csv")}
    defects = {
        (row["name"], row["estimate"], int(row["year"])): row
        for row in read_rows(FOLDER / "defects.csv")
        if row["crop"] == options.crop
    }
    found = list(figures(sheet, labels))
    files = {"state": f"{options.crop}.csv", "region": "regions.csv"}
    for kind, file in () if options.dry_run else files.items():
        rows = (figure.row(defects) for figure in found if figure.kind == kind)
        print(f"{file}: {write_table(into / file, HEADING, rows)} rows")
    if options.tidy:
        apart = disagreements(found, options.tidy)
        print("\n".join(apart) or "every cell of the sheet is in the tidy copy, and the reverse")


if __name__ == "__main__":
    main()

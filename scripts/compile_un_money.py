"""Compiles UNODC's income by donor and year, with what is attributed to nobody as rows of its own.

    python scripts/compile_un_money.py DONORS.csv TOTALS.csv [--into FOLDER]

`un-money/donors.csv` gives each donor its ISO 3166-1 code where it has one; a donor that is not in
it stops the run, so that no new name slips in unread. Refunds stay negative. The publisher's series
breaks between 2020 and 2021: before, assessed income hides in "Other" and donors have no such line.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from tidy_csv import SOURCES, read_rows, write_table

DONORS = Path(__file__).resolve().parent / "un-money" / "donors.csv"
INCOME = ("year", "donor", "iso3", "donor_kind", "instrument", "usd", "series_part")
TOTALS = ("year", "measure", "usd", "series_part")
NOBODY = "not attributed to a donor"
INSTRUMENTS = ("Assessed", "Voluntary earmarked", "Voluntary un-earmarked", "Other")
FIRST_AFTER_BREAK = 2021


def dollars(written: str) -> Decimal:
    """Read an amount; the cents are what the publisher reports, the rest is rounding noise."""
    return Decimal(written).quantize(Decimal("0.01"))


def printed(amount: Decimal) -> str:
    """Print an amount, without idle cents."""
    return str(int(amount)) if amount == int(amount) else str(amount)


def series_part(year: str) -> str:
    """Say on which side of the break in the series a year lies."""
    return "2021-2024" if int(year) >= FIRST_AFTER_BREAK else "2013-2020"


def income_rows(
    lines: list[dict[str, str]], totals: Mapping[str, Decimal], donors: Mapping[str, dict[str, str]]
) -> Iterator[tuple[str, ...]]:
    """Every line by donor and instrument; each year closes with the unattributed remainder."""
    by_year: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        by_year[line["year"]].append(line)
    for year in sorted(by_year):
        part = series_part(year)
        for line in sorted(by_year[year], key=lambda one: (one["donor"], one["instrument"])):
            donor = donors.get(line["donor"])
            if donor is None:
                raise SystemExit(f"{line['donor']!r} is not in {DONORS}: add it with its code")
            usd = printed(dollars(line["usd"]))
            yield year, line["donor"], donor["iso3"], donor["kind"], line["instrument"], usd, part
        rest = totals[year] - attributed(by_year[year])
        yield year, NOBODY, "", "nobody", "all", printed(rest), part


def attributed(lines: list[dict[str, str]]) -> Decimal:
    """Add up the lines that name a donor."""
    return sum((dollars(line["usd"]) for line in lines), Decimal(0))


def total_rows(
    totals: list[dict[str, str]], lines: list[dict[str, str]]
) -> Iterator[tuple[str, ...]]:
    """Each year's total, its two parts, and its instruments where the publisher states them."""
    for row in totals:
        year, part = row["year"], series_part(row["year"])
        total = dollars(row["total"])
        named = attributed([line for line in lines if line["year"] == year])
        measures = {"total": total, "attributed to donors": named, NOBODY: total - named}
        measures |= {name: dollars(row[name]) for name in INSTRUMENTS if row[name]}
        for measure, amount in measures.items():
            yield year, measure, printed(amount), part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("donors", type=Path, help="unodc_revenue_by_donor_2013_2024.csv")
    parser.add_argument("totals", type=Path, help="unodc_revenue_totals_2013_2024.csv")
    parser.add_argument("--into", type=Path, default=SOURCES / "unodc-income" / "data")
    options = parser.parse_args()
    lines, totals = read_rows(options.donors), read_rows(options.totals)
    known = {row["donor"]: row for row in read_rows(DONORS)}
    by_year = {row["year"]: dollars(row["total"]) for row in totals}
    income = write_table(options.into / "income.csv", INCOME, income_rows(lines, by_year, known))
    summed = write_table(options.into / "totals.csv", TOTALS, total_rows(totals, lines))
    print(f"income.csv: {income} rows; totals.csv: {summed} rows")


if __name__ == "__main__":
    main()

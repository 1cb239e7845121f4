from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from tests.material.shared_data import shared
from tests.material.starter_files import assert_same_files, compiled, rows

NOBODY = "not attributed to a donor"


def _totals(measure: str) -> dict[str, Decimal]:
    return {
        row["year"]: Decimal(row["usd"])
        for row in rows("unodc-income", "totals.csv")
        if row["measure"] == measure
    }


def test_donors_of_2024_gave_435_8_of_560_6_million_dollars() -> None:
    given = sum(
        Decimal(row["usd"])
        for row in rows("unodc-income", "income.csv")
        if row["year"] == "2024" and row["donor"] != NOBODY
    )
    assert given == 435_803_000
    assert _totals("total")["2024"] == 560_601_000


def test_lines_and_remainder_add_up_to_the_total_of_each_year() -> None:
    summed: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("unodc-income", "income.csv"):
        summed[row["year"]] += Decimal(row["usd"])
    assert dict(summed) == _totals("total")
    assert len(summed) == 12


def test_each_year_has_one_row_that_names_no_donor() -> None:
    nobody = [row for row in rows("unodc-income", "income.csv") if row["donor"] == NOBODY]
    assert [row["year"] for row in nobody] == [str(year) for year in range(2013, 2025)]
    assert {row["iso3"] for row in nobody} == {""}


def test_refunds_stay_negative() -> None:
    refunds = [row for row in rows("unodc-income", "income.csv") if row["usd"].startswith("-")]
    assert len(refunds) == 12


def test_the_break_in_the_series_is_marked_and_real() -> None:
    for row in rows("unodc-income", "income.csv"):
        assert row["series_part"] == ("2021-2024" if row["year"] >= "2021" else "2013-2020")
    assert sorted(_totals("Assessed")) == ["2021", "2022", "2023", "2024"]
    others = {
        row["year"] for row in rows("unodc-income", "income.csv") if row["instrument"] == "Other"
    }
    assert min(others) == "2021"


def test_states_have_a_code_and_organisations_have_none() -> None:
    for row in rows("unodc-income", "income.csv"):
        assert bool(row["iso3"]) == (row["donor_kind"] in {"state", "area"}), row
    codes = {row["donor"]: row["iso3"] for row in rows("unodc-income", "income.csv")}
    assert codes["Republic of Korea"] == "KOR"
    assert codes["European Union"] == ""
    named = [code for code in codes.values() if code]
    assert len(named) == len(set(named))


def test_no_donor_has_two_lines_of_one_instrument_in_a_year() -> None:
    lines = [
        (row["year"], row["donor"], row["instrument"]) for row in rows("unodc-income", "income.csv")
    ]
    assert len(set(lines)) == len(lines) == 1113


def test_the_script_makes_the_same_bytes_from_the_publishers_files(tmp_path: Path) -> None:
    folder = shared("data/un-money")
    compiled(
        "compile_un_money.py",
        folder / "unodc_revenue_by_donor_2013_2024.csv",
        folder / "unodc_revenue_totals_2013_2024.csv",
        "--into",
        tmp_path,
    )
    assert_same_files(tmp_path, "unodc-income")


def test_another_file_of_the_same_figures_agrees_on_every_donor_and_year() -> None:
    other = shared("data/unodc-budget/unodc_revenue_by_donor_2013_2024.csv")
    ours: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows("unodc-income", "income.csv"):
        if row["donor"] != NOBODY:
            ours[row["year"], row["donor"]] += Decimal(row["usd"])
    lines = [line.rsplit(",", 5) for line in other.read_text("utf-8").splitlines()[1:]]
    theirs = {
        (key.split(",", 1)[0], key.split(",", 1)[1].strip('"')): Decimal(total)
        for key, total, *_ in lines
    }
    assert set(theirs) == set(ours)
    for key, total in theirs.items():
        assert float(ours[key]) == pytest.approx(float(total), abs=0.02), key

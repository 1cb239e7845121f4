"""Dates of a whole column: one order for all, many ways of writing."""

import pytest

from atalaya.model.errors import BadInput
from atalaya.reading.sheets.dates import Order, looks_like_date, read_dates


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023-04-05", "2023-04-05"),
        ("2023/4/5", "2023-04-05"),
        ("2023-04-05T13:45:00", "2023-04-05"),
        ("25/04/2023", "2023-04-25"),
        ("25.04.23", "2023-04-25"),
        ("25-4-2023 10:30", "2023-04-25"),
        ("20230405", "2023-04-05"),
        ("45021", "2023-04-05"),
        ("45021.5", "2023-04-05"),
        ("5 de abril de 2023", "2023-04-05"),
        ("5 abr 2023", "2023-04-05"),
        ("12-mar-24", "2024-03-12"),
        ("March 5, 2023", "2023-03-05"),
        ("5th March 2023", "2023-03-05"),
        ("março/2023", "2023-03"),
        ("Setiembre 2023", "2023-09"),
        ("dez-23", "2023-12"),
        ("2023 enero", "2023-01"),
        ("04/2023", "2023-04"),
        ("2023-04", "2023-04"),
        ("2023-W07", "2023-W07"),
        ("2023-Q2", "2023-Q2"),
        ("2023", "2023"),
    ],
)
def test_a_date_is_read_however_people_write_it(text, period):
    assert str(read_dates([text]).periods[text]) == period


@pytest.mark.parametrize("text", ["soon", "31/02/2023", "2023-13-01", "5 foo 2023", "12", "", "-"])
def test_what_is_no_date_has_no_period(text):
    assert text not in read_dates([text]).periods


def test_a_day_above_12_anywhere_decides_the_order_of_the_whole_column():
    assert read_dates(["03/04/2023", "04/25/2023"]).order is Order.MONTH_FIRST
    assert read_dates(["03/04/2023", "25/04/2023"]).order is Order.DAY_FIRST


def test_rows_in_order_of_time_decide_where_no_day_is_above_12():
    day_first = [f"{day:02d}/{month:02d}/2023" for month in range(1, 13) for day in (2, 7, 11)]
    read = read_dates(day_first)
    assert (read.order, read.because) == (Order.DAY_FIRST, "rows-in-order")


def test_the_same_day_and_month_needs_no_order():
    assert str(read_dates(["03/03/2023"]).periods["03/03/2023"]) == "2023-03-03"


def test_what_nothing_decides_is_refused_and_what_somebody_said_is_believed():
    with pytest.raises(BadInput, match="may be day/month or month/day"):
        read_dates(["03/04/2023"])
    read = read_dates(["03/04/2023", "04/25/2023"], Order.DAY_FIRST)
    assert list(map(str, read.periods.values())) == ["2023-04-03"]
    assert read.against == {"04/25/2023"}


@pytest.mark.parametrize("text", ["45021", "17", "S-2023", "MDMA", "3,4-MDMA"])
def test_a_bare_number_or_a_code_does_not_look_like_a_date(text):
    assert not looks_like_date(text)

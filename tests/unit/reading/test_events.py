"""A file of events is read whole, or refused with line, column and remedy."""

from datetime import date

import pytest

from atalaya.model.errors import BadInput, WrongUse
from atalaya.reading.events import parse_events, read_events

HEADING = "series,type,first_period,period_cum5,official_notice"


def events(*rows: str, heading: str = HEADING):
    return parse_events("\n".join([heading, *rows, ""]).encode(), "events.csv")


def test_a_wave_has_its_periods_and_the_day_of_its_notice():
    (one,) = events("lab/x,new (transient),2019-03,2019-05,2019-11-20").rows
    assert (str(one.first), str(one.fifth), one.notice) == (
        "2019-03",
        "2019-05",
        date(2019, 11, 20),
    )
    assert (one.is_wave, one.is_outbreak, one.line) == (True, False, 2)


def test_what_is_no_wave_may_leave_its_periods_empty():
    rows = events("x,quiet,,,", "y,Reporting artefact,2018-01,,", "z,outbreak,2019-W03,,").rows
    assert [one.is_wave for one in rows] == [False, False, True]
    assert [one.is_outbreak for one in rows] == [False, False, True]


def test_other_columns_are_allowed_and_reported_also_those_with_a_like_name():
    found = events("note,x,new,2019-03,,,2019-04", heading=f"note,{HEADING},period_cum3")
    assert found.ignored == ("note", "period_cum3")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (",new,2019-03,,", "series", "the series is empty"),
        ("x,,2019-03,,", "type", "the type is empty"),
        ("x,new,March,,", "first_period", "is not a period"),
        ("x,new,,,", "first_period", "has no first period"),
        ("x,quiet,,2019-03,", "first_period", "has no first period"),
        ("x,new,2019-03,2019-02,", "period_cum5", "before the first"),
        ("x,new,2019-03,2019-W20,", "period_cum5", "another kind of period"),
        ("x,new,2019-03,,2019-11", "official_notice", "is a month, not a day"),
        ("x,new,2019-03,,soon", "official_notice", "is not a period"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_its_column_and_what_to_do(row, column, says):
    with pytest.raises(BadInput) as refused:
        events("fine,new,2019-01,,", row)
    assert refused.value.where is not None
    assert (refused.value.where.line, refused.value.where.column) == (3, column)
    assert says in refused.value.what
    assert refused.value.do


def test_the_same_event_twice_and_two_kinds_of_period_are_refused():
    with pytest.raises(BadInput, match="already on line 2"):
        events("x,new,2019-01,,", "x,surge,2019-01,,")
    with pytest.raises(BadInput, match="began with a month"):
        events("x,new,2019-01,,", "x,return,2020-W03,,")


def test_a_missing_column_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(BadInput, match="official_notice"):
        events("x,new,2019-01,", heading="series,type,first_period,period_cum5")
    (tmp_path / "events.csv").write_text(HEADING)
    with pytest.raises(WrongUse, match=r"event\.csv") as refused:
        read_events(tmp_path / "event.csv")
    assert "events.csv" in refused.value.do


def test_the_place_of_a_fault_is_found_behind_a_very_long_cell():
    with pytest.raises(BadInput) as refused:
        events(f"x,quiet,,,,{'a' * 200_000}", "y,new,March,,,", heading=f"{HEADING},note")
    assert refused.value.where is not None
    assert refused.value.where.line == 3

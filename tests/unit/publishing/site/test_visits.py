"""The dial moves within the record, and a date that cannot be read says what can be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.material.small_release import TODAY, visit

from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.periods import Period
from atalaya.publishing.site import StaticLinks, Visit
from atalaya.publishing.site.visits import dial, parse_as_of

FIRST, LAST = Period.parse("2012-03"), Period.parse("2024-10")


def test_a_year_means_its_last_month() -> None:
    assert parse_as_of("2019", FIRST, LAST) == Period.parse("2019-12")


def test_the_last_year_ends_where_the_record_ends() -> None:
    assert parse_as_of("2024", FIRST, LAST) == LAST


def test_nothing_asked_is_the_latest() -> None:
    assert parse_as_of("", FIRST, LAST) is None


@pytest.mark.parametrize("text", ["2012-02", "2024-11", "2025", "2019-W07", "2019-02-03", "soon"])
def test_what_the_record_does_not_reach_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises((BadInput, WrongUse)) as refused:
        parse_as_of(text, FIRST, LAST)
    assert refused.value.do
    assert "week" not in refused.value.do


@given(st.text(max_size=12))
def test_any_text_is_a_month_of_the_record_or_refused(text: str) -> None:
    try:
        month = parse_as_of(text, FIRST, LAST)
    except (BadInput, WrongUse):
        return
    assert month is None or FIRST <= month <= LAST


def test_the_dial_steps_by_months_and_years_when_served() -> None:
    moved = dial(visit("signals", as_of="2019-06"), "signals", (FIRST, LAST), {"2019": 2})
    assert moved.year_back is not None
    assert moved.year_back.address == "/en/signals?as_of=2018-06"
    assert moved.month_on is not None
    assert moved.month_on.address == "/en/signals?as_of=2019-07"
    assert [year.as_of for year in moved.years if year.begun] == ["2019"]


def test_the_dial_stops_at_both_ends_of_the_record() -> None:
    at_end = dial(visit(as_of="2024-10"), "", (FIRST, LAST), {})
    at_start = dial(visit(as_of="2012-03"), "", (FIRST, LAST), {})
    assert at_end.month_on is None
    assert at_end.year_on is None
    assert at_start.month_back is None
    assert at_start.year_back is None


def test_a_static_dial_steps_by_years_only() -> None:
    links = StaticLinks("en", "", "2019", frozenset({""}))
    moved = dial(Visit("en", links, TODAY, Period.parse("2019-12")), "", (FIRST, LAST), {})
    assert moved.month_back is None
    assert moved.year_back is not None
    assert moved.year_back.address == "../../../en/as-of/2018/index.html"
    assert moved.to_latest.address == "../../../en/index.html"

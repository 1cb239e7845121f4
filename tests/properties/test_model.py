from datetime import date

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import AtalayaError, BadInput, Place, StopEverything, TryLater
from atalaya.model.identifiers import canonical_json, kind_of, record_id, register_id, slugify
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.quantities import Quantity

KINDS = st.sampled_from(list(PeriodKind))
DAYS = st.dates(date(1583, 1, 1), date(9998, 1, 1))
PERIODS = st.builds(Period.containing, DAYS, KINDS)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(PERIODS)
def test_a_printed_period_parses_to_itself(period):
    assert Period.parse(str(period)) == period


@given(PERIODS, st.integers(-5000, 5000))
def test_stepping_there_and_back_is_where_one_was(period, steps):
    try:
        there = period + steps
        assert (there + -steps) == period
        assert there - period == steps
        assert (there > period) == (steps > 0)
    except (ValueError, OverflowError):
        pytest.fail("stepping needs no calendar")


@given(DAYS, KINDS)
def test_a_period_holds_the_day_it_was_made_from_and_periods_leave_no_hole(day, kind):
    period = Period.containing(day, kind)
    assert period.start <= day <= period.end
    assert ((period + 1).start - period.end).days == 1


@given(DAYS)
def test_an_iso_week_is_the_calendars_own(day):
    year, week, _ = day.isocalendar()
    assert str(Period.containing(day, PeriodKind.WEEK)) == f"{year:04d}-W{week:02d}"


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_a_named_error(text):
    try:
        printed = str(Period.parse(text))
    except BadInput as error:
        printed = text if "is not a period" in str(error) else "another error"
    assert printed == text


@pytest.mark.parametrize(
    "text", ["2019-13", "2019-W54", "2021-W53", "2019-02-29", "0000", "2019-Q5", "٢٠١٩"]
)
def test_what_no_calendar_has_is_refused(text):
    with pytest.raises(BadInput):
        Period.parse(text)


@given(PERIODS, PERIODS)
def test_periods_of_two_kinds_are_never_compared(one, other):
    if one.kind is other.kind:
        assert (one < other) + (one == other) + (one > other) == 1
    else:
        with pytest.raises(BadInput, match="cannot be compared"):
            _ = one < other


@given(st.dictionaries(st.text(), JSON))
def test_equal_content_has_one_name_whatever_the_order_of_its_keys(content):
    turned = dict(reversed(content.items()))
    assert record_id("claim", content) == record_id("claim", turned)
    assert kind_of(record_id("claim", content)) == "claim"


@pytest.mark.parametrize("content", [{"x": float("nan")}, {"x": 2**60}, {1: "x"}, {"x": {1}}])
def test_what_json_cannot_say_is_refused(content):
    with pytest.raises(BadInput, match="canonical JSON"):
        canonical_json(content)


@given(st.text())
def test_a_slug_is_lower_case_ascii_and_slugging_it_again_changes_nothing(name):
    slug = slugify(name)
    assert slug == slugify(slug)
    assert all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in slug)


def test_an_iso_code_is_kept_and_a_name_without_letters_is_refused():
    assert register_id("territory", "US-CT") == "territory:US-CT"
    with pytest.raises(BadInput):
        register_id("substance", "!!!")
    with pytest.raises(BadInput, match="not an identifier"):
        kind_of("claim")


@given(st.floats(0, 1e9), st.sampled_from(["g", "mg", "kg", "t", "lb"]))
def test_converting_there_and_back_keeps_the_quantity(value, unit):
    quantity = Quantity(value, unit)
    assert quantity.to("kg").to(unit).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Quantity(1, "stone"), "not a unit"),
        (lambda: Quantity(float("inf"), "kg"), "not a finite"),
        (lambda: Quantity(1, "kg").to("ha"), "cannot be given in ha"),
        (lambda: Quantity(1, "kg") + Quantity(1, "USD"), "cannot be given in kg"),
    ],
)
def test_quantities_that_make_no_sense_are_refused(make, says):
    with pytest.raises(BadInput, match=says):
        make()


def test_an_error_says_where_what_why_and_what_to_do_and_each_branch_has_its_exit_code():
    error = BadInput("a negative count", why="w", do="d", where=Place("counts.csv", 3, "count"))
    assert str(error) == (
        "counts.csv, line 3, column count: a negative count\nWhy it matters: w\nWhat to do: d"
    )
    assert [kind.exit_code for kind in (TryLater, BadInput, StopEverything)] == [3, 4, 5]
    assert issubclass(StopEverything, AtalayaError)


@given(JSON)
def test_canonical_json_is_what_the_standards_own_writer_gives(content):
    assert canonical_json(content) == rfc8785.dumps(content)

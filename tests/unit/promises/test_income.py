"""Income by donor and year: the remainder is never left out, and bounds hold whoever gave it."""

from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.material.starter_files import rows

from atalaya.promises.income import ATTRIBUTED, REMAINDER, TOTAL, income

_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("id", "source", "subject", "predicate", "period")]
    + [("value", pa.float64())]
)


def _claim(at, subject, predicate, year, value):
    return {
        "id": f"claim:{at}", "source": "s", "subject": subject, "predicate": predicate,
        "period": str(year), "value": None if value is None else float(value),
    }  # fmt: skip


@cache
def _starter():
    said = [
        _claim(f"t{at}", "organisation:unodc", row["measure"], row["year"], row["usd"])
        for at, row in enumerate(rows("unodc-income", "totals.csv"))
    ]
    for at, row in enumerate(rows("unodc-income", "income.csv")):
        donor = f"donor:{row['donor'].lower().replace(' ', '-')}"
        said.append(_claim(f"d{at}", donor, row["instrument"], row["year"], row["usd"]))
    return income(pa.Table.from_pylist(said, schema=_SCHEMA))


def test_of_2024s_560_6_million_435_8_are_attributed_and_the_rest_is_shown():
    last = _starter()[-1]
    assert (last.year, last.total.value, last.attributed.value) == (2024, 560_601_000, 435_803_000)
    assert last.remainder.value == 124_798_000
    assert last.attributed.value + last.remainder.value == last.total.value
    assert round(last.attributed_share, 3) == 0.777
    assert sum(one.value for one in last.donors) >= last.attributed.value, "refunds are taken off"


def test_twelve_years_and_the_one_break_are_there():
    years = _starter()
    assert [one.year for one in years] == list(range(2013, 2025))
    assert [one.year for one in years if one.breaks] == [2021]


def test_each_measure_lies_within_its_bounds_and_the_earmarked_share_below_one():
    for one in _starter():
        assert one.top is not None
        assert one.concentration is not None
        assert 0 < one.top.lowest <= one.top.attributed <= 1
        assert one.top.lowest <= one.top.highest <= 1
        assert 0 < one.concentration.lowest <= one.concentration.highest <= 1
        assert one.earmarked_share is not None
        assert 0 < one.earmarked_share < 1


amounts = st.lists(st.integers(1, 10**9), min_size=1, max_size=8)


@given(amounts, st.lists(st.integers(1, 10**9), max_size=5), st.randoms())
def test_whoever_gave_the_remainder_the_truth_lies_within_the_bounds(donors, hidden, random):
    rest = sum(hidden)
    said = [
        _claim("t", "organisation:unodc", TOTAL, 2024, sum(donors) + rest),
        _claim("a", "organisation:unodc", ATTRIBUTED, 2024, sum(donors)),
        _claim("r", "organisation:unodc", REMAINDER, 2024, rest),
    ]
    said += [_claim(at, f"donor:{at}", "x", 2024, one) for at, one in enumerate(donors)]
    (year,) = income(pa.Table.from_pylist(said, schema=_SCHEMA))
    truth = [*donors]
    for one in hidden:
        at = random.randrange(len(truth) + 1)
        if at == len(truth):
            truth.append(one)
        else:
            truth[at] += one
    whole = sum(truth)
    index = sum((one / whole) ** 2 for one in truth)
    assert year.concentration.lowest - 1e-9 <= index <= year.concentration.highest + 1e-9
    largest = sum(sorted(donors, reverse=True)[:5]) / whole
    assert year.top.lowest - 1e-9 <= largest <= year.top.highest + 1e-9
    assert len(donors) > 1 or year.concentration.attributed == pytest.approx(1)


def test_a_year_without_its_remainder_is_left_out_and_no_claims_give_no_years():
    said = [
        _claim("t", "organisation:unodc", TOTAL, 2024, 10),
        _claim("a", "organisation:unodc", ATTRIBUTED, 2024, 8),
    ]
    assert income(pa.Table.from_pylist(said, schema=_SCHEMA)) == ()
    assert income(pa.Table.from_pylist([], schema=_SCHEMA)) == ()

"""Intervals equal what R gives, and stay where the figure can be."""

import pytest
from scipy import stats

from atalaya.findings.backtesting.intervals import NOTHING, median, poisson_rate, wilson


@pytest.mark.parametrize(("k", "n"), [(0, 10), (1, 10), (24, 26), (10, 10), (3, 1000)])
def test_wilson_is_the_interval_of_scipy(k, n):
    known = stats.binomtest(k, n).proportion_ci(method="wilson")
    found = wilson(k, n)
    assert found.value == k / n
    assert found[1:] == pytest.approx((known.low, known.high), abs=1e-9)


@pytest.mark.parametrize("events", [0, 1, 11, 200])
def test_the_exact_poisson_interval_is_that_of_chi_squared(events):
    found = poisson_rate(events, 50.0)
    low = stats.chi2.ppf(0.025, 2 * events) / 2 if events else 0
    high = stats.chi2.ppf(0.975, 2 * events + 2) / 2
    assert found == pytest.approx((events / 50, low / 50, high / 50))


def test_a_median_has_the_same_interval_each_time_and_holds_its_value():
    values = [3, -1, 7, 2, 2, 9, 30]
    found = median(values)
    assert found == median(values[::-1])
    assert found.value == 3
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= 3 <= found.high <= 30


def test_nothing_is_never_a_number():
    assert wilson(0, 0) == poisson_rate(0, 0) == median([]) == NOTHING

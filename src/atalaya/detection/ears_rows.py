"""EARS over the observed periods of each series in one pass; compiled, for it is asked millions.

Source: see `atalaya.detection.ears`. A baseline that does not vary must give a deviation of
exactly 0, as in R. Sums of squares of whole numbers below 2^53 are exact and give it; any others
are summed up in two passes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from atalaya.detection.ears import ABOVE, ABOVE_FLAT, GAPS, NO_VARIANCE, REACH, WITHIN
from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY

# What a period came to: mean, standard deviation, upper bound, statistic, and C3's excess.
MEAN, SIGMA, UPPER, STATISTIC, EXCESS = range(5)
# The observed counts of a series, and their running sums and sums of squares.
COUNT, TOTAL, SQUARES = range(3)
_EXACT = 2.0**53


@njit(cache=True, nogil=True, error_model="numpy")
def _squeeze(counts: Any, places: Any, sums: Any) -> tuple[int, bool]:
    """Lay the observed counts out; gives how many, and whether their sums of squares are exact."""
    n, whole = 0, True
    for at in range(len(counts)):
        count = counts[at]
        if not math.isnan(count):
            places[n] = at
            sums[COUNT, n] = count
            sums[TOTAL, n + 1] = sums[TOTAL, n] + count
            sums[SQUARES, n + 1] = sums[SQUARES, n] + count * count
            whole = whole and count == math.floor(count)
            n += 1
    return n, whole


@njit(cache=True, nogil=True, error_model="numpy")
def _spread(sums: Any, start: int, stop: int, exact: bool) -> tuple[float, float]:
    """Give the mean and the sum of squared deviations of a run of counts."""
    n = stop - start
    if exact:
        total = sums[TOTAL, stop] - sums[TOTAL, start]
        squares = sums[SQUARES, stop] - sums[SQUARES, start]
        return total / n, (n * squares - total * total) / n
    # From the first count on: a baseline that does not vary then has exactly its value as mean.
    beyond = 0.0
    for at in range(start, stop):
        beyond += sums[COUNT, at] - sums[COUNT, start]
    mean, square = sums[COUNT, start] + beyond / n, 0.0
    for at in range(start, stop):
        square += (sums[COUNT, at] - mean) ** 2
    return mean, square


@njit(cache=True, nogil=True, error_model="numpy")
def _above_zero(value: float) -> float:
    """Give the value or 0, and NaN for NaN."""
    return 0.0 if value < 0 else value


@njit(cache=True, nogil=True, error_model="numpy")
def _compare(sums: Any, at: int, exact: bool, asked: Any, found: Any) -> None:
    """Fill a period's row of ``found`` from its baseline and the two rows before."""
    lag, baseline, least, z, third = asked
    stop = at - lag + 1
    mean, square = _spread(sums, stop - baseline, stop, exact)
    sigma = max(math.sqrt(square / (baseline - 1)), least)
    score = (sums[COUNT, at] - mean) / sigma
    excess = _above_zero(score - 1)
    upper, statistic = mean + z * sigma, score
    if third:
        past = found[at - 1, EXCESS] + found[at - 2, EXCESS]
        upper = _above_zero(sums[COUNT, at] + sigma * (z - past))
        statistic = excess + past
    found[at, MEAN], found[at, SIGMA], found[at, UPPER] = mean, sigma, upper
    found[at, STATISTIC] = math.nan if math.isinf(statistic) else statistic
    found[at, EXCESS] = excess


@njit(cache=True, nogil=True, error_model="numpy")
def judge_rows(counts: Any, since: int, asked: Any, limits: Any, result: Any) -> None:
    """Judge every series of a chunk.

    Args:
        counts: Cases, shape (n_series, n_periods); NaN is a gap.
        since: Index of the first period judged.
        asked: Periods between baseline and judged one, length of the baseline, least standard
            deviation, normal quantile, and whether it is C3.
        limits: Observed periods needed before.
        result: Arrays to fill where something is observed, shape (n_series, n_periods - since):
            alarm, reason, detail, expected, threshold, statistic, p-value.
    """
    alarm, reason, detail, expected, threshold, statistic, p_value = result
    n_series, n_periods = counts.shape
    sums, places = np.zeros((3, n_periods + 1)), np.zeros(n_periods, np.int64)
    found = np.full((n_periods, 5), np.nan)
    for row in range(n_series):
        # What is left in ``found`` from the series before is never read: needed periods are filled.
        n, whole = _squeeze(counts[row], places, sums)
        exact = whole and asked[1] * sums[SQUARES, n] < _EXACT
        for at in range(n):
            if at >= asked[0] + asked[1] - 1:
                _compare(sums, at, exact, asked, found)
            column = places[at] - since
            if column < 0:
                continue
            if at < limits:
                reason[row, column], detail[row, column] = SHORT_HISTORY, at
                continue
            reach = places[at] - places[at - limits]
            detail[row, column] = reach
            upper = found[at, UPPER]
            if reach > REACH * limits or math.isnan(upper):
                reason[row, column] = GAPS if reach > REACH * limits else NO_VARIANCE
                continue
            above = sums[COUNT, at] > upper
            alarm[row, column] = ALARM if above else NO_ALARM
            flat = found[at, SIGMA] == 0
            reason[row, column] = (ABOVE_FLAT if flat else ABOVE) if above else WITHIN
            expected[row, column], threshold[row, column] = found[at, MEAN], upper
            statistic[row, column] = found[at, STATISTIC]
            if not asked[4]:
                p_value[row, column] = 0.5 * math.erfc(found[at, STATISTIC] / math.sqrt(2.0))

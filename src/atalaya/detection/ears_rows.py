"""EARS over the observed periods of each series in one pass; compiled, for it is asked millions.

A baseline that does not vary must give a standard deviation of exactly 0, as it does in R. Running
sums of whole numbers do, for nothing is rounded in them; other numbers take two passes a baseline.

Source: see `atalaya.detection.ears`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from atalaya.detection.ears_reasons import (
    ABOVE,
    ABOVE_FLAT,
    GAPS,
    NO_VARIANCE,
    REACH,
    WITHIN,
)
from atalaya.detection.judgement import ALARM, NO_ALARM, NOT_ASSESSED, SHORT_HISTORY

# What a period came to: mean, standard deviation, upper bound, statistic, and C3's excess.
MEAN, SIGMA, UPPER, STATISTIC, EXCESS = range(5)
_LARGEST = 2.0**26  # of a sum: its square is below 2**53, up to which whole numbers are exact


@njit(cache=True, nogil=True, error_model="numpy")
def _squeeze(counts: Any, codes: Any, values: Any, places: Any) -> int:
    """Lay the observed counts out; gives how many there are."""
    n = 0
    for at in range(len(counts)):
        if codes[at] == 0:
            values[n], places[n] = counts[at], at
            n += 1
    return n


@njit(cache=True, nogil=True, error_model="numpy")
def _whole(values: Any, baseline: int) -> bool:
    """Say whether sums of squares over a baseline are exact: whole numbers that are not huge."""
    for value in values:
        if value != math.floor(value) or abs(value) * baseline > _LARGEST:
            return False
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _baselines(values: Any, lag: int, baseline: int, found: Any) -> None:
    """Fill mean and standard deviation of each period's baseline, from the first whole one on."""
    pairs = baseline * (baseline - 1)
    if not _whole(values, baseline):
        for at in range(lag + baseline - 1, len(values)):
            found[MEAN, at], found[SIGMA, at] = _in_two_passes(values, at - lag, baseline)
        return
    total = squares = 0.0
    for last in range(len(values) - lag):
        total += values[last]
        squares += values[last] * values[last]
        if last >= baseline:
            gone = values[last - baseline]
            total -= gone
            squares -= gone * gone
        found[MEAN, last + lag], found[SIGMA, last + lag] = total, squares
    mean, sigma = found[MEAN], found[SIGMA]
    for at in range(lag + baseline - 1, len(values)):  # apart, so that it takes several at once
        total, squares = mean[at], sigma[at]
        mean[at] = total / baseline
        sigma[at] = math.sqrt((baseline * squares - total * total) / pairs)


@njit(cache=True, nogil=True, error_model="numpy")
def _in_two_passes(values: Any, last: int, baseline: int) -> Any:
    """Give mean and standard deviation of the baseline that ends at ``last``."""
    beyond = square = 0.0
    # From one count on: a baseline that does not vary then has exactly its value as mean.
    for back in range(last, last - baseline, -1):
        beyond += values[back] - values[last]
    mean = values[last] + beyond / baseline
    for back in range(last, last - baseline, -1):
        apart = values[back] - mean
        square += apart * apart
    return mean, math.sqrt(square / (baseline - 1))


@njit(cache=True, nogil=True, error_model="numpy")
def _above_zero(value: float) -> float:
    """Give the value or 0, and NaN for NaN."""
    return 0.0 if value < 0 else value


@njit(cache=True, nogil=True, error_model="numpy")
def _compare(values: Any, first: int, asked: Any, found: Any) -> None:
    """Fill upper bound, statistic and excess from the first whole baseline on."""
    least, z, third = asked[2:]
    mean, sigma, upper, statistic, excess = found
    for at in range(first, len(values)):
        spread = max(sigma[at], least)
        score = (values[at] - mean[at]) / spread
        sigma[at], upper[at] = spread, mean[at] + z * spread
        statistic[at], excess[at] = score, _above_zero(score - 1)
    if third:
        for at in range(first, len(values)):
            past = excess[at - 1] + excess[at - 2]
            upper[at] = _above_zero(values[at] + sigma[at] * (z - past))
            statistic[at] = excess[at] + past
    for at in range(first, len(values)):
        if math.isinf(statistic[at]):
            statistic[at] = math.nan


@njit(cache=True, nogil=True, error_model="numpy")
def _blank(counts: Any, codes: Any, filled: Any) -> None:
    """Write a row in which nothing is assessed yet."""
    observed, alarm, reason, detail, expected, threshold, statistic, p_value = filled
    alarm[:], reason[:] = NOT_ASSESSED, codes
    detail[:] = expected[:] = threshold[:] = statistic[:] = p_value[:] = math.nan
    for at in range(len(codes)):
        observed[at] = counts[at] if codes[at] == 0 else math.nan


@njit(cache=True, nogil=True, error_model="numpy")
def _write(laid: Any, since: int, rule: Any, found: Any, filled: Any) -> None:
    """Write what a series came to at the periods it belongs to."""
    (values, places), (limits, third) = laid, rule
    _, alarm, reason, detail, expected, threshold, statistic, p_value = filled
    for at in range(len(values)):
        column = places[at] - since
        if column < 0:
            continue
        if at < limits:
            reason[column], detail[column] = SHORT_HISTORY, at
            continue
        reach, upper = places[at] - places[at - limits], found[UPPER, at]
        detail[column] = reach
        if reach > REACH * limits or math.isnan(upper):
            reason[column] = GAPS if reach > REACH * limits else NO_VARIANCE
            continue
        above = values[at] > upper
        alarm[column] = ALARM if above else NO_ALARM
        flat = found[SIGMA, at] == 0
        reason[column] = (ABOVE_FLAT if flat else ABOVE) if above else WITHIN
        expected[column], threshold[column] = found[MEAN, at], upper
        statistic[column] = found[STATISTIC, at]
        if not third:
            p_value[column] = 0.5 * math.erfc(found[STATISTIC, at] / math.sqrt(2.0))


@njit(cache=True, nogil=True, error_model="numpy")
def judge_rows(cells: Any, since: int, asked: Any, limits: Any, result: Any) -> None:
    """Judge every series of a chunk.

    Args:
        cells: Cases, and why each cell is a gap (0 where it is observed); both of shape (n_series,
            n_periods).
        since: Index of the first period judged.
        asked: Periods between baseline and judged one, length of the baseline, least standard
            deviation, normal quantile, and whether it is C3.
        limits: Observed periods needed before.
        result: Arrays to fill, shape (n_series, n_periods - since): observed, alarm, reason,
            detail, expected, threshold, statistic, p-value.
    """
    counts, codes = cells
    observed, alarm, reason, detail, expected, threshold, statistic, p_value = result
    n_series, n_periods = counts.shape
    values, places = np.zeros(n_periods), np.zeros(n_periods, np.int64)
    found = np.full((5, n_periods), np.nan)
    for row in range(n_series):
        # What is left in ``found`` from the series before is never read: needed periods are filled.
        n = _squeeze(counts[row], codes[row], values, places)
        _baselines(values[:n], asked[0], asked[1], found)
        _compare(values[:n], asked[0] + asked[1] - 1, asked, found)
        filled = (observed[row], alarm[row], reason[row], detail[row], expected[row],
                  threshold[row], statistic[row], p_value[row])  # fmt: skip
        _blank(counts[row, since:], codes[row, since:], filled)
        _write((values[:n], places), since, (limits, asked[4]), found, filled)

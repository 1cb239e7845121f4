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
from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY

# What a period came to: mean, standard deviation, upper bound, statistic, and C3's excess.
MEAN, SIGMA, UPPER, STATISTIC, EXCESS = range(5)
_LARGEST = 2.0**26  # of a sum: its square is below 2**53, up to which whole numbers are exact


@njit(cache=True, nogil=True, error_model="numpy")
def _squeeze(counts: Any, values: Any, places: Any) -> int:
    """Lay the observed counts out; gives how many there are."""
    n = 0
    for at in range(len(counts)):
        if not math.isnan(counts[at]):
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
            found[at, MEAN], found[at, SIGMA] = _in_two_passes(values, at - lag, baseline)
        return
    total = squares = 0.0
    for last in range(len(values) - lag):
        total += values[last]
        squares += values[last] * values[last]
        if last >= baseline:
            gone = values[last - baseline]
            total -= gone
            squares -= gone * gone
        if last >= baseline - 1:
            found[last + lag, MEAN] = total / baseline
            found[last + lag, SIGMA] = math.sqrt((baseline * squares - total * total) / pairs)


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
def _compare(values: Any, at: int, asked: Any, found: Any) -> None:
    """Fill a period's row of ``found`` from its baseline and the two rows before."""
    least, z, third = asked[2:]
    mean, sigma = found[at, MEAN], max(found[at, SIGMA], least)
    score = (values[at] - mean) / sigma
    excess = _above_zero(score - 1)
    upper, statistic = mean + z * sigma, score
    if third:
        past = found[at - 1, EXCESS] + found[at - 2, EXCESS]
        upper = _above_zero(values[at] + sigma * (z - past))
        statistic = excess + past
    found[at, SIGMA], found[at, UPPER] = sigma, upper
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
    values, places = np.zeros(n_periods), np.zeros(n_periods, np.int64)
    found = np.full((n_periods, 5), np.nan)
    for row in range(n_series):
        # What is left in ``found`` from the series before is never read: needed periods are filled.
        n = _squeeze(counts[row], values, places)
        _baselines(values[:n], asked[0], asked[1], found)
        for at in range(n):
            if at >= asked[0] + asked[1] - 1:
                _compare(values, at, asked, found)
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
            above = values[at] > upper
            alarm[row, column] = ALARM if above else NO_ALARM
            flat = found[at, SIGMA] == 0
            reason[row, column] = (ABOVE_FLAT if flat else ABOVE) if above else WITHIN
            expected[row, column], threshold[row, column] = found[at, MEAN], upper
            statistic[row, column] = found[at, STATISTIC]
            if not asked[4]:
                p_value[row, column] = 0.5 * math.erfc(found[at, STATISTIC] / math.sqrt(2.0))

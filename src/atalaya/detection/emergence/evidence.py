r"""The evidence that a share has risen, as a sum of e-values; compiled.

For a recent window and a lookback before it, a term says how much better two constant shares (a
prior mixture for each) explain the counts than the best single constant share does. Because the
single share is fitted to the very counts, a term is at most an e-value whatever the share was: its
expectation is at most 1 while nothing changes. Started anew at every period and added up, such
terms make an *e-detector*: its value reaches ``c`` on average at most once in ``c`` periods while
nothing changes, however often and whenever one looks. Leaving terms out only lowers it.

With k cases on exposure t in the window and n on exposure u before, the term is::

    integral l0^n exp(-l0 u) dG0(l0) * integral l1^k exp(-l1 t) dG1(l1)
    / sup_l l^(n + k) exp(-l (t + u))

and left out where the window's share is not above the lookback's. G0 and G1 are gamma
distributions. Exposure is measured in average periods of the lookback, so a laboratory that tests
more is compared fairly.

Source: J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential
change detection, New England Journal of Statistics in Data Science,
https://nejsds.nestat.org/journal/NEJSDS/article/59; L. Wasserman, A. Ramdas and S. Balakrishnan
(2020), Universal inference, PNAS 117 (29), 16880-16890, doi:10.1073/pnas.1922664117.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

# Columns of the result of `gather`.
EVIDENCE, CASES, WINDOW, BEFORE, EARLIER, EXPECTED, NEEDED, HISTORY = range(8)
_LARGEST = 700.0  # the exponential of more is infinite
_MOST_NEEDED = 64  # an alarm that needs more cases in one period is said as "none would do"


@njit(cache=True, nogil=True, error_model="numpy")
def _log_gamma_rate(cases: float, exposure: float, shape: float, rate: float) -> float:
    """Give the log of the integral of l^cases exp(-l exposure) over a gamma distribution."""
    prior = shape * math.log(rate) - math.lgamma(shape)
    return prior + math.lgamma(shape + cases) - (shape + cases) * math.log(rate + exposure)


@njit(cache=True, nogil=True, error_model="numpy")
def _term(recent: Any, before: Any, priors: Any) -> Any:
    """Give the log of one term from the cases and exposure of the window and of its lookback."""
    k, exposed = recent
    n, earlier = before
    total, time = k + n, exposed + earlier
    single = total * math.log(total / time) - total
    two = _log_gamma_rate(n, earlier, priors[0], priors[1])
    return two + _log_gamma_rate(k, exposed, priors[2], priors[3]) - single


@njit(cache=True, nogil=True, error_model="numpy")
def _evidence(sums: Any, span: Any, extra: float, asked: Any, found: Any) -> float:
    """Add up the terms for the period that ends a span of observed periods.

    Args:
        sums: Running cases and exposure, shape (2, n_observed + 1).
        span: First usable observed period, and one past the judged one.
        extra: Cases to add to the judged period, to find out how many an alarm needs.
        asked: Lengths of windows, lengths of lookbacks, priors, and the gates: fewest cases, most
            cases shortly before, how long that is, shortest lookback.
        found: Filled for the largest term: cases, length, cases before, expected in the period.
    """
    windows, lookbacks, priors, gates = asked
    first, stop = span
    value, largest = 0.0, -np.inf
    here = sums[1, stop] - sums[1, stop - 1]
    for window in windows:
        start = stop - window
        if start - first < gates[3]:
            break
        k = sums[0, stop] - sums[0, start] + extra
        near = sums[0, start] - sums[0, max(start - int(gates[2]), first)]
        if k < gates[0] or near > gates[1]:
            continue
        exposed = sums[1, stop] - sums[1, start]
        begun = stop
        for lookback in lookbacks:
            begin = max(start - lookback, first)
            if begin == begun:
                break
            begun = begin
            unit = (sums[1, start] - sums[1, begin]) / (start - begin)
            n, earlier = sums[0, start] - sums[0, begin], float(start - begin)
            if unit <= 0 or k * earlier <= n * exposed / unit:
                continue
            term = _term((k, exposed / unit), (n, earlier), priors)
            value += math.exp(min(term, _LARGEST)) / len(lookbacks)
            if term > largest:
                largest = term
                found[0], found[1], found[2] = k, window, n
                found[3] = n / earlier * here / unit
    return value


@njit(cache=True, nogil=True, error_model="numpy")
def _near_empty(sums: Any, span: Any, asked: Any) -> bool:
    """Say whether any window has few enough cases before it, so that some count is an alarm."""
    windows, _, _, gates = asked
    first, stop = span
    for window in windows:
        start = stop - window
        if start - first < gates[3]:
            return False
        if sums[0, start] - sums[0, max(start - int(gates[2]), first)] <= gates[1]:
            return True
    return False


@njit(cache=True, nogil=True, error_model="numpy")
def _needed(sums: Any, span: Any, asked: Any, threshold: float, found: Any) -> float:
    """Give the fewest cases of the judged period with which the threshold is reached, or NaN."""
    stop = span[1]
    own = sums[0, stop] - sums[0, stop - 1]
    low, high = 0, 1
    # Most alarms need a case or two: doubling finds them sooner than halving does.
    while _evidence(sums, span, high - own, asked, found) < threshold:
        low, high = high, 2 * high
        if high > _MOST_NEEDED:
            return math.nan
    while high - low > 1:
        middle = (low + high) // 2
        if _evidence(sums, span, middle - own, asked, found) >= threshold:
            high = middle
        else:
            low = middle
    return high


@njit(cache=True, nogil=True, error_model="numpy")
def _squeeze(counts: Any, exposure: Any, sums: Any) -> int:
    """Fill running sums over the observed periods; gives how many there are."""
    n = 0
    for at in range(len(counts)):
        if math.isnan(counts[at]):
            continue
        sums[0, n + 1] = sums[0, n] + counts[at]
        sums[1, n + 1] = sums[1, n] + exposure[at]
        n += 1
    return n


@njit(cache=True, nogil=True, error_model="numpy")
def gather(
    counts: Any, exposure: Any, begins: Any, asked: Any, since: int, threshold: float
) -> Any:
    """Give the evidence of every series in every period from ``since`` on.

    Args:
        counts: Cases, shape (n_series, n_periods); NaN is a gap.
        exposure: Number examined, or 1, same shape; positive where a count is given.
        begins: Index of the first period a verdict may rest on, same shape.
        asked: See `_evidence`.
        since: Index of the first period judged.
        threshold: Evidence from which it is an alarm, for the count needed.

    Returns:
        Shape (n_series, n_periods - since, 8), NaN in gaps: the evidence, the cases and the length
        of the window with the largest term, the cases in its lookback and in all time before the
        window, the cases expected in the period, the fewest that would be an alarm (NaN: none
        up to 64 would), and the observed periods before this one that may be used.
    """
    n_series, n_periods = counts.shape
    result = np.full((n_series, n_periods - since, 8), np.nan)
    sums, found = np.zeros((2, n_periods + 1)), np.zeros(4)
    place = np.zeros(n_periods + 1, np.int64)
    for row in range(n_series):
        _squeeze(counts[row], exposure[row], sums)
        for at in range(n_periods):
            place[at + 1] = place[at] + (not math.isnan(counts[row, at]))
            if at < since or math.isnan(counts[row, at]):
                continue
            answer = result[row, at - since]
            first, stop = place[begins[row, at]], place[at + 1]
            answer[HISTORY] = stop - 1 - first
            if _near_empty(sums, (first, stop), asked):
                answer[NEEDED] = _needed(sums, (first, stop), asked, threshold, found)
            found[:] = np.nan
            answer[EVIDENCE] = _evidence(sums, (first, stop), 0.0, asked, found)
            answer[CASES], answer[WINDOW] = found[0], found[1]
            answer[BEFORE], answer[EXPECTED] = found[2], found[3]
            if not math.isnan(found[1]):
                answer[EARLIER] = sums[0, stop - int(found[1])]
    return result

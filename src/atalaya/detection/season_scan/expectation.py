r"""The expected level of a dense series: season, trend and spread, fitted anew for each period.

The logarithm of the mean is a level, a slope and pairs of sines and cosines of the year, fitted by
penalised quasi-likelihood to the observed periods before a guard band. The penalty says that a
season rarely moves a level by more than about a factor of three and a trend rarely by more than a
third a year, so that a sparse or short series is not bent by chance, and no test decides whether
there is a trend. Periods with large residuals (past outbreaks) are weighed down and it is fitted
again, as in Farrington's flexible algorithm.

Source: A. Noufaily et al. (2013), An improved algorithm for outbreak detection in multiple
surveillance systems, Statistics in Medicine 32 (7), 1206-1222, doi:10.1002/sim.5595 (weights,
guard band); P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, 2nd ed., chapter 9
(quasi-likelihood).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

# Columns of the result of `expect` before the windows: periods used, dispersion.
USED, DISPERSION, FIRST_WINDOW = range(3)
# Of each window: cases, expected cases, variance of the expected cases.
CASES, EXPECTED, ERROR = range(3)
_STEPS, _TOLERANCE = 25, 1e-6
_FURTHEST = 30.0  # no logarithm of a mean lies beyond this


@njit(cache=True, nogil=True, error_model="numpy")
def _invert(matrix: Any) -> Any:
    """Invert a small symmetric positive definite matrix by elimination."""
    n = matrix.shape[0]
    left, right = matrix.copy(), np.eye(n)
    for i in range(n):
        pivot = left[i, i]
        left[i] /= pivot
        right[i] /= pivot
        for j in range(n):
            if j != i:
                factor = left[j, i]
                left[j] -= factor * left[i]
                right[j] -= factor * right[i]
    return right


# Sums over periods may be taken in any order, so that they are taken several at a time.
@njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})
def _information(design: Any, weight: Any, scaled: Any, penalty: Any) -> Any:
    size, n = design.shape
    result = np.zeros((size, size))
    for a in range(size):
        for i in range(n):
            scaled[i] = weight[i] * design[a, i]
        for b in range(a + 1):
            total = 0.0
            for i in range(n):
                total += scaled[i] * design[b, i]
            result[a, b] = result[b, a] = total
        result[a, a] += penalty[a]
    return result


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})
def _slope(cases: Any, design: Any, prior: Any, mean: Any, slope: Any) -> None:
    """Add what the periods say to the slope of the penalised quasi-likelihood."""
    for a in range(len(slope)):
        total = 0.0
        for i in range(len(mean)):
            total += prior[i] * (cases[0, i] - mean[i]) * design[a, i]
        slope[a] += total


@njit(cache=True, nogil=True, error_model="numpy")
def _predict(cases: Any, design: Any, coefficients: Any, mean: Any) -> None:
    """Fill the means of the reference periods."""
    mean[:] = cases[1]
    for a in range(len(coefficients)):
        for i in range(len(mean)):
            mean[i] += design[a, i] * coefficients[a]
    for i in range(len(mean)):
        mean[i] = math.exp(min(max(mean[i], -_FURTHEST), _FURTHEST))


@njit(cache=True, nogil=True, error_model="numpy")
def _settle(cases: Any, design: Any, prior: Any, penalty: Any, state: Any) -> Any:
    """Find the coefficients by Newton's steps; gives the inverse of the information.

    Args:
        cases: Counts and offsets, shape (2, n).
        design: Columns of the reference periods, shape (size, n).
        prior: Weights of the periods, shape (n,).
        penalty: Penalty of each coefficient, shape (size,).
        state: Coefficients to start from and the means; both are replaced.
    """
    coefficients, mean = state
    inverse = np.zeros((len(penalty), len(penalty)))
    scaled = np.empty(len(mean))
    for _ in range(_STEPS):
        _predict(cases, design, coefficients, mean)
        slope = -penalty * coefficients
        _slope(cases, design, prior, mean, slope)
        inverse = _invert(_information(design, prior * mean, scaled, penalty))
        moved = 0.0
        for a in range(len(penalty)):
            step = 0.0
            for b in range(len(penalty)):
                step += inverse[a, b] * slope[b]
            step = min(max(step, -2.0), 2.0)  # a longer step overshoots on near-empty series
            coefficients[a] += step
            moved = max(moved, abs(step))
        if moved < _TOLERANCE:
            break
    return inverse


@njit(cache=True, nogil=True, error_model="numpy")
def _spread(cases: Any, mean: Any, prior: Any, size: int) -> float:
    """Give Pearson's dispersion, at least 1."""
    total, weight = 0.0, 0.0
    for i in range(len(cases)):
        total += prior[i] * (cases[i] - mean[i]) ** 2 / mean[i]
        weight += prior[i]
    return max(total / max(weight - size, 1.0), 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _weigh_down(cases: Any, mean: Any, prior: Any, dispersion: float, threshold: float) -> None:
    """Give periods with an Anscombe residual above the threshold the weight 1 / residual^2."""
    for i in range(len(cases)):
        residual = 1.5 * (cases[i] ** (2 / 3) * mean[i] ** (-1 / 6) - math.sqrt(mean[i]))
        residual /= math.sqrt(dispersion)
        prior[i] = residual ** (-2) if residual > threshold else 1.0


@njit(cache=True, nogil=True, error_model="numpy")
def _windows(values: Any, design: Any, at: int, fit: Any, answer: Any) -> None:
    """Fill cases, expected cases and their variance for windows of 1, 2, ... observed periods."""
    coefficients, inverse, dispersion = fit
    gradient = np.zeros(len(coefficients))
    cases = expected = 0.0
    window, back = 0, at
    while window < (len(answer) - FIRST_WINDOW) // 3 and back >= 0:
        if not math.isnan(values[0, back]):
            row = design[back].copy()
            row[1] -= design[at, 1]
            linear = values[1, back] + np.sum(row * coefficients)
            mean = math.exp(min(max(linear, -_FURTHEST), _FURTHEST))
            cases += values[0, back]
            expected += mean
            gradient += mean * row
            error = 0.0
            for a in range(len(gradient)):
                error += gradient[a] * np.sum(inverse[a] * gradient)
            start = FIRST_WINDOW + 3 * window
            answer[start + CASES], answer[start + EXPECTED] = cases, expected
            answer[start + ERROR] = dispersion * error
            window += 1
        back -= 1


@njit(cache=True, nogil=True, error_model="numpy")
def _fit(values: Any, design: Any, penalty: Any, threshold: float) -> Any:
    """Fit, weigh past outbreaks down and fit again.

    Args:
        values: Counts and offsets of the reference periods, shape (2, n).
        design: Their columns, time counted from the judged period, shape (size, n).
        penalty: Penalty of each coefficient.
        threshold: Residual from which a period is weighed down; 0 weighs nothing down.
    """
    size, n = len(penalty), values.shape[1]
    coefficients, prior, mean = np.zeros(size), np.ones(n), np.ones(n)
    coefficients[0] = math.log((values[0].sum() + 0.5) / np.exp(values[1]).sum())
    inverse = _settle(values, design, prior, penalty, (coefficients, mean))
    dispersion = _spread(values[0], mean, prior, size)
    if threshold > 0:
        _weigh_down(values[0], mean, prior, dispersion, threshold)
        inverse = _settle(values, design, prior, penalty, (coefficients, mean))
        dispersion = _spread(values[0], mean, prior, size)
    return coefficients, inverse, dispersion


@njit(cache=True, nogil=True, error_model="numpy")
def expect(values: Any, design: Any, penalty: Any, since: int, asked: Any) -> Any:
    """Fit every judged period of every series, and sum up its last windows.

    Args:
        values: Cases, and offsets (log of the denominator, or 0), shape (2, n_series, n_periods);
            a count NaN is a gap.
        design: Level, time, season and weekday of each period, shape (n_periods, size).
        penalty: Penalty of each coefficient, shape (size,).
        since: Index of the first period judged.
        asked: Most periods back, guard band, fewest observed periods, longest window, and the
            residual from which a period is weighed down.

    Returns:
        Shape (n_series, n_periods - since, 2 + 3 * windows): periods used, dispersion, and for each
        window its cases, its expected cases and their variance; NaN where not judged.
    """
    memory, guard, least, longest, threshold = asked
    n_series, n_periods = values.shape[1:]
    result = np.full((n_series, n_periods - since, FIRST_WINDOW + 3 * int(longest)), np.nan)
    columns = design.T.copy()
    for row in range(n_series):
        seen = np.flatnonzero(~np.isnan(values[0, row]))
        for at in range(since, n_periods):
            if math.isnan(values[0, row, at]):
                continue
            answer = result[row, at - since]
            stop = at - int(guard)
            span = seen[(seen >= stop - int(memory)) & (seen < stop)]
            answer[USED] = len(span)
            if len(span) < least:
                continue
            local = columns[:, span].copy()
            # Time is counted from the judged period, so that a verdict does not rest on `since`.
            local[1] -= design[at, 1]
            reference = values[:, row][:, span].copy()
            fit = _fit(reference, local, penalty, threshold)
            answer[DISPERSION] = fit[2]
            _windows(values[:, row], design, at, fit, answer)
    return result

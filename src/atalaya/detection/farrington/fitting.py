"""The quasi-Poisson fits behind the Farrington family, compiled: millions of them a minute.

The model of a reference window is a one-way analysis of covariance: a level for each season and
one slope over time. Each step of the iteration is therefore solved by sums over the levels, and
nothing is factorised: a step costs one pass over the reference periods. Where R's ``glm`` stops,
and which of its weights enter which dispersion, decides results in the sixth digit; both are
followed here, and ``tests/golden`` holds R's answers.

Source: A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett (2013),
An improved algorithm for outbreak detection in multiple surveillance systems, Statistics in
Medicine 32 (7), 1206-1222, doi:10.1002/sim.5595; M. Salmon, D. Schumacher and M. Hoehle (2016),
Journal of Statistical Software 70 (10), doi:10.18637/jss.v070.i10.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

# Rows of the table a fit works on; columns are the reference periods in order of time.
Y, LOG_Y, TIME, OFFSET, PRIOR, LINEAR, MEAN, BEFORE = range(8)
# Columns of the table of levels: weight, mean time and intercept of each.
WEIGHT, CENTRE, INTERCEPT = range(3)
# What a fit came to; the columns of the result of `fit_all`.
LINK, ERROR, DISPERSION, SLOPE, SLOPE_T, USED, STATE = range(7)
FITTED, NO_FIT, NO_REFERENCE = 0.0, 1.0, 2.0

_TOLERANCE, _STEPS = 1e-8, 25  # R's glm.control
_TINY = 2.220446049250313e-16  # R's .Machine$double.eps, under which no mean falls
_SURE = 1 - 10 * _TINY  # a leverage above this is 1, as in R's lm.influence


@njit(cache=True, nogil=True, error_model="numpy")
def _deviance(work: Any) -> float:
    total = 0.0
    for i in range(work.shape[1]):
        y, mean = work[Y, i], work[MEAN, i]
        part = mean
        if y > 0:
            part = y * (work[LOG_Y, i] - max(work[LINEAR, i], math.log(_TINY))) - (y - mean)
        total += work[PRIOR, i] * part
    return 2 * total


@njit(cache=True, nogil=True, error_model="numpy")
def _solve(work: Any, level: Any, levels: Any, trend: bool) -> tuple[float, float]:
    """Do one weighted least-squares step; fills ``levels``, gives the slope and time's spread."""
    levels[:, :] = 0.0
    square, cross = 0.0, 0.0
    for i in range(work.shape[1]):
        mean, time, row = work[MEAN, i], work[TIME, i], level[i]
        work[BEFORE, i] = mean
        weight = work[PRIOR, i] * mean
        response = weight * (work[LINEAR, i] - work[OFFSET, i]) + work[PRIOR, i] * (
            work[Y, i] - mean
        )
        levels[row, WEIGHT] += weight
        levels[row, CENTRE] += weight * time
        levels[row, INTERCEPT] += response
        square += weight * time * time
        cross += response * time
    for row in range(levels.shape[0]):
        if levels[row, WEIGHT] > 0:
            levels[row, CENTRE] /= levels[row, WEIGHT]
            levels[row, INTERCEPT] /= levels[row, WEIGHT]
            square -= levels[row, WEIGHT] * levels[row, CENTRE] ** 2
            cross -= levels[row, WEIGHT] * levels[row, CENTRE] * levels[row, INTERCEPT]
    slope = cross / square if trend and square > 0 else 0.0
    for row in range(levels.shape[0]):
        levels[row, INTERCEPT] -= slope * levels[row, CENTRE]
    return slope, square


@njit(cache=True, nogil=True, error_model="numpy")
def _predict(work: Any, level: Any, levels: Any, slope: float) -> None:
    """Give every reference period its mean; an exponential is taken once a run of periods."""
    growth, running = math.exp(slope), 0.0
    for i in range(work.shape[1]):
        linear = levels[level[i], INTERCEPT] + slope * work[TIME, i] + work[OFFSET, i]
        work[LINEAR, i] = linear
        if (
            i > 0
            and level[i] == level[i - 1]
            and work[TIME, i] == work[TIME, i - 1] + 1
            and work[OFFSET, i] == work[OFFSET, i - 1]
        ):
            running *= growth
        else:
            running = math.exp(linear)
        work[MEAN, i] = max(running, _TINY)


@njit(cache=True, nogil=True, error_model="numpy")
def _iterate(work: Any, level: Any, levels: Any, trend: bool) -> tuple[bool, float, float]:
    """Fit with the weights in ``work``; gives whether it settled, the slope and time's spread."""
    for i in range(work.shape[1]):
        work[MEAN, i] = work[Y, i] + 0.1
        work[LINEAR, i] = math.log(work[MEAN, i])
    old, slope, spread = _deviance(work), 0.0, 0.0
    for _ in range(_STEPS):
        slope, spread = _solve(work, level, levels, trend)
        _predict(work, level, levels, slope)
        new = _deviance(work)
        if not math.isfinite(new):
            return False, slope, spread
        if abs(new - old) / (abs(new) + 0.1) < _TOLERANCE:
            return True, slope, spread
        old = new
    return False, slope, spread


@njit(cache=True, nogil=True, error_model="numpy")
def _dispersion(work: Any, freedom: float, working: bool) -> float:
    """Give Pearson's dispersion, with the weights of the last step or the prior ones alone."""
    total = 0.0
    for i in range(work.shape[1]):
        residual = (work[Y, i] - work[MEAN, i]) / work[MEAN, i]
        weight = work[PRIOR, i] * (work[BEFORE, i] if working else 1.0)
        total += weight * residual * residual
    return total / freedom


@njit(cache=True, nogil=True, error_model="numpy")
def _reweight(work: Any, level: Any, levels: Any, spread: float, scale: Any) -> None:
    """Weigh down reference periods with large Anscombe residuals, past outbreaks above all.

    Args:
        work: The table of the fit; its prior weights are replaced.
        level: Level of each reference period.
        levels: Table of levels of the last step.
        spread: Weighted spread of time within levels, 0 without a trend.
        scale: Dispersion, and the residual above which a period counts for less.
    """
    total, n = 0.0, work.shape[1]
    for i in range(n):
        weight, row = work[PRIOR, i] * work[BEFORE, i], level[i]
        leverage = weight / levels[row, WEIGHT]
        if spread > 0:
            leverage += weight * (work[TIME, i] - levels[row, CENTRE]) ** 2 / spread
        if leverage > _SURE:
            leverage = 1.0
        mean = work[MEAN, i]
        residual = 1.5 * (work[Y, i] ** (2 / 3) * mean ** (-1 / 6) - math.sqrt(mean))
        residual /= math.sqrt(scale[0] * (1 - leverage))
        work[LINEAR, i] = residual ** (-2) if residual > scale[1] else 1.0
        total += work[LINEAR, i]
    for i in range(n):
        work[PRIOR, i] = work[LINEAR, i] * n / total


@njit(cache=True, nogil=True, error_model="numpy")
def _fit(work: Any, level: Any, levels: Any, asked: Any, result: Any) -> bool:
    """Fit, weigh and fit again; fills ``result`` for a prediction at time 0 in the last level.

    Args:
        work: The table of the fit.
        level: Level of each reference period.
        levels: Table to work on, a row a level.
        asked: Trend (1 or 0), threshold of the weights (0 for none), offset of the prediction.
        result: Row of the result.
    """
    n = work.shape[1]
    work[PRIOR, :] = 1.0
    result[USED] = n
    settled, slope, spread = _iterate(work, level, levels, asked[0] > 0)
    if not settled:
        return False
    freedom = n - levels.shape[0] - asked[0]
    inside = spread if asked[0] > 0 else 0.0
    phi = max(_dispersion(work, freedom, True), 1.0)
    rough = _dispersion(work, freedom, True)
    if asked[1] > 0:
        _reweight(work, level, levels, inside, (phi, asked[1]))
        _, slope, spread = _iterate(work, level, levels, asked[0] > 0)
        inside = spread if asked[0] > 0 else 0.0
        phi = max(_dispersion(work, freedom, True), 1.0)
        rough = _dispersion(work, freedom, False)
    here = levels.shape[0] - 1
    error = 1 / levels[here, WEIGHT]
    result[SLOPE] = result[SLOPE_T] = np.nan
    if asked[0] > 0:
        error += levels[here, CENTRE] ** 2 / inside
        result[SLOPE] = slope
        result[SLOPE_T] = slope / math.sqrt(rough / inside)
    result[LINK] = levels[here, INTERCEPT] + asked[2]
    result[ERROR] = math.sqrt(rough * error)
    result[DISPERSION] = phi
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _fit_period(work: Any, level: Any, levels: Any, asked: Any, result: Any) -> bool:
    """Fit with a trend and keep it only if it is sure and does not extrapolate, else fit without.

    Args:
        work: The table of the fit.
        level: Level of each reference period.
        levels: Table to work on, a row a level.
        asked: Whether a trend is wanted, threshold of the weights, offset of the prediction, and
            the least t value of a slope by degrees of freedom.
        result: Row of the result.
    """
    wanted, threshold, offset, critical = asked
    without = (0.0, threshold, offset)
    if not wanted:
        return _fit(work, level, levels, without, result)
    if not _fit(work, level, levels, (1.0, threshold, offset), result):
        return _fit(work, level, levels, without, result)
    freedom = work.shape[1] - levels.shape[0] - 1
    sure = abs(result[SLOPE_T]) > critical[freedom]
    if sure and math.exp(result[LINK]) <= work[Y, :].max():
        return True
    return _fit(work, level, levels, without, result)


@njit(cache=True, nogil=True, error_model="numpy")
def _gather(values: Any, row: Any, segments: Any, place: int, work: Any, level: Any) -> int:
    """Lay the observed reference periods of one judged period out; gives how many there are."""
    n = 0
    for segment in range(segments.shape[0]):
        for at in range(segments[segment, 0], segments[segment, 1]):
            if math.isnan(values[0, row, at]):
                continue
            work[Y, n], work[LOG_Y, n] = values[0, row, at], values[1, row, at]
            work[OFFSET, n] = values[2, row, at]
            work[TIME, n] = at - place
            level[n] = segments[segment, 2]
            n += 1
    return n


@njit(cache=True, nogil=True, error_model="numpy")
def _every_level(level: Any, n_levels: int) -> bool:
    for wanted in range(n_levels):
        found = False
        for i in range(len(level)):
            found = found or level[i] == wanted
        if not found:
            return False
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def fit_all(values: Any, places: Any, plans: Any, n_levels: int, asked: Any) -> Any:
    """Fit every judged period of every series.

    Args:
        values: Counts, their logarithms (0 where there is none) and the logarithms of the
            denominators (0 without), shape (3, n_series, n_periods); a count NaN is a gap.
        places: Index of each judged period, shape (n_judged,).
        plans: Runs of reference periods as start, stop, level; shape (n_judged, n_runs, 3).
        n_levels: How many seasonal levels there are; the last is that of the judged period.
        asked: Whether a trend is wanted, threshold of the weights (0 for none), least share of the
            reference periods that must be observed, least t value of a slope by degrees of freedom.

    Returns:
        Shape (n_series, n_judged, 7): linear predictor (log cases), its standard error, dispersion
        (>= 1), slope (log cases a period, NaN without), its t value, reference periods used, state.
    """
    trend, threshold, share, critical = asked
    n_series, n_judged = values.shape[1], len(places)
    longest = 0
    for at in range(n_judged):
        longest = max(longest, (plans[at, :, 1] - plans[at, :, 0]).sum())
    work = np.zeros((8, longest))
    level = np.zeros(longest, np.int64)
    levels = np.zeros((n_levels, 3))
    result = np.full((n_series, n_judged, 7), np.nan)
    for row in range(n_series):
        for at in range(n_judged):
            planned = (plans[at, :, 1] - plans[at, :, 0]).sum()
            n = _gather(values, row, plans[at], places[at], work, level)
            answer = result[row, at]
            answer[USED], answer[STATE] = n, NO_REFERENCE
            if n < share * planned or n <= n_levels + 1 or not _every_level(level[:n], n_levels):
                continue
            options = (trend, threshold, values[2, row, places[at]], critical)
            fitted = _fit_period(work[:, :n], level[:n], levels, options, answer)
            answer[STATE] = FITTED if fitted else NO_FIT
    return result

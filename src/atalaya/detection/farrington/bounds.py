"""Upper bounds, probabilities and scores from a fitted mean, its error and a dispersion.

Three ways of R's ``farringtonFlexible``: ``delta`` (a normal approximation after a power
transformation), ``nbPlugin`` (the negative binomial at the fitted mean) and ``muan`` (at an upper
quantile of the mean). Scores are on another scale in each and are never compared across them.

Source: A. Noufaily et al. (2013), doi:10.1002/sim.5595; M. Salmon, D. Schumacher and M. Hoehle
(2016), doi:10.18637/jss.v070.i10, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from atalaya.series.panel import Numbers

POWERS = {"none": 1.0, "1/2": 0.5, "2/3": 2 / 3}
METHODS = ("delta", "nbPlugin", "muan")
# R looks for the first count whose probability is at least this much below the one asked for, so
# that rounding does not move a bound by one.
_FUZZ = 1 - 64 * np.finfo(float).eps
_LARGEST = 2.0**60


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What a count is compared with; all arrays have the shape of the fits.

    Args:
        expected: Expected cases.
        upper: Upper bound, in cases; NaN where there is none.
        p_value: Probability of a count at least as large.
        score: How far the count lies between the expected value (0) and the bound (1).
    """

    expected: Numbers
    upper: Numbers
    p_value: Numbers
    score: Numbers


def delta(
    observed: Numbers, fits: tuple[Numbers, Numbers, Numbers], alpha: float, power: str
) -> Bounds:
    """Give bounds from a normal approximation on a transformed scale.

    Args:
        observed: Counts.
        fits: Linear predictor, its standard error and the dispersion.
        alpha: One-sided error.
        power: A key of `POWERS`.
    """
    link, error, phi = fits
    mean, exponent = np.exp(link), POWERS[power]
    spread = phi + (error * mean) ** 2 / mean
    scale = {
        "none": mean * spread,
        "1/2": spread / 4,
        "2/3": 4 / 9 * np.cbrt(mean) * spread,
    }[power]
    deviation = np.sqrt(scale)
    middle = mean**exponent
    upper = (middle + special.ndtri(1 - alpha) * deviation) ** (1 / exponent)
    p_value = special.ndtr((middle - observed**exponent) / deviation)
    return Bounds(mean, upper, p_value, (observed - mean) / (upper - mean))


def negative_binomial(
    observed: Numbers, fits: tuple[Numbers, Numbers, Numbers], alpha: float, *, at_upper: bool
) -> Bounds:
    """Give bounds from a negative binomial distribution (Poisson where the dispersion is 1).

    Args:
        observed: Counts.
        fits: Linear predictor, its standard error and the dispersion.
        alpha: One-sided error.
        at_upper: Take the upper quantile of the mean (``muan``) in place of the mean.
    """
    link, error, phi = fits
    mean = np.exp(link + special.ndtri(1 - alpha) * error) if at_upper else np.exp(link)
    mean = np.where(np.isinf(mean), np.nan, mean)
    upper = quantile(mean, phi, 1 - alpha)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = (observed - link) / (upper - link)
    return Bounds(np.exp(link), upper, survival(observed, mean, phi), score)


def survival(count: Numbers, mean: Numbers, phi: Numbers) -> Numbers:
    """Give the probability of a count at least as large; variance is ``phi`` times the mean.

    >>> survival(np.array([3.0]), np.array([1.0]), np.array([1.0])).round(4).tolist()
    [0.0803]
    """
    over = phi > 1
    size = mean / np.where(over, phi - 1, 1)
    least = np.maximum(count, 1)
    tail = np.where(over, special.betainc(least, size, 1 - 1 / phi), special.gammainc(least, mean))
    return np.where(count > 0, tail, np.where(np.isnan(mean), np.nan, 1.0))


def quantile(mean: Numbers, phi: Numbers, probability: float) -> Numbers:
    """Give the smallest count whose cumulative probability reaches ``probability``.

    Brackets and halves on the incomplete beta or gamma function: on sparse series bounds reach
    10^13, where stepping from count to count never ends.

    >>> quantile(np.array([2.0, 4.0]), np.array([1.0, 3.0]), 0.95).tolist()
    [5.0, 11.0]
    """
    shape = mean.shape
    mean, phi = mean.ravel(), np.broadcast_to(phi, shape).ravel()
    result = np.full(mean.shape, np.nan)
    todo = np.flatnonzero(np.isfinite(mean) & np.isfinite(phi))
    mean, phi, target = mean[todo], phi[todo], probability * _FUZZ
    guess = np.floor(_approximate(mean, phi, probability))
    low, high = np.full(len(todo), -1.0), np.full(len(todo), np.inf)
    step = np.ones(len(todo))
    left = np.arange(len(todo))
    while len(left):
        reached = _below(guess[left], mean[left], phi[left]) >= target
        high[left[reached]] = guess[left[reached]]
        low[left[~reached]] = guess[left[~reached]]
        # Beyond 2^53 the next count is further away than one.
        apart = high[left] - low[left] > np.maximum(np.spacing(low[left]), 1)
        left = left[apart & (low[left] < _LARGEST)]
        inside = np.isfinite(high[left]) & (low[left] >= 0)
        stepped = np.where(
            np.isinf(high[left]), low[left] + step[left], np.maximum(high[left] - step[left], 0)
        )
        middle = np.floor((low[left] + np.where(inside, high[left], 0)) / 2)
        guess[left] = np.where(inside, middle, stepped)
        step[left] *= 4
    result[todo] = np.where(np.isfinite(high), high, np.nan)
    return result.reshape(shape)


def _below(count: Numbers, mean: Numbers, phi: Numbers) -> Numbers:
    """Give the probability of at most ``count``."""
    over = phi > 1
    result = np.empty(mean.shape)
    size = mean[over] / (phi[over] - 1)
    result[over] = special.betainc(size, count[over] + 1, 1 / phi[over])
    result[~over] = special.gammaincc(count[~over] + 1, mean[~over])
    return result


def _approximate(mean: Numbers, phi: Numbers, probability: float) -> Numbers:
    """Give the quantile by the expansion of Cornish and Fisher, good to a count or two."""
    z = special.ndtri(probability)
    deviation = np.sqrt(mean * phi)
    skewness = (2 * phi - 1) / deviation
    with np.errstate(divide="ignore", invalid="ignore"):
        near = mean + deviation * (z + skewness * (z * z - 1) / 6)
    result: Numbers = np.clip(np.nan_to_num(near), 0, _LARGEST)
    return result

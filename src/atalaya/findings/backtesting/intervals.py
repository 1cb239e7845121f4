"""Intervals for what a back-test counts: shares, rates and medians, at 95 %."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_TAIL = 0.025
_Z = 1.959963984540054  # the normal quantile of 1 - 0.025
_RESAMPLES = 2000
_SEED = 20190301  # any fixed number: the same events must give the same interval


class Interval(NamedTuple):
    """A figure with its 95 % interval; all None where there is nothing to compute it from."""

    value: float | None
    low: float | None
    high: float | None


NOTHING = Interval(None, None, None)


def wilson(successes: int, trials: int) -> Interval:
    """Give a share with Wilson's score interval.

    Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical
    inference, JASA 22 (158), 209-212, doi:10.1080/01621459.1927.10502953.

    >>> [round(number, 3) for number in wilson(24, 26)]
    [0.923, 0.759, 0.979]
    """
    if trials == 0:
        return NOTHING
    share, square = successes / trials, _Z * _Z / trials
    middle = share + square / 2
    reach = _Z * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    low, high = ((middle + sign * reach) / (1 + square) for sign in (-1, 1))
    return Interval(share, max(low, 0.0) if successes else 0.0, min(high, 1.0))


def poisson_rate(events: int, exposure: float) -> Interval:
    """Give events per unit of exposure with the exact Poisson interval.

    Source: F. Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28 (3/4),
    437-442, doi:10.1093/biomet/28.3-4.437.

    >>> [round(number, 3) for number in poisson_rate(11, 48.76)]
    [0.226, 0.113, 0.404]
    """
    if exposure <= 0:
        return NOTHING
    from scipy.special import gammaincinv  # here: only who scores pays for loading it

    low = float(gammaincinv(events, _TAIL)) if events else 0.0
    high = float(gammaincinv(events + 1, 1 - _TAIL))
    return Interval(events / exposure, low / exposure, high / exposure)


def median(values: Sequence[float]) -> Interval:
    """Give a median with the percentile bootstrap interval, the same for the same values.

    Source: B. Efron (1979), Bootstrap methods: another look at the jackknife, Annals of Statistics
    7 (1), 1-26, doi:10.1214/aos/1176344552.

    >>> median([3, 3, 3])
    Interval(value=3.0, low=3.0, high=3.0)
    """
    if not values:
        return NOTHING
    given = np.sort(np.asarray(values, float))
    drawn = np.random.default_rng(_SEED).integers(0, len(given), (_RESAMPLES, len(given)))
    low, high = np.quantile(np.median(given[drawn], axis=1), (_TAIL, 1 - _TAIL))
    return Interval(float(np.median(given)), float(low), float(high))

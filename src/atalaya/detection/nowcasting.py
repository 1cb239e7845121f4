"""What an incomplete period will come to once its late reports are in, with an interval.

The dated versions of a source show how much of a period was known when it was so and so many
periods old (the reporting triangle). The share that is known at each age is estimated by the chain
ladder, over all series of the source; how much it varies from period to period is measured on the
periods that are complete by now. What is still to come then follows from what has been reported: a
negative binomial count, mixed over the share.

Source: M. Höhle and M. an der Heiden (2014), Bayesian nowcasting during the STEC O104:H4 outbreak
in Germany, 2011, Biometrics 70 (4), 993-1002 (the triangle and the count still to come);
S. F. McGough et al. (2020), Nowcasting by Bayesian Smoothing, PLoS Computational Biology 16 (4),
e1007735 (delays that vary).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.mixtures import Mixtures
from atalaya.series.panel import Numbers

COVERAGE = 0.8
LEAST_VERSIONS = 6  # dated versions under which a delay is hearsay
LEAST_FOLLOWED = 5  # periods seen both at an age and complete
LEAST_CASES = 30  # cases of those periods, all series together
LEAST_SHARE = 0.1  # known share under which the rest is a guess

_LEVELS = (0.1, 0.5, 0.9)
_POINTS = 21  # of the share's distribution; 41 move no end of an interval in the tests
_JEFFREYS = 0.5  # prior shape of a period's mean: it says next to nothing of a new rise
_DECLARED = 40.0  # precision of a share that is declared: it varies by about 8 points around 0.5


class Silence(IntEnum):
    """Why an incomplete period gets no nowcast."""

    NONE = 0
    FEW_VERSIONS = 1
    FEW_FOLLOWED = 2
    LITTLE_KNOWN = 3
    WITHDRAWN = 4


@dataclass(frozen=True, slots=True, eq=False)
class Delays:
    """How much of a period is known at each age, in whole periods since its end.

    Args:
        share: Mean share known, 0..1, shape (n_ages,); NaN where nothing tells.
        precision: Precision of its Beta distribution for one period, same shape.
        silence: Why there is none, `Silence` codes of the same shape.
        versions: Dated versions it rests on; 0 where it is declared.
    """

    share: Numbers
    precision: Numbers
    silence: NDArray[np.int8]
    versions: int


@dataclass(frozen=True, slots=True, eq=False)
class Nowcast:
    """What incomplete periods will come to; arrays have the shape of what was reported.

    Args:
        lower: Lower end of the interval of `COVERAGE`; never below what is reported. Cases.
        median: The middle.
        upper: Upper end.
        silence: Why there is none, `Silence` codes.
    """

    lower: Numbers
    median: Numbers
    upper: Numbers
    silence: NDArray[np.int8]


def delays(triangle: Numbers, versions: int) -> Delays:
    """Estimate how late reports come.

    Args:
        triangle: Count known of each series and period at each age, shape (n_series, n_periods,
            n_ages + 1), NaN where no version shows it; the last column is the complete count.
        versions: Dated versions the triangle was made of.

    >>> known = np.repeat(np.array([[[20.0, 30, 40]]]), 8, axis=1)
    >>> [round(float(one), 2) for one in delays(known, 10).share]
    [0.5, 0.75]
    """
    ages = triangle.shape[2] - 1
    share, precision = np.full(ages, np.nan), np.full(ages, np.nan)
    silence = np.zeros(ages, np.int8)
    ladder = 1.0
    for age in range(ages - 1, -1, -1):
        ladder /= _factor(triangle, age)
        early, late = _totals(triangle, age, ages)
        if versions < LEAST_VERSIONS:
            silence[age] = Silence.FEW_VERSIONS
        elif len(late) < LEAST_FOLLOWED or late.sum() < LEAST_CASES or np.isnan(ladder):
            silence[age] = Silence.FEW_FOLLOWED
        elif ladder > 1 or early.sum() > late.sum():
            silence[age] = Silence.WITHDRAWN
        elif ladder < LEAST_SHARE:
            silence[age] = Silence.LITTLE_KNOWN
        else:
            share[age], precision[age] = ladder, _precision(early, late)
    return Delays(share, precision, silence, versions)


def declared(shares: Sequence[float]) -> Delays:
    """Take the share that is known at each age from what a source declares.

    Args:
        shares: Share known of a period that ended 0, 1, 2 ... whole periods ago, 0..1.
    """
    share = np.array(shares, float)
    silence = np.where(share < LEAST_SHARE, Silence.LITTLE_KNOWN, Silence.NONE).astype(np.int8)
    known = np.where(silence == Silence.NONE, share, np.nan)
    return Delays(known, np.full(share.shape, _DECLARED), silence, 0)


def nowcast(reported: Numbers, ages: NDArray[np.intp], known: Delays) -> Nowcast:
    """Say what incomplete periods will come to.

    Args:
        reported: Count reported so far, shape (n_series, n_periods); NaN where nothing was.
        ages: Age of each period, whole periods since its end, shape (n_periods,).
        known: From `delays` or `declared`; a period older than it knows is left out.

    >>> said = nowcast(np.array([[20.0]]), np.array([0]), declared([0.5]))
    >>> [float(each[0, 0]) for each in (said.lower, said.median, said.upper)]
    [31.0, 40.0, 54.0]
    """
    shape = reported.shape
    within = ages < len(known.share)
    age = np.where(within, ages, 0)
    silence = np.where(within, known.silence[age], Silence.FEW_FOLLOWED)
    silence = np.broadcast_to(silence, shape).astype(np.int8)
    told = (silence == Silence.NONE) & ~np.isnan(reported)
    lower, median, upper = (np.full(shape, np.nan) for _ in _LEVELS)
    rows, columns = np.nonzero(told)
    if len(rows):
        n = reported[rows, columns]
        said = _still_to_come(n, known.share[age[columns]], known.precision[age[columns]])
        for array, missing in zip((lower, median, upper), said, strict=True):
            array[rows, columns] = n + missing
    return Nowcast(lower, median, upper, silence)


def _factor(triangle: Numbers, age: int) -> float:
    """By how much counts grow from an age to the next, over all that show both."""
    early, late = triangle[:, :, age], triangle[:, :, age + 1]
    both = ~np.isnan(early) & ~np.isnan(late)
    before = early[both].sum()
    return float(late[both].sum() / before) if before > 0 else float("nan")


def _totals(triangle: Numbers, age: int, last: int) -> tuple[Numbers, Numbers]:
    """Give the counts of each followed period at an age and complete, all series together."""
    early, late = triangle[:, :, age], triangle[:, :, last]
    both = ~np.isnan(early) & ~np.isnan(late)
    seen = both.any(axis=0)
    sums = (np.where(both, each, 0).sum(axis=0)[seen] for each in (early, late))
    first, second = sums
    used = second > 0
    return first[used], second[used]


def _precision(early: Numbers, late: Numbers) -> float:
    """Give the Beta precision of one period's share: its spread, and that of its mean.

    Moments of the beta-binomial distribution: the weighted squares of the periods' shares about
    their mean, less what chance alone gives, over how much a common spread would add to them.
    """
    total, number = late.sum(), len(late)
    mean = min(max(early.sum() / total, 1e-6), 1 - 1e-6)
    spread = (late * (early / late - mean) ** 2).sum() / (mean * (1 - mean))
    room = total - (late**2).sum() / total - (number - 1)
    beyond = max((spread - (number - 1)) / room, 0.0) if room > 0 else 0.0
    of_one = min(beyond * (1 + 1 / number) + 1 / total, 0.5)
    return float(1 / of_one - 1)


def _still_to_come(reported: Numbers, share: Numbers, precision: Numbers) -> list[Numbers]:
    """Give the quantiles of what is missing: negative binomial, mixed over the share."""
    from scipy.special import betaincinv  # here, so that scipy loads only when it is needed

    at = (np.arange(_POINTS) + 0.5) / _POINTS
    share = np.minimum(share, 1 - 1e-9)  # a share of one would have no distribution
    first, second = share * precision, (1 - share) * precision
    chance = np.clip(betaincinv(first[:, None], second[:, None], at), 1e-4, 1 - 1e-9)
    shape = np.repeat(reported[:, None] + _JEFFREYS, _POINTS, axis=1)
    weight = np.full(chance.shape, 1 / _POINTS)
    worst = chance.min(axis=1)
    ceiling = np.ceil((reported + 1) * (1 - worst) / worst * 4 + 40 / worst)
    return Mixtures(shape, chance, weight, ceiling).quantiles(_LEVELS)

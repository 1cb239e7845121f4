"""Simulated weeks with outbreaks in them: level, trend, season and spread of every kind.

What is drawn is shaped after A. Noufaily et al. (2013), An improved algorithm for outbreak
detection in multiple surveillance systems, Statistics in Medicine 32 (7), 1206-1222,
doi:10.1002/sim.5595: negative binomial counts around a log-linear trend with no, one or two waves a
year; outbreaks of some standard deviations of the series, spread over the weeks after their start
by a lognormal delay. The parameters are drawn from ranges, so that nothing is chosen for a few
scenarios.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.model.periods import Period
from atalaya.series.panel import Numbers, Panel

WEEKS, JUDGED = 624, 49
_YEAR = 365.25 / 7
WEEKS_LONG = (0.0, 0.5)  # two to four weeks, as in the paper
ONE_WEEK, MANY_WEEKS = (-3.0, 0.1), (0.9, 0.5)
_POISSON, _TRENDS = 0.2, 0.5  # shares of series without overdispersion, and with a trend
_BEFORE = 4  # past outbreaks of a series
_SIZES = (2.0, 10.0)  # of an outbreak, in standard deviations of the week it begins in
_LATEST_START = 5  # weeks before the end in which no outbreak begins any more


@dataclass(frozen=True, slots=True)
class Outbreaks:
    """Series, what they are made of, and the one outbreak of each in the judged weeks.

    Args:
        panel: The counts, outbreaks included; shape (n_series, 624).
        mean: True mean of each week without outbreaks, same shape.
        spread: True variance over mean of each series, shape (n_series,).
        current: Series, first week and the one after the last, counted from the first judged week,
            shape (n_outbreaks, 3).
    """

    panel: Panel
    mean: Numbers
    spread: Numbers
    current: NDArray[np.int64]


def simulate(seed: int, n_series: int, delay: tuple[float, float] = WEEKS_LONG) -> Outbreaks:
    """Draw series with four past outbreaks each and one in the judged weeks.

    Levels are 0.1 to 300 a week in the middle, log-uniform; half of the series have a trend, a
    third each no, one or two waves a year; the variance is 1 to 5 times the mean.

    Args:
        seed: Of the source of chance.
        n_series: How many series.
        delay: Mean and standard deviation of the logarithm of the weeks between the start of an
            outbreak and each of its cases.

    >>> made = simulate(1, 3)
    >>> made.panel.counts.shape, made.current.shape[1]
    ((3, 624), 3)
    """
    rng = np.random.default_rng(seed)
    mean = _means(rng, n_series)
    spread = np.where(rng.random(n_series) < _POISSON, 1.0, rng.uniform(1.1, 5.0, n_series))
    counts = negative_binomial(rng, mean, spread)
    since = WEEKS - JUDGED
    for _ in range(_BEFORE):
        begins = rng.integers(WEEKS // 2, since - 12, n_series)
        _add(rng, counts, (mean, spread, begins), delay)
    begins = rng.integers(since, WEEKS - _LATEST_START, n_series)
    rows, ends = _add(rng, counts, (mean, spread, begins), delay)
    current = np.stack([rows, begins[rows] - since, ends - since], axis=1)
    names = tuple(f"series-{row}" for row in range(n_series))
    return Outbreaks(Panel(names, Period.parse("2010-W01"), counts), mean, spread, current)


def _means(rng: np.random.Generator, n_series: int) -> Numbers:
    week = np.arange(WEEKS)
    level = rng.uniform(np.log(0.1), np.log(300), (n_series, 1))
    # Over the whole history a trend changes the level by up to a factor of 7, down or up.
    slope = (
        np.where(rng.random((n_series, 1)) < _TRENDS, rng.uniform(-2, 2, (n_series, 1)), 0) / WEEKS
    )
    waves = rng.integers(0, 3, (n_series, 1))
    link = level + slope * (week - WEEKS / 2)
    for wave in (1, 2):
        height = rng.uniform(0.1, 0.9, (n_series, 1)) / wave * (waves >= wave)
        link = link + height * np.cos(
            2 * np.pi * wave * week / _YEAR + rng.uniform(0, 2 * np.pi, (n_series, 1))
        )
    return np.exp(link)


def negative_binomial(rng: np.random.Generator, mean: Numbers, spread: Numbers) -> Numbers:
    """Draw counts whose variance is ``spread`` (n_series,) times their mean (n_series, n_weeks)."""
    over = np.broadcast_to(spread[:, None], mean.shape)
    rate, wide = mean.copy(), over > 1
    rate[wide] = rng.gamma(mean[wide] / (over[wide] - 1)) * (over[wide] - 1)
    return rng.poisson(rate).astype(float)


def _add(
    rng: np.random.Generator,
    counts: Numbers,
    truth: tuple[Numbers, Numbers, NDArray[np.int64]],
    delay: tuple[float, float],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Add one outbreak to each series, in place; ``truth`` is mean, spread and first weeks.

    Returns:
        The series that got a case, and for each of them the week after its last one.
    """
    mean, spread, begins = truth
    rows = np.arange(len(counts))
    deviation = np.sqrt(mean[rows, begins] * spread)
    series = np.repeat(rows, rng.poisson(rng.uniform(*_SIZES, len(rows)) * deviation))
    after = np.floor(rng.lognormal(*delay, len(series))).astype(np.int64)
    week = np.minimum(begins[series] + after, counts.shape[1] - 1)
    np.add.at(counts, (series, week), 1.0)
    ends = np.zeros(len(counts), np.int64)
    np.maximum.at(ends, series, week + 1)
    some = np.flatnonzero(ends)
    return some, ends[some]

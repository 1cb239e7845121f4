"""How well alarms find what is new: recall and false episodes, each with its 95 % interval.

An episode is a run of alarms of one series at most six periods apart. A rise is found by an alarm
from its first to its third (or fifth) case. An episode without such an alarm is a false one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.detection import ALARM, NOT_ASSESSED
from atalaya.findings.backtesting.intervals import poisson_rate, wilson
from atalaya.findings.episodes import apart
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Numbers

APART = apart(PeriodKind.MONTH)  # as signals are made, and as a back-test scores


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many.

    >>> Share(24, 26).interval[0].__round__(3), Share(24, 26).interval[1].__round__(3)
    (0.759, 0.979)
    """

    hits: int
    among: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; from 0 to 1 of none."""
        _, low, high = wilson(self.hits, self.among)
        return (0.0, 1.0) if low is None or high is None else (low, high)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many events in so many series-months, said per hundred.

    >>> Rate(0, 100).per_hundred, [round(each, 2) for each in Rate(0, 100).interval]
    (0.0, [0.0, 3.69])
    """

    events: int
    months: int

    @property
    def per_hundred(self) -> float:
        """Events in a hundred series-months; NaN where nothing was assessed."""
        return 100 * self.events / self.months if self.months else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Garwood's exact 95 % interval, per hundred."""
        _, low, high = poisson_rate(self.events, self.months / 100)
        return (0.0, math.inf) if low is None or high is None else (low, high)


@dataclass(frozen=True, slots=True)
class Score:
    """What a detector's alarms came to on a set of series.

    Args:
        third: Rises found by their third case, among those with three cases.
        fifth: The same for the fifth.
        others: Episodes that found nothing, and the series-months assessed.
        alarmed: Series with any alarm, among all.
    """

    third: Share
    fifth: Share
    others: Rate
    alarmed: Share


def episodes(alarms: NDArray[np.int8]) -> list[NDArray[np.intp]]:
    """Group the alarms of one series, at most six periods apart, shape (n_periods,).

    >>> [each.tolist() for each in episodes(np.array([1, 0, 1, 0, 0, 0, 0, 0, 0, 1], np.int8))]
    [[0, 2], [9]]
    """
    when = np.flatnonzero(alarms == ALARM)
    return np.split(when, np.flatnonzero(np.diff(when) > APART) + 1) if len(when) else []


def spans(counts: Numbers, onset: NDArray[np.int64], case: int) -> NDArray[np.int64]:
    """Give the periods of the first and of a later case since a rise began; -1 without.

    Args:
        counts: Cases, shape (n_series, n_periods); NaN is a gap.
        onset: Period in which the rise begins, -1 without one, shape (n_series,).
        case: Which case, such as the third.

    Returns:
        Shape (n_series, 2).
    """
    since = np.arange(counts.shape[1]) >= onset[:, None]
    total = np.cumsum(np.where(since, np.nan_to_num(counts), 0), axis=1)
    first, last = (total >= 1).argmax(axis=1), (total >= case).argmax(axis=1)
    known = (onset >= 0) & (total[:, -1] >= case)
    return np.where(known[:, None], np.stack([first, last], axis=1), -1)


def score(alarm: NDArray[np.int8], third: NDArray[np.int64], fifth: NDArray[np.int64]) -> Score:
    """Score alarms against the spans in which rises had to be found.

    Args:
        alarm: Verdicts, shape (n_series, n_periods).
        third: Periods of the first and the third case, shape (n_series, 2); -1 without.
        fifth: The same to the fifth case.
    """
    found = [np.zeros(len(alarm), bool), np.zeros(len(alarm), bool)]
    others = 0
    for row, verdicts in enumerate(alarm):
        groups = episodes(verdicts)
        hits = [_hits(groups, span[row]) for span in (third, fifth)]
        for which, hit in zip(found, hits, strict=True):
            which[row] = any(hit)
        others += sum(not any(each) for each in zip(*hits, strict=True))
    assessed = int((alarm != NOT_ASSESSED).sum())
    third_case, fifth_case = (
        Share(int(which.sum()), int((span[:, 0] >= 0).sum()))
        for which, span in zip(found, (third, fifth), strict=True)
    )
    alarmed = Share(int((alarm == ALARM).any(axis=1).sum()), len(alarm))
    return Score(third_case, fifth_case, Rate(others, assessed), alarmed)


def _hits(groups: list[NDArray[np.intp]], span: NDArray[np.int64]) -> list[bool]:
    first, last = span
    if first < 0:
        return [False] * len(groups)
    return [bool(((group >= first) & (group <= last)).any()) for group in groups]

"""When a source began to test for many things at once: a change in testing, not in supply.

A laboratory that adds a panel makes many series begin together. What it had not tested for it could
not find, so for those series the time before says nothing: it is neither silence nor a baseline.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.windows import chunks
from atalaya.series.panel import Panel

NEVER = -1


@dataclass(frozen=True, slots=True)
class PanelStartParameters:
    """What makes newcomers a change of the panel, in periods of the source's kind.

    Args:
        fewest: Fewest series that must begin within one, two, ... periods.
        improbable: Largest probability of so many at the source's usual pace.
        memory: Periods before, whose newcomers give the usual pace.
        settles: Periods after which arrivals that go on show that nothing began at once.
        goes_on: Share of the pace of the start at which arrivals are said to go on.
        member: How long after a start a series that begins is counted as newly tested.
        silent: Observed periods without a case before a series can be a newcomer.
    """

    fewest: tuple[int, ...] = (3, 3, 4)
    improbable: float = 3e-4
    memory: int = 24
    settles: int = 6
    goes_on: float = 0.7
    member: int = 18
    silent: int = 6


@dataclass(frozen=True, slots=True, eq=False)
class PanelStarts:
    """Which series are newly tested, as far as was known at each period.

    Kept is a number a series and two numbers a source and period; what they come to for each series
    and period is worked out for the rows that are asked for (`of`).

    Args:
        first: Period of each series' first case, `NEVER` where it can be no newcomer.
        source: Row of each series' source in ``start`` and ``size``, `NEVER` without one.
        start: First period of the latest change that stands at each period, or `NEVER`, shape
            (n_sources, n_periods).
        size: How many series began together in that change, same shape.
        member: How long after a start a series that begins is counted as newly tested.
    """

    first: NDArray[np.int64]
    source: NDArray[np.int64]
    start: NDArray[np.int64]
    size: NDArray[np.int64]
    member: int

    def of(self, rows: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give what is known of some series.

        Args:
            rows: The series.

        Returns:
            Index of the first period a verdict may rest on, 0 where nothing is known of a change,
            and how many series began together in it; shape (n_rows, n_periods) each.
        """
        first, source = self.first[rows, None], self.source[rows]
        begins = np.zeros((len(source), self.start.shape[1]), np.int64)
        together = np.zeros_like(begins)
        named = np.flatnonzero(source != NEVER)
        if not len(named):
            return begins, together
        start, size = self.start[source[named]], self.size[source[named]]
        last = np.minimum(start + self.member, np.arange(start.shape[1]))
        newly = (start != NEVER) & (first[named] >= start) & (first[named] <= last)
        begins[named] = np.where(newly, start, 0)
        together[named] = np.where(newly, size, 0)
        return begins, together


def panel_starts(panel: Panel, asked: PanelStartParameters | None = None) -> PanelStarts:
    """Find the changes of each source's panel and the series they concern.

    What is said of a period rests on it and earlier ones only. A change that is followed by
    arrivals at nearly the same pace is taken back: then new things really keep arriving.

    Args:
        panel: Counts, shape (n_series, n_periods).
        asked: What makes newcomers a change of the panel.
    """
    rule = asked or PanelStartParameters()
    number, width = len(panel.series), panel.n_periods
    first = np.full(number, NEVER, np.int64)
    source = np.full(number, NEVER, np.int64)
    nothing = np.zeros((0, width), np.int64)
    if panel.sources is None or not width:
        return PanelStarts(first, source, nothing, nothing, rule.member)
    for rows in chunks(number):
        first[rows] = _first_cases(panel.take(rows), rule.silent)
    sources = np.array([name or "" for name in panel.sources], object)
    changes: list[list[tuple[int, int]]] = []
    for name in sorted(set(sources) - {""}):
        own = np.flatnonzero(sources == name)
        came = np.bincount(first[own][first[own] >= 0], minlength=width)
        if came.sum() >= min(rule.fewest):
            source[own] = len(changes)
            changes.append(_known(came.astype(float), rule))
    known = np.array(changes, np.int64).reshape(-1, width, 2)
    return PanelStarts(first, source, known[:, :, 0], known[:, :, 1], rule.member)


def _first_cases(panel: Panel, silent: int) -> NDArray[np.int64]:
    """Give the period of each series' first case, `NEVER` without one or without silence before."""
    observed = panel.observed
    cases = observed & (np.nan_to_num(panel.counts) > 0)
    first = cases.argmax(axis=1)
    before = np.take_along_axis(np.cumsum(observed, axis=1), first[:, None], axis=1)[:, 0] - 1
    return np.where(cases.any(axis=1) & (before >= silent), first, NEVER)


def _known(came: NDArray[np.float64], rule: PanelStartParameters) -> list[tuple[int, int]]:
    """Give the latest change that stands at each period and its size, or (`NEVER`, 0)."""
    total = np.concatenate([[0.0], np.cumsum(came)])
    width, starts = len(rule.fewest), list[int]()
    known = []
    for now in range(len(came)):
        begun = _begun(came, total, now, rule)
        if begun != NEVER and (not starts or begun - starts[-1] >= width):
            starts.append(begun)
        standing = (each for each in reversed(starts) if _stands(total, each, now, rule))
        latest = next(standing, NEVER)
        size = 0 if latest == NEVER else total[min(latest + width, now + 1)] - total[latest]
        known.append((latest, int(size)))
    return known


def _begun(
    came: NDArray[np.float64], total: NDArray[np.float64], now: int, rule: PanelStartParameters
) -> int:
    from scipy.special import gammainc  # here, so that scipy loads only when something is judged

    for width, fewest in enumerate(rule.fewest, start=1):
        low = max(now - width + 1, 0)
        newcomers = total[now + 1] - total[low]
        if newcomers < fewest:
            continue
        back = max(low - rule.memory, 0)
        # A quarter of a newcomer keeps a pace of zero from making everything improbable.
        usual = (total[low] - total[back] + 0.25) / max(low - back, rule.memory / 2) * width
        if gammainc(newcomers, usual) < rule.improbable:
            return low + int(np.flatnonzero(came[low : now + 1])[0])
    return NEVER


def _stands(total: NDArray[np.float64], start: int, now: int, rule: PanelStartParameters) -> bool:
    width = len(rule.fewest)
    passed = now - (start + width) + 1
    if passed < rule.settles:
        return True
    burst = (total[start + width] - total[start]) / width
    return bool((total[now + 1] - total[start + width]) / passed < rule.goes_on * burst)

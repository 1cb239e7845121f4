"""Clusters: repeated firings on one substance in one place are one thing, and stay that one thing.

Several detectors, series and sources fire on the same event, month after month. People see one
cluster with all of them in it; it keeps its name as firings are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from atalaya.model.identifiers import record_id
from atalaya.model.periods import Period

APART = timedelta(days=183)  # half a year, as alarms of one episode: findings.episodes
Novelty = Literal["first-ever", "first-in-place", "returned", "growing"]


@dataclass(frozen=True, slots=True)
class Firing:
    """One published signal, with what ranking looks at. Counts are as published.

    Args:
        signal: Identifier of the signal.
        what: Register identifier of the substance.
        territory: Register identifier of the place.
        source: Slug of the source.
        since: First period with an alarm.
        period: Latest period with an alarm.
        verdicts: Names of the verdict of that period, inside and as published; another one is
            new evidence.
        observed: Count in that period: a number, ``1-9``, or None where withheld.
        expected: What the detector expected, or None.
        sources: Number of independent sources that support it.
        predicate: What is counted, such as ``deaths``.
        novelty: What is new about it, or None where the record does not tell.
        recent: The latest observed counts up to ``period``, oldest first, as published.
    """

    signal: str
    what: str
    territory: str
    source: str
    since: str
    period: str
    verdicts: frozenset[str]
    observed: str | None
    expected: float | None
    sources: int
    predicate: str
    novelty: Novelty | None
    recent: tuple[str | None, ...] = ()

    @property
    def first_day(self) -> date:
        """The first day of the first period with an alarm."""
        return Period.parse(self.since).start

    @property
    def last_day(self) -> date:
        """The last day of the latest period with an alarm."""
        return Period.parse(self.period).end


@dataclass(frozen=True, slots=True)
class Cluster:
    """Firings on one substance in one place, none further than half a year from the next.

    Args:
        id: Its name, which stays as firings are added.
        what: Register identifier of the substance.
        territory: Register identifier of the place.
        firings: Its firings, oldest first, never empty.
    """

    id: str
    what: str
    territory: str
    firings: tuple[Firing, ...]

    @property
    def latest(self) -> Firing:
        """The firing with the newest alarm; of several, the best supported."""
        return max(self.firings, key=lambda one: (one.last_day, one.sources, one.signal))


def clusters(firings: Iterable[Firing], known: Mapping[str, str] | None = None) -> list[Cluster]:
    """Gather firings into clusters.

    Args:
        firings: Published signals, in any order.
        known: Signal -> cluster it was in before. A cluster that holds such a signal keeps that
            name, so that a firing with an earlier start cannot rename it.

    Returns:
        Clusters ordered by substance, place and first day.
    """
    ordered = sorted(
        firings, key=lambda one: (one.what, one.territory, one.first_day, one.last_day, one.signal)
    )
    return [
        Cluster(_name(run, known or {}), what, territory, run)
        for (what, territory), group in groupby(ordered, key=lambda one: (one.what, one.territory))
        for run in _runs(group)
    ]


def _runs(firings: Iterable[Firing]) -> Iterator[tuple[Firing, ...]]:
    run: list[Firing] = []
    for one in firings:
        if run and one.first_day - max(other.last_day for other in run) > APART:
            yield tuple(run)
            run = []
        run.append(one)
    if run:
        yield tuple(run)


def _name(run: tuple[Firing, ...], known: Mapping[str, str]) -> str:
    before = next((known[one.signal] for one in run if one.signal in known), None)
    first = run[0]
    return before or record_id(
        "cluster", {"what": first.what, "territory": first.territory, "since": first.since}
    )


def novelty(since: str, here: Iterable[tuple[str, bool]], elsewhere: bool) -> Novelty | None:
    """Say what is new about a firing, from what was seen before it.

    Args:
        since: First period with an alarm.
        here: (period, whether anything was counted) of the observed periods of the same substance
            and place, in order.
        elsewhere: Whether the substance was counted anywhere before ``since``.

    Returns:
        ``first-ever``, ``first-in-place``, ``returned`` (a year of observed silence before, and
        something before that), ``growing``; None where nothing was observed before.

    >>> months = [(f"2019-{m:02d}", m > 10) for m in range(1, 13)]
    >>> novelty("2019-12", months, elsewhere=False)
    'first-ever'
    """
    start = Period.parse(since).start
    # An alarm comes some cases after the beginning: the year before it belongs to what is new.
    year = start - timedelta(days=366)
    before = [(Period.parse(period).end, seen) for period, seen in here]
    older = [seen for end, seen in before if end < year]
    recent = [seen for end, seen in before if year <= end < start - APART]
    if not older and not recent:
        return None
    if not any(older) and not any(recent):
        return "first-in-place" if elsewhere else "first-ever"
    return "growing" if any(recent) else "returned"

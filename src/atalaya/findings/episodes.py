"""Episodes: alarms of one series that follow each other closely are one thing to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from atalaya.model.periods import Period, PeriodKind

# Alarms at most half a year apart are one episode: the rule the back-test scores with.
_APART = {
    PeriodKind.DAY: 183,
    PeriodKind.WEEK: 26,
    PeriodKind.MONTH: 6,
    PeriodKind.QUARTER: 2,
    PeriodKind.YEAR: 1,
}


class Alarm(NamedTuple):
    """One alarm: whose, by which detector, when, and the row of the verdict table it stands in."""

    series: str
    detector: str
    period: Period
    row: int


@dataclass(frozen=True, slots=True)
class Episode:
    """Alarms of one series and detector, none further than half a year from the next.

    Args:
        series: Key of the series.
        detector: Name of the detector.
        alarms: The alarms in order of time, never empty.
    """

    series: str
    detector: str
    alarms: tuple[Alarm, ...]

    @property
    def since(self) -> Period:
        """The first period with an alarm."""
        return self.alarms[0].period

    @property
    def latest(self) -> Period:
        """The last period with an alarm."""
        return self.alarms[-1].period


def apart(kind: PeriodKind) -> int:
    """Give how many periods two alarms may lie apart and still be one episode."""
    return _APART[kind]


def episodes(alarms: Iterable[Alarm], as_of: Period | None = None) -> tuple[Episode, ...]:
    """Group alarms into episodes.

    Args:
        alarms: Alarms in any order.
        as_of: Alarms of later periods (of the same kind) are not looked at.

    Returns:
        Episodes ordered by series, detector and first period.
    """
    known = sorted(
        (alarm for alarm in alarms if as_of is None or _known(alarm.period, as_of)),
        key=lambda alarm: (alarm.series, alarm.detector, alarm.period.ordinal),
    )
    return tuple(
        Episode(series, detector, run)
        for (series, detector), group in groupby(known, key=lambda alarm: alarm[:2])
        for run in _runs(group)
    )


def _known(period: Period, as_of: Period) -> bool:
    """A period is known at the as-of period once it has ended by then."""
    return period.end <= as_of.end


def _runs(alarms: Iterable[Alarm]) -> Iterator[tuple[Alarm, ...]]:
    run: list[Alarm] = []
    for alarm in alarms:
        if run and alarm.period - run[-1].period > _APART[alarm.period.kind]:
            yield tuple(run)
            run = []
        run.append(alarm)
    if run:
        yield tuple(run)

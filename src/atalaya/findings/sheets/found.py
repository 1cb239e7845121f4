"""Episodes of alarms in a sheet's series, and the periods and cases each rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from atalaya.detection import Judgement
from atalaya.detection.emergence import Emergence
from atalaya.detection.emergence.detector import (
    AT_ONCE,
    FIRST_EVER,
    GROWTH,
    NEWLY_TESTED,
    REMEMBERED,
    RETURN,
)
from atalaya.detection.emergence_plain import BEGAN_TOGETHER, EXAMINED_MORE, EmergencePlain
from atalaya.findings.episodes import Episode, apart
from atalaya.findings.sheets.judging import Judged
from atalaya.model.periods import Period
from atalaya.series.panel import Panel
from atalaya.series.sheet_counts import Key

_KINDS = {FIRST_EVER: "first-ever", RETURN: "return", GROWTH: "growth"}
_TOGETHER = "began-together"
_FLAGS = {
    Emergence.name: ((_TOGETHER, NEWLY_TESTED), ("at-full-height", AT_ONCE)),
    EmergencePlain.name: ((_TOGETHER, BEGAN_TOGETHER), ("examined-more", EXAMINED_MORE)),
}
# How many times as many examined a period is said to be many more. `emergence` already compares
# shares; but a service that doubles may see other samples than before.
_EXAMINED_MORE = 2.0
_AFTER, _BEFORE = 6, 12  # observed periods from the first case on and before it, to compare

Periods = NDArray[np.intp]


@dataclass(frozen=True)
class Found:
    """An episode with the verdicts it came from.

    Args:
        key: Of the series.
        judged: The panel it stands in.
        judgement: The verdicts it was found in.
        row: Of the series in the panel.
        place: Of the series in the judgement.
        episode: The alarms.
    """

    key: Key
    judged: Judged
    judgement: Judgement
    row: int
    place: int
    episode: Episode

    @property
    def panel(self) -> Panel:
        """The counts of the panel it stands in."""
        return self.judged.panel.panel

    @property
    def near_empty(self) -> bool:
        """Whether it is something new, rather than more than expected."""
        return self.judgement.detector in _FLAGS

    @property
    def plainly(self) -> bool:
        """Whether the plain rule found it, for the history is too short for `emergence`."""
        return self.judgement.detector == EmergencePlain.name

    @property
    def standing(self) -> bool:
        """Whether the last alarm is at most half a year older than the end of the sheet."""
        return self.judged.stands(self.episode)

    @property
    def kind(self) -> str:
        """What it is: as it began, for what is new does not cease to be while it grows."""
        if not self.near_empty:
            return "excess"
        code = int(self.judgement.reason[self.place, self.opening])
        return _KINDS[code % AT_ONCE]

    @property
    def opening(self) -> int:
        """Column of the first alarm."""
        return self.episode.alarms[0].row

    @property
    def closing(self) -> int:
        """Column of the last alarm."""
        return self.episode.alarms[-1].row

    @property
    def p_value(self) -> float | None:
        """The p-value of the last alarm; None where the detector gives none."""
        value = float(self.judgement.p_value[self.place, self.closing])
        return None if np.isnan(value) else value

    @cached_property
    def cases(self) -> NDArray[np.float64]:
        """The counts of the series; a gap holds none."""
        counts: NDArray[np.float64] = np.nan_to_num(self.panel.counts[self.row])
        return counts

    @cached_property
    def first_case(self) -> int:
        """Column of the first of the cases that the first alarm rests on."""
        if not self.near_empty:
            return self.opening
        counted = self.judgement.statistic if self.plainly else self.judgement.detail
        needed = counted[self.place, self.opening]
        backwards = np.cumsum(self.cases[self.opening :: -1])
        return self.opening - int(np.argmax(backwards >= needed))

    @cached_property
    def window(self) -> Periods:
        """Observed periods from the first case to the last alarm."""
        observed = np.flatnonzero(self.panel.observed[self.row][: self.closing + 1])
        return observed[observed >= (self.first_case if self.near_empty else self.closing)]

    @cached_property
    def before(self) -> Periods:
        """Observed periods before the first case in which there were few cases, if any."""
        if not self.near_empty:
            return np.zeros(0, np.intp)
        observed = np.flatnonzero(self.panel.observed[self.row][: self.first_case])
        near = Emergence().near(self.panel.first.kind)
        return observed[-(EmergencePlain().parameters.before if self.plainly else near) :]

    def tested(self, periods: Periods) -> float | None:
        """Give how many were examined in some periods; None where that is not known of each."""
        if self.panel.population is None:
            return None
        examined = self.panel.population[self.row][periods]
        return None if np.isnan(examined).any() else float(examined.sum())

    def testing_changes(self, *, newly_tested: bool) -> tuple[str, ...]:
        """Give the keys of what points to a change in testing rather than in supply.

        Args:
            newly_tested: Whether its substances are among many that began together.
        """
        if not self.near_empty:
            return ()
        flags = _FLAGS[self.judgement.detector]
        codes = [int(self.judgement.reason[self.place, one.row]) for one in self.episode.alarms]
        began = int(np.argmax(self.cases > 0))
        lately = self.opening - began <= REMEMBERED  # how a series once began explains no return
        flagged = [name for name, flag in flags if lately and any(code & flag for code in codes)]
        if newly_tested and lately and _TOGETHER not in flagged:
            flagged.insert(0, _TOGETHER)
        if not self.plainly and self._many_more_examined():
            flagged.append("examined-more")
        return tuple(flagged)

    def _many_more_examined(self) -> bool:
        """Say whether there was a step in the number examined when the cases began."""
        after, before = self.window[:_AFTER], self.before[-_BEFORE:]
        now, then = self.tested(after), self.tested(before)
        if now is None or then is None:
            return False
        return now / len(after) >= _EXAMINED_MORE * then / len(before)

    def overlaps(self, other: Found) -> bool:
        """Say whether both stand at one time, up to half a year apart."""
        slack = apart(self.episode.since.kind)
        return (
            self.episode.since - other.episode.latest <= slack
            and other.episode.since - self.episode.latest <= slack
        )

    def period(self, column: int) -> Period:
        """Give the period of a column."""
        return self.panel.first + int(column)


def of_panel(judged: Judged) -> Iterator[Found]:
    """Give every episode of a judged panel, by series and time."""
    for row, judgement, place, episode in judged.episodes():
        yield Found(judged.panel.keys[row], judged, judgement, row, place, episode)

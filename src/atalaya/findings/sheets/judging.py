"""Judges every panel of a sheet, and says what could not be judged and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from atalaya.detection import Judgement, find, recommend
from atalaya.detection.emergence import Emergence
from atalaya.detection.emergence.detector import NEW_PANEL
from atalaya.detection.emergence_plain import EmergencePlain
from atalaya.detection.judgement import ALARM, NOT_ASSESSED, SHORT_HISTORY
from atalaya.findings.episodes import Alarm, Episode, apart, episodes
from atalaya.findings.sheets.records import Line, NotAssessed
from atalaya.model.periods import Period, PeriodKind
from atalaya.series.panel import Gap
from atalaya.series.sheet_counts import Key, Level, SheetPanel

_REASONS: Mapping[int, str] = {
    SHORT_HISTORY: "short-history",
    Gap.NO_ROW: "no-row",
    Gap.NOTHING_EXAMINED: "nothing-examined",
    Gap.DENOMINATOR_MISSING: "denominator",
    Gap.INCOMPLETE: "waiting",
}
_TOO_SHORT = frozenset({"short-history", "new-panel"})
_HISTORY = 28  # periods after which a dense daily or weekly series may have another detector
_LONG = frozenset({PeriodKind.QUARTER, PeriodKind.YEAR})
# Observed periods with which `emergence` is the better one. With fewer, the little that came before
# is weak evidence of silence, and as everything begins in a short sheet, most of it looks newly
# tested: by the fifth case it finds 70 % of simulated waves in 18 months and 89 % in 24, the plain
# rule 99 % of both, at more false alarms; in 52 weeks 58 and 69 %, in 78 weeks 84 and 69 %. The
# plain rule needs 12 periods itself: too many quarters or years to be of use there.
LONG_ENOUGH: Mapping[PeriodKind, int] = {
    PeriodKind.WEEK: 52, PeriodKind.MONTH: 24, PeriodKind.QUARTER: 0, PeriodKind.YEAR: 0,
}  # fmt: skip
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A panel with the verdicts of each series, by detector."""

    panel: SheetPanel
    parts: tuple[tuple[NDArray[np.intp], Judgement], ...]

    def verdicts(self) -> Iterator[tuple[int, Judgement, int]]:
        """Each series: its row in the panel, the judgement it stands in, its row there."""
        for rows, judgement in self.parts:
            for place, row in enumerate(rows.tolist()):
                yield row, judgement, place

    def episodes(self) -> Iterator[tuple[int, Judgement, int, Episode]]:
        """Each episode of each series, after what `verdicts` gives of the series."""
        panel = self.panel.panel
        for row, judgement, place in self.verdicts():
            alarms = [
                Alarm(panel.series[row], judgement.detector, panel.first + int(column), int(column))
                for column in np.flatnonzero(judgement.alarm[place] == ALARM)
            ]
            for episode in episodes(alarms):
                yield row, judgement, place, episode

    def stands(self, episode: Episode) -> bool:
        """Whether an episode stands at the end: its last alarm is at most half a year older."""
        last = self.panel.panel.last
        return last - episode.latest <= apart(last.kind)


def judge(panel: SheetPanel, *, plainly: bool = False) -> Judged:
    """Judge each series of a panel by the detector recommended for it.

    Near-empty series of a short sheet get the plain rule, and what it finds says so. In quarters
    and years arrivals of one quarter look as if they began together: of 235 simulated waves among
    32 series, 25 were withheld for that. There an alarm stands and says so (`testing`).

    Args:
        panel: The series of one level.
        plainly: Whether near-empty series of a long sheet get the plain rule too.
    """
    counted = panel.panel
    if counted.first.kind in _LONG:
        counted = replace(counted, sources=None)
    since = min(_HISTORY, panel.panel.n_periods)
    names = np.array(recommend(panel.panel, since).names, object)
    if plainly or counted.observed.any(axis=0).sum() < LONG_ENOUGH[counted.first.kind]:
        names[names == Emergence.name] = EmergencePlain.name
    parts = []
    for name in sorted(set(names.tolist())):
        rows = np.flatnonzero(names == name)
        parts.append((rows, find(name).judge(counted.take(rows))))
    return Judged(panel, tuple(parts))


def judged_from(pooled: Judged | None) -> Period | None:
    """Give the first period in which any series could be judged."""
    if pooled is None:
        return None
    columns = [
        np.flatnonzero((judgement.alarm != NOT_ASSESSED).any(axis=0))
        for _, judgement in pooled.parts
    ]
    firsts = [int(found[0]) for found in columns if len(found)]
    return pooled.panel.panel.first + min(firsts) if firsts else None


def not_assessed(
    judged: Mapping[Level, Judged], family_of: Callable[[str], str | None]
) -> Iterator[NotAssessed]:
    """Give what could not be judged at the end of the sheet, grouped by reason.

    Args:
        judged: The judged panels.
        family_of: Family of an identifier; series of names nobody knows are not spoken of here.
    """
    for level, one in judged.items():
        groups: dict[str, list[int]] = {}
        needed = _needed(one)
        for row, judgement, place in one.verdicts():
            known = level is Level.FAMILY or family_of(one.panel.keys[row].subject)
            if known and judgement.alarm[place, -1] == NOT_ASSESSED:
                groups.setdefault(_reason(judgement, place), []).append(row)
        for reason, rows in sorted(groups.items()):
            observed = one.panel.panel.observed[rows].sum(axis=1)
            subjects = tuple(dict.fromkeys(one.panel.keys[row].subject for row in rows))
            yield NotAssessed(
                str(level),
                reason,
                len(rows),
                subjects[:_EXAMPLES],
                int(observed.max()),
                needed if reason in _TOO_SHORT else 0,
            )


def _needed(judged: Judged) -> int:
    """Give the observed periods with which near-empty series of a panel are first assessed."""
    if any(judgement.detector == EmergencePlain.name for _, judgement in judged.parts):
        plain = EmergencePlain().parameters
        return plain.window + plain.before_least
    return Emergence().parameters.history + 1


def _reason(judgement: Judgement, place: int) -> str:
    code = int(judgement.reason[place, -1])
    if judgement.detector == Emergence.name and code == NEW_PANEL:
        return "new-panel"
    return _REASONS.get(code, "other")


def line(judged: Judged, key: Key) -> Line:
    """Give one series over all periods, for a chart."""
    panel = judged.panel.panel
    row = judged.panel.keys.index(key)

    def plain(values: NDArray[np.float64]) -> tuple[float | None, ...]:
        return tuple(None if np.isnan(value) else float(value) for value in values)

    observed = np.where(panel.observed[row], panel.counts[row], np.nan)
    tested = None if panel.population is None else plain(panel.population[row])
    return Line(key, panel.first, plain(observed), tested)

"""What became of one dated event in a replay: found in time, missed, or not to be scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from atalaya.detection import ALARM
from atalaya.findings.backtesting.replay import Replay
from atalaya.findings.episodes import Episode
from atalaya.model.periods import Period
from atalaya.reading.events import Event
from atalaya.series.panel import Numbers, Panel

# A series that began with cases, or had some shortly before, cannot show when something arrived.
SILENT_BEFORE = 6
THIRD, FIFTH = 3, 5
_MONTH_DAYS = 365.25 / 12


class Outcome(StrEnum):
    """What became of an event."""

    FOUND = "found"
    MISSED = "missed"
    LEFT_CENSORED = "left-censored"
    NO_WAVE = "no wave"


@dataclass(frozen=True, slots=True)
class EventScore:
    """What became of one event, one row of a scorecard.

    Args:
        series: Key of the series.
        type: As the truth says.
        first: Period of the first case, None where nothing arrived.
        third: Period by which three cases had been counted, None where it never came.
        fifth: The same for five.
        silent_before: Silent observed periods directly before the first.
        outcome: Found, missed, left-censored or no wave.
        alarm: First period from the first to the fifth case with an alarm, None where none was.
        delay_first: Periods from the first case to the alarm.
        delay_third: Periods from the third case to the alarm, negative before it.
        delay_fifth: The same for the fifth.
        known_on: Day on which the alarm could be given, ISO.
        notice: Day of the first official notice, ISO.
        lead_days: Days from ``known_on`` to the notice; negative: the notice came first.
        lead_months: The same in months of 30.4 days.
        late_alarm: First period after the window with an alarm, of an event that was missed.
        because: Of a miss: what the detector said last in the window.
        statistic: Of the alarm.
    """

    series: str
    type: str
    first: str | None
    third: str | None
    fifth: str | None
    silent_before: int | None
    outcome: Outcome
    alarm: str | None = None
    delay_first: int | None = None
    delay_third: int | None = None
    delay_fifth: int | None = None
    known_on: str | None = None
    notice: str | None = None
    lead_days: int | None = None
    lead_months: float | None = None
    late_alarm: str | None = None
    because: str | None = None
    statistic: float | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the fifth case of an event, as columns of a panel; both ends count."""

    first: int
    third: int | None
    fifth: int | None
    last: int
    silent_before: int


def window(event: Event, panel: Panel, row: int) -> Window | None:
    """Lay an event on a series.

    Args:
        event: The event.
        panel: The counts as they are known now.
        row: The series.

    Returns:
        Its window; where the truth names no fifth case, it is counted from the first on, and where
        the fifth never came the window ends with the panel. None where nothing arrived, or the
        first case lies outside of the panel.
    """
    if event.first is None or not panel.first <= event.first <= panel.last:
        return None
    first = event.first - panel.first
    cases = np.where(panel.observed[row], panel.counts[row], 0.0)
    total = np.cumsum(cases[first:])
    third, fifth = (_reached(total, first, cases_) for cases_ in (THIRD, FIFTH))
    if event.fifth is not None:
        fifth = event.fifth - panel.first
    last = panel.n_periods - 1 if fifth is None else min(fifth, panel.n_periods - 1)
    return Window(first, third, fifth, last, _silent(panel, row, first, event.is_outbreak))


def _reached(total: Numbers, first: int, cases: int) -> int | None:
    reached = np.flatnonzero(total >= cases)
    return first + int(reached[0]) if reached.size else None


def _silent(panel: Panel, row: int, first: int, anything: bool) -> int:
    """Count the observed periods without a case directly before a column.

    An outbreak rises from a level: for it any observed period is history.
    """
    seen = panel.observed[row, :first]
    counts = panel.counts[row, :first][seen]
    cases = np.flatnonzero(counts > 0)
    return len(counts) if anything or not cases.size else len(counts) - 1 - int(cases[-1])


def outcome(event: Event, found: Replay, row: int, own: Sequence[Episode]) -> EventScore:
    """Say what became of an event.

    Args:
        event: The event.
        found: What the detector said of its panel.
        row: The series of the event.
        own: The detector's episodes of that series.
    """
    laid = window(event, found.panel, row)
    if laid is None or not event.is_wave:
        kind = Outcome.NO_WAVE if not event.is_wave else Outcome.LEFT_CENSORED
        return EventScore(event.series, event.type, _text(event.first), None, None, None, kind)
    columns = np.flatnonzero(found.alarm[row, laid.first : laid.last + 1] == ALARM) + laid.first
    alarm = int(columns[0]) if columns.size else None
    kind = Outcome.MISSED if alarm is None else Outcome.FOUND
    if laid.silent_before < SILENT_BEFORE or laid.first < found.since:
        kind = Outcome.LEFT_CENSORED
    first = found.panel.first
    scored = EventScore(
        series=event.series,
        type=event.type,
        first=_text(event.first),
        third=None if laid.third is None else str(first + laid.third),
        fifth=None if laid.fifth is None else str(first + laid.fifth),
        silent_before=laid.silent_before,
        outcome=kind,
        notice=None if event.notice is None else event.notice.isoformat(),
    )
    if alarm is not None:
        return _timed(scored, found, (row, alarm), laid)
    late = _late(own, first + laid.last)
    return replace(scored, late_alarm=_text(late), because=found.sentence(row, laid.last))


def _timed(scored: EventScore, found: Replay, cell: tuple[int, int], laid: Window) -> EventScore:
    """Enter when the alarm came, against the cases and against the notice."""
    alarm, known = cell[1], found.known_on(*cell)
    lead = None if scored.notice is None else (date.fromisoformat(scored.notice) - known).days
    statistic = float(found.statistic[cell])
    return replace(
        scored,
        alarm=str(found.panel.first + alarm),
        delay_first=alarm - laid.first,
        delay_third=None if laid.third is None else alarm - laid.third,
        delay_fifth=None if laid.fifth is None else alarm - laid.fifth,
        known_on=known.isoformat(),
        lead_days=lead,
        lead_months=None if lead is None else round(lead / _MONTH_DAYS, 1),
        statistic=statistic if np.isfinite(statistic) else None,
    )


def _late(own: Sequence[Episode], last: Period) -> Period | None:
    later = (each.period for one in own for each in one.alarms if each.period > last)
    return next(later, None)


def _text(period: Period | None) -> str | None:
    return None if period is None else str(period)

"""Scores one detector's replays against dated events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atalaya.detection import ALARM, NOT_ASSESSED
from atalaya.findings.backtesting.intervals import Interval, median, poisson_rate, wilson
from atalaya.findings.backtesting.outcomes import EventScore, Outcome, Window, outcome, window
from atalaya.findings.backtesting.ranking import AtBudget, Ranked, at_budgets
from atalaya.findings.backtesting.replay import Replay
from atalaya.findings.episodes import Episode
from atalaya.model.periods import PeriodKind
from atalaya.reading.events import Event

_MONTHS = {
    PeriodKind.DAY: 12 / 365.25,
    PeriodKind.WEEK: 84 / 365.25,
    PeriodKind.MONTH: 1.0,
    PeriodKind.QUARTER: 3.0,
    PeriodKind.YEAR: 12.0,
}


@dataclass(frozen=True, slots=True)
class FalseEpisode:
    """An episode that is none of the waves found in time."""

    series: str
    since: str
    until: str
    statistic: float | None
    because: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """How often there was an alarm where none was due, over some series.

    Args:
        series: Number of series.
        series_months: Their periods that were assessed, in months.
        episodes: Episodes that are no wave found in time.
        per_100_months: Episodes per 100 series-months, with the exact Poisson interval.
        assessed: Periods assessed outside of all windows.
        alarms: How many of them were alarms.
        share: ``alarms`` among ``assessed``, with Wilson's interval.
    """

    series: int
    series_months: float
    episodes: int
    per_100_months: Interval
    assessed: int
    alarms: int
    share: Interval


@dataclass(frozen=True, slots=True)
class DetectorScore:
    """How one detector did.

    Args:
        detector: Its name.
        waves: Events that count: waves that are not left-censored.
        found: How many had an alarm from the first to the fifth case.
        recall: Their share, with Wilson's interval.
        found_by_third: How many had it by the third case.
        recall_by_third: Their share.
        delay_first: Median periods from the first case to the alarm, of those found.
        delay_third: The same from the third case; negative before it.
        delay_fifth: The same from the fifth.
        noticed: Waves found that have an official notice.
        before_notice: How many of them were known before it.
        share_before: Their share.
        lead_days: Median days from the alarm to the notice.
        lead_months: The same in months.
        left_censored: Events that do not count, because less than six silent observed periods lie
            before the first.
        left_censored_found: How many of them had an alarm in their window.
        quiet: False episodes in the series the truth names.
        others: Episodes in the series the truth does not name: not known to be false.
        precision: Waves found among all episodes of the series the truth names.
        at_budgets: Precision where only so many new episodes are looked at.
        events: Every event, in the order of the truth.
        false_episodes: Every episode that is none of the waves found, by series and time.
    """

    detector: str
    waves: int
    found: int
    recall: Interval
    found_by_third: int
    recall_by_third: Interval
    delay_first: Interval
    delay_third: Interval
    delay_fifth: Interval
    noticed: int
    before_notice: int
    share_before: Interval
    lead_days: Interval
    lead_months: Interval
    left_censored: int
    left_censored_found: int
    quiet: Quiet
    others: Quiet
    precision: Interval
    at_budgets: tuple[AtBudget, ...]
    events: tuple[EventScore, ...]
    false_episodes: tuple[FalseEpisode, ...]

    @property
    def missed(self) -> tuple[EventScore, ...]:
        """The waves that were not found, in the order of the truth."""
        return tuple(one for one in self.events if one.outcome is Outcome.MISSED)


@dataclass(frozen=True, slots=True)
class _Case:
    """An event with the place of its series and the episodes the detector had there."""

    event: Event
    replay: Replay
    row: int
    own: Sequence[Episode]
    scored: EventScore
    window: Window | None

    @property
    def hits(self) -> set[Episode]:
        """The episodes with an alarm in the window, where the event counts and was found."""
        if self.window is None or self.scored.outcome is not Outcome.FOUND:
            return set()
        first, last = (self.replay.panel.first + at for at in (self.window.first, self.window.last))
        return {one for one in self.own if any(first <= each.period <= last for each in one.alarms)}


def score(replays: Sequence[Replay], events: Sequence[Event]) -> DetectorScore:
    """Score one detector.

    Args:
        replays: What it said, one a panel, all of the same detector; a series stands in one panel.
        events: What happened; every series must stand in a panel.
    """
    at = {name: (one, row) for one in replays for row, name in enumerate(one.panel.series)}
    own: dict[str, list[Episode]] = {name: [] for name in at}
    for one in replays:
        for episode in one.episodes():
            own[episode.series].append(episode)
    cases = [_case(each, *at[each.series], own[each.series]) for each in events]
    hits = set().union(*(case.hits for case in cases))
    named = sorted({each.series for each in events})
    ranked = [
        Ranked(name, one.since, _statistic(at[name], one), one in hits)
        for name in named
        for one in own[name]
    ]
    false = tuple(
        _false_episode(at[name], one) for name in named for one in own[name] if one not in hits
    )
    others = [name for name in at if name not in set(named)]
    quiet = _quiet([at[name] for name in named], cases, len(false))
    beyond = _quiet([at[name] for name in others], (), sum(len(own[name]) for name in others))
    return _summed(replays[0].detector, cases, (quiet, beyond), ranked, false)


def _case(event: Event, found: Replay, row: int, own: Sequence[Episode]) -> _Case:
    scored = outcome(event, found, row, own)
    laid = window(event, found.panel, row) if event.is_wave else None
    return _Case(event, found, row, own, scored, laid)


def _statistic(at: tuple[Replay, int], one: Episode) -> float:
    found, row = at
    return float(found.statistic[row, one.since - found.panel.first])


def _false_episode(at: tuple[Replay, int], one: Episode) -> FalseEpisode:
    found, row = at
    value = _statistic(at, one)
    return FalseEpisode(
        one.series,
        str(one.since),
        str(one.latest),
        value if np.isfinite(value) else None,
        found.sentence(row, one.since - found.panel.first),
    )


def _quiet(series: Sequence[tuple[Replay, int]], cases: Sequence[_Case], episodes: int) -> Quiet:
    windows: defaultdict[str, list[Window]] = defaultdict(list)
    for case in cases:
        if case.window is not None:
            windows[case.event.series].append(case.window)
    months, assessed, alarms = 0.0, 0, 0
    for found, row in series:
        said = found.alarm[row].copy()
        months += int((said != NOT_ASSESSED).sum()) * _MONTHS[found.panel.first.kind]
        for laid in windows[found.panel.series[row]]:
            said[laid.first : laid.last + 1] = NOT_ASSESSED
        assessed += int((said != NOT_ASSESSED).sum())
        alarms += int((said == ALARM).sum())
    rate = poisson_rate(episodes, months / 100)
    return Quiet(
        len(series), round(months, 2), episodes, rate, assessed, alarms, wilson(alarms, assessed)
    )


def _summed(
    detector: str,
    cases: Sequence[_Case],
    quiet: tuple[Quiet, Quiet],
    ranked: Sequence[Ranked],
    false: tuple[FalseEpisode, ...],
) -> DetectorScore:
    events = tuple(case.scored for case in cases)
    found = [one for one in events if one.outcome is Outcome.FOUND]
    waves = len(found) + sum(one.outcome is Outcome.MISSED for one in events)
    third = sum(one.delay_third is not None and one.delay_third <= 0 for one in found)
    censored = [one for one in events if one.outcome is Outcome.LEFT_CENSORED]
    leads = [one.lead_days for one in found if one.lead_days is not None]
    months = [one.lead_months for one in found if one.lead_months is not None]
    before = sum(lead > 0 for lead in leads)
    true = sum(one.true for one in ranked)
    return DetectorScore(
        detector=detector,
        waves=waves,
        found=len(found),
        recall=wilson(len(found), waves),
        found_by_third=third,
        recall_by_third=wilson(third, waves),
        delay_first=_delay([one.delay_first for one in found]),
        delay_third=_delay([one.delay_third for one in found]),
        delay_fifth=_delay([one.delay_fifth for one in found]),
        noticed=len(leads),
        before_notice=before,
        share_before=wilson(before, len(leads)),
        lead_days=median(leads),
        lead_months=median(months),
        left_censored=len(censored),
        left_censored_found=sum(one.alarm is not None for one in censored),
        quiet=quiet[0],
        others=quiet[1],
        precision=wilson(true, len(ranked)),
        at_budgets=at_budgets(ranked),
        events=events,
        false_episodes=false,
    )


def _delay(values: Sequence[int | None]) -> Interval:
    return median([value for value in values if value is not None])

"""What a detector would have said at each date, from what was known at that date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from atalaya.detection import ALARM, NOT_ASSESSED, Detector, Judgement
from atalaya.findings.episodes import Alarm, Episode, episodes
from atalaya.series.panel import Codes, Numbers, Panel

_NOBODY = -1  # no edition has observed the cell


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A panel as one edition of a source gave it.

    Args:
        panel: The counts of that edition.
        on: Day of the edition, or None for history that was given at once.
        lag_days: How long after the end of a period its reports arrive, as the source declares.
    """

    panel: Panel
    on: date | None = None
    lag_days: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """The first verdict that could be given on each period of each series.

    Arrays have shape (n_series, n_periods) over the series and periods of ``panel``.

    Args:
        detector: Name of the detector.
        panel: The counts as the newest edition gives them: what really happened.
        alarm: 1 alarm, 0 no alarm, -1 not assessed.
        statistic: The detector's statistic; NaN where it gives none.
        edition: Which of ``editions`` each verdict rests on, -1 where none observed the period.
        editions: What was known, oldest first.
        judgements: What the detector said of each edition.
        places: Row of each series in each edition.
        since: Column of the first period judged; what comes before is history only.
    """

    detector: str
    panel: Panel
    alarm: Codes
    statistic: Numbers
    edition: NDArray[np.int16]
    editions: tuple[Known, ...]
    judgements: tuple[Judgement, ...]
    places: tuple[Mapping[str, int], ...]
    since: int = 0

    def known_on(self, row: int, column: int) -> date:
        """Give the day on which a verdict could be given first.

        That is the end of the period and the declared lag of its reports; where a later edition was
        the first to observe the period, not before the day of that edition.
        """
        which = max(int(self.edition[row, column]), 0)
        edition = self.editions[which]
        arrived = (self.panel.first + column).end + timedelta(days=edition.lag_days)
        return max(arrived, edition.on) if which and edition.on else arrived

    def sentence(self, row: int, column: int) -> str:
        """Give the reason of a verdict in one short sentence."""
        which = int(self.edition[row, column])
        judgement, panel = self.judgements[which], self.editions[which].panel  # -1: the newest
        theirs = column + (self.panel.first - panel.first) - judgement.since
        if theirs < 0:
            return "not assessed: it is before the first period that was judged"
        return judgement.sentence(self.places[which][self.panel.series[row]], theirs)

    def episodes(self) -> tuple[Episode, ...]:
        """Give the episodes of all series; ``row`` of an alarm is its series, then its column."""
        width = self.panel.n_periods
        rows, columns = np.nonzero(self.alarm == ALARM)
        return episodes(
            Alarm(self.panel.series[row], self.detector, self.panel.first + column, cell)
            for row, column, cell in zip(
                rows.tolist(), columns.tolist(), (rows * width + columns).tolist(), strict=True
            )
        )


def replay(detector: Detector, editions: Sequence[Known], since: int = 0) -> Replay:
    """Let a detector judge each period from the first edition that observed it.

    A detector's verdict for a period never looks at later periods of its panel, so judging a whole
    edition at once gives what judging it period by period would have given. What a later edition
    corrects changes later verdicts and never one that was given.

    Args:
        detector: The detector.
        editions: At least one, oldest first, of the same kind of period; the newest must hold every
            series and period that counts.
        since: Column of the newest edition from which on periods are judged.
    """
    newest = editions[-1].panel
    shape = newest.counts.shape
    found = Replay(
        detector.name,
        newest,
        alarm=np.full(shape, NOT_ASSESSED, np.int8),
        statistic=np.full(shape, np.nan),
        edition=np.full(shape, _NOBODY, np.int16),
        editions=tuple(editions),
        judgements=tuple(
            detector.judge(known.panel, _since(newest, known.panel, since)) for known in editions
        ),
        places=tuple(
            {name: row for row, name in enumerate(known.panel.series)} for known in editions
        ),
        since=since,
    )
    for which in range(len(editions)):
        _fill(found, which)
    return found


def _since(newest: Panel, panel: Panel, since: int) -> int:
    return min(max(since + (newest.first - panel.first), 0), panel.n_periods)


def _fill(found: Replay, which: int) -> None:
    """Enter the verdicts on the cells that an edition was the first to observe."""
    panel, place = found.editions[which].panel, found.places[which]
    shift = found.panel.first - panel.first
    start = max(-shift, 0, found.since)
    stop = min(found.panel.n_periods, panel.n_periods - shift)
    theirs = slice(start + shift, stop + shift)
    names = [(row, place[name]) for row, name in enumerate(found.panel.series) if name in place]
    if not names or start >= stop:
        return
    ours, other = (np.array(rows) for rows in zip(*names, strict=True))
    fresh = panel.observed[other, theirs] & (found.edition[ours, start:stop] == _NOBODY)
    judgement = found.judgements[which]
    judged = slice(theirs.start - judgement.since, theirs.stop - judgement.since)
    for mine, value in (
        (found.alarm, judgement.alarm[other, judged]),
        (found.statistic, judgement.statistic[other, judged]),
        (found.edition, np.full(fresh.shape, which, np.int16)),
    ):
        mine[ours, start:stop] = np.where(fresh, value, mine[ours, start:stop])

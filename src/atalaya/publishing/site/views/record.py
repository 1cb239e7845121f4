"""Was it right? What became of every signal of which a whole year afterwards is known.

Only what was known at the page's date counts, so this is no hindsight: a signal is looked back on
when its twelve months are over. Months with a count are compared, not sums: a hidden small count
still says that there was one, while sums of ranges say almost nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Signal
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Point
from atalaya.publishing.site.views.cards import AFTER


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How the signals raised up to a date turned out.

    Args:
        raised: Signals raised up to the date.
        judged: Those of them whose twelve months afterwards are over, all observed.
        more: Of the judged, those counted in more months of that year than of the year before.
        same: Those counted in as many.
        less: Those counted in fewer, or in none.
        withheld: Those of which it would tell a hidden count.
    """

    raised: int
    judged: int
    more: int
    same: int
    less: int
    withheld: int


def track_record(edition: Edition, as_of: Period) -> TrackRecord:
    """Look back on every signal whose year is over at a date.

    Args:
        edition: The release.
        as_of: The month of the page.
    """
    raised = edition.signals_at(as_of)
    outcomes = Counter(filter(None, (outcome(edition, one, as_of) for one in raised)))
    kinds = {kind: outcomes[kind] for kind in ("more", "same", "less", "withheld")}
    return TrackRecord(raised=len(raised), judged=outcomes.total(), **kinds)


def outcome(edition: Edition, signal: Signal, as_of: Period) -> str | None:
    """Say what became of a signal in the twelve months after its first alarm.

    Returns:
        ``more``, ``same`` or ``less`` months with a count than in the year before, ``withheld``;
        None where the year is not over or was not observed.
    """
    first = Period.parse(signal.since)
    if first.kind is not PeriodKind.MONTH or (first + AFTER).end > as_of.end:
        return None
    points = {
        point.period: point
        for point in edition.points(signal.series, signal.detector, first + AFTER)
        if point.status == "observed"
    }
    before = [points.get(str(first + -step)) for step in range(1, AFTER + 1)]
    after = [points.get(str(first + step)) for step in range(1, AFTER + 1)]
    if None in after:
        return None
    return _compared(filter(None, before), filter(None, after))


def _compared(before: Iterable[Point], after: Iterable[Point]) -> str:
    earlier, later = [*before], [*after]
    if not all(point.count.known for point in (*earlier, *later)):
        return "withheld"
    difference = _months_counted(later) - _months_counted(earlier)
    return "same" if difference == 0 else "more" if difference > 0 else "less"


def _months_counted(points: Iterable[Point]) -> int:
    return sum(bool(point.count.low) for point in points)

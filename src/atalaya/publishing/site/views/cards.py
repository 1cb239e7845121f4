"""A signal as pages show it, and what happened after it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from atalaya.model.periods import Period
from atalaya.model.records import Signal, SignalState
from atalaya.publishing.site.cells import Cell, total
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Point
from atalaya.publishing.site.retracted import Mark, marks
from atalaya.publishing.site.views.agreement import agreement
from atalaya.publishing.site.views.sparks import Bar, bars
from atalaya.publishing.site.visits import Visit

AFTER = 12  # months of hindsight: long enough to see whether it lasted, short enough to be about it


@dataclass(frozen=True, slots=True)
class SignalCard:
    """A signal on a page.

    Args:
        id: Identifier.
        key: Last part of its address.
        what: Register identifier of the substance.
        what_name: Its name.
        family: Its family, or None.
        territory: Register identifier of the place.
        territory_name: Its name.
        source: Slug of the source.
        series: Key of the series.
        detector: Name of the detector.
        since: First period with an alarm.
        period: Latest period with an alarm, as known at the page's date.
        predicate: What is counted.
        observed: Count in ``period``.
        population: Out of how many; unknown where none is published.
        expected: What was expected.
        threshold: Level that triggers review.
        withheld: Whether both are withheld, because they would tell a hidden count.
        confidence: ``low``, ``moderate`` or ``high``.
        sources: Number of independent sources that support it.
        dissent: Number of those that looked while it stood and raised no alarm.
        unknown: What is not known, a phrase each.
        reason: The detector's reason.
        mode: ``live`` or ``replay``.
        state: Where it stands with its reviewers.
        alert: Whether a person signed it and it still holds.
        signed_by: Who signed.
        advice: What to do.
        expires: Last day it holds.
        reference: The cell of ``observed``, for ``why``.
        spark: The last periods, for a small chart.
        also: On the first screen, the sums whose signal this one tells.
        parts: How many series it adds up; 0 for what a source counts itself.
        retracted: What is said of evidence that was retracted under it.
        reinstated: What is said of evidence that was retracted under it and counts again.
    """

    id: str
    key: str
    what: str
    what_name: str
    family: str | None
    territory: str
    territory_name: str
    source: str
    series: str
    detector: str
    since: str
    period: str
    predicate: str
    observed: Cell
    population: Cell
    expected: Cell
    threshold: Cell
    withheld: bool
    confidence: str
    sources: int
    dissent: int
    unknown: tuple[str, ...]
    reason: str
    mode: str
    state: SignalState
    alert: bool
    signed_by: str | None
    advice: str | None
    expires: date | None
    reference: str
    spark: tuple[Bar, ...] = ()
    also: tuple[Also, ...] = ()
    parts: int = 0
    retracted: tuple[Mark, ...] = ()
    reinstated: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Also:
    """A signal on a sum, named under the signal that tells it: its key and its two names."""

    key: str
    what_name: str
    territory_name: str


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What happened in the year after the page's date, kept apart from what was known.

    Args:
        key: Last part of the signal's address.
        what_name: Name of the substance.
        territory_name: Name of the place.
        before: Sum of the twelve months up to the date.
        after: Sum of the months after it, up to twelve.
        months: How many months after it were observed.
        from_period: First month counted in ``after``.
        to_period: Last month counted in ``after``.
    """

    key: str
    what_name: str
    territory_name: str
    before: Cell
    after: Cell
    months: int
    from_period: str
    to_period: str

    @property
    def outcome(self) -> str:
        """``rose``, ``fell`` or ``unclear``: chance and hidden counts both make it unclear.

        Two Poisson counts differ beyond chance (about one case in twenty) when they lie more than
        twice the root of their sum apart; ranges are read at the ends that lie closest together.
        """
        if self.months < AFTER or None in (self.before.high, self.after.high):
            return "unclear"
        before, after = self.before, self.after
        if _beyond_chance(before.high or 0.0, after.low or 0.0):
            return "rose"
        return "fell" if _beyond_chance(after.high or 0.0, before.low or 0.0) else "unclear"


def _beyond_chance(smaller: float, larger: float) -> bool:
    return larger - smaller > 2 * math.sqrt(larger + smaller)


def signal_card(
    edition: Edition, visit: Visit, signal: Signal, *, spark: bool = True
) -> SignalCard:
    """Say a signal with what the release and the latest decisions know of it."""
    row = edition.published_signals[signal.id]
    verdict = edition.verdict(signal.series, signal.detector, signal.period)
    state, signed_by, advice, expires = _standing(visit, signal.id, row)
    alert = state is SignalState.ALERT and bool(signed_by)
    place = edition.names.place(signal.territory)
    points = edition.points(signal.series, signal.detector, Period.parse(signal.period))
    own = row["period"] == signal.period
    marked = marks(edition, visit, signal.id)
    return SignalCard(
        id=signal.id,
        key=signal.id.partition(":")[2],
        what=signal.what,
        what_name=edition.names.subject(signal.what, visit.language),
        family=edition.names.family(signal.what, visit.language),
        territory=signal.territory,
        territory_name=place.name(visit.language),
        source=signal.source,
        series=signal.series,
        detector=signal.detector,
        since=signal.since,
        period=signal.period,
        predicate=edition.one_series(signal.series).predicate,
        observed=Cell.parse(verdict["observed"]),
        population=points[-1].population if points else Cell(),
        expected=Cell.parse(verdict["expected"]),
        threshold=Cell.parse(verdict["threshold"]),
        withheld=bool(verdict.get("hidden")) and verdict["threshold"] is None,
        confidence=signal.confidence,
        sources=signal.sources,
        dissent=agreement(edition, signal, visit.as_of or edition.months[1]).dissent,
        unknown=tuple(phrase for phrase in signal.unknown.split("; ") if phrase),
        reason=signal.reason,
        mode=signal.mode,
        state=state,
        alert=alert,
        signed_by=signed_by if alert else None,
        advice=advice if alert else None,
        expires=expires if alert else None,
        reference=_reference(own=own, signal_row=row["row"], verdict_row=verdict["row"]),
        spark=bars(points) if spark else (),
        parts=len(edition.members.get(signal.series, ())),
        retracted=tuple(one for one in marked if not one.back),
        reinstated=tuple(one for one in marked if one.back),
    )


def _reference(*, own: bool, signal_row: int, verdict_row: int) -> str:
    """The signals table holds the latest period; earlier ones stand in the verdicts."""
    return f"signals.csv:{signal_row}:observed" if own else f"verdicts.csv:{verdict_row}:observed"


Standing = tuple[SignalState, str | None, str | None, date | None]


def _standing(visit: Visit, signal: str, row: dict[str, object]) -> Standing:
    """Where it stands when the page is read: newer decisions first, and expiry always."""
    newer = visit.standings.get(signal)
    if newer is not None:
        signed = newer.signed
        if signed is None:
            return newer.state, None, None, None
        names = ", ".join(visit.reviewers[one] for one in newer.signers)
        return newer.state, names, signed.advice, signed.expires
    state = SignalState(str(row["state"]))
    expires = date.fromisoformat(str(row["expires"])) if row["expires"] else None
    if state is SignalState.ALERT and (expires is None or expires < visit.today):
        return SignalState.EXPIRED, None, None, None
    return state, _text(row["signed_by"]), _text(row["advice"]), expires


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def hindsight(edition: Edition, card: SignalCard, as_of: Period) -> Hindsight | None:
    """Sum a series before and after a date; None where the record ends at that date."""
    limit, start = as_of + AFTER, as_of + -AFTER
    observed = [
        (Period.parse(point.period), point)
        for point in edition.points(card.series, card.detector, limit)[-2 * AFTER :]
        if point.status == "observed"
    ]
    after = [(period, point) for period, point in observed if period.end > as_of.end]
    if not after:
        return None
    before = [point.count for period, point in observed if start.end < period.end <= as_of.end]
    return Hindsight(
        key=card.key,
        what_name=card.what_name,
        territory_name=card.territory_name,
        before=total(before),
        after=total(point.count for _, point in after),
        months=len(after),
        from_period=str(after[0][0]),
        to_period=str(after[-1][0]),
    )


def runs(points: tuple[Point, ...], status: str) -> tuple[tuple[str, str], ...]:
    """Give the stretches of periods with a status, as first and last period."""
    found: list[list[Point]] = []
    for before, point in pairwise((None, *points)):
        if point is None or point.status != status:
            continue
        if before is not None and before.status == status and found:
            found[-1].append(point)
        else:
            found.append([point])
    return tuple((run[0].period, run[-1].period) for run in found)

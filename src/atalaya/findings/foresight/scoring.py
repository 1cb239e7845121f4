"""Scoring what was sealed against what came to pass: misses beside hits, and what was not assessed.

The score is a function of what is opened, the leaves that are still closed, the events and the day,
and of nothing else, so that anyone can compute it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from atalaya.findings.foresight.events import Event, Outcome
from atalaya.findings.foresight.leaves import Leaf
from atalaya.findings.foresight.statements import Kind, Statement

_OLD_NEWS = timedelta(days=366)  # after its outcome an event explains no new episode


@dataclass(frozen=True, slots=True)
class Sealed:
    """One statement in the log.

    Args:
        index: Index of its leaf.
        leaf: The leaf.
        statement: What it says, or None while it is closed.
    """

    index: int
    leaf: Leaf
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Truth:
    """What came to pass, as known on a day.

    Args:
        events: Dated events.
        outcomes: Counts of periods that were forecast.
        on: The day of scoring.
    """

    events: tuple[Event, ...]
    outcomes: tuple[Outcome, ...]
    on: date


def score(sealed: Sequence[Sealed], truth: Truth) -> dict[str, Any]:
    """Score what is opened.

    Args:
        sealed: Every sealed statement, in the order of the log.
        truth: What came to pass.

    Returns:
        JSON values: ``says`` (one sentence), ``counts``, ``events`` (one a row of the truth, in its
        order), ``statements`` (one an opened statement: how it turned out).
    """
    first = min((one.leaf.sealed_on for one in sealed), default=None)
    told = [
        _event(number, each, sealed, first, truth.on) for number, each in enumerate(truth.events)
    ]
    by_event = {
        one.index: number
        for number, event in reversed(list(enumerate(truth.events)))
        if event.arrives
        for one in _about(event, sealed)
    }
    kept = {(one.series, one.period): one.observed for one in truth.outcomes}
    turned_out = {
        one.index: _turned_out(one, by_event, truth, kept)
        for one in sealed
        if one.statement is not None
    }
    statements = [{"index": index, "turned_out": how} for index, how in turned_out.items()]
    counts = _counts(sealed, told, turned_out)
    return {
        "says": sentence(counts), "counts": counts, "events": told, "statements": statements,
    }  # fmt: skip


def settled(sealed: Sequence[Sealed], truth: Truth) -> frozenset[int]:
    """Give the indices of what must be opened: what is due, and what an event already settles."""
    scored = score(sealed, truth)
    needed = {one.index for one in sealed if one.leaf.opens <= truth.on}
    needed |= {
        one["index"] for one in scored["statements"] if one["turned_out"] not in ("pending", "said")
    }
    return frozenset(
        needed | {one["index"] for one in scored["events"] if one["index"] is not None}
    )


def _event(
    number: int, event: Event, sealed: Sequence[Sealed], first: date | None, on: date
) -> dict[str, Any]:
    said: dict[str, Any] = {"event": number, "status": "no arrival", "index": None}
    said |= {"days_ahead": None, "because": ""}
    outcome = event.outcome
    if not event.arrives:
        return said
    if outcome is None:
        because = "neither a fifth case nor a notice is dated"
        return said | {"status": "no outcome", "because": because}
    if first is None or outcome <= first:
        return said | {"status": "before sealing", "because": "known before the first sealing"}
    if outcome > on:
        return said | {"status": "not yet", "because": "dated after the day of scoring"}
    return said | _told(event, outcome, sealed)


def _told(event: Event, outcome: date, sealed: Sequence[Sealed]) -> dict[str, Any]:
    """Say what was sealed about an event before its outcome, the earliest warning first."""
    about = list(_about(event, sealed))
    if about:
        first = min(about, key=lambda one: one.leaf.sealed_on)
        days = (outcome - first.leaf.sealed_on).days
        status = "warned" if days > 0 else "late"
        return {"status": status, "index": first.index, "days_ahead": days}
    for one in reversed(list(_of(event, sealed, Kind.NOT_ASSESSED))):
        if one.leaf.sealed_on < outcome and one.statement is not None:
            because = one.statement.says
            return {"status": "not assessed", "index": one.index, "because": because}
    return {"status": "missed", "because": "no signal about it was sealed before"}


def _of(event: Event, sealed: Iterable[Sealed], kind: Kind) -> Iterator[Sealed]:
    for one in sealed:
        said = one.statement
        if said is not None and said.kind is kind and said.series == event.series:
            yield one


def _about(event: Event, sealed: Iterable[Sealed]) -> Iterator[Sealed]:
    """Give the signals whose time is the event's.

    Not ended before its first case, not run out before its outcome, and not begun when the outcome
    was old news: what comes back years later is another event.
    """
    outcome = event.outcome or event.begins
    for one in _of(event, sealed, Kind.SIGNAL):
        said = one.statement
        if said is None or outcome is None or said.until < outcome:
            continue
        fresh = said.begins <= outcome + _OLD_NEWS
        if fresh and (event.begins is None or said.ends >= event.begins):
            yield one


def _turned_out(
    one: Sealed, by_event: dict[int, int], truth: Truth, kept: dict[tuple[str, str], float]
) -> str:
    said = one.statement
    assert said is not None
    due = said.until <= truth.on
    match said.kind:
        case Kind.SIGNAL:
            event = by_event.get(one.index)
            if event is None:
                found = "false" if due else "pending"
            else:
                found = _signal(one, truth.events[event].outcome, truth.on)
        case Kind.DEADLINE:
            days = [day.outcome for day in truth.events if day.series == said.series]
            kept_by = min((day for day in days if day is not None), default=date.max)
            in_time = kept_by <= min(said.until, truth.on)
            found = "kept" if in_time else ("not shown kept" if due else "pending")
        case Kind.FORECAST:
            observed = kept.get((said.series, said.period))
            found = "pending" if observed is None else _forecast(said, observed)
        case Kind.NOT_ASSESSED:
            found = "said"
    return found


def _signal(one: Sealed, outcome: date | None, on: date) -> str:
    """How a signal about a real arrival turned out; without a dated outcome it was no lead."""
    if outcome is None:
        return "arrived"
    if outcome > on:
        return "pending"
    return "hit" if one.leaf.sealed_on < outcome else "late"


def _forecast(said: Statement, observed: float) -> str:
    interval = said.interval
    assert interval is not None
    return "inside" if interval.low <= observed <= interval.high else "outside"


def _counts(
    sealed: Sequence[Sealed], told: Sequence[dict[str, Any]], turned_out: dict[int, str]
) -> dict[str, Any]:
    status = [one["status"] for one in told]
    ahead = [one["days_ahead"] for one in told if one["status"] == "warned"]
    counted = ("warned", "late", "missed", "not assessed")
    results = list(turned_out.values())
    return {
        **{each.replace(" ", "_"): status.count(each) for each in counted},
        "events": sum(status.count(each) for each in counted),
        "before_sealing": status.count("before sealing"),
        "median_days_ahead": median(ahead) if ahead else None,
        "false": len(set(_false(sealed, turned_out))),
        "pending": results.count("pending"),
        "closed": sum(one.statement is None for one in sealed),
        **{f"forecasts_{each}": results.count(each) for each in ("inside", "outside")},
        "deadlines_kept": results.count("kept"),
        "deadlines_not_shown_kept": results.count("not shown kept"),
    }


def _false(sealed: Iterable[Sealed], turned_out: dict[int, str]) -> Iterator[tuple[str, str, str]]:
    """False episodes: the same one said again at the next sealing counts once."""
    for one in sealed:
        if turned_out.get(one.index) == "false" and one.statement is not None:
            yield one.statement.series, one.leaf.basis.detector, one.statement.since


def sentence(counts: dict[str, Any]) -> str:
    """Say the score in a sentence.

    >>> sentence({"median_days_ahead": 40, "warned": 2, "events": 3, "false": 1, "late": 0,
    ...           "missed": 1, "not_assessed": 0, "pending": 0, "closed": 5})
    'warned 40 days ahead (median), 2 of 3, 1 false; 1 missed, 0 late, 0 not assessed; 5 still open'
    """
    days = counts["median_days_ahead"]
    ahead = "warned of none" if days is None else f"warned {days:g} days ahead (median)"
    return (
        f"{ahead}, {counts['warned']} of {counts['events']}, {counts['false']} false; "
        f"{counts['missed']} missed, {counts['late']} late, {counts['not_assessed']} not assessed; "
        f"{counts['pending'] + counts['closed']} still open"
    )

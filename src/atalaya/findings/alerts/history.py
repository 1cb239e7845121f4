"""From the decisions on signals to the alerts there were, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from atalaya.findings.alerts.record import Kind
from atalaya.findings.states import TWO, Action, Decision


@dataclass(frozen=True, slots=True)
class Life:
    """One alert from its signature on.

    Args:
        signed: The decision that signed it.
        kind: ``issued`` while it stands, else how it ended.
        at: Since when, UTC.
        because: Why it was withdrawn, or empty.
        second: The decision that countersigned it, or None.
        complete: Whether as many people signed as it needs; until then nothing is said of it.
    """

    signed: Decision
    kind: Kind
    at: datetime
    because: str = ""
    second: Decision | None = None
    complete: bool = True


def lives(decisions: Iterable[Decision], today: date, *, two_persons: bool = False) -> list[Life]:
    """Give every alert there was, in the order of their signatures.

    Args:
        decisions: All decisions, in the order they were taken.
        today: An alert whose last day is before it has expired, whoever forgot to say so.
        two_persons: Whether the two-person rule is set: then no lone signature is complete.
    """
    after: dict[str, list[Decision]] = {}
    signed: list[tuple[Decision, list[Decision]]] = []
    for one in decisions:
        if one.signal in after:
            after[one.signal].append(one)
        if one.action is Action.SIGN:
            after[one.signal] = []
            signed.append((one, after[one.signal]))
    kept = ((one, later) for one, later in signed if not _returned(one, later))
    return [_life(one, later, today, TWO if two_persons else one.persons) for one, later in kept]


def _returned(signed: Decision, later: list[Decision]) -> bool:
    """Whether the second person sent it back, so that it never became an alert."""
    return any(one.action is Action.RETURN and one.of == signed.id for one in later)


def _life(signed: Decision, later: list[Decision], today: date, needed: int) -> Life:
    seconds = (one for one in later if one.action is Action.COUNTERSIGN and one.of == signed.id)
    second = next(seconds, None)
    life = _ended(signed, [one for one in later if one is not second], today)
    at = life.at
    if life.kind == "issued" and second is not None and signed.persons == TWO:
        at = second.decided_at
    return replace(life, at=at, second=second, complete=second is not None or needed < TWO)


def _ended(signed: Decision, later: list[Decision], today: date) -> Life:
    last = signed.expires or today
    over = datetime.combine(last, time(23, 59, 59), UTC)
    end = later[0] if later else None
    if end is not None and end.decided_at <= over:
        if end.action is Action.WITHDRAW:
            return Life(signed, "withdrawn", end.decided_at, end.reason)
        if end.action is Action.EXPIRE:
            return Life(signed, "expired", end.decided_at)
    if last < today:
        return Life(signed, "expired", over)
    return Life(signed, "issued", signed.decided_at)

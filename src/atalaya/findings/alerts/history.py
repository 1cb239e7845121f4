"""From the decisions on signals to the alerts there were, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from atalaya.findings.alerts.record import Kind
from atalaya.findings.states import Action, Decision


@dataclass(frozen=True, slots=True)
class Life:
    """One alert from its signature on.

    Args:
        signed: The decision that signed it.
        kind: ``issued`` while it stands, else how it ended.
        at: Since when, UTC.
        because: Why it was withdrawn, or empty.
    """

    signed: Decision
    kind: Kind
    at: datetime
    because: str = ""


def lives(decisions: Iterable[Decision], today: date) -> list[Life]:
    """Give every alert there was, in the order of their signatures.

    Args:
        decisions: All decisions, in the order they were taken.
        today: An alert whose last day is before it has expired, whoever forgot to say so.
    """
    after: dict[str, list[Decision]] = {}
    signed: list[tuple[Decision, list[Decision]]] = []
    for one in decisions:
        if one.signal in after:
            after[one.signal].append(one)
        if one.action is Action.SIGN:
            after[one.signal] = []
            signed.append((one, after[one.signal]))
    return [_life(one, later, today) for one, later in signed]


def _life(signed: Decision, later: list[Decision], today: date) -> Life:
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

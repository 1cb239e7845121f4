"""Where a signal stands, and which decision may follow which: pure, nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id
from atalaya.model.records import SignalState


class Action(StrEnum):
    """What a reviewer can do with a signal."""

    TRIAGE = "triage"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


# action -> (states it may follow, state it leads to)
_MOVES: dict[Action, tuple[frozenset[SignalState], SignalState]] = {
    Action.TRIAGE: (
        frozenset({SignalState.UNREVIEWED, SignalState.DISMISSED, SignalState.EXPIRED}),
        SignalState.TRIAGED,
    ),
    Action.CONFIRM: (frozenset({SignalState.TRIAGED}), SignalState.CONFIRMED),
    Action.DISMISS: (
        frozenset({SignalState.UNREVIEWED, SignalState.TRIAGED, SignalState.CONFIRMED}),
        SignalState.DISMISSED,
    ),
    Action.SIGN: (frozenset({SignalState.CONFIRMED}), SignalState.ALERT),
    Action.WITHDRAW: (
        frozenset({SignalState.ALERT, SignalState.CONFIRMED}),
        SignalState.WITHDRAWN,
    ),
    Action.EXPIRE: (frozenset({SignalState.ALERT}), SignalState.EXPIRED),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's decision on one signal.

    Args:
        signal: Identifier of the signal.
        action: What was decided.
        reviewer: Identifier of the reviewer, ``reviewer:slug``.
        reason: Why, in the reviewer's words; never empty.
        decided_at: When, UTC, to the second.
        verdict: Identifier of the verdict the reviewer saw.
        advice: What to do, for ``sign`` only.
        expires: Last day on which a signed alert holds, for ``sign`` only.
        alert: What the release said of the signal, and the form the reviewer filled in, for
            ``sign`` only; None where it was signed without.
    """

    signal: str
    action: Action
    reviewer: str
    reason: str
    decided_at: datetime
    verdict: str
    advice: str | None = None
    expires: date | None = None
    alert: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput(
                f"no reason was given to {self.action} {self.signal}",
                why="a judgement carries who and why, so that others can follow or undo it",
                do="say why with --reason",
            )
        signs = self.action is Action.SIGN
        if signs and (not (self.advice or "").strip() or self.expires is None):
            raise BadInput(
                f"an alert on {self.signal} needs advice and a last day",
                why="an alert is a promise: it says what to do and until when it holds (rule R6)",
                do="give --advice and --expires YYYY-MM-DD",
            )
        if signs and self.expires is not None and self.expires < self.decided_at.date():
            raise BadInput(
                f"the alert on {self.signal} would expire on {self.expires}, before it is signed",
                do="give a later --expires",
            )
        if not signs and (self.advice, self.expires, self.alert) != (None, None, None):
            raise BadInput(f"{self.action} takes no advice and no expiry", do="leave them out")

    @property
    def id(self) -> str:
        """``decision:`` and the hash of what was decided."""
        return record_id("decision", self.content())

    def content(self) -> dict[str, Any]:
        """What the reviewer signs and the log commits to."""
        said = {} if self.alert is None else {"alert": dict(self.alert)}
        return said | {
            "type": "decision",
            "signal": self.signal,
            "action": str(self.action),
            "reviewer": self.reviewer,
            "reason": self.reason,
            "decided_at": self.decided_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "verdict": self.verdict,
            "advice": self.advice,
            "expires": self.expires.isoformat() if self.expires else None,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a signal stands on a day, and the decision that brought it there."""

    state: SignalState
    last: Decision | None = None

    @property
    def signed(self) -> Decision | None:
        """The decision that signed the alert, while the alert stands."""
        return self.last if self.state is SignalState.ALERT else None


def standing(decisions: Iterable[Decision], today: date) -> Standing:
    """Walk one signal's decisions to where it stands on a day.

    Args:
        decisions: Decisions on one signal, in the order they were taken.
        today: An alert whose last day is before it has expired, whoever forgot to say so.

    Raises:
        BadInput: A decision does not follow from the state before it.
    """
    now = Standing(SignalState.UNREVIEWED)
    for decision in decisions:
        now = Standing(advance(now, decision.action, decision.decided_at.date()), decision)
    return Standing(_expired(now, today), now.last)


def advance(before: Standing, action: Action, today: date) -> SignalState:
    """Give the state an action leads to, or refuse it.

    Raises:
        BadInput: The action does not follow from where the signal stands.
    """
    state = _expired(before, today)
    allowed, after = _MOVES[action]
    if state not in allowed:
        possible = [str(move) for move, (states, _) in _MOVES.items() if state in states]
        raise BadInput(
            f"a signal that is {state} cannot take the step {action}",
            do=f"possible now: {', '.join(possible) or 'nothing'}",
        )
    return after


def possible(state: SignalState) -> tuple[Action, ...]:
    """Give the actions a state allows."""
    return tuple(action for action, (states, _) in _MOVES.items() if state in states)


def _expired(now: Standing, today: date) -> SignalState:
    over = now.signed is not None and now.signed.expires is not None and now.signed.expires < today
    return SignalState.EXPIRED if over else now.state

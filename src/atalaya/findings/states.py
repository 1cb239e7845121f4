"""Where a signal stands, and which decision may follow which: pure, nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id
from atalaya.model.records import SignalState
from atalaya.model.sentences import sentence, word


class Action(StrEnum):
    """What a reviewer can do with a signal."""

    TRIAGE = "triage"
    MONITOR = "monitor"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    SIGN = "sign"
    COUNTERSIGN = "countersign"
    RETURN = "return"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


# A lone signature is one or the other by a setting; the same may follow either, so that a history
# stays sound when the setting changes.
_SIGNED = frozenset({SignalState.ALERT, SignalState.WAITING})
# action -> (states it may follow, state it leads to)
_MOVES: dict[Action, tuple[frozenset[SignalState], SignalState]] = {
    Action.TRIAGE: (
        frozenset(
            {
                SignalState.UNREVIEWED,
                SignalState.MONITORED,
                SignalState.DISMISSED,
                SignalState.EXPIRED,
            }
        ),
        SignalState.TRIAGED,
    ),
    Action.MONITOR: (frozenset({SignalState.TRIAGED}), SignalState.MONITORED),
    Action.CONFIRM: (
        frozenset({SignalState.TRIAGED, SignalState.MONITORED}),
        SignalState.CONFIRMED,
    ),
    Action.DISMISS: (
        frozenset(
            {
                SignalState.UNREVIEWED,
                SignalState.TRIAGED,
                SignalState.MONITORED,
                SignalState.CONFIRMED,
            }
        ),
        SignalState.DISMISSED,
    ),
    Action.SIGN: (frozenset({SignalState.CONFIRMED}), SignalState.ALERT),
    Action.COUNTERSIGN: (_SIGNED, SignalState.ALERT),
    Action.RETURN: (frozenset({SignalState.WAITING}), SignalState.CONFIRMED),
    Action.WITHDRAW: (_SIGNED | {SignalState.CONFIRMED}, SignalState.WITHDRAWN),
    Action.EXPIRE: (_SIGNED, SignalState.EXPIRED),
}
TWO = 2  # people behind an alert under the two-person rule


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
        persons: How many people the alert needs, for ``sign`` only: 2 where it was signed under the
            two-person rule, and then for ever.
        of: Identifier of the signature that is countersigned or returned, and with it of every word
            that was signed; None for other actions.
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
    persons: int = 1
    of: str | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput(
                sentence(
                    "no reason was given to {action} {signal}",
                    action=str(self.action),
                    signal=self.signal,
                ),
                why="a judgement carries who and why, so that others can follow or undo it",
                do="say why with --reason",
            )
        signs = self.action is Action.SIGN
        if signs and (not (self.advice or "").strip() or self.expires is None):
            raise BadInput(
                sentence("an alert on {signal} needs advice and a last day", signal=self.signal),
                why="an alert is a promise: it says what to do and until when it holds (rule R6)",
                do="give --advice and --expires YYYY-MM-DD",
            )
        if signs and self.expires is not None and self.expires < self.decided_at.date():
            raise BadInput(
                sentence(
                    "the alert on {signal} would expire on {day}, before it is signed",
                    signal=self.signal,
                    day=self.expires.isoformat(),
                ),
                do="give a later --expires",
            )
        if not signs and (self.advice, self.expires, self.alert) != (None, None, None):
            raise BadInput(f"{self.action} takes no advice and no expiry", do="leave them out")
        if self.persons not in (1, TWO) or (self.persons == TWO and not signs):
            raise BadInput(f"{self.action} cannot need {self.persons} people", do="leave it out")
        if (self.action in _ABOUT_A_SIGNATURE) != (self.of is not None):
            raise BadInput(
                f"{self.action} names {self.of or 'no signature'}",
                why="who countersigns or returns an alert says which words they read",
                do="name the decision that signed it, as `atalaya alerts waiting` gives it",
            )

    @property
    def id(self) -> str:
        """``decision:`` and the hash of what was decided."""
        return record_id("decision", self.content())

    def content(self) -> dict[str, Any]:
        """What the reviewer signs and the log commits to."""
        said: dict[str, Any] = {} if self.alert is None else {"alert": dict(self.alert)}
        said |= {"persons": self.persons} if self.persons > 1 else {}
        said |= {} if self.of is None else {"of": self.of}
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


_ABOUT_A_SIGNATURE = frozenset({Action.COUNTERSIGN, Action.RETURN})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a signal stands on a day, and the decisions that brought it there.

    Args:
        state: The state.
        last: The last decision, or None.
        signature: The decision that signed it last, or None where nothing signed is pending.
        second: The decision that countersigned that, or None.
    """

    state: SignalState
    last: Decision | None = None
    signature: Decision | None = None
    second: Decision | None = None

    @property
    def signed(self) -> Decision | None:
        """The decision that signed the alert, while the alert stands."""
        return self.signature if self.state is SignalState.ALERT else None

    @property
    def waiting(self) -> Decision | None:
        """The signature that waits for a second person's, while it does."""
        return self.signature if self.state is SignalState.WAITING else None

    @property
    def signers(self) -> tuple[str, ...]:
        """Identifiers of the reviewers who signed, the first one first."""
        return tuple(one.reviewer for one in (self.signature, self.second) if one is not None)


def standing(decisions: Iterable[Decision], today: date, *, two_persons: bool = False) -> Standing:
    """Walk one signal's decisions to where it stands on a day.

    Args:
        decisions: Decisions on one signal, in the order they were taken.
        today: An alert whose last day is before it has expired, whoever forgot to say so.
        two_persons: Whether the two-person rule is set: then no lone signature makes an alert,
            whenever it was made.

    Raises:
        BadInput: A decision does not follow from the state before it.
    """
    now = Standing(SignalState.UNREVIEWED)
    for decision in decisions:
        now = follow(now, decision, two_persons=two_persons)
    return replace(now, state=_expired(now, today))


def follow(before: Standing, decision: Decision, *, two_persons: bool = False) -> Standing:
    """Give where a signal stands after a decision, or refuse the decision.

    Raises:
        BadInput: The decision does not follow from where the signal stands, or it countersigns
            other words than those that wait, or by the hand that signed them.
    """
    after = advance(before, decision.action, decision.decided_at.date())
    if decision.action is Action.SIGN:
        lone = two_persons or decision.persons > 1
        return Standing(SignalState.WAITING if lone else after, decision, decision)
    if decision.action in _ABOUT_A_SIGNATURE:
        _check_signature(before, decision)
    if decision.action is Action.COUNTERSIGN:
        return Standing(after, decision, before.signature, decision)
    return Standing(after, decision)


def _check_signature(before: Standing, decision: Decision) -> None:
    first = before.signature
    if first is None or before.second is not None:
        raise BadInput(
            sentence("no signature on {signal} waits for a second one", signal=decision.signal),
        )
    if decision.of != first.id:
        raise BadInput(
            sentence(
                "{read} is not what waits: {waits} is", read=decision.of or "", waits=first.id
            ),
            why="a second person signs for exactly the words the first one signed",
            do=sentence("read what waits now, then decide on that"),
        )
    if decision.action is Action.RETURN and first.persons == 1:
        raise BadInput(
            f"{first.id} was signed alone, as an alert",
            do="countersign it, or withdraw it so that every channel says so",
        )
    if decision.action is Action.COUNTERSIGN and decision.reviewer == first.reviewer:
        raise BadInput(
            sentence(
                "{reviewer} has signed already and cannot be the second person",
                reviewer=first.reviewer,
            ),
            why="the two-person rule asks for two people",
            do=sentence("ask another reviewer to countersign, with their own key"),
        )


def advance(before: Standing, action: Action, today: date) -> SignalState:
    """Give the state an action leads to, or refuse it.

    Raises:
        BadInput: The action does not follow from where the signal stands.
    """
    state = _expired(before, today)
    allowed, after = _MOVES[action]
    if state not in allowed:
        names = ", ".join(possible(state)) or "nothing"
        raise BadInput(
            sentence(
                "a signal that is {state} cannot take the step {action}",
                state=word(state),
                action=str(action),
            ),
            do=sentence("possible now: {names}", names=names),
        )
    return after


def possible(state: SignalState) -> tuple[Action, ...]:
    """Give the actions a state allows, the common ones."""
    # A second name may be added to an alert that stands, but it needs none.
    added = Action.COUNTERSIGN if state is SignalState.ALERT else None
    return tuple(one for one, (states, _) in _MOVES.items() if state in states and one != added)


def _expired(now: Standing, today: date) -> SignalState:
    last = now.signature.expires if now.signature and now.state in _SIGNED else None
    return SignalState.EXPIRED if last is not None and last < today else now.state

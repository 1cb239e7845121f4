"""The review step: signals with what people decided about them, and taking such decisions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from atalaya.evidence.durable import write_file
from atalaya.findings.auditing import audit, forged_reinstatements, forged_retractions
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reinstatements import Struck
from atalaya.findings.reviewers import Reviewer, ReviewerKey, SignedDecision, sign_decision
from atalaya.findings.states import TWO, Action, Decision, Standing
from atalaya.model.errors import StopEverything, WrongUse
from atalaya.model.identifiers import canonical_json, register_id
from atalaya.model.records import Signal
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.alerting import as_signed, check_words, only_signal, place_signed
from atalaya.pipeline.house import open_log
from atalaya.pipeline.retracted_issues import refuse_retracted
from atalaya.pipeline.signalling import known_signals
from atalaya.publishing.opening import latest_release

_ENDS = frozenset({Action.WITHDRAW, Action.DISMISS, Action.RETURN})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reviewer wants to decide, before it is signed.

    Args:
        signal: Identifier of a signal, or enough of its digits to be the only one.
        action: What to do.
        reason: Why.
        advice: For ``sign``.
        expires: For ``sign``.
        form: For ``sign``: the alert form as filled in, or None to sign with an empty one.
        of: For ``countersign`` and ``return``: the decision that signed.
    """

    signal: str
    action: Action
    reason: str
    advice: str | None = None
    expires: date | None = None
    form: Mapping[str, Any] | None = None
    of: str | None = None


class Appends(Protocol):
    """A transparency log that entries can be added to."""

    def append(self, entries: Sequence[bytes]) -> range:
        """Add entries; give their indices once they are durable."""


def decisions_of(folder: Folder, settings: Settings) -> DecisionStore:
    """Open the decisions of an observatory, wherever the settings keep them."""
    url = settings.decisions.url or f"sqlite:///{folder.decisions}"
    return DecisionStore(url, two_persons=settings.reviewing.two_persons)


def log_pending(store: DecisionStore, log: Appends) -> int:
    """Log what was decided and not yet logged, oldest first; give how many."""
    waiting = store.unlogged()
    if waiting:
        indices = log.append([canonical_json(leaf) for _, _, leaf in waiting])
        for (kind, seq, _), index in zip(waiting, indices, strict=True):
            store.mark_logged(kind, seq, index)
    return len(waiting)


def refuse_tampered(store: DecisionStore, entries: Iterable[bytes]) -> None:
    """Refuse to go on with decisions that are not those people signed and the log holds.

    Args:
        store: The decisions.
        entries: Every entry of the log, in order.

    Raises:
        StopEverything: The first thing that is wrong is named.
    """
    for problem in audit(store, entries):
        raise StopEverything(
            problem,
            why="a decision that nobody took, or one that was lost, would move signals (R6)",
            do="`atalaya verify` names everything; restore the newest backup",
        )


def struck_evidence(folder: Folder, settings: Settings) -> tuple[Struck, ...]:
    """Give what reviewers retracted, and what they took back of it, in the order they did.

    Raises:
        StopEverything: One is not its reviewer's: nothing is left out, and nothing counts again,
            on the word of a stranger.
    """
    with decisions_of(folder, settings) as store:
        who, retracted, back = store.reviewers(), store.retractions(), store.reinstatements()
        found = (*forged_retractions(who, retracted), *forged_reinstatements(who, retracted, back))
        for problem in found:
            raise StopEverything(
                problem,
                why="evidence is left out, and counts again, only by a named reviewer",
                do="`atalaya verify` names everything; restore the newest backup",
            )
        return store.struck()


def reviewed(found: Iterable[Signal], store: DecisionStore, today: date) -> tuple[Signal, ...]:
    """Give signals with where they stand on a day."""
    standings = store.standings(today)
    names = {one.id: one.name for one in store.reviewers()}
    return tuple(
        _with_standing(signal, standings[signal.id], names) if signal.id in standings else signal
        for signal in found
    )


def decide(
    folder: Folder, settings: Settings, wish: Wish, key: ReviewerKey, now: datetime
) -> Standing:
    """Take a decision, signed with the reviewer's own key, and log it.

    Raises:
        WrongUse: There is no such signal.
        BadInput: The step is not possible, or the key is not a reviewer's.
    """
    signal, verdict = _meant(folder, settings, wish)
    decision = Decision(
        signal=signal,
        action=wish.action,
        reviewer=key.reviewer,
        reason=wish.reason,
        decided_at=now,
        verdict=verdict,
        advice=wish.advice,
        expires=wish.expires,
        persons=persons_for(wish.action, settings),
        of=wish.of,
    )
    if wish.action is Action.SIGN:  # also without a form: what was signed on must be known later
        decision = replace(decision, alert=as_signed(folder, decision, wish.form))
    return store_decision(folder, settings, sign_decision(decision, key))


def persons_for(action: Action, settings: Settings) -> int:
    """Say how many people a decision needs under the settings."""
    return TWO if action is Action.SIGN and settings.reviewing.two_persons else 1


def store_decision(folder: Folder, settings: Settings, signed: SignedDecision) -> Standing:
    """Store a signed decision and log it.

    Raises:
        BadInput: It is not the reviewer's, the step is not possible, or its words may not go out.
    """
    decision = signed.decision
    log = open_log(folder)
    with decisions_of(folder, settings) as store:
        _refuse(folder, store, decision)
        store.record(signed)
        log_pending(store, log)
        return store.standing(signed.decision.signal, signed.decision.decided_at.date())


def _refuse(folder: Folder, store: DecisionStore, decision: Decision) -> None:
    """Refuse words that may not go out, and a signature on evidence retracted since its release."""
    if decision.action in (Action.SIGN, Action.WITHDRAW):
        places = {one.id: one.territory for one in known_signals(folder)}
        taken = (one.decision for one in store.decisions(decision.signal))
        check_words(places.get(decision.signal) or place_signed(taken), decision)
    if decision.action is Action.SIGN:
        refuse_retracted(decision, store.struck(), latest_release(folder.releases))


def add_reviewer(
    folder: Folder, settings: Settings, name: str, key_file: Path, now: datetime
) -> Reviewer:
    """Add a reviewer with a new key, and write the key for them.

    Raises:
        WrongUse: The key file exists.
        BadInput: There is a reviewer of that name.
    """
    if key_file.exists():
        raise WrongUse(f"{key_file} exists and is not overwritten", do="give another name")
    key = ReviewerKey.create(register_id("reviewer", name))
    reviewer = Reviewer(name, key.public, now)
    log = open_log(folder)
    with decisions_of(folder, settings) as store:
        write_file(key_file, f"{key}{os.linesep}".encode(), mode=0o600)
        with ExitStack() as undone:
            undone.callback(key_file.unlink)  # a key of nobody must not lie about
            store.add_reviewer(reviewer)
            undone.pop_all()
        log_pending(store, log)
    return reviewer


def remove_reviewer(folder: Folder, settings: Settings, name: str, now: datetime) -> Reviewer:
    """Record that a reviewer may no longer decide.

    Raises:
        WrongUse: There is no such reviewer.
    """
    log = open_log(folder)
    with decisions_of(folder, settings) as store:
        known = store.reviewers()
        found = next((one for one in known if name in {one.id, one.name}), None)
        if found is None:
            names = ", ".join(one.name for one in known) or "none"
            raise WrongUse(f"there is no reviewer {name!r}", do=f"reviewers: {names}")
        removed = replace(found, removed_at=now)
        store.add_reviewer(removed)
        log_pending(store, log)
    return removed


def reviewers(folder: Folder, settings: Settings) -> tuple[Reviewer, ...]:
    """Give who may or might decide."""
    with decisions_of(folder, settings) as store:
        return store.reviewers()


def _meant(folder: Folder, settings: Settings, wish: Wish) -> tuple[str, str]:
    """Find the signal a wish names, and the verdict it rests on.

    One of which no alarm is left - its evidence was retracted - is known by what was decided on it,
    so that its alert can be taken back.
    """
    now = {one.id: one.verdict for one in known_signals(folder)}
    with decisions_of(folder, settings) as store:
        before = {one.decision.signal: one.decision.verdict for one in store.decisions()}
    name = only_signal({**before, **now}, wish.signal)
    if name not in now and wish.action not in _ENDS:
        raise WrongUse(
            f"no alarm is left of {name}, so that nobody can {wish.action} it",
            do="withdraw or dismiss it; `atalaya retractions` says what was retracted",
        )
    return name, now.get(name) or before[name]


def _with_standing(signal: Signal, now: Standing, names: dict[str, str]) -> Signal:
    signed = now.signed
    return replace(
        signal,
        state=now.state,
        signed_by=", ".join(names[one] for one in now.signers) if signed else None,
        advice=signed.advice if signed else None,
        expires=signed.expires if signed else None,
    )

"""Are the decisions that lie in the store those that people signed and the log holds?

The database refuses changes through its own door, but whoever can write its file can write past it,
and an older copy put back looks whole. So signatures are read again, and the log - which nobody can
shorten unseen - is asked what should be there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from atalaya.findings.decisions import DecisionStore, Stored
from atalaya.findings.following import one_person_twice
from atalaya.findings.originals import ERASURE, OPENING, SignedAct
from atalaya.findings.reinstatements import (
    REINSTATEMENT,
    SignedReinstatement,
    not_a_second_person,
)
from atalaya.findings.retractions import RETRACTION, SignedRetraction
from atalaya.findings.reviewers import Reviewer, SignedDecision
from atalaya.findings.states import TWO, Decision, Standing, follow
from atalaya.model.errors import BadInput, StopEverything
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import SignalState

_KINDS = frozenset(("reviewer", "decision", OPENING, ERASURE, RETRACTION, REINSTATEMENT))


def audit(store: DecisionStore, entries: Iterable[bytes]) -> tuple[str, ...]:
    """Say everything that is wrong with the decisions, one sentence each.

    Args:
        store: The decisions.
        entries: Every entry of the log, in order.

    Raises:
        StopEverything: The store cannot be read at all.
    """
    return (
        *forgeries(store.reviewers(), store.decisions()),
        *forged_erasures(store.reviewers(), store.acts()),
        *forged_retractions(store.reviewers(), store.retractions()),
        *forged_reinstatements(store.reviewers(), store.retractions(), store.reinstatements()),
        *_against_log(store.stored(), entries),
    )


def believe(reviewers: Iterable[Reviewer], decisions: Iterable[SignedDecision]) -> None:
    """Refuse decisions of which one is nobody's: no alert stands without a human hand (R6).

    Raises:
        StopEverything: The first that is not its reviewer's is named.
    """
    for problem in forgeries(reviewers, decisions):
        raise StopEverything(
            problem,
            why="a decision nobody signed must not move a signal, least of all to an alert (R6)",
            do="find out who wrote there, restore the newest backup, run `atalaya verify`",
        )


def forgeries(reviewers: Iterable[Reviewer], decisions: Iterable[SignedDecision]) -> Iterator[str]:
    """Find decisions that are not provably their reviewer's, and steps that could not be taken."""
    known = {one.id: one for one in reviewers}
    taken: dict[str, list[Decision]] = {}
    for signed in decisions:
        said = signed.decision
        taken.setdefault(said.signal, []).append(said)
        about = f"{said.id} ({said.action} {said.signal})"
        yield from _unproven(about, said.reviewer, signed, known)
    for signal, steps in taken.items():
        yield from _impossible(signal, steps, known)


def _impossible(
    signal: str, steps: Iterable[Decision], known: Mapping[str, Reviewer]
) -> Iterator[str]:
    """Find the first step on a signal that could not be taken, and second hands that are none."""
    now = Standing(SignalState.UNREVIEWED)
    for step in steps:
        if problem := one_person_twice(now, step, known.values()):
            yield f"{step.id} ({step.action} {signal}): {problem}"
        try:
            now = follow(now, step)
        except BadInput as error:
            yield f"{signal}: {error.what}"
            return


def alone(store: DecisionStore, today: date) -> Iterator[str]:
    """Find alerts that one person signed while the two-person rule is set.

    Args:
        store: The decisions, with the rule.
        today: What has expired by then is over.
    """
    for signal, now in store.standings(today).items():
        lone = now.waiting
        if lone is not None and lone.persons < TWO:
            yield (
                f"{lone.id} (sign {signal}) is one person's: it waits, and no channel carries it, "
                "until a second reviewer countersigns"
            )


def forged_erasures(reviewers: Iterable[Reviewer], acts: Iterable[SignedAct]) -> Iterator[str]:
    """Find erasures that are not provably their reviewer's."""
    known = {one.id: one for one in reviewers}
    for signed in acts:
        if signed.act.kind == ERASURE:
            about = f"the erasure of {signed.act.original}"
            yield from _unproven(about, signed.act.reviewer, signed, known)


def forged_retractions(
    reviewers: Iterable[Reviewer], retractions: Iterable[SignedRetraction]
) -> Iterator[str]:
    """Find retractions that are not provably their reviewer's."""
    known = {one.id: one for one in reviewers}
    for signed in retractions:
        yield from _unproven(signed.retraction.id, signed.retraction.reviewer, signed, known)


def forged_reinstatements(
    reviewers: Iterable[Reviewer],
    retractions: Iterable[SignedRetraction],
    taken_back: Iterable[SignedReinstatement],
) -> Iterator[str]:
    """Find reinstatements that are not provably their reviewer's, or a second person's."""
    known = {one.id: one for one in reviewers}
    struck = {one.retraction.id: one.retraction for one in retractions}
    for signed in taken_back:
        taken = signed.reinstatement
        yield from _unproven(taken.id, taken.reviewer, signed, known)
        if taken.retraction not in struck:
            yield f"{taken.id}: {taken.retraction} is no retraction of this observatory"
        elif problem := not_a_second_person(taken, struck[taken.retraction], known.values()):
            yield f"{taken.id}: {problem}"


def _unproven(
    about: str,
    reviewer: str,
    signed: SignedDecision | SignedAct | SignedRetraction | SignedReinstatement,
    known: Mapping[str, Reviewer],
) -> Iterator[str]:
    if reviewer not in known:
        yield f"{about}: {reviewer} is not a reviewer of this observatory"
        return
    try:
        signed.check(known[reviewer])
    except BadInput as error:
        yield f"{about}: {error.what}"


def _against_log(stored: Iterable[Stored], entries: Iterable[bytes]) -> Iterator[str]:
    """Compare what is stored with what was logged, both ways."""
    logged = {
        index: entry
        for index, entry in enumerate(entries)
        if json.loads(entry).get("type") in _KINDS
    }
    held = set()
    for one in stored:
        leaf = canonical_json(one.leaf)
        held.add(leaf)
        if one.log_index is not None and logged.get(one.log_index) != leaf:
            yield f"{one.kind} {one.seq} is not what entry {one.log_index} of the log says"
    # By content, not by index: a crash between logging and noting it logs the same leaf twice.
    lost = {index: entry for index, entry in logged.items() if entry not in held}
    for index, entry in lost.items():
        said = json.loads(entry)
        if said["type"] in {RETRACTION, REINSTATEMENT}:
            what = f"by {said['reviewer']}"
        elif said["type"] in {OPENING, ERASURE}:
            what = f"of {said['original']}"
        else:
            what = f"{said.get('action', 'added or removed')} by {said['reviewer']}"
        yield f"entry {index} of the log, {said['type']} ({what}), is not among the decisions"

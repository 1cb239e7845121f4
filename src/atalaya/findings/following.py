"""May this decision follow those taken before? What the store asks before it stores one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from atalaya.findings.reviewers import Reviewer
from atalaya.findings.states import TWO, Action, Decision, Standing, follow, standing
from atalaya.model.errors import BadInput


def refuse_impossible(
    decision: Decision,
    before: Sequence[Decision],
    reviewers: Iterable[Reviewer],
    *,
    two_persons: bool,
) -> None:
    """Refuse a decision that does not follow from those on its signal so far.

    Args:
        decision: The decision.
        before: Those on its signal, in the order they were taken.
        reviewers: Every reviewer as recorded; of several records of one the last counts.
        two_persons: Whether the two-person rule is set.

    Raises:
        BadInput: It was taken before, a later one was, it is one person's where two are needed, or
            the step is not possible.
    """
    if decision in before:
        raise BadInput(
            f"{decision.id} was taken before and cannot be taken twice",
            do="the review page shows where the signal stands",
        )
    if before and before[-1].decided_at > decision.decided_at:
        raise BadInput(
            "a later decision on this signal is already recorded",
            do="check this machine's clock, then decide again",
        )
    if two_persons and decision.action is Action.SIGN and decision.persons < TWO:
        raise BadInput(
            f"{decision.signal} was to be signed by one person alone",
            why="the two-person rule is set, and what is signed says so",
            do="sign again with this version; the alert then waits for a second person",
        )
    now = standing(before, decision.decided_at.date(), two_persons=two_persons)
    follow(now, decision, two_persons=two_persons)
    if problem := one_person_twice(now, decision, reviewers):
        raise BadInput(problem, do="ask a second reviewer, with a key of their own")


def one_person_twice(
    before: Standing, decision: Decision, reviewers: Iterable[Reviewer]
) -> str | None:
    """Say why a countersignature is not a second person's, as the keys tell; None where it is.

    Args:
        before: Where the signal stood.
        decision: The decision; any but a countersignature is left alone.
        reviewers: Every reviewer as last recorded.
    """
    first = before.signature
    if decision.action is not Action.COUNTERSIGN or first is None:
        return None
    known = {one.id: one for one in reviewers}
    one, other = known.get(first.reviewer), known.get(decision.reviewer)
    if one is None or other is None:
        return f"{first.reviewer} or {decision.reviewer} is not a reviewer of this observatory"
    if one.public_key == other.public_key:
        return f"{one.id} and {other.id} hold the same key: one hand signed twice"
    if not one.may_decide(decision.decided_at):
        return f"{one.id}, who signed first, was no reviewer any more when it was countersigned"
    return None

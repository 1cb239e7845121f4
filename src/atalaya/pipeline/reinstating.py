"""Taking a mistaken retraction back: from a name a person types to a signed and logged decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atalaya.findings.alerts.screening import SOMEWHERE_SMALL, screen
from atalaya.findings.reinstatements import Reinstatement, Struck, sign_reinstatement
from atalaya.findings.retractions import RETRACTION, Retraction
from atalaya.findings.reviewers import ReviewerKey
from atalaya.findings.states import TWO
from atalaya.model.errors import WrongUse
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.house import open_log
from atalaya.pipeline.reviewing import decisions_of, log_pending, reviewers, struck_evidence


@dataclass(frozen=True, slots=True)
class Reinstated:
    """What was taken back, and the decision that did it."""

    retraction: Retraction
    reinstatement: Reinstatement


def reinstate(
    folder: Folder, settings: Settings, name: str, reason: str, key: ReviewerKey, now: datetime
) -> Reinstated:
    """Take a retraction back: signed with the reviewer's own key, stored and logged.

    The next run counts its evidence again. The retraction stays on record, with this beside it.

    Args:
        folder: The observatory.
        settings: Where its decisions lie, and whether two persons are needed.
        name: ``retraction:`` and its digits, or enough of them to be the only one.
        reason: Why; it is published, and goes out with alerts.
        key: The reviewer's key; under the two-person rule not that of whoever retracted.
        now: The present moment, UTC.

    Raises:
        WrongUse: There is no such retraction.
        BadInput: No reason, words that may not go out, taken back before, not a reviewer's key, or
            that of the same person under the two-person rule.
    """
    gone = _meant(struck_evidence(folder, settings), name)
    taken = Reinstatement(
        retraction=gone.id,
        reviewer=key.reviewer,
        reason=reason,
        decided_at=now.replace(microsecond=0),
        persons=TWO if settings.reviewing.two_persons else 1,
    )
    screen(reason, SOMEWHERE_SMALL, "the reason")
    log = open_log(folder)
    with decisions_of(folder, settings) as store:
        store.record_reinstatement(sign_reinstatement(taken, key))
        log_pending(store, log)
    return Reinstated(gone, taken)


def retractions_listed(folder: Folder, settings: Settings) -> Iterator[dict[str, Any]]:
    """Give a row for each retraction, in the order they were taken, with what became of it."""
    names = {one.id: one.name for one in reviewers(folder, settings)}
    for one in struck_evidence(folder, settings):
        gone, back = one.retraction, one.back
        words = gone.words
        yield {
            "retraction": gone.id,
            "state": "stands" if back is None else "taken back",
            "source": gone.source,
            "address": gone.address,
            "what": "a document" if words is None else "a claim",
            "subject": words.subject if words else None,
            "territory": words.territory if words else None,
            # Of a list of cases the period stays out: one row less would tell a small count.
            "period": words.period if words and words.quote is None else None,
            "by": names[gone.reviewer],
            "at": f"{gone.decided_at:%Y-%m-%dT%H:%M:%SZ}",
            "reason": gone.reason,
            "back_by": names[back.reviewer] if back else None,
            "back_at": f"{back.decided_at:%Y-%m-%dT%H:%M:%SZ}" if back else None,
            "back_reason": back.reason if back else None,
        }


def _meant(struck: Sequence[Struck], name: str) -> Retraction:
    """Find the one retraction that begins with a name."""
    wanted = name if name.startswith(f"{RETRACTION}:") else f"{RETRACTION}:{name}"
    said = len(wanted) > len(f"{RETRACTION}:")
    found = [one.retraction for one in struck if said and one.retraction.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not struck:
        raise WrongUse(
            f"there is no retraction {name!r}: nothing was ever retracted here",
            do="`atalaya retract` takes evidence back; `atalaya reinstate` undoes that",
        )
    what = "no retraction begins" if not found else f"{len(found)} retractions begin"
    raise WrongUse(
        f"{what} with {wanted!r}",
        do="a retraction has a name of its own, not that of the evidence it struck: give it as "
        "`atalaya retractions` lists it",
    )

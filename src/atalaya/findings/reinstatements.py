"""Reinstatements: a retraction was a mistake, and what it struck counts again.

The retraction is never deleted: who retracted what and why, and who took that back and why, are
told together from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from atalaya.findings.retractions import Retraction
from atalaya.findings.reviewers import Reviewer, ReviewerKey, refuse_unproven
from atalaya.findings.states import TWO
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id

REINSTATEMENT: Final = "reinstatement"


@dataclass(frozen=True, slots=True)
class Reinstatement:
    """A reviewer's decision that a retraction was a mistake.

    Args:
        retraction: Identifier of the retraction, ``retraction:`` and its hash.
        reviewer: Identifier of the reviewer, ``reviewer:slug``.
        reason: Why, in the reviewer's words; never empty. It is published.
        decided_at: When, UTC, to the second.
        persons: How many people it takes: 2 under the two-person rule, where whoever retracted
            cannot be the one who takes it back.
    """

    retraction: str
    reviewer: str
    reason: str
    decided_at: datetime
    persons: int = 1

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput(
                f"no reason was given to take {self.retraction} back",
                why="whoever was told that the evidence was retracted must learn why it counts",
                do="say why with --reason",
            )

    @property
    def id(self) -> str:
        """``reinstatement:`` and the hash of what was decided."""
        return record_id(REINSTATEMENT, self.content())

    def content(self) -> dict[str, Any]:
        """What is kept, and signed."""
        return {
            "type": REINSTATEMENT,
            "retraction": self.retraction,
            "reviewer": self.reviewer,
            "reason": self.reason,
            "decided_at": self.decided_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "persons": self.persons,
        }

    @classmethod
    def of(cls, content: Mapping[str, Any], decided_at: datetime) -> Reinstatement:
        """Take it back from what was kept."""
        names = ("retraction", "reviewer", "reason", "persons")
        return cls(decided_at=decided_at, **{name: content[name] for name in names})


@dataclass(frozen=True, slots=True)
class SignedReinstatement:
    """A reinstatement with the proof of who took it."""

    reinstatement: Reinstatement
    signature: str

    def check(self, reviewer: Reviewer) -> None:
        """Refuse one that is not provably its reviewer's.

        Raises:
            BadInput: Unknown reviewer, or a signature that does not fit.
        """
        refuse_unproven(self.reinstatement, self.signature, reviewer, reviewer.public_key)


def sign_reinstatement(taken: Reinstatement, key: ReviewerKey) -> SignedReinstatement:
    """Sign a reinstatement with the reviewer's own key."""
    return SignedReinstatement(taken, key.sign(taken.content()))


@dataclass(frozen=True, slots=True)
class Struck:
    """A retraction and what became of it.

    Args:
        retraction: The retraction.
        back: Who took it back, when and why; None while it stands.
    """

    retraction: Retraction
    back: Reinstatement | None = None

    def stood_at(self, moment: datetime) -> bool:
        """Whether it had been taken, and not yet taken back, at a moment."""
        return self.retraction.decided_at <= moment and (
            self.back is None or moment < self.back.decided_at
        )


def struck(
    retracted: Iterable[Retraction], taken_back: Iterable[Reinstatement]
) -> tuple[Struck, ...]:
    """Give every retraction there was with what became of it, in the order they were taken."""
    back = {one.retraction: one for one in taken_back}
    return tuple(Struck(one, back.get(one.id)) for one in retracted)


def standing(found: Iterable[Struck]) -> tuple[Retraction, ...]:
    """Give the retractions that nobody took back, in the order they were taken."""
    return tuple(one.retraction for one in found if one.back is None)


def standing_at(found: Iterable[Struck], moment: datetime) -> tuple[Retraction, ...]:
    """Give the retractions that stood at a moment, in the order they were taken."""
    return tuple(one.retraction for one in found if one.stood_at(moment))


def not_a_second_person(
    taken: Reinstatement, retraction: Retraction, reviewers: Iterable[Reviewer]
) -> str | None:
    """Say why a reinstatement under the two-person rule is nobody else's; None where it is.

    Args:
        taken: The reinstatement; one that needs one person is left alone.
        retraction: What it takes back.
        reviewers: Every reviewer as last recorded.
    """
    if taken.persons < TWO:
        return None
    if taken.reviewer == retraction.reviewer:
        return f"{taken.reviewer} retracted this, and cannot be the one who takes it back"
    keys = {one.id: one.public_key for one in reviewers}
    if keys.get(taken.reviewer) == keys.get(retraction.reviewer):
        return f"{taken.reviewer} and {retraction.reviewer} hold the same key"
    return None

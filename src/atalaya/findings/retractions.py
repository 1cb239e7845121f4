"""Retractions: evidence a reviewer no longer stands by, left out from then on and never deleted.

A document falls by its bytes: wherever the same bytes come from that address again, they stay out.
A claim falls by what it says, so that the same figure in a later edition stays out too, while a
corrected figure is new evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from atalaya.findings.reviewers import Reviewer, ReviewerKey, refuse_unproven
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id

RETRACTION: Final = "retraction"


@dataclass(frozen=True, slots=True)
class Words:
    """What a retracted claim says, wherever in its document it stands.

    Args:
        subject: Register identifier, or ``kind:slug`` of what the claim is about.
        predicate: What is said of it.
        territory: Register identifier of the place, or None.
        period: Printed period, or None.
        value: The number said, or None.
        text: The words said when it is not a number, or None.
        quote: The exact row, where several rows of the document say the same (a line list); None
            where what is said is enough to tell it, so that another cell of its row may change.
    """

    subject: str
    predicate: str
    territory: str | None
    period: str | None
    value: float | None
    text: str | None
    quote: str | None = None

    def content(self) -> dict[str, Any]:
        """What is signed of it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Retraction:
    """A reviewer's decision that a document or a claim no longer counts.

    Args:
        source: Slug of the source.
        address: The address whose document it is, as declared.
        sha256: The document's bytes, hex.
        words: What the claim says; None where the whole document is retracted.
        reviewer: Identifier of the reviewer, ``reviewer:slug``.
        reason: Why, in the reviewer's words; never empty. It is published.
        decided_at: When, UTC, to the second.
        rested: Published signals that rested on it when it was retracted, by lineage.
        supported: Published signals of the same substance and place that counted one of these as a
            second source.
    """

    source: str
    address: str
    sha256: str
    words: Words | None
    reviewer: str
    reason: str
    decided_at: datetime
    rested: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput(
                f"no reason was given to retract evidence of {self.source}",
                why="whoever acted on it must learn why it no longer counts",
                do="say why with --reason",
            )

    @property
    def id(self) -> str:
        """``retraction:`` and the hash of what was decided."""
        return record_id(RETRACTION, self.content())

    def content(self) -> dict[str, Any]:
        """What is kept, and signed."""
        return {
            "type": RETRACTION,
            "source": self.source,
            "address": self.address,
            "sha256": self.sha256,
            "words": None if self.words is None else self.words.content(),
            "reviewer": self.reviewer,
            "reason": self.reason,
            "decided_at": self.decided_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "rested": list(self.rested),
            "supported": list(self.supported),
        }

    @classmethod
    def of(cls, content: dict[str, Any], decided_at: datetime) -> Retraction:
        """Take it back from what was kept."""
        said = {name: content[name] for name in ("source", "address", "sha256", "reviewer")}
        words = content["words"]
        return cls(
            **said,
            words=None if words is None else Words(**words),
            reason=content["reason"],
            decided_at=decided_at,
            rested=tuple(content["rested"]),
            supported=tuple(content["supported"]),
        )


@dataclass(frozen=True, slots=True)
class SignedRetraction:
    """A retraction with the proof of who took it."""

    retraction: Retraction
    signature: str

    def check(self, reviewer: Reviewer) -> None:
        """Refuse one that is not provably its reviewer's.

        Raises:
            BadInput: Unknown reviewer, or a signature that does not fit.
        """
        refuse_unproven(self.retraction, self.signature, reviewer, reviewer.public_key)


def sign_retraction(retraction: Retraction, key: ReviewerKey) -> SignedRetraction:
    """Sign a retraction with the reviewer's own key."""
    return SignedRetraction(retraction, key.sign(retraction.content()))


def known_at(found: Iterable[Retraction], moment: datetime) -> tuple[Retraction, ...]:
    """Give the retractions that had been taken by a moment."""
    return tuple(one for one in found if one.decided_at <= moment)

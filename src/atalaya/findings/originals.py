"""What people do with sealed originals: open one for a reason, or erase it by a signed decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from atalaya.findings.reviewers import Reviewer, ReviewerKey, refuse_unproven
from atalaya.model.errors import BadInput

OPENING, ERASURE = "opening", "erasure"


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a sealed original.

    Args:
        kind: ``opening`` or ``erasure``.
        original: SHA-256 that names the original.
        reviewer: Who erases it, ``reviewer:slug``; for an opening, the account that opens it.
        reason: Why, in their words; never empty.
        decided_at: When, UTC, to the second.
    """

    kind: str
    original: str
    reviewer: str
    reason: str
    decided_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput(
                f"no reason was given for the {self.kind} of {self.original}",
                why="an original that may name private persons is touched only for a reason (R2)",
                do="say why with --reason",
            )

    def content(self) -> dict[str, Any]:
        """What is kept, and signed where it is an erasure."""
        return {
            "type": self.kind,
            "original": self.original,
            "reviewer": self.reviewer,
            "reason": self.reason,
            "decided_at": self.decided_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


@dataclass(frozen=True, slots=True)
class SignedAct:
    """An act with the proof of who took it; an opening has none, it only is on record."""

    act: Act
    signature: str | None = None

    def check(self, reviewer: Reviewer) -> None:
        """Refuse an erasure that is not provably its reviewer's.

        Raises:
            BadInput: Unknown reviewer, or a signature that does not fit.
        """
        if self.signature is None:
            raise BadInput("an erasure is signed by a reviewer", do="give --key")
        refuse_unproven(self.act, self.signature, reviewer, reviewer.public_key)


def sign_act(act: Act, key: ReviewerKey) -> SignedAct:
    """Sign an act with the reviewer's own key."""
    return SignedAct(act, key.sign(act.content()))

"""Reviewers and their keys: who may decide, and proof that it was they who did.

A reviewer holds an Ed25519 key; the observatory holds only the public half. A decision is signed
either by that key, or by the key of a review session that the reviewer's key vouched for until a
stated time (so that a browser session need not hold the reviewer's own key).
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from atalaya.findings.states import Decision
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import canonical_json, register_id

SESSION_LASTS = timedelta(hours=8)  # one working day: a forgotten browser is closed by morning
_KEY_HEAD = "atalaya-reviewer-key-1"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A named person or office that may decide on signals.

    Args:
        name: Name as it is shown beside what they sign.
        public_key: Base64 of the 32 bytes of their Ed25519 public key.
        added_at: When, UTC.
        removed_at: From when on they may no longer decide, or None.
    """

    name: str
    public_key: str
    added_at: datetime
    removed_at: datetime | None = None

    @property
    def id(self) -> str:
        """``reviewer:`` and a slug of the name."""
        return register_id("reviewer", self.name)

    def may_decide(self, at: datetime) -> bool:
        """Whether they were a reviewer at a moment."""
        return self.added_at <= at and (self.removed_at is None or at < self.removed_at)

    def leaf(self) -> dict[str, Any]:
        """What the log commits to when the reviewer is added or removed."""
        return {
            "type": "reviewer",
            "reviewer": self.id,
            "name": self.name,
            "public_key": self.public_key,
            "added_at": _moment(self.added_at),
            "removed_at": _moment(self.removed_at) if self.removed_at else None,
        }


@dataclass(frozen=True, slots=True)
class ReviewerKey:
    """The private half, which only the reviewer keeps."""

    reviewer: str
    private: Ed25519PrivateKey

    @classmethod
    def create(cls, reviewer: str) -> ReviewerKey:
        """Make a new key for a reviewer's identifier."""
        return cls(reviewer, Ed25519PrivateKey.generate())

    @classmethod
    def parse(cls, text: str) -> ReviewerKey:
        """Read the one line of a key file.

        Raises:
            BadInput: It is not such a line.
        """
        parts = text.split()
        if len(parts) != 3 or parts[0] != _KEY_HEAD:  # noqa: PLR2004 - head, who, key
            raise BadInput(
                "this is not a reviewer's key file",
                do="give the file that `atalaya reviewer add` wrote",
            )
        return cls(parts[1], Ed25519PrivateKey.from_private_bytes(_bytes(parts[2], 32)))

    def __str__(self) -> str:
        return f"{_KEY_HEAD} {self.reviewer} {_text(self.private.private_bytes_raw())}"

    @property
    def public(self) -> str:
        """Base64 of the public half."""
        return _text(self.private.public_key().public_bytes_raw())

    def sign(self, content: dict[str, Any]) -> str:
        """Sign the canonical JSON of content; base64."""
        return _text(self.private.sign(canonical_json(content)))


@dataclass(frozen=True, slots=True)
class Vouching:
    """A reviewer's word that a session's key decides for them until a stated time.

    Args:
        reviewer: Identifier of the reviewer.
        session_key: Base64 of the session's public key.
        until: When it ends, UTC.
        signature: By the reviewer's key, base64.
    """

    reviewer: str
    session_key: str
    until: datetime
    signature: str

    @staticmethod
    def content(reviewer: str, session_key: str, until: datetime) -> dict[str, Any]:
        """What the reviewer signs to open a session."""
        return {
            "type": "review-session",
            "reviewer": reviewer,
            "session_key": session_key,
            "until": _moment(until),
        }

    def holds(self, reviewer: Reviewer, at: datetime) -> bool:
        """Whether the word is the reviewer's own, and still holds."""
        said = self.content(self.reviewer, self.session_key, self.until)
        return (
            self.reviewer == reviewer.id
            and at <= self.until <= at + SESSION_LASTS
            and signed(said, self.signature, reviewer.public_key)
        )


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """A decision with the proof of who took it, ready to be stored."""

    decision: Decision
    signature: str
    vouching: Vouching | None = None

    def check(self, reviewer: Reviewer) -> None:
        """Refuse a decision that is not provably its reviewer's.

        Raises:
            BadInput: Unknown reviewer, session over, or a signature that does not fit.
        """
        key = reviewer.public_key
        if self.vouching is not None:
            if not self.vouching.holds(reviewer, self.decision.decided_at):
                raise BadInput("the review session is over or not the reviewer's", do="sign in")
            key = self.vouching.session_key
        refuse_unproven(self.decision, self.signature, reviewer, key)


class Taken(Protocol):
    """Something a reviewer took upon them at a moment."""

    @property
    def reviewer(self) -> str:
        """Identifier of the reviewer."""

    @property
    def decided_at(self) -> datetime:
        """When, UTC."""

    def content(self) -> dict[str, Any]:
        """What they signed."""


def refuse_unproven(taken: Taken, signature: str, reviewer: Reviewer, key: str) -> None:
    """Refuse what is not provably its reviewer's.

    Args:
        taken: What was decided.
        signature: Base64 of the signature over it.
        reviewer: Who should have signed.
        key: Their public key, or that of a session they vouched for.

    Raises:
        BadInput: They were no reviewer then, or the signature does not fit.
    """
    at = taken.decided_at
    if taken.reviewer != reviewer.id or not reviewer.may_decide(at):
        raise BadInput(
            f"{taken.reviewer} was no reviewer of this observatory at {_moment(at)}",
            do="add the reviewer with `atalaya reviewer add`, or sign as one who is listed",
        )
    if not signed(taken.content(), signature, key):
        raise BadInput(
            f"the signature is not {reviewer.name}'s for this decision",
            why="a decision must be provably its reviewer's",
            do="sign the exact decision with the reviewer's own key",
        )


def sign_decision(decision: Decision, key: ReviewerKey) -> SignedDecision:
    """Sign a decision with the reviewer's own key."""
    return SignedDecision(decision, key.sign(decision.content()))


def signed(content: dict[str, Any], signature: str, public_key: str) -> bool:
    """Whether a signature over canonical JSON is that key's.

    Source: RFC 8032 (Ed25519).
    """
    key = Ed25519PublicKey.from_public_bytes(_bytes(public_key, 32))
    try:
        key.verify(_bytes(signature, 64), canonical_json(content))
    except InvalidSignature:
        return False
    return True


def _bytes(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput(f"this is not base64: {text[:12]!r}...", do="copy it whole") from error
    if len(raw) != length:
        raise BadInput(f"expected {length} bytes, got {len(raw)}", do="copy the whole line")
    return raw


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

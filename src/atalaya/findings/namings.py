"""Namings: what people decided about two names, that they are one body or that they are not.

They are kept as lines of JSON beside the lists they are about; a later one on the same pair takes
the place of an earlier one, so that each can be undone and nothing is deleted. Those of an
observatory are committed to in its log as well, so that none can be lost, altered or said again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from atalaya.findings.reviewers import Reviewer, ReviewerKey, refuse_unproven
from atalaya.model.commitments import salted_commitment
from atalaya.model.errors import BadInput, Place
from atalaya.model.identifiers import canonical_json, record_id

NAMING: Final = "naming"


@dataclass(frozen=True, slots=True)
class Naming:
    """A reviewer's decision on two names.

    Args:
        one: A name, as the list has it.
        other: Another.
        same: Whether they are one body.
        reviewer: Identifier of the reviewer, ``reviewer:slug``.
        reason: Why, in the reviewer's words; never empty.
        decided_at: When, UTC, to the second.
    """

    one: str
    other: str
    same: bool
    reviewer: str
    reason: str
    decided_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadInput(
                "no reason was given for this decision on two names",
                why="whoever reads the list must learn why names were joined or kept apart",
                do="say why with --reason",
            )
        if self.one == self.other:
            raise BadInput(
                f"{self.one!r} is one name: there is nothing to decide",
                do="give two names as the list has them",
            )

    @property
    def id(self) -> str:
        """``naming:`` and the hash of what was decided."""
        return record_id(NAMING, self.content())

    def content(self) -> dict[str, Any]:
        """What is kept, and signed."""
        return {
            "type": NAMING,
            "one": self.one,
            "other": self.other,
            "same": self.same,
            "reviewer": self.reviewer,
            "reason": self.reason,
            "decided_at": self.decided_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


@dataclass(frozen=True, slots=True)
class SignedNaming:
    """A decision on two names with the proof of who took it.

    Args:
        naming: The decision.
        signature: Base64, by the reviewer's key.
    """

    naming: Naming
    signature: str

    def line(self) -> str:
        """Give the line that keeps it."""
        said = {**self.naming.content(), "signature": self.signature}
        return json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"

    def leaf(self) -> dict[str, Any]:
        """Give what the log commits to: who and when; the names and the reason only salted.

        The salt is made of the signature, which only the reviewer can make and only the file holds.
        """
        said = {**self.naming.content(), "signature": self.signature}
        salt = hashlib.sha256(self.signature.encode()).digest()
        committed = salted_commitment(salt, canonical_json(said))
        shown = {name: said[name] for name in ("type", "reviewer", "decided_at")}
        return shown | {"content": committed}


def sign_naming(naming: Naming, key: ReviewerKey) -> SignedNaming:
    """Sign a decision with the reviewer's own key."""
    return SignedNaming(naming, key.sign(naming.content()))


def namings(
    lines: Iterable[str], name: str, reviewers: Mapping[str, Reviewer]
) -> list[SignedNaming]:
    """Read decisions, each proven to be its reviewer's.

    Args:
        lines: Lines of the file.
        name: Name of the file, for errors.
        reviewers: Reviewers of the observatory by identifier.

    Returns:
        The decisions in the order of the file.

    Raises:
        BadInput: A line is no decision, or not provably its reviewer's.
    """
    return [
        proven(line, Place(name, number), reviewers)
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def decided(taken: Iterable[SignedNaming]) -> dict[frozenset[str], bool]:
    """Give what stands: pair of names -> whether they are one body.

    Args:
        taken: Decisions in the order of their file. Of several on a pair the latest stands, of one
            second the last, so that a line that is copied or moved undoes nothing.
    """
    ordered = sorted((one.naming for one in taken), key=lambda one: one.decided_at)
    return {frozenset((one.one, one.other)): one.same for one in ordered}


def proven(line: str, where: Place, reviewers: Mapping[str, Reviewer]) -> SignedNaming:
    """Read one line.

    Raises:
        BadInput: It is no decision, or not provably its reviewer's.
    """
    taken, signature = _read(line, where)
    reviewer = reviewers.get(taken.reviewer)
    if reviewer is None:
        raise BadInput(
            f"{taken.reviewer} is no reviewer of this observatory",
            why="a decision must be provably its reviewer's",
            do="name the observatory of the reviewer with --dir",
            where=where,
        )
    try:
        refuse_unproven(taken, signature, reviewer, reviewer.public_key)
    except BadInput as error:
        raise BadInput(error.what, why=error.why, do=error.do, where=where) from error
    return SignedNaming(taken, signature)


def _read(line: str, where: Place) -> tuple[Naming, str]:
    try:
        said = json.loads(line)
        texts = [said[each] for each in ("one", "other", "reviewer", "reason", "signature")]
        moment = datetime.strptime(said["decided_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        same = said["same"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "this line is no signed decision on two names",
            do="give the file that `atalaya resolve decide` wrote",
            where=where,
        ) from error
    if not all(isinstance(text, str) for text in texts) or not isinstance(same, bool):
        raise BadInput(
            "this line is no signed decision on two names: a field is of another kind",
            do="give the file that `atalaya resolve decide` wrote",
            where=where,
        )
    one, other, reviewer, reason, signature = texts
    return Naming(one, other, same, reviewer, reason, moment), signature

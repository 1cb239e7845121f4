"""The leaf of a statement: what the log shows of it before it is opened.

A leaf tells when something was said, of data of which day, by which detector with which parameters,
and by when it must be opened. What is said stays behind a salted commitment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from json import loads
from typing import Any

from atalaya.findings.foresight.shapes import Refused, day, exactly, moment, moment_text
from atalaya.findings.foresight.statements import Statement
from atalaya.model.commitments import opens_commitment, salted_commitment
from atalaya.model.identifiers import canonical_json

STATEMENT = "sealed-statement"
_COMMITMENT = re.compile(r"hmac-sha256:[0-9a-f]{64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on.

    Args:
        as_of: Last day of the newest period in the data, or the day of reading if that is sooner.
        detector: Name of the detector; ``promises`` for a deadline.
        version: Version of the software that ran it.
        parameters: SHA-256 of its parameters, hex.
    """

    as_of: date
    detector: str
    version: str
    parameters: str


@dataclass(frozen=True, slots=True)
class Sealing:
    """What all statements committed in one go share.

    Args:
        number: The sealing's number in its log, from 1.
        sealed_at: When, UTC, by the clock of who sealed.
        data: Salted commitment to the hashes of the tables.
        release: SHA-256 of the newest release's manifest, hex, or None.
    """

    number: int
    sealed_at: datetime
    data: str
    release: str | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the log shows of one statement.

    Args:
        sealing: What it shares with the others.
        number: Its number in the sealing, from 1.
        of: How many statements the sealing has.
        basis: What the statement rests on.
        opens: Day by which it must be opened when a score is made.
        commitment: Salted commitment to the statement.
    """

    sealing: Sealing
    number: int
    of: int
    basis: Basis
    opens: date
    commitment: str

    def content(self) -> dict[str, Any]:
        """Give the leaf as JSON values."""
        return {
            "type": STATEMENT,
            "schema": 1,
            "sealing": self.sealing.number,
            "number": self.number,
            "of": self.of,
            "sealed_at": moment_text(self.sealing.sealed_at),
            "as_of": self.basis.as_of.isoformat(),
            "opens": self.opens.isoformat(),
            "data": self.sealing.data,
            "release": self.sealing.release,
            "detector": self.basis.detector,
            "version": self.basis.version,
            "parameters": self.basis.parameters,
            "commitment": self.commitment,
        }

    @property
    def entry(self) -> bytes:
        """The log entry, canonical JSON."""
        return canonical_json(self.content())

    @property
    def sealed_on(self) -> date:
        """The day of sealing, UTC."""
        return self.sealing.sealed_at.date()

    @classmethod
    def parse(cls, content: object) -> Leaf:
        """Read a leaf from its content.

        Raises:
            Refused: It is none; the message names the field.
        """
        said = exactly(content, "leaf", _SHAPE)
        if (said["type"], said["schema"]) != (STATEMENT, 1):
            raise Refused(f"leaf: type is not {STATEMENT}, schema 1")
        if not 1 <= said["number"] <= said["of"] or said["sealing"] < 1:
            raise Refused("leaf: number is not in 1..of, or sealing is below 1")
        for name, form in (
            ("data", _COMMITMENT), ("commitment", _COMMITMENT), ("parameters", _SHA256),
        ):  # fmt: skip
            if not form.fullmatch(said[name]):
                raise Refused(f"leaf: {name} has not the form it should have")
        sealing = Sealing(
            said["sealing"], moment(said["sealed_at"], "sealed_at"), said["data"], said["release"]
        )
        as_of, opens = day(said["as_of"], "as_of"), day(said["opens"], "opens")
        basis = Basis(as_of, said["detector"], said["version"], said["parameters"])
        return cls(sealing, said["number"], said["of"], basis, opens, said["commitment"])

    @classmethod
    def parse_entry(cls, entry: bytes) -> Leaf | None:
        """Read a leaf from a log entry; None where the entry is about something else.

        Raises:
            Refused: It says that it is a sealed statement, and is not one.
        """
        if f'"type":"{STATEMENT}"'.encode() not in entry:
            return None
        try:
            content = loads(entry)
        except (ValueError, RecursionError):
            return None
        if not isinstance(content, dict) or content.get("type") != STATEMENT:
            return None
        return cls.parse(content)


_SHAPE: dict[str, tuple[type, ...]] = {
    "type": (str,), "schema": (int,), "sealing": (int,), "number": (int,), "of": (int,),
    "sealed_at": (str,), "as_of": (str,), "opens": (str,), "data": (str,),
    "release": (str, type(None)), "detector": (str,), "version": (str,), "parameters": (str,),
    "commitment": (str,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a commitment: the statement and its salt, private until a score is made."""

    statement: Statement
    salt: bytes

    def opens(self, leaf: Leaf) -> bool:
        """Tell whether this is what the leaf committed to."""
        return opens_commitment(leaf.commitment, self.salt, self.statement.payload)


def committed(
    sealing: Sealing, said: Sequence[tuple[Basis, Opening]], opens_from: date
) -> tuple[Leaf, ...]:
    """Commit to statements.

    All open on one day, whatever they say, so that the day tells nothing; only what runs longer
    (a deadline years away) opens later.

    Args:
        sealing: What they share.
        said: Each with what it rests on and a fresh salt.
        opens_from: The common day.
    """
    return tuple(
        Leaf(
            sealing=sealing,
            number=number,
            of=len(said),
            basis=basis,
            opens=max(opens_from, one.statement.until),
            commitment=salted_commitment(one.salt, one.statement.payload),
        )
        for number, (basis, one) in enumerate(said, 1)
    )

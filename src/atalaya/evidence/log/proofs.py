"""Proofs that stand alone: a leaf is in a signed log, a signed log extends an earlier one; pure.

Two written forms: JSON, and for inclusion the text form of C2SP tlog-proof.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from atalaya.evidence.log.checkpoints import Checkpoint, open_checkpoint
from atalaya.evidence.log.checkpoints import parse as parse_checkpoint
from atalaya.evidence.log.keys import VerifierKey
from atalaya.evidence.log.merkle import EMPTY_ROOT, HASH_BYTES, extends, includes, leaf_hash
from atalaya.model.errors import BadInput, Place, StopEverything

_HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_MOST_HASHES = 63  # the height of the tallest tree whose size fits 63 bits


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Shows that an entry is at an index of a log of a size.

    Args:
        index: Index of the entry.
        size: Number of entries of the log that the proof is for.
        hashes: Hashes from the leaf's sibling up to the root's child, 32 bytes each.
        checkpoint: The signed checkpoint of that size, whole; empty where none is at hand.
    """

    index: int
    size: int
    hashes: tuple[bytes, ...]
    checkpoint: str = ""

    def json(self) -> str:
        """Write the proof as one line of JSON."""
        return _dump("inclusion", self, index=self.index, size=self.size)

    @classmethod
    def parse_json(cls, text: str | bytes, where: Place | None = None) -> InclusionProof:
        """Read a proof from JSON.

        Raises:
            BadInput: It is no inclusion proof in the form that ``json`` writes.
        """
        read = _load("inclusion", ("index", "size"), text, where)
        return cls(read["index"], read["size"], read["hashes"], read["checkpoint"])

    def text(self) -> str:
        """Write the proof in the text form of C2SP tlog-proof (``.tlog-proof`` files).

        Raises:
            BadInput: There is no checkpoint, which the form must hold.
        """
        if not self.checkpoint:
            raise BadInput(
                f"this proof for size {self.size} has no checkpoint, and the text form needs one",
                do="make the proof for the size of the current checkpoint",
            )
        lines = [_HEADER, f"index {self.index}", *map(_base64, self.hashes), ""]
        return "\n".join(lines) + "\n" + self.checkpoint

    @classmethod
    def parse_text(cls, text: str, where: Place | None = None) -> InclusionProof:
        """Read a proof in the text form of C2SP tlog-proof; its ``extra`` line is not kept.

        Raises:
            BadInput: It is not of that form.

        Source: C2SP tlog-proof, "Format".
        """
        head, blank, note = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines.pop(0) != _HEADER:
            raise _bad(f"it does not begin with {_HEADER} and divide proof and checkpoint", where)
        if lines and lines[0].startswith("extra "):
            _hash_or_extra(lines.pop(0).removeprefix("extra "), None, where)
        index = _INDEX.fullmatch(lines.pop(0) if lines else "")
        if index is None:
            raise _bad("it has no index line", where)
        hashes = tuple(_hash_or_extra(line, HASH_BYTES, where) for line in lines)
        return cls(int(index[1]), parse_checkpoint(note, where).size, hashes, note)


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """Shows that a log of a size begins with everything it held at an earlier size.

    Args:
        old: Number of entries of the earlier log.
        new: Number of entries of the later log.
        hashes: Hashes in the order of RFC 6962, 32 bytes each.
        checkpoint: The signed checkpoint of the later size; empty where none is at hand.
    """

    old: int
    new: int
    hashes: tuple[bytes, ...]
    checkpoint: str = ""

    def json(self) -> str:
        """Write the proof as one line of JSON."""
        return _dump("consistency", self, old=self.old, new=self.new)

    @classmethod
    def parse_json(cls, text: str | bytes, where: Place | None = None) -> ConsistencyProof:
        """Read a proof from JSON.

        Raises:
            BadInput: It is no consistency proof in the form that ``json`` writes.
        """
        read = _load("consistency", ("old", "new"), text, where)
        return cls(read["old"], read["new"], read["hashes"], read["checkpoint"])


def verify_inclusion(
    proof: InclusionProof, leaf: bytes, checkpoint_note: str, vkey: str
) -> Checkpoint:
    """Check that an entry is in a log that a key signed; needs no log, no network and no trust.

    Args:
        proof: The proof.
        leaf: The entry itself, as it was appended.
        checkpoint_note: The signed checkpoint to check against; often ``proof.checkpoint``.
        vkey: The log's verifier key, from somewhere other than the proof.

    Returns:
        The checkpoint, now known to be signed and to hold the entry.

    Raises:
        BadInput: The note or the key is malformed.
        StopEverything: The key did not sign, or the proof does not show what it should.
    """
    checkpoint = open_checkpoint(checkpoint_note, VerifierKey.parse(vkey))
    if proof.size != checkpoint.size:
        raise _negative(
            f"the proof is for {proof.size} entries, the checkpoint for {checkpoint.size}"
        )
    found = leaf_hash(leaf)
    if not includes(checkpoint.root, checkpoint.size, proof.index, found, proof.hashes):
        raise _negative(
            f"the proof does not lead from this entry at index {proof.index} to the signed root of "
            f"{checkpoint.origin} at size {checkpoint.size}"
        )
    return checkpoint


def verify_consistency(
    proof: ConsistencyProof, old_note: str, new_note: str, vkey: str, new_vkey: str | None = None
) -> tuple[Checkpoint, Checkpoint]:
    """Check that a signed log extends an earlier signed state of it.

    Args:
        proof: The proof; for an empty earlier log it has no hashes.
        old_note: The earlier signed checkpoint.
        new_note: The later signed checkpoint.
        vkey: The log's verifier key, which signed both, or the earlier one.
        new_vkey: The key that signed the later one, when the log's key was changed between them.

    Returns:
        Earlier and later checkpoint.

    Raises:
        BadInput: A note or the key is malformed.
        StopEverything: The key did not sign, or the later log does not extend the earlier one.
    """
    old = open_checkpoint(old_note, VerifierKey.parse(vkey))
    new = open_checkpoint(new_note, VerifierKey.parse(new_vkey or vkey))
    if (proof.old, proof.new) != (old.size, new.size):
        raise _negative(
            f"the proof is for sizes {proof.old} and {proof.new}, the checkpoints have "
            f"{old.size} and {new.size}"
        )
    # Every log extends the empty one, whose root is known: nothing needs proving.
    from_nothing = old.size == 0 and old.root == EMPTY_ROOT and not proof.hashes
    if not from_nothing and not extends((old.size, old.root), (new.size, new.root), proof.hashes):
        raise _negative(
            f"{new.origin} at size {new.size} does not extend what it signed at size {old.size}"
        )
    return old, new


def _negative(what: str) -> StopEverything:
    return StopEverything(
        what,
        why="either the entry or proof was changed, or the log shows different things to people",
        do="keep both notes and the proof as they are: together they are the evidence",
    )


def _dump(kind: str, proof: InclusionProof | ConsistencyProof, **numbers: int) -> str:
    said: dict[str, Any] = {"type": f"{kind}-proof", "schema": 1, **numbers}
    said["hashes"] = [_base64(each) for each in proof.hashes]
    said["checkpoint"] = proof.checkpoint
    return json.dumps(said, ensure_ascii=False) + "\n"


def _load(
    kind: str, numbers: tuple[str, ...], text: str | bytes, where: Place | None
) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad(f"it is not JSON: {error}", where) from error
    names = {"type", "schema", "hashes", "checkpoint", *numbers}
    if not isinstance(read, dict) or set(read) != names:
        raise _bad(f"it is not an object with exactly {', '.join(sorted(names))}", where)
    if (read["type"], read["schema"]) != (f"{kind}-proof", 1):
        raise _bad(f"it is not of type {kind}-proof, schema 1", where)
    if any(type(read[name]) is not int or read[name] < 0 for name in numbers):
        raise _bad(f"{' and '.join(numbers)} must be whole numbers from 0", where)
    if not isinstance(read["hashes"], list) or not isinstance(read["checkpoint"], str):
        raise _bad("hashes must be a list and checkpoint a text", where)
    read["hashes"] = tuple(_hash_or_extra(each, HASH_BYTES, where) for each in read["hashes"])
    if len(read["hashes"]) > 2 * _MOST_HASHES:
        raise _bad(f"it has {len(read['hashes'])} hashes, more than any tree needs", where)
    return read


def _hash_or_extra(encoded: object, length: int | None, where: Place | None) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True) if isinstance(encoded, str) else None
    except (binascii.Error, ValueError) as error:
        raise _bad(f"{str(encoded)[:60]!r} is not base64", where) from error
    if raw is None or (length is not None and len(raw) != length):
        raise _bad(f"{str(encoded)[:60]!r} is not the base64 of a hash of 32 bytes", where)
    return raw


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bad(reason: str, where: Place | None) -> BadInput:
    return BadInput(
        f"this is not a proof: {reason}", do="copy or download the whole proof again", where=where
    )

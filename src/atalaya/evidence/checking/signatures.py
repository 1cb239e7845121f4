"""Reading keys, signed notes, checkpoints and key rotations, from their specifications; pure.

Source: C2SP signed-note and tlog-checkpoint; the rotation statement is in ``docs/log.md``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_KEY = re.compile(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
_SIGNATURE = re.compile(r"— ([^+\s]+) ([A-Za-z0-9+/]+={0,2})")
_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*")
_ROTATION = re.compile(r"atalaya key rotation v1\n([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n([^\n]+)\n")
_ED25519 = 1


class WrongError(Exception):
    """Something read does not say what it must; the message is one sentence for the report."""


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key: name, 4 bytes of identifier, 32 bytes of Ed25519."""

    name: str
    id: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint that was signed: origin, number of entries, root of 32 bytes."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A change of key that both keys signed, and the log entry that must say so."""

    index: int
    old: str
    new: str
    entry: bytes


def read_key(text: str) -> Key:
    """Read a verifier key, refusing one whose identifier does not fit."""
    found = _KEY.fullmatch(text.removesuffix("\n"))
    material = _decoded(found[3]) if found else b""
    if not found or len(material) != 1 + 32 or material[0] != _ED25519:
        raise WrongError("this is not an Ed25519 verifier key in note form")
    key_id = hashlib.sha256(found[1].encode() + b"\n" + material).digest()[:4]
    if key_id.hex() != found[2]:
        raise WrongError(f"the key's identifier is {found[2]}, its content says {key_id.hex()}")
    return Key(found[1], key_id, material[1:])


def signed_text(note: bytes, key: Key) -> str:
    """Give the text of a note that a key signed, refusing every other note."""
    try:
        whole = note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongError(f"the note is not UTF-8 at byte {error.start}") from error
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        raise WrongError("this is not a signed note")
    found = 0
    for line in lines.removesuffix("\n").split("\n"):
        parts = _SIGNATURE.fullmatch(line)
        if parts is None:
            raise WrongError(f"{line[:40]!r} is not a signature line")
        raw = _decoded(parts[2])
        if (parts[1], raw[:4]) == (key.name, key.id):
            _verify(key, f"{text}\n".encode(), raw[4:])
            found += 1
    if not found:
        raise WrongError(f"no signature by the key {key.name}+{key.id.hex()} is under it")
    return text + "\n"


def read_checkpoint(note: bytes, key: Key) -> Signed:
    """Read a checkpoint that a key signed for the log it is named after."""
    found = _CHECKPOINT.fullmatch(signed_text(note, key))
    if found is None:
        raise WrongError("the signed text is not origin, size and root")
    if found[1] != key.name:
        raise WrongError(f"it is signed for the log {found[1]!r} by the key of {key.name!r}")
    return Signed(found[1], int(found[2]), _decoded(found[3]))


def read_change(line: bytes) -> Change:
    """Read a rotation's log entry, checking that both its keys signed."""
    try:
        said = json.loads(line)
        statement = said["statement"].encode()
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise WrongError("this line is not the log entry of a key rotation") from error
    text = statement.decode().rpartition("\n\n")[0] + "\n"
    found = _ROTATION.fullmatch(text)
    if found is None:
        raise WrongError("the statement is not that of a key rotation")
    for vkey in (found[3], found[4]):
        key = read_key(vkey)
        if key.name != found[1]:
            raise WrongError(f"the rotation of {found[1]!r} names a key of {key.name!r}")
        signed_text(statement, key)
    return Change(int(found[2]), found[3], found[4], line)


def _verify(key: Key, message: bytes, signature: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise WrongError(f"the signature of {key.name} does not fit the text") from error


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise WrongError(f"{encoded[:40]!r} is not base64") from error

"""Signed notes: text with signature lines under it; pure.

Source: C2SP signed-note.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from atalaya.evidence.log.keys import SigningKey, VerifierKey, check_key_name
from atalaya.model.errors import BadInput, Place, StopEverything

_DASH = "— "
_LONGEST = 1_000_000  # bytes; as Go's reader, far above the 16 signatures that must be accepted
_MOST_SIGNATURES = 100  # as Go's reader
_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line.

    Args:
        name: Name of the key.
        id: Short identifier of the key, 4 bytes.
        signature: What the key made of the text; 64 bytes for Ed25519.
    """

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it, none of them checked yet.

    Args:
        text: The text, its last line end included.
        signatures: At least one.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(str(signature) for signature in self.signatures)

    def signed_by(self, key: VerifierKey) -> bool:
        """Tell whether a key signed this text; a wrong signature under its name is an error.

        Raises:
            StopEverything: There is a signature line of this key, and it does not fit the text.
        """
        lines = [each for each in self.signatures if (each.name, each.id) == (key.name, key.id)]
        if any(not key.verifies(self.text.encode(), line.signature) for line in lines):
            raise StopEverything(
                f"the signature of {key.name} does not fit the text that it stands under",
                why="the text or the signature was changed after signing",
                do="do not use it; compare it with a copy kept elsewhere, then restore that copy",
            )
        return bool(lines)


def sign(text: str, *keys: SigningKey) -> Note:
    """Sign a text.

    Args:
        text: Lines, each with its line end, without other control characters.
        keys: Who signs, in the order of the lines.

    Returns:
        The note.

    Raises:
        BadInput: The text has not the form of a note's text.
    """
    _check_text(text, None)
    message = text.encode()
    return Note(text, tuple(Signature(k.name, k.verifier.id, k.sign(message)) for k in keys))


def parse(note: bytes | str, where: Place | None = None) -> Note:
    r"""Read a signed note, checking its form and no signature.

    Args:
        note: The whole note.
        where: The file it came from, for the error.

    Returns:
        Text and signatures.

    Raises:
        BadInput: It has not the form of a signed note.

    Source: C2SP signed-note, "Format".

    >>> parse("text\n\n— example.com/foo AAAAAGFi\n").signatures[0].name
    'example.com/foo'
    """
    raw = note.encode() if isinstance(note, str) else note
    if len(raw) > _LONGEST:
        raise _bad(f"it has {len(raw)} bytes, more than {_LONGEST}", where)
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad(f"it is not UTF-8 at byte {error.start}", where) from error
    head, blank, tail = whole.rpartition("\n\n")
    text = head + "\n"
    if not blank or not tail.endswith("\n"):
        raise _bad("no blank line divides text and signatures, or the last line has no end", where)
    _check_text(text, where)
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise _bad(f"it has {len(lines)} signatures, more than {_MOST_SIGNATURES}", where)
    return Note(text, tuple(_signature(line, where) for line in lines))


def open_note(note: bytes | str, key: VerifierKey, where: Place | None = None) -> Note:
    """Read a signed note that a key must have signed.

    Raises:
        BadInput: It has not the form of a signed note.
        StopEverything: The key did not sign it, or its signature does not fit.
    """
    opened = parse(note, where)
    if not opened.signed_by(key):
        raise StopEverything(
            f"no signature by the key {key} is under this note",
            why="without that signature nobody stands for what it says",
            do="check that this is the log you mean and that its key was not rotated or replaced",
            where=where,
        )
    return opened


def _signature(line: str, where: Place | None) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise _bad(f"{line[:40]!r} is no signature line", where)
    check_key_name(name)
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad(f"the signature of {name} is not base64", where) from error
    if len(raw) <= _ID_BYTES:
        raise _bad(f"the signature of {name} has only {len(raw)} bytes", where)
    return Signature(name, raw[:_ID_BYTES], raw[_ID_BYTES:])


def _check_text(text: str, where: Place | None) -> None:
    if not text.endswith("\n"):
        raise _bad("its text does not end with a line end", where)
    if any(ord(letter) < ord(" ") and letter != "\n" for letter in text):
        raise _bad("it holds a control character", where)


def _bad(reason: str, where: Place | None) -> BadInput:
    return BadInput(
        f"this is not a signed note: {reason}",
        why="a note that is not exactly of the form cannot be checked",
        do="fetch or restore the file again",
        where=where,
    )

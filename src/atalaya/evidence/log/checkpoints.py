"""Checkpoints: what the log signs - its origin, how many entries, and the root over them; pure.

Source: C2SP tlog-checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from atalaya.evidence.log import notes
from atalaya.evidence.log.keys import SigningKey, VerifierKey
from atalaya.evidence.log.merkle import HASH_BYTES
from atalaya.model.errors import BadInput, Place, StopEverything

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES = 3  # origin, size, root; then extension lines


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log that somebody signed.

    Args:
        origin: The log's name.
        size: Number of entries.
        root: Root of the Merkle tree over them, 32 bytes.
        note: The signed note it was read from, whole; empty when it is not signed yet.
    """

    origin: str
    size: int
    root: bytes
    note: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, *keys: SigningKey) -> Checkpoint:
        """Give this checkpoint with a note signed by keys."""
        note = str(notes.sign(self.text, *keys))
        return Checkpoint(self.origin, self.size, self.root, note)


def parse(note: bytes | str, where: Place | None = None) -> Checkpoint:
    """Read a checkpoint without checking any signature.

    Args:
        note: The signed note.
        where: The file it came from, for the error.

    Raises:
        BadInput: It is not a signed note, or its text is not a checkpoint's.

    Source: C2SP tlog-checkpoint, "Note text".
    """
    opened = notes.parse(note, where)
    lines = opened.text.removesuffix("\n").split("\n")
    if len(lines) < _LINES or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise _bad("its lines are not origin, size and root", where)
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad("its root is not base64", where) from error
    if len(root) != HASH_BYTES:
        raise _bad(f"its root has {len(root)} bytes, not {HASH_BYTES}", where)
    return Checkpoint(lines[0], int(lines[1]), root, str(opened))


def open_checkpoint(note: bytes | str, key: VerifierKey, where: Place | None = None) -> Checkpoint:
    """Read a checkpoint that a key must have signed, of the log that the key is named after.

    Raises:
        BadInput: It is not a checkpoint.
        StopEverything: The key did not sign it, or it is another log's.
    """
    notes.open_note(note, key, where)
    checkpoint = parse(note, where)
    if checkpoint.origin != key.name:
        raise StopEverything(
            f"this checkpoint is of the log {checkpoint.origin!r}, the key is of {key.name!r}",
            why="a key that signs for several logs would let one be shown for the other",
            do="use the key of the log you mean",
            where=where,
        )
    return checkpoint


def _bad(reason: str, where: Place | None) -> BadInput:
    return BadInput(
        f"this is not a checkpoint: {reason}", do="fetch or restore the file again", where=where
    )

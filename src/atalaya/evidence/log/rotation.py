"""Changing the log's key, and carrying on after losing it; pure but for the reader handed in.

A rotation is a statement signed by the old and by the new key. It stands in the log as an entry,
and in the file ``vkeys``, so that whoever trusts any earlier key can walk to the current one.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from atalaya.evidence.log import notes, paths
from atalaya.evidence.log.checkpoints import Checkpoint
from atalaya.evidence.log.checkpoints import parse as parse_checkpoint
from atalaya.evidence.log.keys import SigningKey, VerifierKey
from atalaya.model.errors import BadInput, Place, StopEverything
from atalaya.model.identifiers import canonical_json

ROTATION = "key-rotation"
CONTINUATION = "log-continuation"
_HEADER = "atalaya key rotation v1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Rotation:
    """One change of key: from this index on the new key signs the log.

    Args:
        index: Index of the entry that says so; the first checkpoint by the new key has this size
            and one more.
        old: The key that signed until then.
        new: The key that signs from then on.
        statement: The note that both keys signed.
    """

    index: int
    old: VerifierKey
    new: VerifierKey
    statement: str

    @property
    def entry(self) -> bytes:
        """The log entry, one line of canonical JSON."""
        return canonical_json({"type": ROTATION, "statement": self.statement})

    @classmethod
    def make(cls, index: int, old: SigningKey, new: SigningKey) -> Rotation:
        """State a change of key, signed by both keys.

        Raises:
            BadInput: The keys are of different logs, or the same.
        """
        if old.name != new.name or old.vkey == new.vkey:
            raise BadInput(
                f"the key of {old.name} can only be changed to another key of the same name",
                do=f"make the new key with the name {old.name}",
            )
        text = f"{_HEADER}\n{old.name}\n{index}\n{old.vkey}\n{new.vkey}\n"
        return cls(index, old.verifier, new.verifier, str(notes.sign(text, old, new)))

    @classmethod
    def parse(cls, entry: bytes, where: Place | None = None) -> Rotation:
        """Read a rotation from its log entry, checking both signatures.

        Raises:
            BadInput: The entry is no rotation.
            StopEverything: One of the two keys did not sign it.
        """
        said = _object(entry, ROTATION, ("statement",), where)
        note = notes.parse(said["statement"], where)
        lines = note.text.split("\n")
        try:
            header, name, index, old_text, new_text, end = lines
        except ValueError as error:
            raise _bad(f"the statement has {len(lines) - 1} lines, not 5", where) from error
        old, new = VerifierKey.parse(old_text, where), VerifierKey.parse(new_text, where)
        if (header, end) != (_HEADER, "") or not _NUMBER.fullmatch(index):
            raise _bad("the statement's lines are not those of a key rotation", where)
        if not name == old.name == new.name:
            raise _bad(f"its keys are not both of {name!r}", where)
        for key in (old, new):
            notes.open_note(said["statement"], key, where)
        return cls(int(index), old, new, said["statement"])


@dataclass(frozen=True, slots=True)
class History:
    """The keys of a log, from its first on.

    Args:
        first: The key that the log was created with.
        rotations: Its changes, oldest first.
    """

    first: VerifierKey
    rotations: tuple[Rotation, ...] = ()

    @property
    def file(self) -> bytes:
        """The content of ``vkeys``: the first key, then each rotation's log entry, a line each."""
        lines = [str(self.first).encode(), *(each.entry for each in self.rotations)]
        return b"\n".join(lines) + b"\n"

    @classmethod
    def parse(cls, content: bytes) -> History:
        """Read the content of ``vkeys``.

        Raises:
            BadInput: A line is malformed, or a rotation does not follow from the key before it.
            StopEverything: A rotation is not signed by both its keys.
        """
        head, *lines = content.removesuffix(b"\n").split(b"\n")
        first = VerifierKey.parse(head.decode(errors="replace"), Place(paths.VKEYS, 1))
        rotations: list[Rotation] = []
        key, earliest = first, 0
        for number, line in enumerate(lines, 2):
            place = Place(paths.VKEYS, number)
            rotation = Rotation.parse(line, place)
            if rotation.old != key or rotation.index < earliest:
                raise _bad("it does not follow from the key and place before it", place)
            rotations.append(rotation)
            key, earliest = rotation.new, rotation.index + 1
        return cls(first, tuple(rotations))

    def up_to(self, size: int) -> History:
        """Leave out rotations that were announced, but not logged when the log had a size."""
        return History(self.first, tuple(each for each in self.rotations if each.index < size))

    def key_at(self, size: int, trusted: VerifierKey | None = None) -> VerifierKey:
        """Give the key that signs a checkpoint of a size.

        Args:
            size: Number of entries.
            trusted: A key of the log to start from; None for the first.

        Returns:
            The trusted key, or the one it was changed to by then.
        """
        key = trusted or self.first
        for rotation in self.up_to(size).rotations:
            key = rotation.new if rotation.old == key else key
        return key


def current_key(read: Callable[[str], bytes], trusted: VerifierKey, size: int) -> VerifierKey:
    """Walk from a key one trusts to the key that signs a log of a size.

    Args:
        read: Gives the bytes of a relative path of the log.
        trusted: The key to start from.
        size: Number of entries of the checkpoint in question.

    Returns:
        The key; the trusted one itself when the log has no ``vkeys`` file.
    """
    try:
        content = read(paths.VKEYS)
    except FileNotFoundError:
        return trusted
    return History.parse(content).key_at(size, trusted)


@dataclass(frozen=True, slots=True)
class Continuation:
    """The first entry of a log that carries on for one whose key is lost.

    Args:
        ended: The last checkpoint of the log that ended.
        vkey: The key that had signed it.
        because: Why, in words, and who decided.
    """

    ended: Checkpoint
    vkey: str
    because: str

    @property
    def entry(self) -> bytes:
        """The log entry, canonical JSON."""
        return canonical_json(
            {
                "type": CONTINUATION,
                "origin": self.ended.origin,
                "size": self.ended.size,
                "root": base64.b64encode(self.ended.root).decode(),
                "checkpoint": self.ended.note,
                "vkey": self.vkey,
                "because": self.because,
            }
        )

    @classmethod
    def parse(cls, entry: bytes, where: Place | None = None) -> Continuation:
        """Read a continuation from a log entry, checking that its parts agree.

        Raises:
            BadInput: The entry is no continuation.
            StopEverything: The old log's key did not sign the checkpoint that it names.
        """
        names = ("origin", "size", "root", "checkpoint", "vkey", "because")
        said = _object(entry, CONTINUATION, names, where)
        key = VerifierKey.parse(str(said["vkey"]), where)
        notes.open_note(str(said["checkpoint"]), key, where)
        found = cls(parse_checkpoint(str(said["checkpoint"]), where), str(key), said["because"])
        if found.entry != entry:
            raise _bad("its origin, size or root differ from the checkpoint it holds", where)
        return found

    def check(self, read: Callable[[str], bytes]) -> None:
        """Check that the log that ended still is what this entry committed to.

        Args:
            read: Gives the bytes of a relative path of the log that ended.

        Raises:
            StopEverything: Its checkpoint is another one.
        """
        if read(paths.CHECKPOINT) != self.ended.note.encode():
            raise StopEverything(
                f"the log {self.ended.origin} does not end with the checkpoint of "
                f"{self.ended.size} entries that its continuation committed to",
                why="somebody who has the old key may have gone on signing with it",
                do="believe the old log only up to the size that the continuation names",
                where=Place(paths.CHECKPOINT),
            )


def _object(entry: bytes, kind: str, names: tuple[str, ...], where: Place | None) -> dict[str, Any]:
    try:
        said = json.loads(entry)
    except (ValueError, RecursionError) as error:
        raise _bad(f"it is not JSON: {error}", where) from error
    if not isinstance(said, dict) or set(said) != {"type", *names} or said["type"] != kind:
        raise _bad(f"it is not an object of type {kind} with {', '.join(names)}", where)
    if not all(isinstance(said[name], str) for name in names if name != "size"):
        raise _bad("its parts must be text", where)
    return said


def _bad(reason: str, where: Place | None) -> BadInput:
    return BadInput(
        f"this entry about the log's keys cannot be used: {reason}",
        why="a key that does not follow from the one before it cannot be believed",
        do="restore the file from a backup or from a copy of the log",
        where=where,
    )

"""One error tree with three branches: try later, look at this, stop everything.

Each error says what happened (with the values), why it matters, what to do, and where.
"""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.sentences import sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: a file or address, and the line and column in it when known.

    Args:
        name: Path of the file, or address of the source.
        line: Line, counted from 1, the heading line included.
        column: Name of the column, or its number counted from 1.
    """

    name: str
    line: int | None = None
    column: str | int | None = None

    def __str__(self) -> str:
        parts = [self.name]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class AtalayaError(Exception):
    """The root of everything Atalaya raises on purpose.

    Args:
        what: What happened, with the values that made it happen.
        why: Why it matters.
        do: What the reader can do about it.
        where: The file, line and column, or the address.
    """

    exit_code = 4

    def __init__(self, what: str, *, why: str = "", do: str = "", where: Place | None = None):
        super().__init__(what)
        self.what, self.why, self.do, self.where = what, why, do, where

    def __str__(self) -> str:
        lines = [self.what if self.where is None else f"{self.where}: {self.what}"]
        if self.why:
            lines.append(f"Why it matters: {self.why}")
        if self.do:
            lines.append(f"What to do: {self.do}")
        return "\n".join(lines)


class TryLater(AtalayaError):
    """It may work another time: a slow server, a lock held by another run, a full disk."""

    exit_code = 3


class LookAtThis(AtalayaError):
    """It will fail again until somebody reads the message and changes something."""

    exit_code = 4


class WrongUse(LookAtThis):
    """The command or function was asked for something that does not exist.

    Args:
        what: What was asked for.
        near: The nearest thing that does exist, offered as "did you mean".
        do: What to do when there is no near one.
    """

    exit_code = 2

    def __init__(self, what: str, *, near: str | None = None, do: str = ""):
        if near and do:
            do = sentence("Did you mean {near!r}? {do}", near=near, do=do)
        elif near:
            do = sentence("Did you mean {near!r}?", near=near)
        super().__init__(what, do=do)
        self.near = near


class BadInput(LookAtThis):
    """A file or value somebody gave cannot be used as it is; nothing has been written."""


class StopEverything(AtalayaError):
    """Proof is at stake: evidence, log or release do not agree with what was signed."""

    exit_code = 5

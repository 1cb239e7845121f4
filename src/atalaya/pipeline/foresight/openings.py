"""What opens sealed statements, kept in ``sealed/`` for its owner only.

A sealing is one file. It is written, whole and durable, before its commitments are logged; where in
the log they came to lie is added afterwards, or found again in the log when that was cut short.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from atalaya.evidence.durable import write_file
from atalaya.evidence.log.locking import locked
from atalaya.findings.foresight.leaves import Leaf, Opening
from atalaya.findings.foresight.shapes import Refused, hex_bytes
from atalaya.findings.foresight.statements import Statement
from atalaya.findings.foresight.tokens import Sighting
from atalaya.model.errors import LookAtThis, Place, TryLater
from atalaya.model.settings import Folder

_SCHEMA = 1
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_WAIT = 10.0  # seconds for another `seal` on the same folder to end


@dataclass(frozen=True, slots=True)
class Kept:
    """One sealing as it is kept.

    Args:
        leaves: Its leaves in order, at least one.
        openings: What opens each.
        data: Names and hashes of the tables it rests on, and their salt in hex; never published.
        first: Index of its first leaf in the log, or None until it is known to be logged.
        checkpoint: Signed checkpoint that holds it, empty until then.
    """

    leaves: tuple[Leaf, ...]
    openings: tuple[Opening, ...]
    data: dict[str, Any]
    first: int | None = None
    checkpoint: str = ""

    @property
    def number(self) -> int:
        """The sealing's number."""
        return self.leaves[0].sealing.number

    def logged(self, first: int, checkpoint: str) -> Kept:
        """Say where in the log it lies."""
        return replace(self, first=first, checkpoint=checkpoint)

    def content(self) -> dict[str, Any]:
        """Give it as JSON values."""
        return {
            "schema": _SCHEMA,
            "first": self.first,
            "checkpoint": self.checkpoint,
            "data": self.data,
            "statements": [
                {
                    "leaf": leaf.content(),
                    "statement": opening.statement.content(),
                    "salt": opening.salt.hex(),
                }
                for leaf, opening in zip(self.leaves, self.openings, strict=True)
            ],
        }

    @classmethod
    def parse(cls, content: Any) -> Kept:
        """Read a sealing back.

        Raises:
            Refused, KeyError, TypeError: It is not what was written.
        """
        leaves = tuple(Leaf.parse(each["leaf"]) for each in content["statements"])
        openings = tuple(
            Opening(Statement.parse(each["statement"]), hex_bytes(each["salt"], "salt"))
            for each in content["statements"]
        )
        for leaf, opening in zip(leaves, openings, strict=True):
            if not opening.opens(leaf):
                raise Refused(f"statement {leaf.number} is not what its commitment was made from")
        return cls(leaves, openings, content["data"], content["first"], content["checkpoint"])


class Openings:
    """The openings of a folder.

    Args:
        folder: An observatory or a folder of sheets.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Folder) -> None:
        self._folder = folder.sealed

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, so that two sealings do not take one number."""
        try:
            self._folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        except OSError as error:
            raise TryLater(
                f"the folder cannot be made: {error.strerror or error}",
                do="give permission to write in it",
                where=Place(str(self._folder)),
            ) from error
        with locked(self._folder / ".lock", _WAIT):
            yield

    def all(self) -> tuple[Kept, ...]:
        """Give every sealing, oldest first.

        Raises:
            LookAtThis: A file was changed or cut.
        """
        return tuple(_read(path) for path in sorted(self._folder.glob("[0-9]*.json")))

    def keep(self, kept: Kept) -> None:
        """Keep a sealing durably; the file before it is there until the new one is whole."""
        self.write(f"{kept.number:06d}.json", kept.content())

    def drop(self, kept: Kept) -> None:
        """Forget a sealing of which nothing was ever logged."""
        (self._folder / f"{kept.number:06d}.json").unlink()

    def write(self, name: str, content: Any) -> None:
        """Write a private file durably."""
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        write_file(self._folder / name, text.encode(), _PRIVATE)

    def sightings(self) -> dict[str, Sequence[str]]:
        """Token -> substance, place and month, of every file of tokens made here.

        Raises:
            LookAtThis: A file was changed or cut.
        """
        found: dict[str, Sequence[str]] = {}
        for path in sorted(self._folder.glob("tokens-*.json")):
            found |= _named(path)
        return found


def _named(path: Path) -> dict[str, Sequence[str]]:
    try:
        content = json.loads(path.read_bytes())
        return {token: Sighting(*said) for token, said in content.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise LookAtThis(
            f"what these tokens stand for cannot be read: {error}",
            why="what both saw could be listed and not named",
            do="put the file back from a backup, or compare without --openings",
            where=Place(str(path)),
        ) from error


def _read(path: Path) -> Kept:
    try:
        content = json.loads(path.read_bytes())
        if content["schema"] > _SCHEMA:
            raise LookAtThis(
                f"these openings were written by a newer version (schema {content['schema']})",
                do="use the newer version",
                where=Place(str(path)),
            )
        return Kept.parse(content)
    except (OSError, ValueError, KeyError, TypeError, IndexError, Refused) as error:
        raise LookAtThis(
            f"these openings cannot be used: {error}",
            why="what they open stands in the log, and a score must open it",
            do="put the file back from a backup",
            where=Place(str(path)),
        ) from error

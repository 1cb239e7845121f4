"""``atalaya resolve``: a list of names in, the body of each out, nothing half-written."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya.evidence.durable import refuse_over, write_file
from atalaya.model.errors import BadInput, Place
from atalaya.reading.missing import bytes_of
from atalaya.reading.organisations.resolving import Named, resolve
from atalaya.reading.western import likely
from atalaya.registers import organisations

COLUMNS = ("name", "entity", "canonical", "confidence", "because")
_LARGEST = 100_000_000  # bytes: a million names are less


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolving a list came to.

    Args:
        output: The file written.
        names: Lines that name somebody.
        bodies: Bodies they stand for.
        joined: Names that are of a body with another name of the list.
    """

    output: Path
    names: int
    bodies: int
    joined: int

    def row(self) -> dict[str, Any]:
        """Give it as one row."""
        return {
            "output": str(self.output),
            "names": self.names,
            "bodies": self.bodies,
            "joined": self.joined,
        }


def resolve_file(
    path: Path,
    output: Path,
    *,
    groups: bool = False,
    decided: dict[frozenset[str], bool] | None = None,
) -> Resolved:
    """Resolve the names of a file, one a line.

    Args:
        path: The names, UTF-8.
        output: Where ``name,entity,canonical,confidence,because`` is written, a row a line.
        groups: Whether blank lines part lists that were printed each by itself.
        decided: What people decided on pairs of names.

    Raises:
        WrongUse: There is no such file, or it would be written over.
        BadInput: It is empty, too large, binary or not UTF-8.
    """
    lines = _lines(path)
    refuse_over(path, output)
    told = resolve(lines, organisations.load(), _groups(lines) if groups else None, decided)
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(one) for one in told)
    write_file(output, sink.getvalue().encode())
    return _count(output, told)


def _row(one: Named) -> tuple[str, ...]:
    sure = "" if one.confidence is None else f"{one.confidence:g}"
    return (one.name, one.entity, one.canonical, sure, str(one.because))


def _count(output: Path, told: list[Named]) -> Resolved:
    held: dict[str, set[str]] = {}
    for one in told:
        if one.entity:
            held.setdefault(one.entity, set()).add(one.name)
    joined = sum(len(names) for names in held.values() if len(names) > 1)
    return Resolved(output, sum(bool(one.entity) for one in told), len(held), joined)


def _lines(path: Path) -> list[str]:
    payload = bytes_of(path, "name a text file with one name a line")
    where = Place(str(path))
    if len(payload) > _LARGEST:
        raise BadInput(
            f"the file is larger than {_LARGEST:,} bytes", do="give it in parts", where=where
        )
    if not payload.removeprefix(b"\xef\xbb\xbf").strip():
        raise BadInput("the file is empty: it names nobody", do="give one name a line", where=where)
    if b"\0" in payload:
        line = payload.count(b"\n", 0, payload.index(b"\0")) + 1
        raise BadInput(
            "the file holds a NUL byte, so it is damaged or no text",
            do="save it again as text in UTF-8",
            where=Place(str(path), line),
        )
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        guess = likely(payload, error.start)
        looks = f"; it looks like {guess}" if guess else ""
        raise BadInput(
            f"byte {error.start} is not UTF-8{looks}",
            why="names read in the wrong encoding become other names",
            do="save the file as UTF-8",
            where=Place(str(path), payload.count(b"\n", 0, error.start) + 1),
        ) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if not lines[-1] else lines


def _groups(lines: list[str]) -> list[int]:
    """Number the lists that blank lines part."""
    found, number = [], 0
    for line in lines:
        number += not line.strip()
        found.append(number)
    return found

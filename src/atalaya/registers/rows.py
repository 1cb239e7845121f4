"""Reads the CSV files of a register, each row with its place, and refuses what is broken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NoReturn

from atalaya.model.errors import BadInput, Place

_WHY = "a register with a broken row would give wrong names to right numbers"
_SHOWN = 60  # characters of a bad value that an error repeats


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register file, with the place it came from."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def needed(self, column: str) -> str:
        """Give a cell that must not be empty."""
        return self.cells[column] or self.refuse(column, "is empty", "fill it in")

    def one_of(self, column: str, allowed: frozenset[str]) -> str:
        """Give a cell that must hold one of some words."""
        if self.cells[column] not in allowed:
            self.refuse(column, "is not a known word", f"use one of {', '.join(sorted(allowed))}")
        return self.cells[column]

    def year(self, column: str) -> int | None:
        """Give a cell as a year, None when it is empty."""
        value = self.cells[column]
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) == 4):  # noqa: PLR2004
            self.refuse(column, "is not a year", "write four digits, or nothing when not known")
        return int(value)

    def refuse(self, column: str, what: str, do: str) -> NoReturn:
        """Raise the error that names this row, the column and the remedy."""
        value = self.cells[column][:_SHOWN]
        raise BadInput(
            f"{value!r} {what}", why=_WHY, do=do, where=Place(self.file, self.line, column)
        )


def shipped() -> Traversable:
    """Give the folder of register files that ships with the package."""
    return files("atalaya.registers") / "data"


def rows(folder: Traversable | Path, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """Read a register file.

    Args:
        folder: Where the file lies.
        name: Name of the file.
        columns: The headings it must have, in this order.

    Yields:
        One ``Row`` a line, blank cells as empty text, surrounding spaces dropped.

    Raises:
        BadInput: The file is missing, is not UTF-8, has other headings, or a row has another
            number of cells.
    """
    file = folder / name
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise BadInput(
            f"there is no register file {name}", why=_WHY, do="reinstall", where=Place(name)
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        where = Place(name, line)
        raise BadInput("not UTF-8", why=_WHY, do="save it as UTF-8", where=where) from error
    if "\0" in text:
        where = Place(name, text[: text.index("\0")].count("\n") + 1)
        raise BadInput("holds a NUL character", why=_WHY, do="delete it", where=where)
    yield from _parsed(text, name, columns)


def _parsed(text: str, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = tuple(cell.strip() for cell in next(reader, []))
        if heading != columns:
            raise BadInput(
                f"the headings are {', '.join(heading) or 'missing'}",
                why=_WHY,
                do=f"make the first line {','.join(columns)}",
                where=Place(name, 1),
            )
        for cells in reader:
            if len(cells) != len(columns):
                raise BadInput(
                    f"{len(cells)} cells where there are {len(columns)} headings",
                    why=_WHY,
                    do="put a value that holds a comma between double quotes",
                    where=Place(name, reader.line_num),
                )
            yield Row(name, reader.line_num, dict(zip(columns, map(str.strip, cells), strict=True)))
    except csv.Error as error:
        where = Place(name, reader.line_num)
        raise BadInput(f"not CSV: {error}", why=_WHY, do="close the quotes", where=where) from error

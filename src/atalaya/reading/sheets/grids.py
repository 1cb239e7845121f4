"""The sheets of a file as rows of text cells, with the line of each row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.reading.rows import Cells
from atalaya.reading.sheets.remarks import Remark

_BLANKS = re.compile(r"[^\S\r\n]+")


def tidy(text: str) -> str:
    """Give a cell without blanks around it and with one where several stand.

    Patterns that look for a name between blanks take the cube of their number.

    >>> tidy("  cocaine   45 % ")
    'cocaine 45 %'
    """
    return _BLANKS.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet that hold anything.

    Args:
        name: Name of the sheet, empty for CSV.
        place: File, and sheet where there are sheets; for messages.
        rows: Cells as text, tidy.
        lines: Line or row number of each row, counted from 1.
        merged: Areas of merged cells.
        uncomputed: (row, column) of formulas whose result the file does not hold, from 1.
    """

    name: str
    place: str
    rows: tuple[Cells, ...]
    lines: tuple[int, ...]
    merged: tuple[Area, ...] = ()
    uncomputed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheets of a file that hold anything, in its order, and what was noticed."""

    grids: tuple[Grid, ...]
    remarks: tuple[Remark, ...]

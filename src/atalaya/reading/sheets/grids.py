"""Opens the sheets of a workbook or CSV file as rows of text cells, with the line of each row."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.errors import BadInput, Place
from atalaya.reading.rows import DELIMITERS, Cells, Rows, each_row, find_rows, heading
from atalaya.reading.sheets.encodings import decode
from atalaya.reading.sheets.kinds import kind_of_file
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.text import Passages

_SNIFFED = 40  # rows whose widths decide the delimiter


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
        rows: Cells as text, without surrounding space.
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


def open_file(payload: bytes, name: str) -> Opened:
    """Open a workbook or CSV file.

    Args:
        payload: Its bytes.
        name: Its name, for messages; what it is is told from the bytes.

    Raises:
        BadInput: It is neither, or holds no cell.
    """
    if kind_of_file(payload, name) == "workbook":
        from atalaya.reading.sheets.books import open_workbook

        opened = open_workbook(payload, name)
    else:
        opened = _open_text(payload, name)
    if not opened.grids:
        raise BadInput(
            "no visible sheet of this file holds a cell",
            do="check that the right file was saved; hidden sheets are not read",
            where=Place(name),
        )
    return opened


def _open_text(payload: bytes, name: str) -> Opened:
    decoded = decode(payload, name)
    passages = Passages(decoded.text.encode("utf-8", "replace"), "utf-8", name)
    rows = find_rows(passages)
    if not len(rows):
        raise BadInput("the file holds no row", do="check that it was saved", where=Place(name))
    delimiter, rows = _delimiter(passages, rows)
    cells = [
        [cell.strip() for cell in row]
        for batch in each_row(passages, rows, delimiter)
        for row in batch
    ]
    kept = [number for number, row in enumerate(cells) if any(row)]
    remarks = []
    if decoded.guessed:
        values = {"encoding": decoded.encoding}
        remarks.append(Remark("encoding", line=decoded.example, values=values))
    lines = rows.lines.tolist()
    grid = Grid("", name, tuple(cells[n] for n in kept), tuple(lines[n] for n in kept))
    return Opened((grid,) if kept else (), tuple(remarks))


def _delimiter(passages: Passages, rows: Rows) -> tuple[str, Rows]:
    """Take the delimiter under which the first rows are widest and most alike."""
    first = heading(passages, rows, "\0")[0]
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        rest = Rows(rows.starts[1:], rows.ends[1:], rows.lines[1:])
        return first[-1], rest
    return max(DELIMITERS, key=lambda mark: _evenness(passages, rows, mark)), rows


def _evenness(passages: Passages, rows: Rows, mark: str) -> tuple[int, int]:
    widths = []
    for number in range(min(len(rows), _SNIFFED)):
        try:
            widths.append(len(heading(passages, rows, mark, number)))
        except BadInput:
            return (-1, 0)
    usual = max(set(widths), key=widths.count)
    return (widths.count(usual) if usual > 1 else 0, usual)

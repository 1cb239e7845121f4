"""Opens a workbook or CSV file as rows of text cells, whatever its name says it is."""

from __future__ import annotations

from atalaya.model.errors import BadInput, Place
from atalaya.reading.rows import DELIMITERS, Rows, each_row, find_rows, heading
from atalaya.reading.sheets.books import open_workbook
from atalaya.reading.sheets.encodings import decode
from atalaya.reading.sheets.grids import Grid, Opened, tidy
from atalaya.reading.sheets.kinds import kind_of_file
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.text import Passages

_SNIFFED = 40  # rows whose widths decide the delimiter


def open_file(payload: bytes, name: str) -> Opened:
    """Open a workbook or CSV file.

    Args:
        payload: Its bytes.
        name: Its name, for messages; what it is is told from the bytes.

    Raises:
        BadInput: It is neither, or holds no cell.
    """
    if kind_of_file(payload, name) == "workbook":
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
        [tidy(cell) for cell in row]
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

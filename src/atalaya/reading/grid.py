"""The declared columns of a table as Arrow arrays, read value by distinct value.

Tables repeat themselves: a million rows hold a few hundred names and periods. So every cell is
read once for each distinct text, and the results are spread over the rows as arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import Column
from atalaya.model.errors import BadInput
from atalaya.model.sentences import sentence
from atalaya.reading.layout import Layout
from atalaya.reading.rows import Rows, each_row

_EMPTY = {
    "subject": (sentence("the subject is empty"), sentence("write the subject")),
    "predicate": (sentence("the predicate is empty"), sentence("write the predicate")),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one row.

    Args:
        row: Number of the row in the grid, or -1 where it has no cells to speak of.
        line: Its line in the document.
        column: The heading, or None when the whole row is meant.
        says: What is wrong, with the value.
        do: The remedy.
    """

    row: int
    line: int
    column: str | None
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells under the declared headings, for rows as wide as the heading.

    Args:
        rows: Where the rows stand.
        columns: Heading -> cells without surrounding space, null where empty.
        uneven: Complaints about rows with more or fewer cells than the heading.
    """

    rows: Rows
    columns: Mapping[str, pa.StringArray]
    uneven: tuple[Complaint, ...]


def read_grid(layout: Layout) -> Grid:
    """Split all rows under the heading into the declared columns.

    Raises:
        BadInput: A quotation mark stands where it may not.
    """
    body = _after(layout.rows, 2 if layout.tagged else 1)
    width, places = len(layout.heading), [layout.heading.index(name) for name in layout.needed]
    chunks: list[list[pa.Array]] = []
    widths: list[int] = []
    for batch in each_row(layout.passages, body, layout.delimiter):
        widths += map(len, batch)
        even = [cells for cells in batch if len(cells) == width]
        chunks.append([pa.array([cells[at] for cells in even], pa.string()) for at in places])
    columns = {
        name: _stripped([chunk[number] for chunk in chunks])
        for number, name in enumerate(layout.needed)
    }
    found = np.array(widths, dtype=np.int64)
    kept = np.flatnonzero(found == width)
    rows = Rows(body.starts[kept], body.ends[kept], body.lines[kept])
    uneven = np.flatnonzero(found != width).tolist()
    complaints = (_uneven(int(body.lines[at]), widths[at], width) for at in uneven)
    return Grid(rows, columns, tuple(complaints))


def _after(rows: Rows, number: int) -> Rows:
    return Rows(rows.starts[number:], rows.ends[number:], rows.lines[number:])


def _uneven(line: int, cells: int, width: int) -> Complaint:
    says = sentence(
        "the row has {cells} cells and the heading has {width}", cells=cells, width=width
    )
    do = sentence("write every cell, an empty one too; quote a delimiter")
    return Complaint(-1, line, None, says, do)


def _stripped(chunks: list[pa.Array]) -> pa.StringArray:
    cells = pa.chunked_array(chunks, pa.string()).combine_chunks()
    trimmed = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


class Columns:
    """Columns read of one grid, and the complaints about their cells.

    Args:
        grid: The grid.
    """

    __slots__ = ("complaints", "grid")

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.complaints: list[Complaint] = []

    def __len__(self) -> int:
        return len(self.grid.rows)

    def read(
        self, column: Column | None, parse: Callable[[str], object], kind: pa.DataType
    ) -> pa.Array:
        """Read a declared column, or spread its fixed value.

        Args:
            column: What is declared; None gives nulls.
            parse: From a cell's text to its value; raises BadInput.
            kind: Arrow type of the values.

        Returns:
            One value a row; null where the cell is empty or bad.
        """
        if column is None:
            return pa.nulls(len(self), kind)
        if column.column is None:
            fixed = None if column.value is None else parse(column.value)
            return pa.repeat(pa.scalar(fixed, kind), len(self))
        cells = self.grid.columns[column.column].dictionary_encode()
        values: list[object] = []
        bad: dict[int, BadInput] = {}
        for number, text in enumerate(cells.dictionary.to_pylist()):
            try:
                values.append(parse(text))
            except BadInput as error:
                values.append(None)
                bad[number] = error
        self._complain(column.column, cells.indices, bad)
        return pa.array(values, kind).take(cells.indices)

    def _complain(self, heading: str, indices: pa.Array, bad: Mapping[int, BadInput]) -> None:
        if not bad:
            return
        found = pc.is_in(indices, pa.array(list(bad), indices.type))
        for row in np.flatnonzero(found.to_numpy(zero_copy_only=False)).tolist():
            error = bad[indices[row].as_py()]
            self.complain(row, heading, error.what, error.do)

    def complain(self, row: int, heading: str | None, says: str, do: str) -> None:
        """Keep that a row cannot be used."""
        line = int(self.grid.rows.lines[row])
        self.complaints.append(Complaint(row, line, heading, says, do))

    def require(self, values: pa.Array, column: Column, what: str) -> None:
        """Complain about every row in which a value that must be there is empty."""
        known = {one.row for one in self.complaints}
        for row in np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False)).tolist():
            if row not in known:
                empty, do = _EMPTY[what]
                self.complain(row, column.column, empty, do)

    def broken(self) -> set[int]:
        """Give the rows that something is wrong with."""
        return {one.row for one in self.complaints}

"""Splits delimited text into rows and cells, keeping where in the bytes each row stands.

Line ends inside quotation marks belong to the cell, so a row is found by counting quotation marks:
a line end after an even number of them ends a row. That is one pass over the bytes as arrays.

Source: RFC 4180, Common Format and MIME Type for Comma-Separated Values (CSV) Files.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence
from atalaya.reading.text import Passages

DELIMITERS = (",", ";", "\t", "|")
_QUOTE, _LF, _CR = b'"\n\r'
_SPECIAL = re.compile(r'[",\r\n]')
_SLICE = 65_536  # rows split at a time: bounds memory while a million rows are read

Cells = list[str]
Spans = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each row that is not blank stands in the payload.

    Args:
        starts: Byte offset of each row.
        ends: Byte offset after each row, its line end left out.
        lines: Line on which each row starts, counted from 1.
    """

    starts: Spans
    ends: Spans
    lines: Spans

    def __len__(self) -> int:
        return len(self.starts)


def find_rows(passages: Passages) -> Rows:
    """Find the rows of delimited text.

    Args:
        passages: Text in an encoding in which line ends and quotation marks are single bytes.

    Returns:
        Rows in order; blank lines are left out.
    """
    payload = passages.payload
    if not payload:
        none = np.empty(0, dtype=np.int64)
        return Rows(none, none, none)
    data = np.frombuffer(payload, dtype=np.uint8)
    breaks = np.flatnonzero(data == _LF)
    if not len(breaks):  # a file of the old Macintosh ends its lines with CR alone
        breaks = np.flatnonzero(data == _CR)
    quotes = np.flatnonzero(data == _QUOTE)
    ends = breaks[np.searchsorted(quotes, breaks) % 2 == 0]
    first = len(codecs.BOM_UTF8) if payload.startswith(codecs.BOM_UTF8) else 0
    starts = np.concatenate(([first], ends + 1)).astype(np.int64)
    ends = np.concatenate((ends, [len(payload)])).astype(np.int64)
    after_cr = (ends > starts) & (data[np.maximum(ends - 1, 0)] == _CR)
    ends = ends - after_cr
    lines = np.arange(1, len(starts) + 1)
    if not passages.by_row:
        lines = np.searchsorted(breaks, starts) + 1
    kept = ends > starts
    return Rows(starts[kept], ends[kept], lines[kept])


def splitter(delimiter: str) -> Callable[[str], Cells | None]:
    """Give a function that splits one row into cells, or gives None where RFC 4180 is broken.

    >>> splitter(",")('a,"b ""c"", d",')
    ['a', 'b "c", d', '']
    >>> splitter(",")('a,5" pipe') is None
    True
    """
    mark = re.escape(delimiter)
    cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|([^"\r\n{mark}]*))({mark}|\Z)')

    def split(row: str) -> Cells | None:
        if '"' not in row and "\r" not in row:
            return row.split(delimiter)
        cells, at, more = [], 0, True
        while more:
            found = cell.match(row, at)
            if found is None:
                return None
            quoted, plain, more = found[1], found[2], bool(found[3])
            cells.append(plain if quoted is None else quoted.replace('""', '"'))
            at = found.end()
        return cells

    return split


def join(cells: Cells) -> str:
    """Write one row of comma-separated cells, without a line end.

    >>> join(["a", 'b "c", d', ""])
    'a,"b ""c"", d",'
    """
    return ",".join(
        '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell for cell in cells
    )


def each_row(passages: Passages, rows: Rows, delimiter: str) -> Iterator[list[Cells]]:
    """Give the cells of all rows, a slice of rows at a time.

    Raises:
        BadInput: A quotation mark stands where it may not: from there on, where rows end is a
            guess, so the whole document is refused.
    """
    payload, encoding, split = passages.payload, passages.encoding, splitter(delimiter)
    plain = b'"' not in payload and payload.count(b"\r") == payload.count(b"\r\n")
    for begin in range(0, len(rows), _SLICE):
        starts = rows.starts[begin : begin + _SLICE].tolist()
        ends = rows.ends[begin : begin + _SLICE].tolist()
        texts = [
            payload[start:end].decode(encoding) for start, end in zip(starts, ends, strict=True)
        ]
        if plain:  # nothing is quoted, as in most tables: no row needs a second look
            yield [text.split(delimiter) for text in texts]
            continue
        batch: list[Cells] = []
        for number, text in enumerate(texts, start=begin):
            cells = split(text)
            if cells is None:
                raise _misquoted(passages, int(rows.lines[number]))
            batch.append(cells)
        yield batch


def heading(passages: Passages, rows: Rows, delimiter: str, number: int = 0) -> Cells:
    """Give the cells of one row, the first by default, without surrounding space.

    Raises:
        BadInput: A quotation mark stands where it may not.
    """
    row = passages.payload[int(rows.starts[number]) : int(rows.ends[number])]
    cells = splitter(delimiter)(row.decode(passages.encoding))
    if cells is None:
        raise _misquoted(passages, int(rows.lines[number]))
    return [cell.strip() for cell in cells]


def _misquoted(passages: Passages, line: int) -> BadInput:
    return BadInput(
        sentence(
            'a quotation mark (") is not closed, or one or a lone CR stands in an unquoted cell'
        ),
        why="from here on it cannot be known where a row ends (RFC 4180, section 2)",
        do=sentence(
            'enclose the cell in quotation marks and write each one inside it twice: "5"" pipe"'
        ),
        where=Place(passages.place, line=line),
    )

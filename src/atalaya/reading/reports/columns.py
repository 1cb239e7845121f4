"""The text of a PDF with its tables kept: cells of a row parted by tabs, a row a line.

A PDF says where letters stand and not what is a table. Letters are put together to runs in the
order in which the document holds them; what stands beside each other with a gap is a row's cells.
Where a document goes down its columns one after the other, they are columns of running text.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from atalaya.reading.reports.names import state

_GAP = 0.55  # of a letter's size: what parts two cells; words of one line mostly stand closer
_SIZE = 0.85  # of the height that a font gives its letters; the size it names may be scaled
_LEVEL = 0.3  # of a letter's size: by how much letters of one line may differ in height
_CLEAR = 0.2  # of a letter's size: what parts two columns, at least
_LONGEST = 100  # rows of a page that make one table
_FEWEST = 3  # rows with two cells that make a table: one or two lines may have wide gaps
_HYPHENS = ("\x02", "\ufffe")
_MOST_LINES = 4  # of a name: "United Kingdom / of Great Britain / and Northern Ireland"
_SIGN = re.compile(r"^[YNA] ")  # a vote before a name


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that stand together.

    Args:
        text: What they say; a line's end where a cell goes on in its next line.
        left, right: Where it begins and ends, in points from the left.
        top, level: Height of its first and of its last line, in points from below.
        size: Of its letters, in points.
    """

    text: str
    left: float
    right: float
    top: float
    level: float
    size: float


Row = tuple[Run, ...]


def laid_out(page: Any) -> str | None:
    """Give a page's text with its tables kept, or None where it has no table.

    Args:
        page: A text page of pypdfium2.
    """
    rows = [*_rows([*_wrapped([*_runs(page)])])]
    blocks = [*_blocks(rows)]
    if not any(len(bands) > 1 for _, bands in blocks):
        return None
    return "".join(_set(block, bands) for block, bands in blocks)


def _runs(page: Any) -> Iterator[Run]:
    held: Run | None = None
    spaced = False
    for letter, box in _letters(page):
        if letter.isspace():
            spaced = True
            continue
        if held is not None and _follows(held, box):
            held = replace(held, text=held.text + (" " if spaced else "") + letter, right=box.right)
        else:
            if held is not None:
                yield held
            held = replace(box, text=letter)
        spaced = False
    if held is not None:
        yield held


def _letters(page: Any) -> Iterator[tuple[str, Run]]:
    """Give each letter with its place, in the order in which the document holds them."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    for at in range(pdfium.FPDFText_CountChars(page)):
        letter = chr(pdfium.FPDFText_GetUnicode(page, at))
        letter = "-" if letter in _HYPHENS else letter
        pdfium.FPDFText_GetCharOrigin(page, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(page, at, box)
        size = _SIZE * abs(box.top - box.bottom) or 1.0
        yield letter, Run("", x.value, max(box.right, x.value), y.value, y.value, size)


def _follows(held: Run, box: Run) -> bool:
    level = abs(held.level - box.level) <= _LEVEL * held.size
    return level and -held.size < box.left - held.right < _GAP * held.size


def _wrapped(runs: Sequence[Run]) -> Iterator[Run]:
    """Put the lines of one cell together: the document holds them before the next cell, higher."""
    at = 0
    while at < len(runs):
        cell, end = runs[at], at + 1
        for last in range(at + 1, min(at + 5, len(runs) - 1)):
            if not _below(runs[last - 1], runs[last], cell):
                break
            if _beside(cell, runs[last], runs[last + 1]):
                end = last + 1
        lines = runs[at:end]
        yield replace(
            cell,
            text="\n".join(one.text for one in lines),
            right=max(one.right for one in lines),
            level=lines[-1].level,
        )
        at = end


def _below(before: Run, one: Run, cell: Run) -> bool:
    """Whether a run stands right below another, in the column of a cell."""
    drop = before.level - one.level
    near = 0 < drop < 2 * cell.size
    return near and one.left < cell.right and cell.left < one.right


def _beside(cell: Run, last: Run, after: Run) -> bool:
    """Whether what follows stands in the same row to the right: not below the cell's last line."""
    right = max(cell.right, last.right)
    high = last.level + _LEVEL * cell.size < after.level <= cell.top + _LEVEL * cell.size
    return high and after.left > right


def _rows(cells: Sequence[Run]) -> Iterator[Row]:
    """Put cells to rows: to the right of the last, and not wholly below or above it."""
    row: list[Run] = []
    for one in cells:
        if row and not _in_row(row, one):
            yield tuple(row)
            row = []
        row.append(one)
    if row:
        yield tuple(row)


def _in_row(row: Sequence[Run], one: Run) -> bool:
    margin = _LEVEL * one.size
    level = one.level <= row[0].top + margin and one.top >= row[0].level - margin
    return level and one.left > row[-1].right


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[list[Row], list[tuple[float, float]]]]:
    """Cut rows into tables with the columns of each, the longest first, and other lines."""
    at = 0
    while at < len(rows):
        end = at + 1
        if len(rows[at]) > 1:
            ends = range(_reach(rows, at), at + 1, -1)
            end = next((one for one in ends if _fits(rows[at:one])), end)
        block = [*rows[at:end]]
        many = sum(len(row) > 1 for row in block)
        yield block, (_bands(block) if many >= _FEWEST else [])
        at = end


def _reach(rows: Sequence[Row], at: int) -> int:
    """Give the last end that a table could have: a cell across two columns is never mended."""
    end = at + 1
    while end < min(at + _LONGEST, len(rows)) and _apart(rows[at : end + 1]):
        end += 1
    return end


def _apart(block: Sequence[Row]) -> bool:
    """Whether no two cells of a row stand under one column of all the rows."""
    bands = _bands(block)
    return all(
        len(row) == sum(any(_in(one, band) for one in row) for band in bands) for row in block
    )


def _fits(block: Sequence[Row]) -> bool:
    """Whether rows go under one head: it has a cell in each column of theirs."""
    return len(_bands(block)) == max(map(len, block))


def _in(one: Run, band: tuple[float, float]) -> bool:
    return band[0] <= one.left <= band[1]


def _bands(block: Sequence[Row]) -> list[tuple[float, float]]:
    """Give the columns of rows: the stretches from left to right over which nothing stands."""
    spans = sorted((one.left, one.right, one.size) for row in block for one in row)
    bands: list[tuple[float, float]] = []
    for left, right, size in spans:
        if bands and left < bands[-1][1] + _CLEAR * size:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _set(block: Sequence[Row], bands: Sequence[tuple[float, float]]) -> str:
    """Set a block, a table with a blank line on either side: its columns are no others'."""
    edge = "\n" if len(bands) > 1 else ""
    return edge + "".join(f"{line}\n" for line in _lines(block, bands)) + edge


def _lines(block: Sequence[Row], bands: Sequence[tuple[float, float]]) -> Iterator[str]:
    if len(bands) < 2:  # noqa: PLR2004 - a table has two columns
        yield from (" ".join(one.text for one in row) for row in block)
        return
    rows = [_cells(row, bands) for row in block]
    at = 0
    while at < len(rows):
        row, more = rows[at], _more(rows, at)
        for below in rows[at + 1 : at + 1 + more]:
            row = [" ".join(filter(None, pair)) for pair in zip(row, below, strict=True)]
        yield "\t".join(row).rstrip("\t")
        at += 1 + more


def _cells(row: Row, bands: Sequence[tuple[float, float]]) -> list[str]:
    return [" ".join(" ".join(one.text.split()) for one in row if _in(one, band)) for band in bands]


def _more(rows: Sequence[Sequence[str]], at: int) -> int:
    """Count the rows below one in which names of States in it go on: only so are they names."""
    for more in range(1, min(_MOST_LINES, len(rows) - at)):
        below = rows[at + 1 : at + 1 + more]
        filled = {column for row in below for column, cell in enumerate(row) if cell}
        whole = [
            " ".join(filter(None, (row[c] for row in rows[at : at + 1 + more]))) for c in filled
        ]
        if (
            filled
            and all(map(_is_state, whole))
            and not all(_is_state(rows[at][c]) for c in filled)
        ):
            return more
    return 0


def _is_state(words: str) -> bool:
    return state(_SIGN.sub("", words)) is not None

"""Writes the sheet of an XLSX workbook as CSV, so that one reader reads both.

A cell of a workbook has no bytes of its own in the file (it is packed), so the spans of its claims
point into this CSV, which the same workbook always gives again. Lines are the sheet's rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence
from atalaya.reading.packed import check_packed
from atalaya.reading.rows import join
from atalaya.reading.text import Passages

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = int | float | str | bool | time | date | datetime | timedelta


def sheets(payload: bytes, address: str) -> Iterator[Passages]:
    """Give each sheet of a workbook that holds anything, written as CSV.

    Args:
        payload: The workbook's bytes.
        address: Where it came from, for error messages.

    Returns:
        One passage a sheet in the workbook's order, UTF-8, placed at ``address, sheet NAME``.

    Raises:
        BadInput: It is not an XLSX workbook, is too large unpacked, or a sheet has merged cells.
    """
    held = 0
    for name, sheet, rows in _opened(payload, address):
        place = f"{address}, sheet {name!r}"
        if not any(cell != "" for row in rows for cell in row):
            continue
        _refuse_merged(sheet, place)
        held += 1
        yield Passages(_as_csv(rows), "utf-8", place, by_row=True)
    if not held:
        raise BadInput(
            sentence("no sheet of this workbook holds a cell"),
            why="an empty answer is a failure of the source, not a table without rows",
            do=sentence(
                "open it in a spreadsheet program; if it is empty there too, tell the publisher"
            ),
            where=Place(address),
        )


def _opened(payload: bytes, address: str) -> list[tuple[str, CalamineSheet, list[list[Cell]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    check_packed(payload, Place(address))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(payload))
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
        return [(name, sheet, sheet.to_python(skip_empty_area=False)) for name, sheet in sheets]
    except CalamineError as error:
        raise BadInput(
            sentence("the file is not a workbook that can be opened ({fault})", fault=str(error)),
            why="a broken or renamed file must not pass for a table",
            do=sentence(
                "open it in a spreadsheet program and save it as XLSX, or declare what it really is"
            ),
            where=Place(address),
        ) from error


def _refuse_merged(sheet: CalamineSheet, place: str) -> None:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        area = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
        raise BadInput(
            sentence("the cells {area} are merged", area=area),
            why="only the first of merged cells holds the value; the others would read as empty",
            do=sentence(
                "unmerge them in a spreadsheet program and write the value in every cell it is for"
            ),
            where=Place(place, line=top + 1, column=_letters(left)),
        )


def _letters(column: int) -> str:
    """Give a column's letters: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _as_csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    lines = [[written(cell) for cell in row] for row in rows]
    # A blank row stays a blank line, so that lines count the sheet's rows.
    return "".join((join(cells) if any(cells) else "") + "\n" for cells in lines).encode()


def written(cell: Cell) -> str:
    """Write a cell as text: whole numbers without a point, dates as ISO 8601.

    >>> written(3.0), written(date(2024, 3, 1))
    ('3', '2024-03-01')
    """
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 2**53:
            return str(int(cell))
        case float():
            return repr(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case _:
            return str(cell)

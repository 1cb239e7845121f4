"""The door: from a file's bytes to the rows that can be counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from atalaya.model.errors import BadInput, Place, WrongUse
from atalaya.reading.sheets.asking import NOTHING_ASKED, Asked
from atalaya.reading.sheets.bodies import Body, read_body
from atalaya.reading.sheets.finds import How, NameReader
from atalaya.reading.sheets.grids import Grid, Opened
from atalaya.reading.sheets.mapping import Proposal, propose
from atalaya.reading.sheets.opening import open_file
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.rows import NameInSheet, SheetRegisters, SheetRows
from atalaya.reading.sheets.tables import SheetTable, find_table
from atalaya.reading.sheets.wide import unfolded


def read_sheet(
    payload: bytes,
    name: str,
    registers: SheetRegisters,
    today: date,
    asked: Asked = NOTHING_ASKED,
) -> SheetRows:
    """Read a line list or a table of counts.

    Args:
        payload: Bytes of an XLSX or CSV file.
        name: The file's name, for messages.
        registers: Where names are looked up.
        today: Later dates are left out as mistakes.
        asked: What somebody said about the sheet.

    Returns:
        Rows with the schema ``rows.ROWS`` in the order of the sheet, and what was assumed.

    Raises:
        BadInput: The file is no such table, or day and month cannot be told apart.
        WrongUse: A sheet or heading that was asked for does not exist.
    """
    opened = open_file(payload, name)
    names = NameReader(registers.substances)
    tables, remarks = _tables(opened, names, asked)
    bodies = [
        read_body(table, proposal, asked, today, names, registers) for table, proposal in tables
    ]
    _refuse_nothing(bodies, name)
    return _together(name, tables, bodies, (*opened.remarks, *remarks))


def _tables(
    opened: Opened, names: NameReader, asked: Asked
) -> tuple[list[tuple[SheetTable, Proposal]], list[Remark]]:
    """Choose the sheets to read: the largest table, and those with the same headings."""
    found: list[tuple[SheetTable, Proposal]] = []
    refusals: list[BadInput] = []
    remarks = []
    for grid in _wanted(opened, asked):
        try:
            table = find_table(grid)
            if table is None:
                refusals.append(_no_heading(grid))
            else:
                table = unfolded(table, names) or table
                found.append((table, propose(table, names, asked)))
                continue
        except (BadInput, WrongUse) as error:
            if len(opened.grids) == 1 or asked.sheet is not None:
                raise
            refusals.append(_as_bad_input(error, grid))
        remarks.append(Remark("sheet-not-read", grid.name))
    if not found:
        raise refusals[0]
    largest = max(found, key=lambda pair: len(pair[0].rows))
    chosen = [pair for pair in found if pair[0].heading == largest[0].heading]
    remarks += [Remark("sheet-not-read", t.grid.name) for t, p in found if (t, p) not in chosen]
    if len(chosen) > 1:
        named = ", ".join(table.grid.name for table, _ in chosen)
        remarks.append(Remark("sheets-joined", values={"sheets": named}))
    return chosen, remarks


def _wanted(opened: Opened, asked: Asked) -> Sequence[Grid]:
    if asked.sheet is None:
        return opened.grids
    wanted = [grid for grid in opened.grids if grid.name == asked.sheet]
    if not wanted:
        raise WrongUse(
            f"no visible sheet with cells is called {asked.sheet!r}",
            do="the sheets are " + ", ".join(grid.name for grid in opened.grids),
        )
    return wanted


def _as_bad_input(error: BadInput | WrongUse, grid: Grid) -> BadInput:
    if isinstance(error, BadInput):
        return error
    return BadInput(error.what, do=error.do, where=Place(grid.place))


def _no_heading(grid: Grid) -> BadInput:
    return BadInput(
        "no row looks like headings: a date, and the substances found, at least",
        why="what a column holds is told from its heading",
        do="write headings such as date, place, sold as, found, method (or fecha, lugar, vendido "
        "como, resultado) in the first row; --map date=HEADING names others",
        where=Place(grid.place, grid.lines[0]),
    )


def _refuse_nothing(bodies: Iterable[Body], name: str) -> None:
    left_out = [remark for body in bodies for remark in body.left_out]
    if any(body.rows.num_rows for body in bodies):
        return
    examples = "; ".join(dict.fromkeys(f"line {one.line}: {one.kind}" for one in left_out[:3]))
    raise BadInput(
        f"no row of the sheet can be used ({examples or 'there is none under the headings'})",
        do="check that the columns were told right; --map KEY=HEADING corrects them",
        where=Place(name, left_out[0].line if left_out else None),
    )


def _together(
    name: str,
    tables: Sequence[tuple[SheetTable, Proposal]],
    bodies: Sequence[Body],
    remarks: Sequence[Remark],
) -> SheetRows:
    left_out = tuple(remark for body in bodies for remark in body.left_out)
    rows = pa.concat_tables([body.rows for body in bodies])
    named = [each for body in bodies for each in body.names]
    merged: dict[tuple[str, How], NameInSheet] = {}
    for one in named:
        held = merged.get((one.text, one.how))
        merged[one.text, one.how] = (
            one if held is None else replace(held, rows=held.rows + one.rows)
        )
    proposal = tables[0][1]
    return SheetRows(
        name=name,
        sheets=tuple(table.grid.name for table, _ in tables if table.grid.name),
        proposal=proposal,
        rows=rows,
        left_out=left_out,
        remarks=(*remarks, *(remark for body in bodies for remark in body.remarks)),
        names=tuple(sorted(merged.values(), key=lambda one: (-one.rows, one.text))),
        total=rows.num_rows + len(left_out),
        columns_unread=any(
            one.role is None and one.because not in {"private", "contacts"} and one.heading
            for one in proposal.columns
        ),
    )

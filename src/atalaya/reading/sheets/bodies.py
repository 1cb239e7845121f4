"""Reads the body of a table, column by column and value by distinct value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pyarrow as pa

from atalaya.reading.sheets.asking import Asked
from atalaya.reading.sheets.checks import check_counts, check_repeated, check_results
from atalaya.reading.sheets.columns import LONGEST_LABEL, SheetColumns
from atalaya.reading.sheets.dated import periods_of
from atalaya.reading.sheets.finds import NameReader
from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.mapping import Proposal
from atalaya.reading.sheets.named import finds_of, names_to_see, note_uncounted, sold_as_of
from atalaya.reading.sheets.numbers import whole_number
from atalaya.reading.sheets.places import PlaceReader
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.rows import ROWS, NameInSheet, SheetRegisters
from atalaya.reading.sheets.tables import SheetTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one table: used and left out, and what was assumed."""

    rows: pa.Table
    left_out: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    names: tuple[NameInSheet, ...]


def read_body(
    table: SheetTable,
    proposal: Proposal,
    asked: Asked,
    today: date,
    names: NameReader,
    registers: SheetRegisters,
) -> Body:
    """Read the rows of a table.

    Args:
        table: The table.
        proposal: What its columns hold.
        asked: What somebody said about the sheet.
        today: Later dates are left out as mistakes.
        names: Reads substances.
        registers: Where names are looked up.

    Raises:
        BadInput: Day and month cannot be told apart.
    """
    columns = SheetColumns(table, proposal)
    _uncomputed(columns)
    periods = periods_of(columns, asked.dates, today)
    reads = finds_of(columns, names)
    count = _numbers(columns, Role.COUNT)
    tested = _numbers(columns, Role.TESTED)
    if proposal.layout == "counts":
        check_counts(columns, reads, count, tested)
        check_repeated(columns, periods, reads, count, tested)
    else:
        check_results(columns, reads)
    note_uncounted(columns, reads)
    places = _places(columns, registers)
    kept = [row for row in range(len(table.rows)) if row not in columns.out]

    def take(values: Sequence[T] | None) -> list[T | None]:
        return [None] * len(kept) if values is None else [values[row] for row in kept]

    rows = pa.Table.from_pydict(
        {
            "sheet": [table.grid.name] * len(kept),
            "line": take(columns.lines),
            "id": take(_labels(columns, Role.ID)),
            "period": take(periods),
            "place": take(places),
            "source": take(_labels(columns, Role.SOURCE)),
            "method": take(_labels(columns, Role.METHOD)),
            "sold_as": take(sold_as_of(columns, names)),
            "found": [[name.id for name in reads[row].names] for row in kept],
            "answer": [str(reads[row].answer) for row in kept],
            "count": take(count),
            "tested": take(tested),
        },
        schema=ROWS,
    )
    left_out = [remark for remark in table.remarks if remark.kind in _LEFT_OUT_BEFORE]
    said = [remark for remark in table.remarks if remark.kind not in _LEFT_OUT_BEFORE]
    return Body(
        rows,
        tuple(sorted([*left_out, *columns.out.values()], key=lambda one: one.line or 0)),
        (*said, *columns.remarks),
        tuple(names_to_see(columns, reads, kept, registers.substances)),
    )


_LEFT_OUT_BEFORE = frozenset({"uneven-row", "total-row", "formula"})


def _uncomputed(columns: SheetColumns) -> None:
    """Leave out rows whose needed cells are formulas that the file holds no result of."""
    places = set(columns.table.grid.uncomputed)
    if not places:
        return
    for role in (Role.DATE, Role.FOUND, Role.COUNT, Role.TESTED):
        for number in columns.proposal.numbers(role):
            for row, line in enumerate(columns.lines):
                if (line, number + 1) in places:
                    columns.leave_out(row, "formula", role)


def _numbers(columns: SheetColumns, role: Role) -> list[float | None] | None:
    cells = columns.cells(role)
    if cells is None:
        return None
    read = {cell: whole_number(cell) for cell in set(cells)}
    return [None if (value := read[cell]) is None else float(value) for cell in cells]


def _places(columns: SheetColumns, registers: SheetRegisters) -> list[str | None] | None:
    several = columns.several(Role.PLACE)
    if not several:
        return None
    distinct = list(dict.fromkeys(cell for cells in several for cell in cells if cell))
    reader = PlaceReader(registers.territories, distinct)
    found = [reader.read([cell for cell in cells if cell]) for cells in zip(*several, strict=True)]
    unread = sum(
        place is None and any(cells)
        for place, cells in zip(found, zip(*several, strict=True), strict=True)
    )
    if unread:
        values: dict[str, str | int] = {"rows": unread}
        name, heading = columns.table.grid.name, columns.heading(Role.PLACE)
        columns.remarks.append(Remark("place-unread", name, None, heading, values))
    return found


def _labels(columns: SheetColumns, role: Role) -> list[str | None] | None:
    cells = columns.cells(role)
    if cells is None:
        return None
    longest = LONGEST_LABEL
    return [cell if cell and len(cell) <= longest else None for cell in cells]

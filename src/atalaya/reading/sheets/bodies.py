"""Reads the body of a table, column by column and value by distinct value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pyarrow as pa

from atalaya.model.errors import BadInput, Place
from atalaya.model.periods import Period, PeriodKind
from atalaya.reading.sheets.checks import check_counts, check_repeated, check_results
from atalaya.reading.sheets.columns import LONGEST_LABEL, SheetColumns
from atalaya.reading.sheets.dates import Dates, read_dates
from atalaya.reading.sheets.finds import Answer, CellRead, How, Named, NameReader, unresolved_id
from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.mapping import Asked, Proposal
from atalaya.reading.sheets.numbers import whole_number
from atalaya.reading.sheets.places import PlaceReader
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.rows import ROWS, NameInSheet, SheetRegisters
from atalaya.reading.sheets.tables import SheetTable

T = TypeVar("T")
_EARLIEST = date(1950, 1, 1)  # drug checking is younger; an earlier date is a slip of the pen
_EXAMPLES = 3


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
    periods = _periods(columns, asked, today)
    reads = _reads(columns, names)
    count = _numbers(columns, Role.COUNT)
    tested = _numbers(columns, Role.TESTED)
    if proposal.layout == "counts":
        check_counts(columns, reads, count, tested)
        check_repeated(columns, periods, reads, count, tested)
    else:
        check_results(columns, reads)
    _about_names(columns, reads)
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
            "sold_as": take(_sold_as(columns, names)),
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
        tuple(_names_to_see(columns, reads, kept, registers)),
    )


_LEFT_OUT_BEFORE = frozenset({"uneven-row", "total-row"})


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


def _periods(columns: SheetColumns, asked: Asked, today: date) -> list[str]:
    cells = columns.cells(Role.DATE) or []
    try:
        dates = read_dates(cells, asked.dates)
    except BadInput as error:
        where = Place(columns.table.grid.place, columns.table.line, columns.heading(Role.DATE))
        raise BadInput(error.what, why=error.why, do=error.do, where=where) from error
    found = []
    for row, cell in enumerate(cells):
        period = dates.periods.get(cell)
        found.append("" if period is None else str(period))
        if period is None:
            columns.leave_out(row, _no_date(cell, dates), Role.DATE, cell)
        elif period.start > today:
            columns.leave_out(row, "date-in-future", Role.DATE, cell)
        elif period.start < _EARLIEST:
            columns.leave_out(row, "date-too-early", Role.DATE, cell)
    _one_length(columns, cells, dates)
    _about_dates(columns, dates)
    return found


def _no_date(cell: str, dates: Dates) -> str:
    if not cell:
        return "no-date"
    if cell in dates.against:
        return "date-other-order"
    return "date-unsure" if cell in dates.unsure else "bad-date"


def _one_length(columns: SheetColumns, cells: Sequence[str], dates: Dates) -> None:
    """Leave out rows whose period is not of the kind most rows have: a year among days."""
    kinds = Counter(_length(dates.periods[cell]) for cell in cells if cell in dates.periods)
    if len(kinds) < 2:  # noqa: PLR2004 - one kind only
        return
    usual = kinds.most_common(1)[0][0]
    for row, cell in enumerate(cells):
        period = dates.periods.get(cell)
        if period is not None and _length(period) is not usual:
            columns.leave_out(row, "other-period", Role.DATE, cell)


def _length(period: Period) -> PeriodKind:
    """The kind a period is counted in: days and months are both counted by month."""
    return PeriodKind.MONTH if period.kind is PeriodKind.DAY else period.kind


def _about_dates(columns: SheetColumns, dates: Dates) -> None:
    name, heading = columns.table.grid.name, columns.heading(Role.DATE)
    if dates.order is not None and dates.because != "not-needed":
        values: dict[str, str | int] = {"order": str(dates.order), "because": dates.because}
        columns.remarks.append(Remark("date-order", name, None, heading, values))
    if dates.forms > 1:
        values = {"forms": dates.forms}
        columns.remarks.append(Remark("date-forms", name, None, heading, values))


def _reads(columns: SheetColumns, names: NameReader) -> list[CellRead]:
    several = columns.several(Role.FOUND)
    if len(several) == 1:
        return [names.read(cell) for cell in several[0]]
    joined: dict[tuple[str, ...], CellRead] = {}
    found = []
    for cells in zip(*several, strict=True):
        if cells not in joined:
            joined[cells] = _join([names.read(cell) for cell in cells if cell] or [names.read("")])
        found.append(joined[cells])
    return found


def _join(reads: Sequence[CellRead]) -> CellRead:
    named: dict[str, Named] = {}
    for read in reads:
        for name in read.names:
            named.setdefault(name.id, name)
    answers = [read.answer for read in reads]
    answer = next((one for one in Answer if one in answers), Answer.NO_RESULT)
    return CellRead(
        answer,
        tuple(named.values()),
        tuple(text for read in reads for text in read.denied),
        tuple(text for read in reads for text in read.doubted),
    )


def _about_names(columns: SheetColumns, reads: Sequence[CellRead]) -> None:
    """Say which names were written and not counted, because the cell denies or doubts them."""
    for kind, texts in (
        ("denied", [read.denied for read in reads if read.denied]),
        ("doubted", [read.doubted for read in reads if read.doubted]),
    ):
        if texts:
            examples = list(dict.fromkeys(text for several in texts for text in several))
            values: dict[str, str | int] = {
                "rows": len(texts),
                "examples": ", ".join(text[:LONGEST_LABEL] for text in examples[:_EXAMPLES]),
            }
            columns.remarks.append(Remark(kind, columns.table.grid.name, values=values))


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


def _sold_as(columns: SheetColumns, names: NameReader) -> list[str | None] | None:
    cells = columns.cells(Role.SOLD_AS)
    if cells is None:
        return None
    read: dict[str, str | None] = {cell: _sold(cell, names) for cell in set(cells)}
    return [read[cell] for cell in cells]


def _sold(cell: str, names: NameReader) -> str | None:
    """What something was sold as: a substance where the name says one, else the word itself."""
    if not any(letter.isalpha() for letter in cell) or len(cell) > LONGEST_LABEL:
        return None
    read = names.read(cell)
    if read.answer is not Answer.FOUND and not read.doubted:
        return None
    return read.names[0].id if len(read.names) == 1 else unresolved_id(cell)


def _names_to_see(
    columns: SheetColumns,
    reads: Sequence[CellRead],
    kept: Sequence[int],
    registers: SheetRegisters,
) -> list[NameInSheet]:
    rows: Counter[tuple[str, How]] = Counter()
    first: dict[tuple[str, How], tuple[Named, int]] = {}
    for row in kept:
        for name in reads[row].names:
            if name.how is not How.KNOWN:
                key = (name.text, name.how)
                rows[key] += 1
                first.setdefault(key, (name, columns.lines[row]))
    return [
        NameInSheet(
            name.text,
            name.id,
            name.how,
            name.matched,
            name.score,
            rows[key],
            line,
            _nearest(name, registers),
        )
        for key, (name, line) in first.items()
    ]


def _nearest(name: Named, registers: SheetRegisters) -> tuple[str, ...]:
    if name.how is not How.UNKNOWN:
        return ()
    return tuple(match.entry.name for match in registers.substances.nearest(name.text, 3))

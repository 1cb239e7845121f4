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
_LONGEST_LABEL = 60  # characters of a laboratory or method; longer is prose


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one table: used and left out, and what was assumed."""

    rows: pa.Table
    left_out: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    names: tuple[NameInSheet, ...]


class _Columns:
    """The cells of a table by role, and the rows left out so far."""

    def __init__(self, table: SheetTable, proposal: Proposal) -> None:
        self.table, self.proposal = table, proposal
        self.lines = [table.grid.lines[row] for row in table.rows]
        self.out: dict[int, Remark] = {}
        self.remarks: list[Remark] = []

    def cells(self, role: Role) -> list[str] | None:
        """The cells of the one column of a role, or None where there is none."""
        numbers = self.proposal.numbers(role)
        return self.table.column(numbers[0]) if numbers else None

    def several(self, role: Role) -> list[list[str]]:
        """The columns of a role, each as its cells."""
        return [self.table.column(number) for number in self.proposal.numbers(role)]

    def heading(self, role: Role) -> str:
        """The heading of the first column of a role."""
        return self.table.heading[self.proposal.numbers(role)[0]]

    def leave_out(self, row: int, kind: str, role: Role | None = None, text: str = "") -> None:
        """Leave a row out, for the first reason found."""
        column = None if role is None else self.heading(role)
        values: dict[str, str | int] = {"text": text[:_LONGEST_LABEL]} if text else {}
        name = self.table.grid.name
        self.out.setdefault(row, Remark(kind, name, self.lines[row], column, values))


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
    columns = _Columns(table, proposal)
    _uncomputed(columns)
    periods = _periods(columns, asked, today)
    reads = _reads(columns, names)
    count = _numbers(columns, Role.COUNT)
    tested = _numbers(columns, Role.TESTED)
    if proposal.layout == "counts":
        _check_counts(columns, reads, count, tested)
        _check_repeated(columns, periods, reads, count, tested)
    else:
        _check_results(columns, reads)
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


def _uncomputed(columns: _Columns) -> None:
    """Leave out rows whose needed cells are formulas that the file holds no result of."""
    places = set(columns.table.grid.uncomputed)
    if not places:
        return
    for role in (Role.DATE, Role.FOUND, Role.COUNT, Role.TESTED):
        for number in columns.proposal.numbers(role):
            for row, line in enumerate(columns.lines):
                if (line, number + 1) in places:
                    columns.leave_out(row, "formula", role)


def _periods(columns: _Columns, asked: Asked, today: date) -> list[str]:
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


def _one_length(columns: _Columns, cells: Sequence[str], dates: Dates) -> None:
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


def _about_dates(columns: _Columns, dates: Dates) -> None:
    name, heading = columns.table.grid.name, columns.heading(Role.DATE)
    if dates.order is not None and dates.because != "not-needed":
        values: dict[str, str | int] = {"order": str(dates.order), "because": dates.because}
        columns.remarks.append(Remark("date-order", name, None, heading, values))
    if dates.forms > 1:
        values = {"forms": dates.forms}
        columns.remarks.append(Remark("date-forms", name, None, heading, values))


def _reads(columns: _Columns, names: NameReader) -> list[CellRead]:
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


def _numbers(columns: _Columns, role: Role) -> list[float | None] | None:
    cells = columns.cells(role)
    if cells is None:
        return None
    read = {cell: whole_number(cell) for cell in set(cells)}
    return [None if (value := read[cell]) is None else float(value) for cell in cells]


def _check_results(columns: _Columns, reads: Sequence[CellRead]) -> None:
    for row, read in enumerate(reads):
        if read.answer is Answer.NO_RESULT:
            columns.leave_out(row, "no-result")


def _check_counts(
    columns: _Columns,
    reads: Sequence[CellRead],
    count: list[float | None] | None,
    tested: list[float | None] | None,
) -> None:
    cells = columns.cells(Role.COUNT) or []
    for row, read in enumerate(reads):
        value = None if count is None else count[row]
        if len(read.names) != 1:
            columns.leave_out(row, "no-substance", Role.FOUND)
        elif value is None:
            columns.leave_out(row, "no-count", Role.COUNT, cells[row])
        elif tested is not None and (of := tested[row]) is not None and value > of:
            columns.leave_out(row, "above-tested", Role.COUNT, f"{value:.0f} > {of:.0f}")


_MAY_BE_PARTS = frozenset({"not-needed", "private", "cells-disagree", "another-chosen"})


def _check_repeated(
    columns: _Columns,
    periods: Sequence[str],
    reads: Sequence[CellRead],
    count: list[float | None] | None,
    tested: list[float | None] | None,
) -> None:
    """Look at rows about the same substance, period, place and source.

    Where other columns (age, sex, town) were not read, they are parts and are added up. Otherwise
    the same figures twice count once, and of different figures none is used.
    """
    across = [*columns.several(Role.PLACE), *columns.several(Role.SOURCE)]
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, read in enumerate(reads):
        if row not in columns.out:
            key = (periods[row], read.names[0].id, *(cells[row] for cells in across))
            groups.setdefault(key, []).append(row)
    several = [group for group in groups.values() if len(group) > 1]
    if several and any(one.because in _MAY_BE_PARTS for one in columns.proposal.columns):
        values: dict[str, str | int] = {"rows": sum(map(len, several))}
        columns.remarks.append(Remark("rows-added-up", columns.table.grid.name, values=values))
        return
    for group in several:
        figures = {(count and count[row], tested and tested[row]) for row in group}
        kind = "repeated-row" if len(figures) == 1 else "rows-disagree"
        for row in group[1:] if len(figures) == 1 else group:
            columns.leave_out(row, kind)


def _places(columns: _Columns, registers: SheetRegisters) -> list[str | None] | None:
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


def _labels(columns: _Columns, role: Role) -> list[str | None] | None:
    cells = columns.cells(role)
    if cells is None:
        return None
    longest = _LONGEST_LABEL
    return [cell if cell and len(cell) <= longest else None for cell in cells]


def _sold_as(columns: _Columns, names: NameReader) -> list[str | None] | None:
    cells = columns.cells(Role.SOLD_AS)
    if cells is None:
        return None
    read: dict[str, str | None] = {cell: _sold(cell, names) for cell in set(cells)}
    return [read[cell] for cell in cells]


def _sold(cell: str, names: NameReader) -> str | None:
    """What something was sold as: a substance where the name says one, else the word itself."""
    if not any(letter.isalpha() for letter in cell) or len(cell) > _LONGEST_LABEL:
        return None
    read = names.read(cell)
    if read.answer is not Answer.FOUND and not read.doubted:
        return None
    return read.names[0].id if len(read.names) == 1 else unresolved_id(cell)


def _names_to_see(
    columns: _Columns,
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


_NEAR_ENOUGH = 0.6  # likeness below which a suggestion would only confuse


def _nearest(name: Named, registers: SheetRegisters) -> tuple[str, ...]:
    if name.how is not How.UNKNOWN:
        return ()
    near = registers.substances.nearest(name.text, 3)
    return tuple(match.entry.name for match in near if match.score >= _NEAR_ENOUGH)

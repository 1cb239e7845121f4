"""The period of each row of a table, and which rows have none that can be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from atalaya.model.errors import BadInput, Place
from atalaya.model.periods import Period, PeriodKind
from atalaya.reading.sheets.columns import SheetColumns
from atalaya.reading.sheets.dates import Dates, Order, read_dates
from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.remarks import Remark

_EARLIEST = date(1950, 1, 1)  # drug checking is younger; an earlier date is a slip of the pen


def periods_of(columns: SheetColumns, asked: Order | None, today: date) -> list[str]:
    """Read the column of dates, leaving out rows without a date that can be used.

    Args:
        columns: The table; what is assumed and left out is noted in it.
        asked: Order of day and month that somebody asked for, or None.
        today: Later dates are left out as mistakes.

    Returns:
        A printed period a row, empty for rows left out.

    Raises:
        BadInput: Day and month cannot be told apart.
    """
    cells = columns.cells(Role.DATE) or []
    try:
        dates = read_dates(cells, asked)
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

"""Which rows cannot be used: no result, no count, or rows that disagree."""

from __future__ import annotations

from collections.abc import Sequence

from atalaya.reading.sheets.columns import SheetColumns
from atalaya.reading.sheets.finds import Answer, CellRead
from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.remarks import Remark

Numbers = list[float | None] | None


def check_results(columns: SheetColumns, reads: Sequence[CellRead]) -> None:
    """Leave out samples that have no result yet."""
    for row, read in enumerate(reads):
        if read.answer is Answer.NO_RESULT:
            columns.leave_out(row, "no-result")


def check_counts(
    columns: SheetColumns,
    reads: Sequence[CellRead],
    count: Numbers,
    tested: Numbers,
) -> None:
    """Leave out counts of no one substance, that are no whole number, or above the tested."""
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


def check_repeated(
    columns: SheetColumns,
    periods: Sequence[str],
    reads: Sequence[CellRead],
    count: Numbers,
    tested: Numbers,
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

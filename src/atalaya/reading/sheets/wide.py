"""Turns a table of counts with a column for each substance into one with a row for each count."""

from __future__ import annotations

from collections.abc import Sequence

from atalaya.reading.sheets.finds import NameReader
from atalaya.reading.sheets.grids import Grid
from atalaya.reading.sheets.headings import Role, meaning
from atalaya.reading.sheets.numbers import whole_number
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.tables import SheetTable

_FEWEST = 2  # columns headed by a substance that make a table wide
_SAMPLED = 200  # rows looked at


def unfolded(table: SheetTable, names: NameReader) -> SheetTable | None:
    """Give a wide table as a long one, or None where it is not wide.

    Args:
        table: The table; columns headed by a substance hold its counts.
        names: Tells substances from other words.

    Returns:
        The table with the columns ``substance`` and ``count`` in place of those; an empty cell is
        no row, and one whose formula was never computed a row left out. A row keeps its line.
    """
    if any((found := meaning(name)) and found.role is Role.FOUND for name in table.heading):
        return None
    folded = [
        number
        for number, name in enumerate(table.heading)
        if name and _is_known(name, names) and _holds_counts(table.column(number))
    ]
    if len(folded) < _FEWEST:
        return None
    others = [number for number in range(len(table.heading)) if number not in folded]
    rows, lines, left_out = _long(table, others, folded)
    heading = (*(table.heading[number] for number in others), "substance", "count")
    kept = {number + 1: place for place, number in enumerate(others, start=1)}
    uncomputed = [(line, kept[at]) for line, at in table.grid.uncomputed if at in kept]
    grid = Grid(
        table.grid.name,
        table.grid.place,
        tuple(rows),
        tuple(lines),
        uncomputed=tuple(uncomputed),
    )
    said = Remark("wide-table", table.grid.name, values={"columns": len(folded)})
    remarks = (*table.remarks, said, *left_out)
    return SheetTable(grid, heading, tuple(range(len(rows))), remarks, table.line)


def _long(
    table: SheetTable, others: Sequence[int], folded: Sequence[int]
) -> tuple[list[list[str]], list[int], list[Remark]]:
    """Give a row for each count, its line, and a remark for each count never computed."""
    uncomputed = set(table.grid.uncomputed)
    rows, lines, left_out = [], [], []
    for row in table.rows:
        cells, line = table.grid.rows[row], table.grid.lines[row]
        own = [cells[number] if number < len(cells) else "" for number in others]
        for number in folded:
            if (line, number + 1) in uncomputed:
                left_out.append(Remark("formula", table.grid.name, line, table.heading[number]))
            elif number < len(cells) and cells[number]:
                rows.append([*own, table.heading[number], cells[number]])
                lines.append(line)
    return rows, lines, left_out


def _is_known(heading: str, names: NameReader) -> bool:
    found = names.known(heading)
    return found is not None and found.how != "fuzzy"


def _holds_counts(cells: list[str]) -> bool:
    filled = [cell for cell in cells[:_SAMPLED] if cell]
    return bool(filled) and 2 * sum(whole_number(cell) is not None for cell in filled) > len(filled)

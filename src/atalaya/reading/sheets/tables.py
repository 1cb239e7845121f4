"""Finds the table in a sheet: which row is the heading, and which rows are its body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from atalaya.model.errors import BadInput, Place
from atalaya.reading.sheets.dates import looks_like_date
from atalaya.reading.sheets.grids import Grid
from atalaya.reading.sheets.headings import Role, meaning, plain
from atalaya.reading.sheets.remarks import Remark

_SEARCHED = 20  # rows in which the heading must stand; above it are titles and notes
_TOTALS = frozenset({"total", "totals", "totales", "totais", "subtotal", "suma", "sum", "soma"})
_FEWEST = 2  # recognised headings that make a row a heading


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table in a sheet.

    Args:
        grid: The sheet.
        heading: Headings, as wide as the widest row of the body; empty where a column has none.
        rows: Numbers, in the grid, of the rows of the body.
        remarks: What was read over, and rows left out already.
        line: Line of the heading.
    """

    grid: Grid
    heading: tuple[str, ...]
    rows: tuple[int, ...]
    remarks: tuple[Remark, ...]
    line: int

    def column(self, number: int) -> list[str]:
        """Give the cells of a column, empty where a row is shorter."""
        cells = self.grid.rows
        return [cells[row][number] if number < len(cells[row]) else "" for row in self.rows]


def roles_in(cells: Sequence[str]) -> set[Role]:
    """Give the roles that the cells of a row may name, were it a heading."""
    return {found.role for cell in cells if cell and (found := meaning(cell)) is not None}


def find_table(grid: Grid) -> SheetTable | None:
    """Find the table of a sheet, or None where no row looks like its heading.

    Args:
        grid: The sheet.

    Raises:
        BadInput: There are two rows of headings, a heading stands twice, or cells of the table are
            merged.
    """
    scores = [len(roles_in(row)) for row in grid.rows[:_SEARCHED]]
    top = max(range(len(scores)), key=lambda row: (scores[row], -row), default=None)
    if top is None or scores[top] < _FEWEST:
        top = _over_dates(grid)
    if top is None:
        return None
    remarks = [Remark("title-row", grid.name, grid.lines[row]) for row in range(top)]
    first = top + 1
    while first < len(grid.rows) and (over := _read_over(grid, top, first)) is not None:
        remarks.append(over)
        first += 1
    _refuse_merged(grid, grid.lines[top])
    body, left_out = _body(grid, first, len(grid.rows[top]))
    heading = _named(grid, top)
    return SheetTable(grid, heading, body, (*remarks, *left_out), grid.lines[top])


def _over_dates(grid: Grid) -> int | None:
    """Give the first row of words with a date under it: headings in words nobody listed."""
    dated = [any(looks_like_date(cell) for cell in row) for row in grid.rows[: _SEARCHED + 1]]
    for row, (here, below) in enumerate(pairwise(dated)):
        if below:
            return None if here else row
    return None


def _named(grid: Grid, top: int) -> tuple[str, ...]:
    heading = grid.rows[top]
    for name in heading:
        if name and heading.count(name) > 1 and (found := meaning(name)) is not None:
            if found.role in {Role.FOUND, Role.PLACE, Role.PRIVATE}:
                continue
            raise BadInput(
                f"the heading {name!r} stands {heading.count(name)} times",
                why="which of the columns is meant cannot be known",
                do="rename or delete one of them",
                where=Place(grid.place, grid.lines[top], name),
            )
    return tuple(heading)


def _read_over(grid: Grid, top: int, row: int) -> Remark | None:
    """Say why the row under the heading is not data, or None where it is.

    Raises:
        BadInput: It is half of a heading in two rows.
    """
    cells, line = grid.rows[row], grid.lines[row]
    filled = [cell for cell in cells if cell]
    if all(cell.startswith("#") for cell in filled):
        return Remark("tag-row", grid.name, line)
    numbers = any(letter.isdigit() for cell in filled for letter in cell)
    roles = roles_in(cells)
    if numbers or any(looks_like_date(cell) for cell in filled) or len(roles) < _FEWEST:
        return None
    if row > top + 1 and roles != roles_in(grid.rows[top]):
        return None
    if not _are_headings(filled):
        return None
    if roles <= roles_in(grid.rows[top]) and not any(
        cell and not above for cell, above in zip(cells, grid.rows[top], strict=False)
    ):
        return Remark("second-heading", grid.name, line)
    raise BadInput(
        f"there are two rows of headings, in lines {grid.lines[top]} and {line}",
        why="which heading a column has must be plain before its cells are used",
        do="leave one row of headings, with one heading over each column",
        where=Place(grid.place, line),
    )


def _are_headings(filled: Sequence[str]) -> bool:
    """Say whether most of the cells are headings themselves, word for word."""
    exact = [cell for cell in filled if (found := meaning(cell)) and found.like == plain(cell)]
    return 2 * len(exact) > len(filled)


def _refuse_merged(grid: Grid, heading: int) -> None:
    for area in grid.merged:
        if area.bottom < heading:
            continue  # a title over the table
        raise BadInput(
            f"cells of rows {area.top} to {area.bottom} are merged",
            why="only the first of merged cells holds the value; the others would read as empty",
            do="unmerge them in a spreadsheet program and write the value in every cell it is for",
            where=Place(grid.place, area.top, area.left),
        )


def _body(grid: Grid, first: int, width: int) -> tuple[tuple[int, ...], list[Remark]]:
    kept, left_out = [], []
    for row in range(first, len(grid.rows)):
        cells = grid.rows[row]
        if any(cells[width:]):
            values: dict[str, str | int] = {"cells": len(cells), "headings": width}
            left_out.append(Remark("uneven-row", grid.name, grid.lines[row], values=values))
        elif plain(next(cell for cell in cells if cell)) in _TOTALS:
            left_out.append(Remark("total-row", grid.name, grid.lines[row]))
        else:
            kept.append(row)
    return tuple(kept), left_out

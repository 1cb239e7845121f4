"""Proposes what each column of a table holds, from its heading and from its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Literal

from atalaya.model.errors import BadInput, Place, WrongUse
from atalaya.reading.sheets.asking import NOTHING_ASKED, Asked
from atalaya.reading.sheets.dates import looks_like_date
from atalaya.reading.sheets.finds import NameReader
from atalaya.reading.sheets.headings import Meaning, Role, meaning, plain
from atalaya.reading.sheets.numbers import whole_number
from atalaya.reading.sheets.tables import SheetTable

Layout = Literal["line-list", "counts"]

MANY = frozenset({Role.FOUND, Role.PLACE})  # roles several columns may have
_SAMPLED = 300  # distinct cells a column is judged by
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}|\+?\d[\d ()-]{8,}\d", re.IGNORECASE)
_POINT = re.compile(r"-?\d{1,3}[.,]\d{3,}")
_SOME = 0.4  # share of its distinct cells that says what a column holds; the rest may be slips
_BY_CELLS = 0.5  # confidence of a role told from the cells alone
_SURE_OF_CONTACTS = 0.97  # its cells are addresses or telephones, whatever its heading


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one column was taken for.

    Args:
        number: Its place, from 0.
        heading: Its heading as written.
        role: What it holds, or None where it is not read.
        confidence: How sure, 0 to 1; 1 where somebody said it.
        because: ``asked``, ``heading``, ``like`` (a listed heading is similar), ``cells``; for a
            column that is not read: ``private``, ``contacts``, ``coordinates``, ``not-needed``,
            ``another-chosen`` or ``cells-disagree``.
        like: The listed heading it is like, or empty.
    """

    number: int
    heading: str
    role: Role | None
    confidence: float
    because: str
    like: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed mapping of a table.

    Args:
        layout: ``line-list`` (a sample or case a row) or ``counts``.
        columns: Every column, in order.
    """

    layout: Layout
    columns: tuple[Assigned, ...]

    def numbers(self, role: Role) -> tuple[int, ...]:
        """Give the columns of a role."""
        return tuple(one.number for one in self.columns if one.role is role)


def propose(table: SheetTable, names: NameReader, asked: Asked = NOTHING_ASKED) -> Proposal:
    """Propose what each column of a table holds.

    Args:
        table: The table.
        names: Tells substances from other words.
        asked: What somebody said; it goes before everything else, except that a column about
            people is only read where it is named.

    Raises:
        WrongUse: A heading that was asked for does not exist.
        BadInput: No column of dates, or none of substances, could be found.
    """
    said = _said(table, asked)
    cells = {number: _sample(table, number) for number in range(len(table.heading))}
    columns = [
        said.get(number) or _column(number, table.heading[number], cells[number], names)
        for number in range(len(table.heading))
    ]
    columns = _told_by_cells(columns, cells, names, asked)
    columns = _one_each(_as_asked(columns, asked))
    proposal = Proposal(_layout(columns), tuple(_fitting(columns)))
    for role in (Role.DATE, Role.FOUND):
        if not proposal.numbers(role):
            raise _missing(table, role)
    return proposal


def _said(table: SheetTable, asked: Asked) -> dict[int, Assigned]:
    found: dict[int, Assigned] = {}
    by_plain = {plain(name): number for number, name in enumerate(table.heading) if name}
    for role, headings in asked.columns.items():
        for heading in headings:
            number = by_plain.get(plain(heading))
            if number is None:
                near = get_close_matches(plain(heading), by_plain, n=1)
                raise WrongUse(
                    f"no column of {table.grid.place} is headed {heading!r}",
                    near=table.heading[by_plain[near[0]]] if near else None,
                    do="the headings are " + ", ".join(filter(None, table.heading)),
                )
            found[number] = Assigned(number, table.heading[number], role, 1.0, "asked")
    return found


def _sample(table: SheetTable, number: int) -> list[str]:
    return list(islice(dict.fromkeys(cell for cell in table.column(number) if cell), _SAMPLED))


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


def _column(number: int, heading: str, cells: Sequence[str], names: NameReader) -> Assigned:
    found = meaning(heading)
    if found is not None and found.role is Role.PRIVATE:
        return Assigned(number, heading, None, found.score, "private", found.like)
    if _share(cells, _is_contact) > _SOME:
        return Assigned(number, heading, None, _SURE_OF_CONTACTS, "contacts")
    if found is None or not cells:
        return Assigned(number, heading, None, 0.0, "not-needed")
    if not _agrees(found, cells, names):
        return Assigned(number, heading, None, found.score, "cells-disagree", found.like)
    because = "heading" if found.like == plain(heading) else "like"
    return Assigned(number, heading, found.role, found.score, because, found.like)


def _is_contact(cell: str) -> bool:
    return bool(_CONTACT.fullmatch(cell)) and not looks_like_date(cell)


def _agrees(found: Meaning, cells: Sequence[str], names: NameReader) -> bool:
    """Say whether the cells can be what the heading says."""
    match found.role:
        case Role.DATE:
            return _share(cells, _may_be_date) > _SOME
        case Role.FOUND:
            known = _share(cells, lambda cell: _names_substance(names, cell))
            return known > 0 or _share(cells, lambda cell: whole_number(cell) is not None) < _SOME
        case Role.COUNT | Role.TESTED:
            return _share(cells, lambda cell: whole_number(cell) is not None) > _SOME
        case Role.PLACE:
            return _share(cells, lambda cell: bool(_POINT.fullmatch(cell))) < _SOME
        case _:
            return True


def _may_be_date(cell: str) -> bool:
    return looks_like_date(cell) or (cell.replace(".", "").isdigit() and len(cell) >= 5)  # noqa: PLR2004 - a serial


def _names_substance(names: NameReader, cell: str) -> bool:
    return any(named.matched for named in names.read(cell).names)


def _told_by_cells(
    columns: list[Assigned], cells: Mapping[int, Sequence[str]], names: NameReader, asked: Asked
) -> list[Assigned]:
    """Take a date or substance column from its cells where no heading names one."""
    tests = {
        Role.DATE: looks_like_date,
        Role.FOUND: lambda cell: _names_substance(names, cell),
    }
    for role, test in tests.items():
        if role in asked.columns or any(one.role is role for one in columns):
            continue
        fitting = [
            one
            for one in columns
            if one.because == "not-needed" and _share(cells[one.number], test) > _SOME
        ]
        if len(fitting) == 1:
            one = fitting[0]
            columns[one.number] = Assigned(one.number, one.heading, role, _BY_CELLS, "cells")
    return columns


def _as_asked(columns: Sequence[Assigned], asked: Asked) -> list[Assigned]:
    """Leave a role that somebody gave columns to those columns alone."""
    return [
        Assigned(one.number, one.heading, None, one.confidence, "another-chosen", one.like)
        if one.role in asked.columns and one.because != "asked"
        else one
        for one in columns
    ]


def _one_each(columns: Sequence[Assigned]) -> list[Assigned]:
    """Leave one column to each role that takes one: the surest, then the leftmost."""
    chosen: dict[Role, Assigned] = {}
    for one in columns:
        if one.role is not None and one.role not in MANY:
            held = chosen.get(one.role)
            if held is None or one.confidence > held.confidence:
                chosen[one.role] = one
    return [
        one
        if one.role is None or one.role in MANY or chosen[one.role] is one
        else Assigned(one.number, one.heading, None, one.confidence, "another-chosen", one.like)
        for one in columns
    ]


def _layout(columns: Sequence[Assigned]) -> Layout:
    roles = {one.role for one in columns}
    if Role.COUNT not in roles:
        return "line-list"
    return "counts" if Role.TESTED in roles or not roles & {Role.ID, Role.SOLD_AS} else "line-list"


def _fitting(columns: Sequence[Assigned]) -> Iterable[Assigned]:
    """Drop what the layout has no use for: a line list has no counts, a table of counts no ids."""
    unused = (
        {Role.COUNT, Role.TESTED}
        if _layout(columns) == "line-list"
        else {Role.ID, Role.SOLD_AS, Role.METHOD}
    )
    for one in columns:
        if one.role in unused:
            yield Assigned(one.number, one.heading, None, one.confidence, "not-needed", one.like)
        else:
            yield one


def _missing(table: SheetTable, role: Role) -> BadInput:
    what = {Role.DATE: "dates", Role.FOUND: "substances found"}[role]
    return BadInput(
        f"no column of {what} could be told among {', '.join(filter(None, table.heading))}",
        why="without it nothing can be said about what is new",
        do=f'name it: --map {role}="HEADING"',
        where=Place(table.grid.place, table.line),
    )

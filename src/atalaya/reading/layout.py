"""Finds the declared columns in a table's heading: which delimiter, which line, or why not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.model.declarations import Column, Table
from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence
from atalaya.reading.rows import DELIMITERS, Cells, Rows, find_rows, heading
from atalaya.reading.text import Passages

_TAG = re.compile("#[A-Za-z]")
_LINES_SEARCHED = 10  # headings below a title or under a first row of headings stand within these


@dataclass(frozen=True, slots=True)
class Layout:
    """A table whose declared columns were all found.

    Args:
        passages: The text.
        rows: Its rows, the heading first.
        delimiter: What separates cells.
        heading: Headings in order.
        needed: Declared headings, each once.
        tagged: Whether the second row holds HXL tags, which are read over.

    Source: Humanitarian Exchange Language (HXL) 1.1, tagging conventions.
    """

    passages: Passages
    rows: Rows
    delimiter: str
    heading: tuple[str, ...]
    needed: tuple[str, ...]
    tagged: bool = False


def needed_columns(table: Table) -> tuple[str, ...]:
    """Give the headings that a declared table reads, each once."""
    return tuple(dict.fromkeys(_declared(table)))


def _declared(table: Table) -> Iterator[str]:
    for field in Table.model_fields:
        value = getattr(table, field)
        if isinstance(value, Column) and value.column is not None:
            yield value.column
    if table.unit_column is not None:
        yield table.unit_column
    yield from table.facts.values()
    yield from table.notes.values()


def find_layout(passages: Passages, table: Table) -> Layout:
    """Find every declared column in the heading.

    The delimiter is the one under which most declared headings are found.

    Args:
        passages: Text of the table.
        table: What is declared of it.

    Raises:
        BadInput: A column is missing (with the headings found and the nearest one), stands twice,
            or the headings stand in another line or in two.
    """
    rows, needed = find_rows(passages), needed_columns(table)
    if not len(rows):
        raise BadInput(
            sentence("the body holds no row"),
            why="an empty answer is a failure of the source, not a table without rows",
            do=sentence(
                "open the address in a browser; if it is empty there too, tell the publisher"
            ),
            where=Place(passages.place),
        )
    delimiter = max(DELIMITERS, key=lambda mark: _score(passages, rows, mark, needed))
    found = heading(passages, rows, delimiter)
    missing = [name for name in needed if name not in found]
    if missing:
        _refuse_other_heading(passages, rows, delimiter, needed)
        raise _missing(missing[0], found, passages, int(rows.lines[0]))
    for name in needed:
        if found.count(name) > 1:
            raise BadInput(
                sentence(
                    "the heading {name!r} stands {times} times",
                    name=name,
                    times=found.count(name),
                ),
                why="which of the columns is meant cannot be known",
                do=sentence("have one of them renamed"),
                where=Place(passages.place, int(rows.lines[0]), name),
            )
    tagged = len(rows) > 1 and _are_tags(heading(passages, rows, delimiter, 1))
    return Layout(passages, rows, delimiter, tuple(found), needed, tagged)


def _are_tags(cells: Cells) -> bool:
    return any(cells) and all(_TAG.match(cell) for cell in cells if cell)


def _score(passages: Passages, rows: Rows, mark: str, needed: tuple[str, ...]) -> tuple[int, int]:
    try:
        found = heading(passages, rows, mark)
    except BadInput:
        return (-1, 0)
    return (sum(name in found for name in needed), len(found))


def _refuse_other_heading(
    passages: Passages, rows: Rows, delimiter: str, needed: tuple[str, ...]
) -> None:
    above: Cells = []
    for number in range(min(len(rows), _LINES_SEARCHED)):
        here = heading(passages, rows, delimiter, number)
        if number and all(name in here or name in above for name in needed):
            raise BadInput(
                sentence(
                    "the declared headings stand in line {line}, or in it and the lines above: "
                    "there is a title, or there are two rows of headings",
                    line=str(rows.lines[number]),
                ),
                why="which heading a column has must be plain before its figures are used",
                do=sentence("leave one row of headings, as the first line"),
                where=Place(passages.place, int(rows.lines[number])),
            )
        above += here


def _missing(name: str, found: Cells, passages: Passages, line: int) -> BadInput:
    near = difflib.get_close_matches(name.casefold(), [one.casefold() for one in found], n=1)
    meant = next((one for one in found if near and one.casefold() == near[0]), None)
    do = sentence("If the publisher renamed the column, change it in source.toml")
    if meant:
        do = sentence("Did you mean {near!r}? {do}", near=meant, do=do)
    return BadInput(
        sentence(
            "there is no column {name!r}; the headings are {headings}",
            name=name,
            headings=", ".join(map(repr, found)),
        ),
        why="the source's declared table names this column",
        do=do,
        where=Place(passages.place, line, name),
    )

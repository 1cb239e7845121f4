"""When a document is refused whole, and the issues that are published when it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.model.declarations import Expectation, Table
from atalaya.model.errors import BadInput, Place
from atalaya.model.records import Document, Issue
from atalaya.reading import cells
from atalaya.reading.claims import Doubtful, Said
from atalaya.reading.grid import Complaint
from atalaya.reading.layout import Layout
from atalaya.reading.names import Registers, unresolved

_EXAMPLES = 3  # broken rows that a refusal quotes


def refuse_second_heading(said: Said, table: Table, layout: Layout) -> None:
    """Refuse a table whose first row under the heading is another row of headings.

    It is taken for one when every number and period of it is written in words.
    """
    grid = said.columns.grid
    typed = [one.column for one in (table.value, table.population, table.period) if one is not None]
    if not len(grid.rows):
        return
    first = [grid.columns[name][0].as_py() for name in typed if name is not None]
    worded = [cell for cell in first if cell is not None]
    if not worded or any(letter.isdigit() for cell in worded for letter in cell):
        return
    if not any(one.row == 0 and one.column in typed for one in said.columns.complaints):
        return
    raise BadInput(
        f"{', '.join(map(repr, worded))}: this looks like a second row of headings",
        why="which heading a column has must be plain before its figures are used",
        do="leave one row of headings, as the first line",
        where=Place(layout.passages.place, int(grid.rows.lines[0])),
    )


def refuse_too_broken(
    rows: int, broken: int, expect: Expectation, complaints: Sequence[Complaint], place: str
) -> None:
    """Refuse a document with fewer rows, or a larger share of broken ones, than is expected.

    Args:
        rows: Rows under the heading.
        broken: How many of them cannot be used.
        expect: What the source declares.
        complaints: Why, for the examples in the message.
        place: The document.
    """
    if rows < expect.min_rows:
        raise BadInput(
            f"{rows} rows under the heading, and at least {expect.min_rows} are expected",
            why="a cut-off answer would look like a decline",
            do="open the address; if it is right so, lower min_rows in source.toml",
            where=Place(place),
        )
    if broken > expect.max_broken * rows:
        examples = "; ".join(f"line {one.line}: {one.says}" for one in complaints[:_EXAMPLES])
        raise BadInput(
            f"{broken} of {rows} rows cannot be used ({examples})",
            why=f"more than {expect.max_broken:.0%} is no slip: the table is not what is declared",
            do="correct the declaration or ask the publisher; max_broken allows more",
            where=Place(place, complaints[0].line, complaints[0].column),
        )


def issues_of(
    said: Said, layout: Layout, document: Document, registers: Registers
) -> Iterator[Issue]:
    """Give the issues of a document that is used: what was left out, not known, or assumed."""
    yield from _about_form(layout, document)
    for one in [*said.columns.grid.uneven, *said.columns.complaints]:
        where = Place(layout.passages.place, one.line, one.column)
        says = f"row left out: {one.says}"
        yield Issue("broken-row", says, "read", document.source, where, one.do)
    for name in said.doubtful:
        yield _about_name(name, layout, document, registers)


def _about_name(name: Doubtful, layout: Layout, document: Document, registers: Registers) -> Issue:
    where = Place(layout.passages.place, name.line, name.column)
    if not unresolved(name.taken_for):
        says = (
            f"{cells.shown(name.name)} was taken for {name.taken_for}, which is not certain; "
            "its claims are unverified"
        )
        do = "add the name to the register, verified, or correct it at the source"
        return Issue(f"doubtful-{name.register}", says, "read", document.source, where, do)
    near = registers.named(name.register).nearest(name.name, 1)
    says = (
        f"{cells.shown(name.name)} is not in the register of {name.register} names; "
        "its claims are kept and make no series"
    )
    offer = f"Did you mean {near[0].matched!r}? " if near else ""
    do = f"{offer}Add the name to the register, as an alias where it is one"
    return Issue(f"unknown-{name.register}", says, "read", document.source, where, do)


def _about_form(layout: Layout, document: Document) -> Iterator[Issue]:
    place = Place(layout.passages.place, 1)
    if layout.delimiter != ",":
        says = f"cells are separated by {layout.delimiter!r}, which was found, not declared"
        yield Issue("delimiter", says, "read", document.source, place, "nothing, if that is right")
    if layout.tagged:
        says = "the row of HXL tags under the heading was read over"
        where = Place(layout.passages.place, int(layout.rows.lines[1]))
        yield Issue("tag-row", says, "read", document.source, where, "nothing: tags are not data")

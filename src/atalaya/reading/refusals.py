"""When a document is refused whole, and the issues that are published when it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.model.declarations import Table
from atalaya.model.declaring import Expectation
from atalaya.model.errors import BadInput, Place
from atalaya.model.records import Document, Issue
from atalaya.model.sentences import Sentence, sentence
from atalaya.reading import cells
from atalaya.reading.claims import Doubtful, Said
from atalaya.reading.grid import Complaint
from atalaya.reading.layout import Layout
from atalaya.reading.names import Registers, unresolved

_REGISTERS = {"substance": sentence("substance"), "territory": sentence("territory")}
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
        sentence(
            "{cells}: this looks like a second row of headings",
            cells=", ".join(map(repr, worded)),
        ),
        why="which heading a column has must be plain before its figures are used",
        do=sentence("leave one row of headings, as the first line"),
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
            sentence(
                "{rows} rows under the heading, and at least {least} are expected",
                rows=rows,
                least=expect.min_rows,
            ),
            why="a cut-off answer would look like a decline",
            do=sentence("open the address; if it is right so, lower min_rows in source.toml"),
            where=Place(place),
        )
    if broken > expect.max_broken * rows:
        raise BadInput(
            sentence(
                "{broken} of {rows} rows cannot be used ({examples})",
                broken=broken,
                rows=rows,
                examples=_examples(complaints[:_EXAMPLES]),
            ),
            why=f"more than {expect.max_broken:.0%} is no slip: the table is not what is declared",
            do=sentence("correct the declaration or ask the publisher; max_broken allows more"),
            where=Place(place, complaints[0].line, complaints[0].column),
        )


def _examples(complaints: Sequence[Complaint]) -> Sentence:
    first, *others = complaints
    said = sentence("line {line}: {says}", line=str(first.line), says=first.says)
    if not others:
        return said
    return sentence("{one}; {others}", one=said, others=_examples(others))


def issues_of(
    said: Said, layout: Layout, document: Document, registers: Registers
) -> Iterator[Issue]:
    """Give the issues of a document that is used: what was left out, not known, or assumed."""
    yield from _about_form(layout, document)
    for one in [*said.columns.grid.uneven, *said.columns.complaints]:
        where = Place(layout.passages.place, one.line, one.column)
        says = sentence("row left out: {because}", because=one.says)
        yield Issue("broken-row", says, "read", document.source, where, one.do)
    for name in said.doubtful:
        yield _about_name(name, layout, document, registers)


def _about_name(name: Doubtful, layout: Layout, document: Document, registers: Registers) -> Issue:
    where = Place(layout.passages.place, name.line, name.column)
    if not unresolved(name.taken_for):
        says = sentence(
            "{name} was taken for {taken_for}, which is not certain; its claims are unverified",
            name=cells.shown(name.name),
            taken_for=name.taken_for,
        )
        do = sentence("add the name to the register, verified, or correct it at the source")
        return Issue(f"doubtful-{name.register}", says, "read", document.source, where, do)
    near = registers.named(name.register).nearest(name.name, 1)
    says = sentence(
        "{name} is not in the register of {register} names; its claims are kept and make no series",
        name=cells.shown(name.name),
        register=_REGISTERS[name.register],
    )
    do = sentence("Add the name to the register, as an alias where it is one")
    if near:
        do = sentence("Did you mean {near!r}? {do}", near=near[0].matched, do=do)
    return Issue(f"unknown-{name.register}", says, "read", document.source, where, do)


def _about_form(layout: Layout, document: Document) -> Iterator[Issue]:
    place = Place(layout.passages.place, 1)
    if layout.delimiter != ",":
        says = sentence(
            "cells are separated by {delimiter!r}, which was found, not declared",
            delimiter=layout.delimiter,
        )
        do = sentence("nothing, if that is right")
        yield Issue("delimiter", says, "read", document.source, place, do)
    if layout.tagged:
        says = sentence("the row of HXL tags under the heading was read over")
        where = Place(layout.passages.place, int(layout.rows.lines[1]))
        do = sentence("nothing: tags are not data")
        yield Issue("tag-row", says, "read", document.source, where, do)

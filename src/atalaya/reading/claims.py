"""From the cells of a declared table to claims: one a row, or one a declared fact of a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import Column, SourceDeclaration, Table
from atalaya.model.errors import BadInput
from atalaya.model.records import Checked, Document
from atalaya.model.tables import CLAIMS
from atalaya.reading import cells
from atalaya.reading.grid import Columns, Grid
from atalaya.reading.identity import claim_ids
from atalaya.reading.names import UNRESOLVED, Registers, identify, is_sure, required
from atalaya.reading.text import Passages

_TEXT, _NUMBER = pa.string(), pa.float64()
Arrays = dict[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A name that its register does not know or only guesses, and where it stands first.

    Args:
        name: As the document writes it.
        taken_for: The identifier it was taken for; ``unresolved:`` where there is none.
        register: ``substance`` or ``territory``.
        column: The heading, or None for a fixed value.
        line: Its first line, or None for a fixed value.
    """

    name: str
    taken_for: str
    register: str
    column: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a table's rows say.

    Args:
        columns: The columns read, with every complaint about a row.
        statements: One set of claim columns for each thing a row says, all as long as the grid.
        doubtful: Names that their registers do not know or only guess, each once.
    """

    columns: Columns
    statements: tuple[Arrays, ...]
    doubtful: tuple[Doubtful, ...]


def read_rows(
    grid: Grid, table: Table, declaration: SourceDeclaration, registers: Registers
) -> Said:
    """Read the cells of a grid as a table declares them.

    Args:
        grid: Cells of the declared columns.
        table: What is declared of them.
        declaration: The source, for the territory when the table has none.
        registers: Where names are looked up.

    Raises:
        BadInput: The declaration lacks what this kind of table needs.
    """
    columns = Columns(grid)
    subject = required(table.subject, "subject")
    territory = table.territory or Column(value=declaration.territory)
    subjects = _names(columns, subject, registers)
    places = _names(columns, territory, registers)
    checked = columns.read(table.checked, cells.checked, _TEXT).fill_null(Checked.UNVERIFIED)
    shared: Arrays = {
        "subject": subjects.identifiers,
        "territory": places.identifiers,
        "period": columns.read(table.period, cells.period, _TEXT),
        "population": columns.read(table.population, cells.count, _NUMBER),
        "unit": columns.read(_unit(table), cells.as_it_is, _TEXT),
        "checked": pc.if_else(
            pc.and_(subjects.sure, places.sure), checked, pa.scalar(str(Checked.UNVERIFIED), _TEXT)
        ),
        "how_checked": columns.read(table.how_checked, cells.as_it_is, _TEXT).fill_null(""),
        "cites": columns.read(table.cites, cells.as_it_is, _TEXT),
    }
    columns.require(shared["subject"], subject, "subject")
    statements = tuple(shared | own for own in _statements(columns, table))
    return Said(columns, statements, (*subjects.doubtful, *places.doubtful))


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of one column: what they stand for, whether that is certain, and which are not."""

    identifiers: pa.Array
    sure: pa.Array
    doubtful: tuple[Doubtful, ...]


def _names(columns: Columns, column: Column, registers: Registers) -> _Names:
    identifiers = columns.read(column, identify(column, registers), _TEXT)
    sure = columns.read(column, is_sure(column, registers), pa.bool_()).fill_null(True)
    return _Names(identifiers, sure, tuple(_doubtful(columns, column, identifiers, sure)))


def _doubtful(
    columns: Columns, column: Column, identifiers: pa.Array, sure: pa.Array
) -> Iterator[Doubtful]:
    if column.register_name is None:
        return
    strange = pc.starts_with(identifiers, f"{UNRESOLVED}:").fill_null(False)
    seen: set[str] = set()
    for row in np.flatnonzero(pc.or_(strange, pc.invert(sure)).to_numpy(False)).tolist():
        cell = column.value if column.column is None else columns.grid.columns[column.column][row]
        name = str(cell)
        if name not in seen:
            seen.add(name)
            line = int(columns.grid.rows.lines[row]) if column.column else None
            taken_for = str(identifiers[row])
            yield Doubtful(name, taken_for, column.register_name, column.column, line)


def _statements(columns: Columns, table: Table) -> Iterator[Arrays]:
    if table.facts:
        return (_fact(columns, name, heading) for name, heading in table.facts.items())
    return _one_a_row(columns, table)


def _fact(columns: Columns, predicate: str, heading: str) -> Arrays:
    column = Column(column=heading)
    return {
        "predicate": pa.repeat(pa.scalar(predicate, _TEXT), len(columns)),
        "value": columns.read(column, _number_or_none, _NUMBER),
        "text": columns.read(column, _words_or_none, _TEXT),
    }


def _one_a_row(columns: Columns, table: Table) -> Iterator[Arrays]:
    whole = table.record == "counts" and not table.may_be_negative
    column = required(table.predicate, "predicate")
    predicate = columns.read(column, cells.as_it_is, _TEXT)
    columns.require(predicate, column, "predicate")
    yield {
        "predicate": predicate,
        "value": columns.read(table.value, cells.count if whole else cells.number, _NUMBER),
        "text": columns.read(table.text, cells.as_it_is, _TEXT),
    }
    for note, heading in table.notes.items():
        yield {
            "predicate": pc.binary_join_element_wise(predicate, note, "@"),
            "value": pa.nulls(len(columns), _NUMBER),
            "text": columns.read(Column(column=heading), cells.as_it_is, _TEXT),
        }


def _number_or_none(text: str) -> float | None:
    try:
        return cells.number(text)
    except BadInput:
        return None


def _words_or_none(text: str) -> str | None:
    return text if _number_or_none(text) is None else None


def _unit(table: Table) -> Column | None:
    if table.unit_column is not None:
        return Column(column=table.unit_column)
    return None if table.unit is None else Column(value=table.unit)


def assemble(said: Said, passages: Passages, document: Document, left_out: set[int]) -> pa.Table:
    """Make claims of the rows that are not left out; what a row leaves empty is not claimed.

    Args:
        said: What the rows say.
        passages: The bytes the spans point into.
        document: The document.
        left_out: Rows of the grid that are not used.

    Returns:
        Claims with the schema CLAIMS, in the order of their rows.
    """
    sound = np.ones(len(said.columns), dtype=bool)
    sound[list(left_out)] = False
    tables = [_claims(said, arrays, passages, document, sound) for arrays in said.statements]
    return pa.concat_tables(tables)


def _claims(
    said: Said, arrays: Arrays, passages: Passages, document: Document, sound: np.ndarray
) -> pa.Table:
    speaks = pc.or_(arrays["value"].is_valid(), arrays["text"].is_valid())
    kept = np.flatnonzero(sound & speaks.to_numpy(zero_copy_only=False))
    rows = said.columns.grid.rows
    starts, ends = rows.starts[kept], rows.ends[kept]
    payload, encoding = passages.payload, passages.encoding
    picked = {name: values.take(pa.array(kept)) for name, values in arrays.items()}
    picked |= {
        "document": pa.repeat(pa.scalar(document.id), len(kept)),
        "source": pa.repeat(pa.scalar(document.source), len(kept)),
        "start": pa.array(starts),
        "end": pa.array(ends),
        "line": pa.array(rows.lines[kept]),
        "quote": pa.array(
            [
                payload[start:end].decode(encoding)
                for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            ],
            _TEXT,
        ),
    }
    picked["id"] = claim_ids(document.id, picked)
    return pa.Table.from_arrays([picked[name] for name in CLAIMS.names], schema=CLAIMS)


def empty_rows(said: Said) -> np.ndarray:
    """Give for each row whether it says nothing: no value and no words under any predicate."""
    silent = np.ones(len(said.columns), dtype=bool)
    for arrays in said.statements:
        spoken = pc.or_(arrays["value"].is_valid(), arrays["text"].is_valid())
        silent &= ~spoken.to_numpy(zero_copy_only=False)
    return silent

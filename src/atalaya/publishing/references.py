"""References: how a person names a published cell, row or record, and which one that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.opening import Release

_CELL = re.compile(r"([A-Za-z_]+)(?:\.csv)?:([0-9]+)(?::([A-Za-z0-9_]+))?")
_RECORD = re.compile(r"([a-z][a-z-]*):[A-Za-z0-9][A-Za-z0-9._-]*")
_TABLE_OF = {
    "signal": "signals",
    "observation": "series",
    "verdict": "verdicts",
    "claim": "claims",
    "document": "documents",
    "capture": "captures",
    "issue": "issues",
    "promise": "promises",
    "matter": "follow_up",
    "contact": "advocacy",
    "agreement": "voting_agreement",
    "sponsorship": "sponsorship",
    "forecast": "forecasts",
    "organisation": "organisations",
    "organisation-name": "organisation_names",
    "cohosting": "cohosting",
    "change": "page_changes",
    "story": "stories",
    "candidate": "candidates",
}
_FORMS = sentence(
    "write signals.csv:3:observed, signals.csv:3, or an identifier such as claim:0123456789abcdef"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a release, and one of its columns where one was named.

    Args:
        table: Name of the table.
        row: Row number, from 1.
        column: Heading, or None for the whole row.
        cells: Heading -> cell of that row.
    """

    table: str
    row: int
    column: str | None
    cells: dict[str, Any]

    def __str__(self) -> str:
        column = f":{self.column}" if self.column else ""
        return f"{self.table}.csv:{self.row}{column}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a release; each table is read once.

    Args:
        release: The release.
    """

    release: Release
    _tables: dict[str, pa.Table] = field(default_factory=dict, repr=False)

    def table(self, name: str) -> pa.Table:
        """Give a table; ``Release.table`` says what it raises."""
        if name not in self._tables:
            self._tables[name] = self.release.table(name)
        return self._tables[name]

    def row(self, table: str, row: int) -> dict[str, Any]:
        """Give a row of a table as heading -> cell; row 1 is the first."""
        cells: dict[str, Any] = self.table(table).slice(row - 1, 1).to_pylist()[0]
        return cells

    def find(self, table: str, identifier: str) -> int | None:
        """Give the row, from 1, at which a table holds an identifier, or None."""
        at = pc.index(self.table(table)["id"], identifier).as_py()
        return None if at < 0 else int(at) + 1


def locate(reference: str, rows: Rows) -> Found:
    """Find what a reference names.

    Args:
        reference: ``signals.csv:3:observed`` (row 1 is the first data row), ``signals.csv:3``, or
            the identifier of a record of the release.
        rows: The rows of the release to look in.

    Raises:
        WrongUse: It names nothing there; the nearest thing that exists is offered.
    """
    text = reference.strip()
    if cell := _CELL.fullmatch(text):
        return _cell(rows, cell[1], int(cell[2]), cell[3])
    record = _RECORD.fullmatch(text)
    if record is None:
        raise WrongUse(sentence("{reference!r} is no reference", reference=reference), do=_FORMS)
    return _record(rows, record[1], text)


def _cell(rows: Rows, table: str, row: int, column: str | None) -> Found:
    found = rows.table(table)
    if not 1 <= row <= len(found):
        raise WrongUse(
            sentence("{table}.csv has no row {row}", table=table, row=str(row)),
            do=sentence("it has {rows} rows; row 1 is the first data row", rows=len(found)),
        )
    if column is not None and column not in found.column_names:
        near = get_close_matches(column, found.column_names, n=1, cutoff=0.5)
        raise WrongUse(
            sentence("{table}.csv has no column {column!r}", table=table, column=column),
            near=f"{table}.csv:{row}:{near[0]}" if near else None,
            do=sentence("its columns: {columns}", columns=", ".join(found.column_names)),
        )
    return Found(table, row, column, rows.row(table, row))


def _record(rows: Rows, kind: str, identifier: str) -> Found:
    table = _TABLE_OF.get(kind)
    if table is None:
        near = get_close_matches(kind, _TABLE_OF, n=1, cutoff=0.6)
        raise WrongUse(
            sentence("releases hold no records of kind {kind!r}", kind=kind),
            near=identifier.replace(kind, near[0], 1) if near else None,
            do=_FORMS,
        )
    row = rows.find(table, identifier)
    if row is None:
        known = rows.table(table)["id"].to_pylist()
        close = get_close_matches(identifier, known[:2000], n=1, cutoff=0.8)
        raise WrongUse(
            sentence(
                "release {release} has no {identifier}",
                release=rows.release.name,
                identifier=identifier,
            ),
            near=close[0] if close else None,
            do=sentence(
                "its {number} {table} are in data/{table}.csv", number=len(known), table=table
            ),
        )
    return Found(table, row, None, rows.row(table, row))

"""The bodies of a record as a release publishes them, its names resolved by the real resolver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atalaya.pipeline.bodies import printed_names, resolved
from atalaya.promises.body_tables import BodyTables, Known, body_tables
from atalaya.promises.sessions import Session
from atalaya.registers import organisations, territories

Row = dict[str, Any]
_TABLES = ("organisations", "organisation_names", "cohosting")


def known_names(sessions: Sequence[Session]) -> dict[str, Known]:
    """Ask the resolver for every name of a record; nobody has decided anything."""
    rows = resolved(printed_names(sessions), {}, organisations.load())
    return {row["name"]: Known(**row) for row in rows}


def tables_of(sessions: Sequence[Session]) -> BodyTables:
    """Give the three tables of a record."""
    states = {one.id: one.name for one in territories.load().entries}
    return body_tables(sessions, known_names(sessions), states)


def body_rows(sessions: Sequence[Session]) -> Mapping[str, list[Row]]:
    """Give the rows of the three tables as published: lists as text with spaces."""
    made = tables_of(sessions)
    return {
        name: [
            {
                column: " ".join(cell) if isinstance(cell, list) else cell
                for column, cell in row.items()
            }
            for row in getattr(made, name).to_pylist()
        ]
        for name in _TABLES
    }

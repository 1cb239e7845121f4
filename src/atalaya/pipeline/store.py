"""Reads and writes the tables between the steps: Parquet, ordered, replaced in one move."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaya.evidence.durable import write_file
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.tables import ORDER, SCHEMAS


def path_of(folder: Path, name: str) -> Path:
    """Give the file of a table."""
    return folder / f"{name}.parquet"


def write_table(folder: Path, name: str, table: pa.Table) -> None:
    """Write a table, ordered as ``model.tables.ORDER`` says, in place of the one before.

    Args:
        folder: ``tables/``.
        name: One of ``model.tables.SCHEMAS``.
        table: Rows with that schema.
    """
    ordered = table.select(SCHEMAS[name].names).cast(SCHEMAS[name])
    ordered = ordered.sort_by([(column, "ascending") for column in ORDER[name]])
    sink = pa.BufferOutputStream()
    pq.write_table(ordered, sink, compression="zstd")
    write_file(path_of(folder, name), sink.getvalue().to_pybytes())


def read_table(folder: Path, name: str) -> pa.Table:
    """Read a table.

    Raises:
        LookAtThis: It is not there or cannot be read; it can be rebuilt.
    """
    path = path_of(folder, name)
    try:
        return pq.read_table(path, schema=SCHEMAS[name])
    except (OSError, pa.ArrowException) as error:
        raise LookAtThis(
            f"the table {name} cannot be read: {error}",
            do="delete the folder tables/ and run `atalaya run`: it is rebuilt from the evidence",
            where=Place(str(path)),
        ) from error


def empty(name: str) -> pa.Table:
    """Give a table without rows."""
    return SCHEMAS[name].empty_table()


def replace_issues(folder: Path, step: str, issues: pa.Table) -> None:
    """Replace the issues one step found; those of the other steps stay.

    Args:
        folder: ``tables/``.
        step: The step that was just done.
        issues: What it found, with the schema ISSUES.
    """
    others = read_table(folder, "issues")
    kept = others.filter(pc.not_equal(others["step"], step))
    write_table(folder, "issues", pa.concat_tables([kept, issues]))

"""The rows of a sheet as one Arrow table, and everything that is said about how they were read."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from atalaya.reading.sheets.finds import How
from atalaya.reading.sheets.mapping import Proposal
from atalaya.reading.sheets.remarks import Remark
from atalaya.registers.substances import SubstanceRegister
from atalaya.registers.territories import TerritoryRegister

# One row a sample or case (line list), or one a count. Nothing finer than a territory, nothing
# about a person. ``found`` holds identifiers; an empty list says: examined, nothing found.
ROWS = pa.schema(
    [
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("line", pa.int32(), nullable=False),
        pa.field("id", pa.string()),
        pa.field("period", pa.string(), nullable=False),
        pa.field("place", pa.string()),
        pa.field("source", pa.string()),
        pa.field("method", pa.string()),
        pa.field("sold_as", pa.string()),
        pa.field("found", pa.list_(pa.string()), nullable=False),
        pa.field("answer", pa.string(), nullable=False),
        pa.field("count", pa.float64()),
        pa.field("tested", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True)
class SheetRegisters:
    """The registers a sheet's names are looked up in."""

    substances: SubstanceRegister
    territories: TerritoryRegister


@dataclass(frozen=True, slots=True)
class NameInSheet:
    """A counted name that is not plainly in the register, for a person to look at.

    Args:
        text: As written, cleaned of amounts.
        id: What it was taken for; ``unresolved:`` and a slug where the register does not know it.
        how: How it was read.
        matched: The register's name that was matched, or empty.
        score: Likeness of a fuzzy match.
        rows: In how many rows it stands.
        line: The first of them.
        nearest: Names of the nearest entries, for a person to choose from.
    """

    text: str
    id: str
    how: How
    matched: str
    score: float
    rows: int
    line: int
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet that was read.

    Every row under the heading is either in ``rows`` or in ``left_out``: ``rows.num_rows +
    len(left_out) == total``.

    Args:
        name: Name of the file.
        sheets: Names of the sheets read, empty for CSV.
        proposal: The column mapping.
        rows: With the schema `ROWS`.
        left_out: A remark for each row that is not used.
        remarks: What was assumed or skipped.
        names: Names to look at, most frequent first.
        total: Rows under the heading that hold anything.
        columns_unread: Whether a column that is not about people was not read.
    """

    name: str
    sheets: tuple[str, ...]
    proposal: Proposal
    rows: pa.Table
    left_out: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    names: tuple[NameInSheet, ...]
    total: int
    columns_unread: bool

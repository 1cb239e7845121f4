"""One column of a published table: its kind, title, unit and what it may hold.

The kinds decide the form in CSV, Parquet, JSON and the data package alike. A ``count`` is text that
holds a number or ``1-9``, because small counts of people are published as that range.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Kind = Literal["text", "count", "number", "whole", "yes-no", "date", "time"]

COUNT_PATTERN = r"(-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?|1-9)"
COUNT = re.compile(COUNT_PATTERN)
HIDDEN = ("small", "total", "denominator", "derived", "window", "list")

_ARROW: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "count": pa.string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "yes-no": pa.bool_(),
    "date": pa.string(),
    "time": pa.string(),
}

_PYTHON: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "number": (int, float),
    "whole": int,
    "yes-no": bool,
    "date": str,
    "time": str,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a published table.

    Args:
        name: Heading.
        title: What it is, for a reader.
        kind: What its cells are.
        required: Whether an empty cell is an error.
        allowed: The only values it may hold; empty for any.
        unit: Unit of its numbers, or where the unit is found.
        unique: Whether no two rows may hold the same value.
    """

    name: str
    title: str
    kind: Kind = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()
    unit: str = ""
    unique: bool = False

    @property
    def arrow(self) -> pa.Field:
        """The column in the Parquet twin."""
        return pa.field(self.name, _ARROW[self.kind], nullable=not self.required)

    def takes(self, cell: object) -> bool:
        """Say whether a cell may stand in this column."""
        if cell is None:
            return not self.required
        if self.allowed and cell not in self.allowed:
            return False
        if self.kind == "count":
            return isinstance(cell, str) and bool(COUNT.fullmatch(cell))
        return isinstance(cell, _PYTHON[self.kind])

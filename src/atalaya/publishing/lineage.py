"""Row references: how a published row names the rows it is made from.

``claims.csv:3-5 claims.csv:9`` is four rows of one release; row 1 is the first data row. A window
of sixty observations is one range, so verdicts stay small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from atalaya.model.errors import BadInput

_PART = re.compile(r"([a-z_]+)\.csv:([1-9][0-9]*)(?:-([1-9][0-9]*))?")


def reference(table: str, rows: Iterable[int]) -> str:
    """Name rows of a table, shortest form, in order.

    Args:
        table: Name of the table.
        rows: Row numbers, from 1, in any order.

    >>> reference("claims", [5, 3, 4, 9])
    'claims.csv:3-5 claims.csv:9'
    """
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return " ".join(
        f"{table}.csv:{first}" if first == last else f"{table}.csv:{first}-{last}"
        for first, last in runs
    )


def referenced(text: str | None) -> tuple[tuple[str, int], ...]:
    """Read references back: table and row number of each row, in order.

    Raises:
        BadInput: The text is not what ``reference`` writes.

    >>> referenced("claims.csv:3-4")
    (('claims', 3), ('claims', 4))
    """
    found: list[tuple[str, int]] = []
    for part in (text or "").split():
        match = _PART.fullmatch(part)
        if match is None:
            raise BadInput(f"{part!r} names no rows", do="write claims.csv:3 or claims.csv:3-5")
        first = int(match[2])
        last = int(match[3] or first)
        found += [(match[1], row) for row in range(first, last + 1)]
    return tuple(found)


def added_up(series: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Give the series that each sum of ours adds up, by key, as its rows name them.

    Args:
        series: Rows of the published ``series``, all of them, in order.
    """
    found: dict[str, dict[str, None]] = {}
    for row in series:
        made_from = row.get("made_from") or ""
        if made_from.startswith("series.csv:"):
            for _, place in referenced(made_from):
                found.setdefault(row["series"], {})[series[place - 1]["series"]] = None
    return {key: tuple(below) for key, below in found.items()}

"""The forms a published table takes: CSV, Parquet and JSON lines, and its canonical hash.

All three say the same. Only the CSV is opened by spreadsheets, so only there a text that a
spreadsheet would run as a formula is neutralised; numbers stay numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from atalaya.model.identifiers import canonical_json
from atalaya.model.numbers import number_text
from atalaya.publishing.column import COUNT, Column
from atalaya.publishing.columns import TITLES

# A spreadsheet starts a formula on these; a leading apostrophe is in the list so that taking one
# apostrophe away always gives the original back. Full-width signs count as signs in some locales.
# Source: OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")

_ROW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_AWKWARD = re.compile(r'[",\r\n]|^\s|\s$')


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it is published: its columns and its rows, already safe to show.

    Args:
        name: Name of the table, without ending.
        columns: Its columns, in order.
        rows: One tuple a row, one cell a column; None is an empty cell.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def title(self) -> str:
        """What the table is, for a reader."""
        return TITLES[self.name]

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Give each row as heading -> cell."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def arrow(self) -> pa.Table:
        """Give the table as Arrow, for the Parquet twin."""
        columns = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        fields = [column.arrow for column in self.columns]
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)]
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def tabled(name: str, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> Published:
    """Make a published table of dictionaries; absent and empty cells are None.

    Args:
        name: Name of the table.
        columns: Its columns.
        rows: Heading -> cell; headings that are no column are an error.
    """
    names = [column.name for column in columns]
    made, known = [], set(names)
    for row in rows:
        if unknown := row.keys() - known:
            raise KeyError(f"{name} has no columns {sorted(unknown)}")
        made.append(tuple(_clean(row.get(heading)) for heading in names))
    return Published(name, tuple(columns), tuple(made))


def _clean(cell: Any) -> Any:
    if isinstance(cell, str):
        if cell.isascii() and "\0" not in cell:
            return cell or None
        # A NUL ends a cell in many readers; a lone surrogate cannot be written as UTF-8 at all.
        return cell.replace("\0", "�").encode("utf-8", "replace").decode() or None
    if isinstance(cell, float) and cell != cell:  # noqa: PLR0124 - NaN is the one not equal to itself
        return None
    return cell


def neutral(text: str) -> str:
    """Give text that no spreadsheet runs as a formula.

    Args:
        text: Any text.

    Returns:
        The text, with one apostrophe before it if it could start a formula. Taking that one
        apostrophe away gives the original back.

    Source: OWASP, "CSV Injection".

    >>> neutral("=HYPERLINK(1)"), neutral("2C-B")
    ("'=HYPERLINK(1)", '2C-B')
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def csv_bytes(table: Published) -> bytes:
    """Write a table as CSV: UTF-8, comma, LF, an empty cell for what is not known.

    Source: RFC 4180, with LF line ends, which the data package declares.
    """
    columns = zip(table.columns, zip(*table.rows, strict=True), strict=False)  # none without rows
    written = [_csv_column(cells, column.kind == "count") for column, cells in columns]
    lines = [",".join(column.name for column in table.columns)]
    lines += map(",".join, zip(*written, strict=True))
    return "".join(f"{line}\n" for line in lines).encode()


def _csv_column(cells: Sequence[Any], plain: bool) -> list[str]:
    """Write the cells of one column, which are of one type, each distinct one once."""
    known = {cell: _csv_cell(cell, plain) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _csv_cell(cell: Any, plain: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return number_text(cell)
    text = cell if plain and COUNT.fullmatch(cell) else neutral(cell)
    # Python's writer before 3.13 leaves a lone carriage return bare, which splits the row.
    return '"' + text.replace('"', '""') + '"' if _AWKWARD.search(text) else text


def json_bytes(table: Published) -> bytes:
    """Write a table as JSON lines, one object a row, in the order of the rows."""
    lines = map(_ROW.encode, table.dicts())
    return "".join(f"{line}\n" for line in lines).encode()


def parquet_bytes(table: Published) -> bytes:
    """Write a table as Parquet (format 2.6, zstd)."""
    import pyarrow.parquet as pq  # costs 50 ms that `--help` need not pay

    sink = pa.BufferOutputStream()
    pq.write_table(table.arrow(), sink, version="2.6", compression="zstd")
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def content_hash(table: Published) -> str:
    """Give the canonical content hash of a table: what it says, whatever file it is in.

    Returns:
        SHA-256, 64 hex digits, over lines of RFC 8785 JSON, each ended by LF: first
        ``[name, [[column, kind], ...]]``, then one array of cells for each row, in order.
    """
    digest = hashlib.sha256()
    heading = [table.name, [[column.name, column.kind] for column in table.columns]]
    for line in (heading, *table.rows):
        digest.update(canonical_json(list(line)) + b"\n")
    return digest.hexdigest()


def from_arrow(name: str, columns: Sequence[Column], table: pa.Table) -> Published:
    """Read a published table back from its Parquet twin."""
    cells = [table[column.name].to_pylist() for column in columns]
    return Published(name, tuple(columns), tuple(zip(*cells, strict=True)))

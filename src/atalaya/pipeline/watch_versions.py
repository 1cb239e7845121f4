"""How one sheet continues another: rows recognised, counted once, changed or gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from atalaya.model.identifiers import sha256_hex
from atalaya.publishing.watch.report import Since
from atalaya.reading.sheets.asking import Asked
from atalaya.reading.sheets.dates import Order
from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.mapping import Layout
from atalaya.reading.sheets.rows import ROWS, SheetRows

# What is kept of a row: no sample number, only its hash, so that a row is recognised.
KEPT = pa.schema(
    [
        *(entry for entry in ROWS if entry.name != "id"),
        pa.field("key", pa.string(), nullable=False),
        pa.field("content", pa.string(), nullable=False),
    ]
)
_CONTENT = ("period", "place", "source", "method", "sold_as", "found", "answer", "count", "tested")
_COUNT_KEY = ("period", "found", "place", "source")
_DIGITS = 24  # of a hash: 96 bits, no two rows of any sheet share one by chance


@dataclass(frozen=True, slots=True)
class Version:
    """One sheet that was kept.

    Args:
        received: When, UTC.
        name: Name of the file.
        sha256: SHA-256 of the file.
        layout: ``line-list`` or ``counts``.
        asked: What was said about it.
        unsure: Identifiers of names that were not plainly read -> how.
        standing: Keys of the findings that stood with it.
        rows_file: Name of the file of its rows, empty until it is kept.
        rows_sha256: SHA-256 of that file.
        salt: Salt of the log's commitment to the sealed sheet.
        plain: The log's commitment to the plain one; empty where it was kept before logs.
        table: Its rows with the schema `KEPT`, until they are kept.
    """

    received: datetime
    name: str
    sha256: str
    layout: Layout
    asked: Asked
    unsure: Mapping[str, str]
    standing: tuple[str, ...] = ()
    rows_file: str = ""
    rows_sha256: str = ""
    salt: str = ""
    plain: str = ""
    table: pa.Table | None = field(default=None, compare=False)

    @classmethod
    def of(
        cls,
        sheet: SheetRows,
        sha256: str,
        received: datetime,
        asked: Asked,
        unsure: Mapping[str, str],
    ) -> Version:
        """Make the version of a sheet that was just read."""
        layout = sheet.proposal.layout
        table = keyed(sheet.rows, layout)
        return cls(received, sheet.name, sha256, layout, asked, unsure, table=table)

    def as_json(self) -> dict[str, Any]:
        """Give the version as JSON says it."""
        return {
            "received": self.received.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "name": self.name,
            "sha256": self.sha256,
            "layout": self.layout,
            "columns": {str(role): list(names) for role, names in self.asked.columns.items()},
            "dates": self.asked.dates,
            "zeros": self.asked.zeros,
            "unsure": dict(self.unsure),
            "standing": list(self.standing),
            "rows_file": self.rows_file,
            "rows_sha256": self.rows_sha256,
            "salt": self.salt,
            "plain": self.plain,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Version:
        """Read a version back.

        Raises:
            KeyError, ValueError, TypeError: Something is missing or not what it should be.
        """
        columns = {Role(role): tuple(names) for role, names in said["columns"].items()}
        dates = None if said["dates"] is None else Order(said["dates"])
        return cls(
            datetime.fromisoformat(said["received"]),
            said["name"],
            said["sha256"],
            said["layout"],
            Asked(columns, None, dates, said["zeros"]),
            dict(said["unsure"]),
            tuple(said["standing"]),
            said["rows_file"],
            said["rows_sha256"],
            said.get("salt", ""),
            said.get("plain", ""),
        )


def keyed(rows: pa.Table, layout: Layout) -> pa.Table:
    """Give the rows as they are kept: each with a key and the hash of its content.

    The key is the hash of the sample number where there is one, of what a count is about in a table
    of counts, else of the content; a key that occurs again is numbered.

    Args:
        rows: With the schema `ROWS`.
        layout: ``line-list`` or ``counts``.
    """
    listed = rows.select(list(_CONTENT)).to_pylist()
    content = [_hash([row[name] for name in _CONTENT]) for row in listed]
    if layout == "counts":
        base = [_hash([row[name] for name in _COUNT_KEY]) for row in listed]
    else:
        numbers = rows["id"].to_pylist()
        base = [
            f"row-{of}" if number is None else f"id-{_hash([number])}"
            for number, of in zip(numbers, content, strict=True)
        ]
    seen: Counter[str] = Counter()
    keys = []
    for key in base:
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    kept = rows.drop_columns(["id"])
    kept = kept.append_column("key", pa.array(keys, pa.string()))
    return kept.append_column("content", pa.array(content, pa.string())).cast(KEPT)


def _hash(values: Sequence[object]) -> str:
    return sha256_hex(repr(values).encode())[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new sheet does to those kept before.

    Args:
        rows: All rows that count now, with the schema `ROWS`.
        added: The rows of the new sheet, as they are kept.
        same_as: The version with the same bytes, or None.
        new: Rows that were not there.
        changed: (sheet, line) of rows with other content, in the new sheet.
        removed: (sheet, line) of rows that are gone, in the older sheets.
        same: Rows recognised.
    """

    rows: pa.Table
    added: pa.Table
    same_as: Version | None
    new: int
    changed: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]
    same: int

    def since(self, kept: Sequence[Version], standing: tuple[str, ...]) -> Since:
        """Say what changed since the last sheet.

        Args:
            kept: Versions kept before.
            standing: Keys of the findings that stand now.
        """
        last = self.same_as or (kept[-1] if kept else None)
        before = () if last is None else last.standing
        return Since(
            when=None if last is None else last.received.date().isoformat(),
            same_sheet=self.same_as is not None,
            added=self.new,
            changed=self.changed,
            removed=self.removed,
            same=self.same,
            new=() if last is None else tuple(key for key in standing if key not in before),
            gone=tuple(key for key in before if key not in standing),
        )


@dataclass(slots=True)
class _State:
    """Which row of which version counts for each key."""

    at: dict[str, tuple[int, int]] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    period: dict[str, str] = field(default_factory=dict)


def plan(kept: Sequence[Version], version: Version, rows_of: Callable[[Version], pa.Table]) -> Plan:
    """Say what a new sheet does to those kept before.

    A row within the new sheet's own span of time that it no longer holds is gone, provided the two
    sheets share a row at all; a row outside that span is kept, so that a sheet of one month alone
    continues the others.

    Args:
        kept: Versions kept before, oldest first.
        version: The new one.
        rows_of: Reads the rows of a kept version.
    """
    assert version.table is not None
    same_as = next((one for one in kept if one.sha256 == version.sha256), None)
    versions = kept if same_as is not None else (*kept, version)
    tables = [rows_of(one) if one.table is None else one.table for one in versions]
    state = _State()
    steps = _Steps(0, (), (), 0)
    for number, table in enumerate(tables):
        steps = _continue(state, number, table, tables)
    if same_as is not None:
        steps = _Steps(0, (), (), version.table.num_rows)
    return Plan(
        _counting(state, tables, versions),
        version.table,
        same_as,
        steps.new,
        steps.changed,
        steps.removed,
        steps.same,
    )


@dataclass(frozen=True, slots=True)
class _Steps:
    new: int
    changed: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]
    same: int


def _continue(state: _State, number: int, table: pa.Table, tables: Sequence[pa.Table]) -> _Steps:
    keys, content = table["key"].to_pylist(), table["content"].to_pylist()
    periods = table["period"].to_pylist()
    places = list(zip(table["sheet"].to_pylist(), table["line"].to_pylist(), strict=True))
    shared = [key for key in keys if key in state.at]
    removed = []
    if shared:
        low, high, here = min(periods), max(periods), set(keys)
        gone = [k for k, when in state.period.items() if low <= when <= high and k not in here]
        for key in gone:
            of, row = state.at[key]
            removed.append((tables[of]["sheet"][row].as_py(), tables[of]["line"][row].as_py()))
            del state.at[key], state.content[key], state.period[key]
    changed = tuple(
        place
        for key, of, place in zip(keys, content, places, strict=True)
        if key in state.content and state.content[key] != of
    )
    for row, (key, of, when) in enumerate(zip(keys, content, periods, strict=True)):
        state.at[key] = (number, row)
        state.content[key], state.period[key] = of, when
    new, same = len(keys) - len(shared), len(shared) - len(changed)
    return _Steps(new, changed, tuple(sorted(removed)), same)


def _counting(state: _State, tables: Sequence[pa.Table], versions: Sequence[Version]) -> pa.Table:
    """Give the rows that count, those of older sheets marked with the name of their file."""
    chosen: dict[int, list[int]] = {}
    for number, row in state.at.values():
        chosen.setdefault(number, []).append(row)
    parts = []
    for number, rows in sorted(chosen.items()):
        part = tables[number].take(pa.array(sorted(rows)))
        if number < len(tables) - 1:
            names = [
                f"{versions[number].name} {name}".strip() for name in part["sheet"].to_pylist()
            ]
            part = part.set_column(0, KEPT.field("sheet"), pa.array(names, pa.string()))
        part = part.drop_columns(["key", "content"])
        part = part.append_column("id", pa.nulls(part.num_rows, pa.string()))
        parts.append(part.select(ROWS.names).cast(ROWS))
    return pa.concat_tables(parts)

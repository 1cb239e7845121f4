"""Reads the rows of the register of territories, and refuses broken ones with their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from atalaya.registers.areas import Territory, Usage, used
from atalaya.registers.matching import Name
from atalaya.registers.rows import Row, rows

Notes: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]

_AREA = (
    "id",
    "level",
    "alpha2",
    "m49",
    "parent",
    "name_en",
    "name_es",
    "name_fr",
    "name_pt",
    "status",
    "checked",
    "sources",
)
_NAME = ("name", "territory", "language", "checked", "sources")
_DIVISION = ("id", "parent", "name", "type", "checked", "sources")
_CONTESTED = ("territory", "note", "note_es", "checked", "sources")

_LEVELS = frozenset({"world", "region", "country"})
_STATUS = frozenset({"area", "state", "territory", "contested"})
_CHECKED = frozenset({"verified", "unverified"})
_LANGUAGES = ("en", "es", "fr", "pt")
_AREA_ID = re.compile(r"territory:(?:[A-Z]{3}|M49-\d{3})")
DIVISION_ID = re.compile(r"territory:[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Alias:
    """A row of ``territory_names.csv``: another name, not yet tied to its entry."""

    row: Row
    territory: str
    verified: bool
    usage: Usage

    def of(self, entries: Mapping[str, Territory]) -> Name[Territory]:
        """Tie it to its entry; the row is refused where there is none."""
        entry = entries.get(self.territory) or self.row.refuse(
            "territory", "is not in the register", "correct it, or add the territory"
        )
        return Name(self.usage.name, entry, "alias", self.verified)


def read_areas(folder: Traversable | Path) -> dict[str, Territory]:
    """Read ``territories.csv`` with the notes of ``contested.csv``, by identifier."""
    seen: dict[str, int] = {}
    notes = _notes(folder, divided=False)
    areas = {row["id"]: _area(row, seen, notes) for row in rows(folder, "territories.csv", _AREA)}
    for row in rows(folder, "territories.csv", _AREA):
        if row["parent"] and row["parent"] not in areas:
            row.refuse("parent", "is not in territories.csv", "correct it, or add the region")
    _all_used(folder, areas, divided=False)
    return areas


def read_aliases(folder: Traversable | Path, areas: Mapping[str, Territory]) -> tuple[Alias, ...]:
    """Read ``territory_names.csv``; names of divisions are tied to their entry on first use."""
    return tuple(_alias(row, areas) for row in rows(folder, "territory_names.csv", _NAME))


def read_divisions(
    folder: Traversable | Path, areas: Mapping[str, Territory]
) -> tuple[Territory, ...]:
    """Read ``subdivisions.csv`` with the notes of ``contested.csv``."""
    seen: dict[str, int] = {}
    notes = _notes(folder, divided=True)
    listed = rows(folder, "subdivisions.csv", _DIVISION)
    found = tuple(_division(row, areas, seen, notes) for row in listed)
    _all_used(folder, {entry.id: entry for entry in found}, divided=True)
    return found


def own_names(entries: Iterable[Territory]) -> Iterator[Name[Territory]]:
    """Give the names that the entries themselves hold."""
    for entry in entries:
        yield Name(entry.name, entry, "exact", entry.verified)
        for _, name in entry.names:
            yield Name(name, entry, "alias", entry.verified)


def _contested(folder: Traversable | Path, *, divided: bool) -> Iterator[Row]:
    for row in rows(folder, "contested.csv", _CONTESTED):
        if bool(DIVISION_ID.fullmatch(row["territory"])) == divided:
            yield row


def _notes(folder: Traversable | Path, *, divided: bool) -> Notes:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in _contested(folder, divided=divided):
        row.one_of("checked", _CHECKED)
        row.needed("sources")
        found[row["territory"]] = (("en", row.needed("note")), ("es", row.needed("note_es")))
    return found


def _all_used(
    folder: Traversable | Path, entries: Mapping[str, Territory], *, divided: bool
) -> None:
    for row in _contested(folder, divided=divided):
        if row["territory"] not in entries:
            row.refuse("territory", "is not in the register", "correct it, or add the territory")


def _alias(row: Row, areas: Mapping[str, Territory]) -> Alias:
    verified = row.one_of("checked", _CHECKED) == "verified"
    usage = used(row.needed("name"), row["language"], row.needed("sources").split())
    alias = Alias(row, row["territory"], verified, usage)
    if not DIVISION_ID.fullmatch(alias.territory):
        alias.of(areas)
    return alias


def _once(row: Row, seen: dict[str, int], shape: re.Pattern[str]) -> None:
    if not shape.fullmatch(row["id"]):
        row.refuse("id", "is not an identifier", "write territory: and an ISO 3166 or M49 code")
    if row["id"] in seen:
        row.refuse("id", f"stands on line {seen[row['id']]} too", "keep one of the two rows")
    seen[row["id"]] = row.line


def _area(row: Row, seen: dict[str, int], notes: Notes) -> Territory:
    _once(row, seen, _AREA_ID)
    return Territory(
        row["id"],
        row.needed("name_en"),
        row.one_of("level", _LEVELS),
        row["parent"] or None,
        row["alpha2"] or None,
        row["m49"] or None,
        row.one_of("status", _STATUS),
        tuple((t, row[f"name_{t}"]) for t in _LANGUAGES if row[f"name_{t}"]),
        row.one_of("checked", _CHECKED) == "verified",
        tuple(row.needed("sources").split()),
        notes.get(row["id"], ()),
    )


def _division(
    row: Row,
    areas: Mapping[str, Territory],
    seen: dict[str, int],
    notes: Notes,
) -> Territory:
    _once(row, seen, DIVISION_ID)
    if row["parent"] not in areas:
        row.refuse("parent", "is not in territories.csv", "correct it, or add the territory")
    verified = row.one_of("checked", _CHECKED) == "verified"
    sources = tuple(row.needed("sources").split())
    name, kind = row.needed("name"), row.needed("type")
    note = notes.get(row["id"], ())
    return Territory(
        row["id"], name, "division", row["parent"], None, None, kind, (), verified, sources, note
    )

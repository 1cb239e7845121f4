"""The register of official notices on substances: when a body first said it in public.

Against these dates a back-test counts its lead. Source: ``data/notices.csv``; each row says where
it was read and how it was checked. A row that is ``unverified``, or of which it is known that an
earlier notice must exist, is kept and never scored with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaya.registers import substances
from atalaya.registers.rows import Row, rows, shipped

_COLUMNS = (
    "substance", "body", "kind", "date", "document", "address", "first", "checked", "how_checked",
    "sources", "note",
)  # fmt: skip
_KINDS = frozenset({
    "notice-of-intent", "temporary-order", "proposed-rule", "final-rule", "request-for-comments",
    "who-recommendation", "public-warning", "designation",
})  # fmt: skip
_BODIES = frozenset({"DEA", "FDA", "ONDCP"})


@dataclass(frozen=True, slots=True)
class Notice:
    """One official notice that names a substance.

    Args:
        substance: Register identifier.
        body: Who gave it.
        kind: What it is, such as ``notice-of-intent``.
        date: Day on which it was published.
        document: Its number, empty where the copy that was read gives none.
        address: Where it can be read.
        first: Whether no earlier notice of that body on that substance is known or implied.
        verified: Whether its date was read in the notice itself or in its official record.
        how_checked: How, in words.
        sources: Keys of ``sources.csv``.
        note: What a reader should know, or empty.
    """

    substance: str
    body: str
    kind: str
    date: date
    document: str
    address: str
    first: bool
    verified: bool
    how_checked: str
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class NoticeRegister:
    """All notices, ordered by substance and date."""

    entries: tuple[Notice, ...]

    @cached_property
    def _first(self) -> dict[str, Notice]:
        earliest: dict[str, Notice] = {}
        for one in self.entries:
            known = earliest.setdefault(one.substance, one)
            earliest[one.substance] = min(known, one, key=lambda each: each.date)
        return {
            name: one
            for name, one in earliest.items()
            if one.first and one.verified and not _listed_before(one)
        }

    def first(self, substance: str) -> Notice | None:
        """Give the first official notice on a substance.

        Args:
            substance: Register identifier.

        Returns:
            The earliest row; None where there is none, or where that row is unverified or known not
            to be the first, as when a treaty had listed the substance by that year: a lead over a
            later notice would flatter.

        >>> load().first("substance:isotonitazene").date
        datetime.date(2020, 6, 18)
        >>> load().first("substance:xylazine") is None
        True
        """
        return self._first.get(substance)


def _listed_before(one: Notice) -> bool:
    years = [each.year for each in substances.load().get(one.substance).schedules if each.year]
    return bool(years) and min(years) <= one.date.year


@cache
def load() -> NoticeRegister:
    """Read the register that ships with the package, once."""
    return read(shipped())


def read(folder: Traversable | Path) -> NoticeRegister:
    """Read ``notices.csv`` of a folder.

    Raises:
        BadInput: The file is missing or a row is broken, with file, line, column and remedy.
    """
    known = frozenset(entry.id for entry in substances.load().entries)
    seen: set[tuple[str, ...]] = set()
    found = []
    for row in rows(folder, "notices.csv", _COLUMNS):
        key = tuple(row[column] for column in ("substance", "body", "date", "kind"))
        if key in seen:
            row.refuse("substance", "has this notice twice", "keep one of the two rows")
        seen.add(key)
        found.append(_notice(row, known))
    return NoticeRegister(tuple(sorted(found, key=lambda one: (one.substance, one.date, one.body))))


def _notice(row: Row, known: frozenset[str]) -> Notice:
    if row.needed("substance") not in known:
        row.refuse("substance", "is not in the register of substances", "add it there first")
    return Notice(
        row["substance"],
        row.one_of("body", _BODIES),
        row.one_of("kind", _KINDS),
        _day(row),
        row["document"],
        row.needed("address"),
        row.one_of("first", frozenset({"yes", "no"})) == "yes",
        row.one_of("checked", frozenset({"verified", "unverified"})) == "verified",
        row.needed("how_checked"),
        tuple(row.needed("sources").split()),
        row["note"],
    )


def _day(row: Row) -> date:
    try:
        return date.fromisoformat(row.needed("date"))
    except ValueError:
        row.refuse("date", "is not a day", "write it as 2019-11-20")

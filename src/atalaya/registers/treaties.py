"""The three United Nations drug conventions and their schedules, as data.

Source: ``data/conventions.csv``; each row says where from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaya.model.errors import BadInput, Place
from atalaya.registers.rows import rows, shipped

_COLUMNS = ("id", "convention", "name", "name_es", "schedules", "checked", "sources")


@dataclass(frozen=True, slots=True)
class Convention:
    """One drug convention.

    Args:
        id: ``convention:1961`` and the like.
        year: Year by which it is known.
        name: Its name in English.
        name_es: Its name in Spanish.
        schedules: Its schedules or tables, in order.
        checked: ``verified`` or ``unverified``.
        sources: Where the row comes from.
    """

    id: str
    year: str
    name: str
    name_es: str
    schedules: tuple[str, ...]
    checked: str
    sources: tuple[str, ...]


@cache
def load() -> tuple[Convention, ...]:
    """Read the conventions that ship with the package.

    >>> [convention.year for convention in load()]
    ['1961', '1971', '1988']
    """
    return read(shipped())


def read(folder: Traversable | Path) -> tuple[Convention, ...]:
    """Read ``conventions.csv`` of a folder.

    Raises:
        BadInput: The file is broken or names no convention.
    """
    found = tuple(
        Convention(
            row.needed("id"),
            row.needed("convention"),
            row.needed("name"),
            row.needed("name_es"),
            tuple(row.needed("schedules").split()),
            row.one_of("checked", frozenset({"verified", "unverified"})),
            tuple(row.needed("sources").split()),
        )
        for row in rows(folder, "conventions.csv", _COLUMNS)
    )
    if not found:
        raise BadInput("no convention", do="reinstall", where=Place("conventions.csv"))
    return found

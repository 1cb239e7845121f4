"""Whom the registers name as their sources: title, address and licence of each key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from atalaya.registers.rows import rows, shipped

_COLUMNS = ("source", "title", "address", "licence")
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """A source that rows of a register name.

    Args:
        key: The key by which they name it.
        title: What it is.
        address: Where it is on the web, or None where that is not one address.
    """

    key: str
    title: str
    address: str | None


@cache
def load() -> dict[str, RegisterSource]:
    """Read ``sources.csv`` that ships with the package, once: key -> source.

    Raises:
        BadInput: The file is missing or a row is broken, with file, line, column and remedy.
    """
    found = {}
    for row in rows(shipped(), "sources.csv", _COLUMNS):
        address = row["address"] if row["address"].startswith(_WEB) else None
        key = row.needed("source")
        found[key] = RegisterSource(key, row.needed("title"), address)
    return found

"""The register of organisations: names that are known to be one body's, each with its source.

What the words of two names show by themselves is not in it; it holds what nobody could read off
them. A row that is not checked joins nothing. Source: ``data/organisations.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaya.registers.rows import rows, shipped
from atalaya.registers.spelling import key

_COLUMNS = ("name", "alias", "language", "country", "checked", "how_checked", "sources")
_CHECKED = frozenset({"verified", "unverified"})


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a body.

    Args:
        name: The body's name as the register prefers it.
        alias: The other name, or the acronym.
        language: Code of the alias's language; empty for an acronym.
        country: ISO 3166 code in three letters of the body's country; empty where it has none.
        verified: Whether it was checked; an alias that was not joins nothing.
        how_checked: What was read, in a sentence.
        sources: Where from.
    """

    name: str
    alias: str
    language: str
    country: str
    verified: bool
    how_checked: str
    sources: tuple[str, ...]


class OrganisationRegister:
    """Aliases by the form under which names are compared."""

    def __init__(self, aliases: tuple[Alias, ...]):
        self.aliases = aliases
        self._bodies: dict[str, str] = {}
        self._rows: dict[str, list[Alias]] = {}
        for each in aliases:
            for name in {key(each.name), key(each.alias)}:
                self._rows.setdefault(name, []).append(each)
            if each.verified:
                self._bodies.setdefault(key(each.name), each.name)
                self._bodies.setdefault(key(each.alias), each.name)

    def body(self, name: str) -> str | None:
        """Give the preferred name of the body that goes by a name, or None."""
        return self._bodies.get(key(name))

    def entries(self, names: Iterable[str]) -> tuple[Alias, ...]:
        """Give the rows that hold a name or its body's preferred one, in the register's order.

        Args:
            names: Names of one body. One that only an unchecked row holds brings that row alone.
        """
        found: dict[Alias, None] = {}
        for name in names:
            found |= dict.fromkeys(self._rows.get(key(name), ()))
            body = self.body(name)
            found |= dict.fromkeys(self._rows.get(key(body), ()) if body else ())
        return tuple(each for each in self.aliases if each in found)


@cache
def load() -> OrganisationRegister:
    """Read the register that ships with the package, once."""
    return read(shipped())


def read(folder: Traversable | Path) -> OrganisationRegister:
    """Read ``organisations.csv`` of a folder.

    Raises:
        BadInput: The file is missing or a row is broken, with file, line, column and remedy.
    """
    return OrganisationRegister(
        tuple(
            Alias(
                row.needed("name"),
                row.needed("alias"),
                row["language"],
                row["country"],
                row.one_of("checked", _CHECKED) == "verified",
                row.needed("how_checked"),
                tuple(row.needed("sources").split()),
            )
            for row in rows(folder, "organisations.csv", _COLUMNS)
        )
    )

"""The records of the register of territories: a territory and the names it goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# Who uses the names that a source gives; a source that is not here speaks for itself.
_USERS: Final = {
    "country-codes": "m49",
    "iso3166-2": "iso-3166",
    "pycountry": "iso-3166",
    "former": "press",
    "un-resolutions": "general-assembly",
}


@dataclass(frozen=True, slots=True)
class Territory:
    """A place at the coarseness the observatory shows: world, region, country or first division.

    Args:
        id: ``territory:ARG``, ``territory:US-CT`` or ``territory:M49-005``; never reused.
        name: Preferred name: CLDR's English one for countries, ISO's for divisions.
        level: ``world``, ``region``, ``country`` or ``division``.
        parent: Identifier of what it lies in, None for the world and where no list places it.
        alpha2: Two-letter code of a country, else None.
        m49: Three-digit code, None where M49 lists no such area.
        status: ``area``, ``state``, ``territory``, ``contested`` or the kind of division
            (``state``, ``province`` ...) as ISO 3166-2 calls it.
        names: (language, name) pairs; the first of a language is the preferred one.
        verified: Whether two independent lists give the same codes (and, for divisions, name).
        sources: Who says it.
        notes: (language, note) pairs on how lists differ; a territory with notes is contested.
    """

    id: str
    name: str
    level: str
    parent: str | None
    alpha2: str | None
    m49: str | None
    status: str
    names: tuple[tuple[str, str], ...]
    verified: bool
    sources: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """Give the identifier without its kind: ``ARG``, ``US-CT``."""
        return self.id.partition(":")[2]

    @property
    def contested(self) -> bool:
        """Tell whether lists or States disagree on what it is or whose it is."""
        return bool(self.notes)

    def name_in(self, language: str) -> str:
        """Give its name in a language, or the preferred name where none is known."""
        return next((name for tongue, name in self.names if tongue == language), self.name)

    def note_in(self, language: str) -> str:
        """Give the note in a language, in English where there is none; empty if not contested."""
        notes = dict(self.notes)
        return notes.get(language, notes.get("en", ""))


@dataclass(frozen=True, slots=True)
class Usage:
    """A name of a territory, and who uses it.

    Args:
        name: The name as they write it.
        language: Language of the name, or empty where a code list does not say.
        users: ``m49``, ``unterm``, ``general-assembly``, ``iso-3166``, ``cldr`` or ``press``.
    """

    name: str
    language: str
    users: tuple[str, ...]


def used(name: str, language: str, sources: Iterable[str]) -> Usage:
    """Say who uses a name, from the sources that give it."""
    return Usage(name, language, tuple(sorted({_USERS.get(each, each) for each in sources})))


def own_usages(entry: Territory) -> tuple[Usage, ...]:
    """Give the names that the entry itself holds: CLDR's, and ISO's name of a division."""
    if entry.level == "division":
        return (used(entry.name, "", ("pycountry",)),)
    return tuple(used(name, language, ("cldr",)) for language, name in entry.names)

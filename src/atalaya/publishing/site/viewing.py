"""What the pages ask of a release and of the registers, and nothing more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from atalaya.registers.areas import Usage


class ReleaseView(Protocol):
    """A published release: read only, already safe to show."""

    @property
    def name(self) -> str:
        """Its name, ``<date>-<n>``."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Its manifest, with ``files``: path -> ``bytes`` and ``sha256``."""

    @property
    def tables(self) -> Collection[str]:
        """Names of its tables."""

    def table(self, name: str) -> pa.Table:
        """One published table; small counts of people are already ``1-9``."""


@dataclass(frozen=True, slots=True)
class Place:
    """A territory as the country search shows it.

    Args:
        id: Register identifier, ``territory:ARG``.
        names: Language -> name.
        part_of: The territory it is a part of, or None for a country.
        region: The continent of the UN's M49 code that a country lies in, or None where unknown.
        notes: Language -> how lists differ on it; empty where nobody contests it.
        usages: Every name the register holds for it, with who uses it.
    """

    id: str
    names: Mapping[str, str]
    part_of: str | None = None
    region: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    usages: tuple[Usage, ...] = ()

    @property
    def code(self) -> str:
        """Its ISO code."""
        return self.id.partition(":")[2]

    def name(self, language: str) -> str:
        """Its name in a language, in English where the register has no other."""
        return self.names.get(language) or self.names["en"]

    def note(self, language: str) -> str:
        """How lists differ on it, in a language or in English; empty where nobody contests it."""
        return self.notes.get(language) or self.notes.get("en", "")


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A row of the register of organisations.

    Args:
        name: The body's name as the register prefers it.
        alias: Another name of it, or its acronym.
        verified: Whether it was checked; one that was not joins nothing.
        how_checked: What was read, in an English sentence.
        sources: Where from: title, and address where there is one.
    """

    name: str
    alias: str
    verified: bool
    how_checked: str
    sources: tuple[tuple[str, str | None], ...]


class Names(Protocol):
    """Names for identifiers, from the registers."""

    def subject(self, identifier: str, language: str) -> str:
        """Name of what is counted: the preferred name of a substance, words for anything else."""

    def family(self, identifier: str, language: str) -> str | None:
        """Name of its family, or None where the register has none."""

    def place(self, identifier: str) -> Place:
        """A territory."""

    def organisation(self, names: Sequence[str]) -> tuple[RegisterEntry, ...]:
        """What the register of organisations holds of a body that is printed under some names."""


class SlugNames:
    """Names made from identifiers alone, for what no register holds."""

    def subject(self, identifier: str, _language: str) -> str:
        """See ``Names.subject``."""
        return identifier.partition(":")[2].replace("-", " ")

    def family(self, _identifier: str, _language: str) -> str | None:
        """See ``Names.family``."""
        return None

    def place(self, identifier: str) -> Place:
        """See ``Names.place``."""
        code = identifier.partition(":")[2]
        return Place(identifier, {"en": code})

    def organisation(self, _names: Sequence[str]) -> tuple[RegisterEntry, ...]:
        """See ``Names.organisation``."""
        return ()

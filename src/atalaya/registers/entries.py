"""The records of the registers: a substance with its names, facts and schedules; a territory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One checked or unchecked value.

    Args:
        value: What is said.
        verified: Whether two independent sources say it.
        sources: Who says it; described in ``sources.csv``.
    """

    value: str
    verified: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a substance.

    Args:
        text: The name.
        kind: ``synonym``, ``salt``, ``label`` (as a published series writes it), ``misspelling``.
        language: ``en``, ``es``, ``fr``, ``pt``, or None when it is not tied to one.
        verified: Whether two independent sources, or the published file itself, say so.
        sources: Who says it.
    """

    text: str
    kind: str
    language: str | None
    verified: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheduling:
    """Where one of the three conventions lists a substance.

    Args:
        convention: ``1961``, ``1971`` or ``1988``.
        schedule: Number of the schedule or table, such as ``II`` or ``I and IV``.
        year: Year of the Commission's decision, None when not known.
        verified: Whether a public page of the decision or the official list says so.
        sources: Addresses or names of the pages.
    """

    convention: str
    schedule: str
    year: int | None
    verified: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Substance:
    """One entry: a substance, or a group that a source names without saying which member.

    Args:
        id: ``substance:`` and a slug, never reused.
        name: Preferred name.
        family: Slug of its family.
        kind: ``substance``, ``group``, ``material``, ``polymer``, ``preparation`` or ``protein``.
        cas: CAS number, None where no source says one or sources disagree.
        inchikey: Standard InChIKey, None likewise.
        smiles: Structure from which RDKit computes the InChIKey, or None.
        aliases: Its other names.
        schedules: Treaty schedules; empty means not known to be listed, not "not controlled".
        note: What a reader should know, or empty.
    """

    id: str
    name: str
    family: str
    kind: str
    cas: Fact | None
    inchikey: Fact | None
    smiles: str | None
    aliases: tuple[Alias, ...]
    schedules: tuple[Scheduling, ...]
    note: str

    def name_in(self, language: str) -> str:
        """Give the verified name in a language, or the preferred name where none is known."""
        own = (a.text for a in self.aliases if a.language == language and a.verified)
        return next(own, self.name)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of substances: Atalaya's own grouping, for pooling sparse series."""

    slug: str
    name: str
    name_es: str
    meaning: str


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
        note: What a reader should know, or empty.
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
    note: str

    @property
    def code(self) -> str:
        """Give the identifier without its kind: ``ARG``, ``US-CT``."""
        return self.id.partition(":")[2]

    def name_in(self, language: str) -> str:
        """Give its name in a language, or the preferred name where none is known."""
        return next((name for tongue, name in self.names if tongue == language), self.name)

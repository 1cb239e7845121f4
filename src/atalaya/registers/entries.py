"""The records of the register of substances: a substance with its names, facts and schedules."""

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
        language: ``de``, ``en``, ``es``, ``fr``, ``pt``, or None when it is not tied to one.
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
        name_verified: Whether two independent sources, or a published series, know it by a name.
        name_sources: Who does.
        family: Slug of its family.
        kind: ``substance``, ``group``, ``material``, ``polymer``, ``preparation`` or ``protein``.
        cas: CAS number, None where no source says one or sources disagree.
        unii: The FDA's Unique Ingredient Identifier, None likewise.
        inchikey: Standard InChIKey, None likewise.
        smiles: Structure from which RDKit computes the InChIKey, or None.
        aliases: Its other names.
        schedules: Treaty schedules; empty means not known to be listed, not "not controlled".
        note: What a reader should know, or empty.
    """

    id: str
    name: str
    name_verified: bool
    name_sources: tuple[str, ...]
    family: str
    kind: str
    cas: Fact | None
    unii: Fact | None
    inchikey: Fact | None
    smiles: str | None
    aliases: tuple[Alias, ...]
    schedules: tuple[Scheduling, ...]
    note: str

    @property
    def checked(self) -> bool:
        """Whether two independent sources know it: by its name, number, structure or schedule."""
        facts = (self.cas, self.unii, self.inchikey, *self.schedules)
        known = (alias for alias in self.aliases if alias.kind != "misspelling")
        return self.name_verified or any(
            fact is not None and fact.verified for fact in (*facts, *known)
        )

    def name_in(self, language: str) -> str:
        """Give the verified name in a language, or the preferred name where none is known.

        A systematic name (with digits) is shown only of a substance that has no plainer one.
        """
        plain = not _has_digit(self.name)
        own = (a.text for a in self.aliases if a.language == language and a.verified)
        return next((text for text in own if not (plain and _has_digit(text))), self.name)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of substances: Atalaya's own grouping, for pooling sparse series."""

    slug: str
    name: str
    name_es: str
    meaning: str


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))

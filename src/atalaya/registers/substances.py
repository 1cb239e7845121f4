"""The register of substances: names, families, CAS numbers, InChIKeys and treaty schedules.

Source: ``data/substances.csv``, ``aliases.csv``, ``families.csv`` and ``schedules.csv``; every fact
names its sources, which ``sources.csv`` describes. How they were compiled: ``docs/registers.md``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from atalaya.model.errors import BadInput
from atalaya.registers.entries import Alias, Fact, Family, Scheduling, Substance
from atalaya.registers.matching import How, Index, Match, Name
from atalaya.registers.rows import Row, rows, shipped

_ENTRY = (
    "id",
    "name",
    "name_checked",
    "name_sources",
    "family",
    "kind",
    "cas",
    "cas_checked",
    "cas_sources",
    "unii",
    "unii_checked",
    "unii_sources",
    "inchikey",
    "inchikey_checked",
    "inchikey_sources",
    "smiles",
    "note",
)
_ALIAS = ("alias", "substance", "kind", "language", "checked", "sources")
_FAMILY = ("family", "name", "name_es", "meaning")
_SCHEDULE = ("substance", "convention", "schedule", "year", "checked", "sources")

_LABEL = ("label", "meaning")

_KINDS = frozenset({"substance", "group", "material", "polymer", "preparation", "protein"})
_ALIAS_KINDS = frozenset({"synonym", "salt", "label", "misspelling"})
_LANGUAGES = frozenset({"", "de", "en", "es", "fr", "pt"})
_CHECKED = frozenset({"verified", "unverified"})
_CONVENTIONS = frozenset({"1961", "1971", "1988"})
# Names of two substances one slip apart: neither is guessed, for the other may be meant. A property
# test finds any further pair.
_TWINS = frozenset(
    {
        "clonazolam",
        "cloxazolam",
        "mephedrone",
        "méphédrone",
        "Mephedron",
        "methedrone",
        "Methedron",
    }
)
_ID = re.compile(r"substance:[a-z0-9]+(?:-[a-z0-9]+)*")
_INCHIKEY = re.compile(r"[A-Z]{14}-[A-Z]{8}[SN]A-[A-Z]")
_UNII = re.compile(r"[A-Z0-9]{10}")
_CAS = re.compile(r"([1-9]\d{1,6})-(\d\d)-(\d)")


class SubstanceRegister:
    """All substances, by identifier and by name."""

    def __init__(self, entries: tuple[Substance, ...], families: tuple[Family, ...]):
        self.entries = entries
        self.families: Mapping[str, Family] = MappingProxyType({f.slug: f for f in families})
        self._by_id = {entry.id: entry for entry in entries}

    @cached_property
    def index(self) -> Index[Substance]:
        """All names, indexed when first asked for."""
        return Index(names_of(self.entries))

    def get(self, identifier: str) -> Substance:
        """Give the entry of an identifier.

        Raises:
            BadInput: There is none; the error offers the nearest, where one is close.

        >>> load().get("substance:xylazine").name
        'xylazine'
        """
        found = self._by_id.get(identifier)
        if found is None:
            near = self.nearest(identifier.removeprefix("substance:").replace("-", " "), 1)
            offer = f"did you mean {near[0].entry.id!r}?" if near else ""
            raise BadInput(
                f"no substance has the identifier {identifier!r}",
                why="an identifier that is not in the register stands for nothing",
                do=f"{offer} `look_up` finds an entry by any of its names".strip(),
            )
        return found

    def known(self, identifier: str) -> Substance | None:
        """Give the entry of an identifier, or None where the register holds none."""
        return self._by_id.get(identifier)

    def look_up(self, text: str) -> Match[Substance] | None:
        """Find what a name stands for.

        Args:
            text: A name as a document or sheet writes it.

        Returns:
            The match, or None: nothing is guessed for codes (``2-MMC``, ``U-47700``) or between two
            entries.

        >>> load().look_up("bromazelam").entry.name
        'bromazolam'
        >>> load().look_up("4-QQQ") is None
        True
        """
        return self.index.look_up(text)

    def find(self, name: str) -> str | None:
        """Give the identifier of a name the register holds, never of a guessed one.

        >>> load().find("PCP")
        'substance:phencyclidine'
        """
        found = self.look_up(name)
        return None if found is None or found.how == "fuzzy" else found.entry.id

    def nearest(self, text: str, limit: int = 3) -> tuple[Match[Substance], ...]:
        """Give up to ``limit`` entries with similar names, best first; none where none is close."""
        return self.index.nearest(text, limit)

    def family(self, slug: str) -> tuple[Substance, ...]:
        """Give the members of a family, in the order of the register.

        Raises:
            BadInput: There is no such family.
        """
        if slug not in self.families:
            raise BadInput(
                f"no family is called {slug!r}", do=f"use one of {', '.join(self.families)}"
            )
        return tuple(entry for entry in self.entries if entry.family == slug)


@cache
def load() -> SubstanceRegister:
    """Read the register that ships with the package, once."""
    return read(shipped())


def read(folder: Traversable | Path) -> SubstanceRegister:
    """Read a register of substances from a folder.

    Args:
        folder: Holds ``substances.csv``, ``aliases.csv``, ``families.csv`` and ``schedules.csv``.

    Raises:
        BadInput: A file is missing or a row is broken, with file, line, column and remedy.
    """
    families = tuple(
        Family(row.needed("family"), row.needed("name"), row.needed("name_es"), row["meaning"])
        for row in rows(folder, "families.csv", _FAMILY)
    )
    slugs = frozenset(family.slug for family in families)
    own = list(rows(folder, "substances.csv", _ENTRY))
    ids = _unique(own, "id")
    _unique(own, "cas")
    _unique(own, "unii")
    _unique(own, "inchikey")
    aliases = _aliases(folder, ids)
    listed = _schedules(folder, ids)
    entries = tuple(
        _entry(row, slugs, tuple(aliases.get(row["id"], ())), tuple(listed.get(row["id"], ())))
        for row in own
    )
    return SubstanceRegister(entries, families)


@cache
def labels_without_substance() -> Mapping[str, str]:
    """Give the labels of published series that name no substance, each with what it means.

    >>> labels_without_substance()["none detected"]
    'nothing was detected'
    """
    listed = rows(shipped(), "not_substances.csv", _LABEL)
    return MappingProxyType({row.needed("label"): row.needed("meaning") for row in listed})


def _unique(own: list[Row], column: str) -> frozenset[str]:
    seen: dict[str, int] = {}
    for row in own:
        value = row[column]
        if value and value in seen:
            row.refuse(column, f"stands on line {seen[value]} too", "keep one of the two rows")
        seen[value] = row.line
    return frozenset(seen)


def _aliases(folder: Traversable | Path, ids: frozenset[str]) -> Mapping[str, list[Alias]]:
    found: dict[str, list[Alias]] = defaultdict(list)
    for row in rows(folder, "aliases.csv", _ALIAS):
        alias = Alias(
            row.needed("alias"),
            row.one_of("kind", _ALIAS_KINDS),
            row.one_of("language", _LANGUAGES) or None,
            row.one_of("checked", _CHECKED) == "verified",
            tuple(row.needed("sources").split()),
        )
        found[_known(row, ids)].append(alias)
    return found


def _schedules(folder: Traversable | Path, ids: frozenset[str]) -> Mapping[str, list[Scheduling]]:
    found: dict[str, list[Scheduling]] = defaultdict(list)
    for row in rows(folder, "schedules.csv", _SCHEDULE):
        listed = Scheduling(
            row.one_of("convention", _CONVENTIONS),
            row.needed("schedule"),
            row.year("year"),
            row.one_of("checked", _CHECKED) == "verified",
            tuple(row.needed("sources").split()),
        )
        found[_known(row, ids)].append(listed)
    return found


def _known(row: Row, ids: frozenset[str]) -> str:
    if row["substance"] not in ids:
        row.refuse("substance", "is not in substances.csv", "correct it, or add the substance")
    return row["substance"]


def _entry(
    row: Row, families: frozenset[str], aliases: tuple[Alias, ...], listed: tuple[Scheduling, ...]
) -> Substance:
    if not _ID.fullmatch(row["id"]):
        row.refuse("id", "is not an identifier", "write substance: and a lower-case slug")
    if row["inchikey"] and not _INCHIKEY.fullmatch(row["inchikey"]):
        row.refuse("inchikey", "is not a standard InChIKey", "copy it again from its source")
    if row["unii"] and not _UNII.fullmatch(row["unii"]):
        row.refuse("unii", "is not a UNII", "copy it again from its source")
    if row["cas"] and not cas_is_sound(row["cas"]):
        row.refuse("cas", "has a wrong check digit", "copy it again from its source")
    return Substance(
        row["id"],
        row.needed("name"),
        row.one_of("name_checked", _CHECKED) == "verified",
        tuple(row.needed("name_sources").split()),
        row.one_of("family", families),
        row.one_of("kind", _KINDS),
        _fact(row, "cas"),
        _fact(row, "unii"),
        _fact(row, "inchikey"),
        row["smiles"] or None,
        aliases,
        listed,
        row["note"],
    )


def _fact(row: Row, column: str) -> Fact | None:
    if not row[column]:
        return None
    verified = row.one_of(f"{column}_checked", _CHECKED) == "verified"
    return Fact(row[column], verified, tuple(row.needed(f"{column}_sources").split()))


def names_of(entries: Iterable[Substance]) -> Iterator[Name[Substance]]:
    """Give every name of some entries, the preferred ones first."""
    entries = tuple(entries)
    for entry in entries:
        yield Name(entry.name, entry, "exact", entry.checked, entry.name not in _TWINS)
    for entry in entries:
        for alias in entry.aliases:
            how: How = "misspelling" if alias.kind == "misspelling" else "alias"
            yield Name(alias.text, entry, how, alias.verified, alias.text not in _TWINS)


def cas_is_sound(cas: str) -> bool:
    """Tell whether a text is a CAS number with the right check digit.

    Source: CAS, "Check Digit Verification of CAS Registry Numbers": the last digit is the sum of
    the others, each times its place counted from the right, modulo 10.

    >>> cas_is_sound("437-38-7"), cas_is_sound("437-38-8")
    (True, False)
    """
    found = _CAS.fullmatch(cas)
    if found is None:
        return False
    digits = reversed(found[1] + found[2])
    return sum(int(d) * place for place, d in enumerate(digits, start=1)) % 10 == int(found[3])

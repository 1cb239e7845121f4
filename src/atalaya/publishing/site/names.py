"""Names from the registers, for identifiers that pages show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from atalaya.model.errors import BadInput
from atalaya.publishing.marking import _
from atalaya.publishing.site.languages import LANGUAGES, language
from atalaya.publishing.site.terms import term
from atalaya.publishing.site.viewing import Place, RegisterEntry
from atalaya.registers import organisations
from atalaya.registers import sources as register_sources
from atalaya.registers.organisations import Alias
from atalaya.registers.substances import SubstanceRegister
from atalaya.registers.substances import load as load_substances
from atalaya.registers.territories import TerritoryRegister
from atalaya.registers.territories import load as load_territories

ADDED_UP = _("{family}, added up")  # a family is no figure of a source's


class RegisterNames:
    """Names substances, their families and territories.

    Args:
        substances: The register of substances; the one that ships when None.
        territories: The register of territories; the one that ships when None.
    """

    def __init__(
        self,
        substances: SubstanceRegister | None = None,
        territories: TerritoryRegister | None = None,
    ) -> None:
        self._substances = substances or load_substances()
        self._territories = territories or load_territories()
        self.place = cache(self._place)

    def subject(self, identifier: str, code: str) -> str:
        """See ``Names.subject``."""
        kind, _, slug = identifier.partition(":")
        if kind == "substance":
            try:
                return self._substances.get(identifier).name_in(code)
            except BadInput:
                return slug.replace("-", " ")  # a source may name what no register holds yet
        if kind == "family" and slug in self._substances.families:
            return language(code).say(ADDED_UP).format(family=self._family(slug, code))
        return term(slug, language(code))

    def _family(self, slug: str, code: str) -> str:
        found = self._substances.families[slug]
        return found.name_es if code == "es" else found.name

    def family(self, identifier: str, code: str) -> str | None:
        """See ``Names.family``."""
        try:
            return self._family(self._substances.get(identifier).family, code)
        except BadInput:
            return None

    def organisation(self, names: Sequence[str]) -> tuple[RegisterEntry, ...]:
        """See ``Names.organisation``."""
        return tuple(map(_entry, organisations.load().entries(names)))

    def _place(self, identifier: str) -> Place:
        """See ``Names.place``."""
        try:
            found = self._territories.get(identifier)
        except BadInput:
            return Place(identifier, {"en": identifier.partition(":")[2]})
        names = {code: found.name_in(code) for code in LANGUAGES}
        above = [one.id for one in self._territories.ancestors(identifier) if one.level == "region"]
        return Place(
            identifier,
            names,
            part_of=found.parent if found.level == "division" else None,
            region=above[-1] if above else None,
            notes=dict(found.notes),
            usages=self._territories.usages(identifier),
        )


def _entry(row: Alias) -> RegisterEntry:
    known = register_sources.load()
    sources = tuple((known[key].title, known[key].address) for key in row.sources)
    return RegisterEntry(row.name, row.alias, row.verified, row.how_checked, sources)

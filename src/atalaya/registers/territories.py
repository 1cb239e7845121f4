"""The register of territories: countries and areas, their M49 regions, and first-level divisions.

Codes are those of ISO 3166 and of the United Nations' M49; using them takes no side on the status
of any territory (``docs/decisions/0007-territories.md``). Source: ``data/territories.csv``,
``territory_names.csv``, ``subdivisions.csv`` and ``contested.csv``; ``sources.csv`` describes their
sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaya.model.errors import BadInput
from atalaya.registers.area_rows import (
    DIVISION_ID,
    Alias,
    own_names,
    read_aliases,
    read_areas,
    read_divisions,
)
from atalaya.registers.areas import Territory, Usage, own_usages
from atalaya.registers.matching import Index, Match, Name
from atalaya.registers.rows import shipped

_CODE = re.compile(r"[A-Z]{2,3}|[A-Z]{2}-[A-Z0-9]{1,3}")


class TerritoryRegister:
    """All territories, by identifier and by name.

    The 3,590 divisions are read when one is first asked for: most commands need countries only.
    """

    def __init__(
        self,
        areas: tuple[Territory, ...],
        others: tuple[Alias, ...],
        divisions: Callable[[], tuple[Territory, ...]],
    ):
        self._own = areas
        self._others = others
        self._read_divisions = divisions
        self._by_id = {entry.id: entry for entry in areas}
        self._by_alpha2 = {entry.alpha2: entry for entry in areas if entry.alpha2}

    @cached_property
    def entries(self) -> tuple[Territory, ...]:
        """All territories: world, regions, countries, then divisions."""
        return (*self._own, *self._divided.values())

    @cached_property
    def _divided(self) -> dict[str, Territory]:
        return {entry.id: entry for entry in self._read_divisions()}

    @cached_property
    def _areas(self) -> Index[Territory]:
        return Index([*own_names(self._own), *self._aliases(self._by_id, divided=False)])

    @cached_property
    def _divisions(self) -> Index[Territory]:
        entries = self._divided
        own = own_names(tuple(entries.values()))
        return Index([*own, *self._aliases(entries, divided=True)])

    def _aliases(
        self, entries: Mapping[str, Territory], *, divided: bool
    ) -> Iterator[Name[Territory]]:
        for alias in self._others:
            if bool(DIVISION_ID.fullmatch(alias.territory)) == divided:
                yield alias.of(entries)

    def known(self, identifier: str) -> Territory | None:
        """Give the entry of an identifier, or None where the register holds none."""
        found = self._by_id.get(identifier)
        if found is None and DIVISION_ID.fullmatch(identifier):
            found = self._divided.get(identifier)
        return found

    @cached_property
    def _inside(self) -> dict[str, list[Territory]]:
        found: dict[str, list[Territory]] = defaultdict(list)
        for entry in self.entries:
            if entry.parent:
                found[entry.parent].append(entry)
        return found

    def get(self, identifier: str) -> Territory:
        """Give the entry of an identifier.

        Raises:
            BadInput: There is none; the error offers the nearest, where one is close.

        >>> load().get("territory:ARG").name_in("fr")
        'Argentine'
        """
        found = self.known(identifier)
        if found is None:
            near = self.nearest(identifier.removeprefix("territory:"), 1)
            offer = f"did you mean {near[0].entry.id!r}?" if near else ""
            raise BadInput(
                f"no territory has the identifier {identifier!r}",
                why="an identifier that is not in the register stands for nothing",
                do=f"{offer} use territory: and an ISO 3166 code, such as territory:ARG".strip(),
            )
        return found

    def look_up(self, text: str, within: str | None = None) -> Match[Territory] | None:
        """Find the territory a name or code stands for.

        Args:
            text: A name in English, Spanish, French or Portuguese, or a code in capitals.
            within: Identifier of a country, to look only among its divisions.

        Returns:
            The match, or None. A country goes before a division of the same name (Georgia); a name
            that several divisions bear is found only with ``within``.

        >>> load().look_up("Bolivia (Plurinational State of)").entry.id
        'territory:BOL'
        >>> load().look_up("Amazonas", within="territory:PER").entry.id
        'territory:PE-AMA'
        """
        if within is not None:
            return Index(own_names(self.divisions(within))).look_up(text)
        return self._coded(text.strip()) or self._areas.look_up(text) or self._division(text)

    def _coded(self, text: str) -> Match[Territory] | None:
        if not _CODE.fullmatch(text):
            return None
        found = self.known(f"territory:{text}") or self._by_alpha2.get(text)
        return None if found is None else Match(found, 1.0, "exact", text, found.verified)

    def _division(self, text: str) -> Match[Territory] | None:
        found = self._divisions.look_up(text)
        # 3,590 divisions lie too close together for forgiving a slip.
        return None if found is None or found.how == "fuzzy" else found

    def find(self, name: str) -> str | None:
        """Give the identifier of a name the register holds, never of a guessed one.

        >>> load().find("Perú")
        'territory:PER'
        """
        found = self.look_up(name)
        return None if found is None or found.how == "fuzzy" else found.entry.id

    def usages(self, identifier: str) -> tuple[Usage, ...]:
        """Give every name of a territory with who uses it, its own first.

        >>> [usage.name for usage in load().usages("territory:UA-40")]
        ['Sevastopol', 'Sebastopol']
        """
        entry = self.get(identifier)
        others = tuple(a.usage for a in self._others if a.territory == entry.id)
        return (*own_usages(entry), *others)

    def nearest(self, text: str, limit: int = 3) -> tuple[Match[Territory], ...]:
        """Give up to ``limit`` countries and regions with similar names, best first, if any."""
        return self._areas.nearest(text, limit)

    def parent(self, identifier: str) -> Territory | None:
        """Give what a territory lies in: a country's region, a division's country.

        >>> load().parent("territory:US-CT").name
        'United States'
        """
        parent = self.get(identifier).parent
        return None if parent is None else self.get(parent)

    def ancestors(self, identifier: str) -> tuple[Territory, ...]:
        """Give everything a territory lies in, nearest first."""
        found, above = [], self.parent(identifier)
        while above is not None:
            found.append(above)
            above = self.parent(above.id)
        return tuple(found)

    def divisions(self, identifier: str) -> tuple[Territory, ...]:
        """Give what lies directly in a territory, in the order of the register."""
        return tuple(self._inside.get(self.get(identifier).id, ()))

    def is_subnational(self, identifier: str) -> bool:
        """Tell whether a territory is smaller than a country.

        >>> load().is_subnational("territory:US-CT"), load().is_subnational("territory:USA")
        (True, False)
        """
        return self.get(identifier).level == "division"


@cache
def load() -> TerritoryRegister:
    """Read the register that ships with the package, once."""
    return read(shipped())


def read(folder: Traversable | Path) -> TerritoryRegister:
    """Read a register of territories from a folder.

    Args:
        folder: Holds ``territories.csv``, ``territory_names.csv``, ``subdivisions.csv`` and
            ``contested.csv``.

    Returns:
        The register; ``subdivisions.csv`` is read, and refused if broken, on its first use.

    Raises:
        BadInput: A file is missing or a row is broken, with file, line, column and remedy.
    """
    areas = read_areas(folder)
    return TerritoryRegister(
        tuple(areas.values()),
        read_aliases(folder, areas),
        lambda: read_divisions(folder, areas),
    )

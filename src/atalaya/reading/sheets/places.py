"""Reads places as coarse territories: a country or a first-level region, never anything finer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from atalaya.reading.sheets.headings import plain
from atalaya.registers.territories import TerritoryRegister

_PREFIXED = "territory:"


class PlaceReader:
    """Reads the places of a sheet, each distinct text once.

    A name that several countries have a region of (Córdoba) is read in the country that most other
    places of the sheet lie in, where there is one.

    Args:
        register: Countries and their first-level regions.
        cells: Every distinct text of the sheet's place columns.
    """

    __slots__ = ("_found", "_register")

    def __init__(self, register: TerritoryRegister, cells: Sequence[str]) -> None:
        self._register = register
        self._found: dict[str, str | None] = {}
        for cell in cells:
            match = register.look_up(cell)
            self._found[cell] = (
                match.entry.id if match is not None and match.how != "fuzzy" else None
            )
        home = self._home()
        if home is None:
            return
        for cell, found in self._found.items():
            if found is None:
                self._found[cell] = self._at_home(cell, home)

    def _at_home(self, cell: str, home: str) -> str | None:
        match = self._register.look_up(cell, within=home)
        if match is not None:
            return match.entry.id if match.how != "fuzzy" else None
        words = set(plain(cell).split())
        # "Madrid" is "Madrid, Comunidad de", "Bogotá" is "Distrito Capital de Bogotá".
        holding = [
            entry.id
            for entry in self._register.divisions(home)
            if words and words <= set(plain(entry.name).split())
        ]
        return holding[0] if len(holding) == 1 else None

    def _home(self) -> str | None:
        """The country most places lie in."""
        countries: Counter[str] = Counter()
        for found in self._found.values():
            if found is None:
                continue
            entry = self._register.get(found)
            if entry.level == "country":
                countries[entry.id] += 1
            elif entry.parent is not None:
                countries[entry.parent] += 1
        best = countries.most_common(1)
        return best[0][0] if best and 2 * best[0][1] > countries.total() else None

    def read(self, cells: Sequence[str]) -> str | None:
        """Give the finest territory that the place cells of one row name, or None.

        Args:
            cells: One or more, such as country and region.
        """
        found = [place for cell in cells if (place := self._found.get(cell)) is not None]
        return max(found, key=lambda place: (_is_division(place), place), default=None)


def _is_division(place: str) -> bool:
    return "-" in place.removeprefix(_PREFIXED)

"""Blind spots: which country x indicator cells have no figure, or only an old one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class BlindSummary:
    """Blind spots in one line.

    Args:
        cells: Cells looked at that are blind.
        without: Cells without any figure.
        old: Cells whose newest figure is older than two years.
        countries: Countries with at least one blind cell.
        indicators: Indicators with at least one blind cell.
    """

    cells: int
    without: int
    old: int
    countries: int
    indicators: int


@dataclass(frozen=True, slots=True)
class BlindCell:
    """One blind cell: no figure (``latest`` is None), or an old one."""

    indicator: str
    latest: str | None


@dataclass(frozen=True, slots=True)
class BlindCountry:
    """One country's blind cells."""

    territory: str
    code: str
    name: str
    cells: tuple[BlindCell, ...]

    def state(self, indicator: str) -> str:
        """Say how a cell stands: ``none``, ``old`` or ``seen``."""
        for cell in self.cells:
            if cell.indicator == indicator:
                return "old" if cell.latest else "none"
        return "seen"


@dataclass(frozen=True, slots=True)
class BlindRegion:
    """The countries of one continent, A to Z; without a name where none is known."""

    name: str
    countries: tuple[BlindCountry, ...]


@dataclass(frozen=True, slots=True)
class BlindSpotsView:
    """Every blind spot, by country, and the same countries by continent."""

    summary: BlindSummary
    indicators: tuple[str, ...]
    countries: tuple[BlindCountry, ...]
    regions: tuple[BlindRegion, ...]


def blind_summary(edition: Edition) -> BlindSummary:
    """Count the blind spots."""
    rows = edition.rows("blind_spots")
    found = Counter("old" if row["newest"] else "without" for row in rows)
    return BlindSummary(
        cells=len(rows),
        without=found["without"],
        old=found["old"],
        countries=len({row["territory"] for row in rows}),
        indicators=len({row["indicator"] for row in rows}),
    )


def blind_spots(edition: Edition, visit: Visit, _key: str) -> BlindSpotsView:
    """Build the page of blind spots."""
    rows = edition.rows("blind_spots")
    by_place: dict[str, list[Row]] = {}
    for row in rows:
        by_place.setdefault(row["territory"], []).append(row)
    found = (blind_country(edition, visit, place, cells) for place, cells in by_place.items())
    countries = tuple(sorted(found, key=lambda one: one.name.casefold()))
    return BlindSpotsView(
        summary=blind_summary(edition),
        indicators=tuple(sorted({row["indicator"] for row in rows})),
        countries=countries,
        regions=_by_region(edition, visit, countries),
    )


def _by_region(
    edition: Edition, visit: Visit, countries: tuple[BlindCountry, ...]
) -> tuple[BlindRegion, ...]:
    inside: dict[str | None, list[BlindCountry]] = {}
    for one in countries:
        inside.setdefault(edition.names.place(one.territory).region, []).append(one)
    named = [
        BlindRegion(edition.names.place(region).name(visit.language), tuple(found))
        for region, found in inside.items()
        if region is not None
    ]
    unnamed = [BlindRegion("", tuple(inside[None]))] if None in inside else []
    return (*sorted(named, key=lambda one: one.name.casefold()), *unnamed)


def blind_country(edition: Edition, visit: Visit, place: str, rows: list[Row]) -> BlindCountry:
    """Say one country's blind cells."""
    known = edition.names.place(place)
    return BlindCountry(
        territory=place,
        code=known.code,
        name=known.name(visit.language),
        cells=tuple(BlindCell(row["indicator"], row["newest"] or None) for row in rows),
    )

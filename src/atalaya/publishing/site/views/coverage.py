"""How much of what was read speaks of a substance: coverage, and no count of events.

More reading must not look like more happening, so what is shown is the share of the documents that
were read in a month, with both numbers beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Point
from atalaya.publishing.site.views.sparks import MOST, Bar
from atalaya.publishing.site.views.telling import source_title_of
from atalaya.publishing.site.visits import Visit

PREDICATE = "mentions"
_PER = 1000  # shares are drawn in thousandths, for a bar is scaled to nine at least


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of a source's documents that mention a substance in a place.

    Args:
        path: Path of its series.
        subject_name: The substance.
        source: Title of the source in the page's language.
        bars: Share a month in thousandths, the oldest first; a gap where nothing was read.
        last: The newest month that was read, or None.
        said: Documents of that month that mention it.
        read: Documents of that month that were read.
    """

    path: str
    subject_name: str
    source: str
    bars: tuple[Bar, ...]
    last: str | None
    said: float
    read: float

    @property
    def share(self) -> float:
        """The share in the newest month, 0 to 1."""
        return self.said / self.read if self.read else 0.0


def coverage(edition: Edition, visit: Visit, key: str) -> Coverage | None:
    """Give the coverage behind a series, or None where it counts no mentions in documents.

    Args:
        edition: The release.
        visit: Language and date.
        key: Key of the series.

    Raises:
        WrongUse: The release has no such series.
    """
    facts = edition.one_series(key)
    if facts.predicate != PREDICATE:
        return None
    points = edition.points(key, as_of=visit.as_of)
    seen = [one for one in points if one.status == "observed" and one.population.low]
    newest = seen[-1] if seen else None
    return Coverage(
        path=f"series/{key.replace('/', '~')}",
        subject_name=edition.names.subject(facts.subject, visit.language),
        source=source_title_of(edition, facts.source, visit),
        bars=_bars(points),
        last=newest.period if newest else None,
        said=(newest.count.low or 0.0) if newest else 0.0,
        read=(newest.population.low or 0.0) if newest else 0.0,
    )


def coverage_in(edition: Edition, visit: Visit, territory: str) -> tuple[Coverage, ...]:
    """Give the coverage of every substance in a place, by name."""
    found = (
        coverage(edition, visit, key)
        for key, facts in edition.series.items()
        if facts.territory == territory and facts.predicate == PREDICATE
    )
    return tuple(sorted(filter(None, found), key=lambda one: (one.subject_name, one.source)))


def _bars(points: Sequence[Point]) -> tuple[Bar, ...]:
    return tuple(Bar(one.period, _share(one), alarm=False) for one in points[-MOST:])


def _share(point: Point) -> Cell:
    read, said = point.population.low, point.count.low
    if point.status != "observed" or said is None or not read:
        return Cell()
    return Cell(_PER * said / read, _PER * said / read)

"""Source health: which sources answer, which are late, and whether as much comes as is usual."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from atalaya.publishing.columns import HEALTH
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.views.sparks import Bar
from atalaya.publishing.site.visits import Visit

_WORST_FIRST = ("failing", "silent", "late", "fine", "shipped")


@dataclass(frozen=True, slots=True)
class Health:
    """One source.

    Args:
        row: Its row in the table of source health.
        title: Its title in the page's language.
        weeks: Documents of the last weeks, oldest first; a gap where nobody asked.
    """

    row: Row
    title: str
    weeks: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class HealthView:
    """Every source, the worst first, and how many stand how."""

    sources: tuple[Health, ...]
    states: dict[str, int]


def health(edition: Edition, visit: Visit, _key: str) -> HealthView:
    """Build the page of source health."""
    rows = edition.rows("source_health")
    title = "title_es" if visit.language == "es" else "title"
    titles = {str(row["source"]): str(row[title]) for row in edition.rows("sources")}
    sources = [
        Health(row, titles.get(row["source"]) or row["source"], _weeks(row["weeks"]))
        for row in rows
    ]
    sources.sort(key=lambda one: (_WORST_FIRST.index(one.row["state"]), one.title.casefold()))
    counted = Counter(row["state"] for row in rows)
    return HealthView(tuple(sources), {state: counted[state] for state in HEALTH})


def _weeks(weeks: str | None) -> tuple[Bar, ...]:
    given = (weeks or "").split()
    last = len(given) - 1
    return tuple(
        Bar(f"-{last - at}", Cell() if one == "-" else Cell.parse(one), alarm=False)
        for at, one in enumerate(given)
    )

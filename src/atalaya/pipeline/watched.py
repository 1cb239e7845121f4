"""Which series a monitor judges: those it watches, and the parents it lets be made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.errors import BadInput, Place
from atalaya.model.monitors import MonitorDeclaration, Watched
from atalaya.model.tables import ORDER
from atalaya.series.mentions import PREDICATE
from atalaya.series.parents import FAMILY, is_parent, members, parents


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """The parents a monitor judges, beside the children they are made of.

    Args:
        series: Rows of the parents and of everything the monitor watches.
        members: Key of a parent -> keys of its children, in order.
    """

    series: pa.Table
    members: dict[str, tuple[str, ...]]


def children(series: pa.Table, watched: Watched) -> pa.Table:
    """Give the rows that a monitor watches; a parent is watched by the monitors that pool it."""
    return series.filter(pc.and_(_matches(series, watched), pc.invert(is_parent(series))))


def pools(series: pa.Table, monitor: MonitorDeclaration) -> Iterator[Pooled]:
    """Give, for each hierarchy that a monitor pools, the parents of what it watches.

    Args:
        series: The ``series`` table with its parents, as `with_parents` leaves it.
        monitor: The monitor.
    """
    own = children(series, monitor.series) if monitor.pool else series.slice(0, 0)
    watched = set(own["series"].unique().to_pylist())
    known = {key: below for key, below in members(series).items() if watched.issuperset(below)}
    subjects = dict(zip(series["series"].to_pylist(), series["subject"].to_pylist(), strict=True))
    for hierarchy in monitor.pool:
        found = {
            key: below
            for key, below in known.items()
            if subjects[key].startswith(FAMILY) == (hierarchy == "family")
        }
        if found:
            rows = series.filter(pc.is_in(series["series"], value_set=pa.array(found, pa.string())))
            yield Pooled(pa.concat_tables([own, rows]), found)


def with_parents(series: pa.Table, monitors: Sequence[MonitorDeclaration]) -> pa.Table:
    """Add the parents that monitors ask for to the series of the sources.

    A source that gives the larger count itself is believed: no parent takes its key.

    Args:
        series: Table with the schema ``model.tables.SERIES``, without parents.
        monitors: Who pools what.

    Raises:
        BadInput: Two monitors would make one parent of different children.
    """
    given = set(series["series"].unique().to_pylist())
    made: dict[str, tuple[str, tuple[str, ...]]] = {}
    tables = [series]
    for monitor in monitors:
        own = children(series, monitor.series)
        for hierarchy in monitor.pool:
            found = parents(own, hierarchy)
            fresh = _fresh(monitor.slug, members(pa.concat_tables([own, found])), made)
            wanted = pa.array(sorted(fresh - given), pa.string())
            tables.append(found.filter(pc.is_in(found["series"], value_set=wanted)))
    return pa.concat_tables(tables).sort_by([(name, "ascending") for name in ORDER["series"]])


def _fresh(
    slug: str, of: Mapping[str, tuple[str, ...]], made: dict[str, tuple[str, tuple[str, ...]]]
) -> set[str]:
    """Give the parents that no monitor before had made, and note them as made."""
    fresh = set(of) - set(made)
    for key, below in of.items():
        other, theirs = made.setdefault(key, (slug, below))
        if theirs != below:
            raise _two_ways(key, other, slug)
    return fresh


def _two_ways(key: str, one: str, other: str) -> BadInput:
    return BadInput(
        f"the monitors {one} and {other} would add {key} up from different series",
        why="a series is named by what it counts, so one name cannot stand for two sums",
        do="let both watch the same series, or let one of them not pool",
        where=Place(f"monitors/{other}.toml", column="pool"),
    )


def _matches(series: pa.Table, watched: Watched) -> pa.Array:
    spoken = pc.equal(series["predicate"], PREDICATE)
    chosen = spoken if watched.mentions else pc.invert(spoken)
    for column, wanted in (
        ("source", watched.sources),
        ("subject", watched.subjects),
        ("territory", watched.territories),
    ):
        if wanted:
            chosen = pc.and_(chosen, pc.is_in(series[column], value_set=pa.array(wanted)))
    return chosen

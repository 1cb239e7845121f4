"""Parent series of an observatory: a family or a larger place, added up from series of one source.

A parent is a row of the ``series`` table like any other, and is made from its children's
observations instead of claims. It counts findings: what names two of a family counts twice, as its
tests do. So it is no figure of the publisher's, and pages say of what it is the sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.monitors import Hierarchy
from atalaya.model.tables import ORDER, SERIES
from atalaya.registers import substances, territories
from atalaya.series.identity import observation_ids
from atalaya.series.keys import series_key
from atalaya.series.panel import Gap, Panel
from atalaya.series.panels import panels
from atalaya.series.pooling import pooled

FAMILY = "family:"
OBSERVATION = "observation:"  # how the identifiers begin that a parent is made from
_SAME = ("source", "subject", "territory", "predicate", "unit", "people")
_POOLED_LEVELS = (
    "division",
    "country",
)  # what lies in them; a region of the world is added to none

Facts = Mapping[str, str]


def family_of(subject: str) -> str | None:
    """Give the family a substance is added to: ``family:<slug>``.

    A source's own group ("nitazenes (any)") holds its members already and is added to none; so is
    what the register does not know.

    >>> family_of("substance:xylazine"), family_of("substance:nitazenes-any")
    ('family:alpha2-agonists', None)
    """
    entry = substances.load().known(subject)
    return None if entry is None or entry.kind == "group" else f"{FAMILY}{entry.family}"


def region_of(territory: str) -> str | None:
    """Give the place a division or country is added to: its country, its M49 subregion.

    >>> region_of("territory:US-CT"), region_of("territory:USA"), region_of("territory:M49-021")
    ('territory:USA', 'territory:M49-021', None)
    """
    places = territories.load()
    known = places.known(territory)
    return known.parent if known is not None and known.level in _POOLED_LEVELS else None


_ABOVE: Mapping[Hierarchy, tuple[str, Callable[[str], str | None]]] = {
    "family": ("subject", family_of),
    "region": ("territory", region_of),
}


def is_parent(series: pa.Table) -> pa.Array:
    """Say of each row of the ``series`` table whether it is an observation of a parent."""
    made_from = series["made_from"].combine_chunks()
    some = np.asarray(pc.list_value_length(made_from)) > 0
    found = np.zeros(len(some), bool)
    firsts = pc.list_element(made_from.filter(pa.array(some)), 0)
    found[some] = np.asarray(pc.starts_with(firsts, OBSERVATION))
    return pa.array(found)


def members(series: pa.Table) -> dict[str, tuple[str, ...]]:
    """Give the children of every parent of the ``series`` table, by key, each in order."""
    names = dict(zip(series["id"].to_pylist(), series["series"].to_pylist(), strict=True))
    rows = series.filter(is_parent(series))
    found: dict[str, set[str]] = defaultdict(set)
    for key, made_from in zip(
        rows["series"].to_pylist(), rows["made_from"].to_pylist(), strict=True
    ):
        found[key].update(names[one] for one in made_from)
    return {key: tuple(sorted(children)) for key, children in found.items()}


def parents(children: pa.Table, hierarchy: Hierarchy) -> pa.Table:
    """Add series up one step of a hierarchy.

    What is added up comes from one source, says the same thing in one unit and by one kind of
    period, and differs only in the substance (or place); the rest is as in `pooling.pooled`. Where
    the members of a parent disagree about the unit there is no parent.

    Args:
        children: Rows with the schema ``model.tables.SERIES``, no parents among them.
        hierarchy: Which one.

    Returns:
        The parents' observations with the same schema, by series and period: a row for every period
        of which any child has a row. ``made_from`` holds the children's rows of that period, gaps
        included, so that one sees which child is missing.
    """
    facts = {row["series"]: row for row in _facts(children)}
    above = _agreeing({key: _parent(row, hierarchy) for key, row in facts.items()}, facts)
    known = {
        (row["series"], row["period"]): row["id"]
        for row in children.select(["series", "period", "id"]).to_pylist()
    }
    found = [
        row
        for panel in panels(children)
        for row in _observations(panel, above, facts, known, hierarchy)
    ]
    table = pa.Table.from_pylist([{"id": "", **row} for row in found], schema=SERIES)
    named = table.set_column(0, SERIES.field("id"), observation_ids(_columns(table)))
    return named.sort_by([(name, "ascending") for name in ORDER["series"]])


def _columns(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return {name: table[name] for name in table.column_names}


def _facts(children: pa.Table) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = children.group_by(["series", *_SAME]).aggregate([]).to_pylist()
    return rows


def _parent(row: Facts, hierarchy: Hierarchy) -> str | None:
    column, above = _ABOVE[hierarchy]
    outer = above(row[column])
    if outer is None:
        return None
    said = {**row, column: outer}
    return series_key(*(said[name] for name in ("source", "subject", "territory", "predicate")))


def _agreeing(above: Mapping[str, str | None], facts: Mapping[str, Facts]) -> dict[str, str | None]:
    """Leave out parents whose children do not count the same thing in the same unit."""
    units: dict[str | None, set[tuple[str, ...]]] = defaultdict(set)
    for key, parent in above.items():
        units[parent].add(tuple(facts[key][name] for name in ("predicate", "unit", "people")))
    return {key: parent if len(units[parent]) == 1 else None for key, parent in above.items()}


def _observations(
    panel: Panel,
    above: Mapping[str, str | None],
    facts: Mapping[str, Facts],
    known: Mapping[tuple[str, str], str],
    hierarchy: Hierarchy,
) -> Iterator[dict[str, object]]:
    pool = pooled(panel, tuple(above[key] for key in panel.series))
    gaps = panel.gap_codes
    observed = pool.panel.observed
    column, outer = _ABOVE[hierarchy]
    for parent, (key, rows) in enumerate(zip(pool.panel.series, pool.members, strict=True)):
        keys = [panel.series[row] for row in rows]
        first = facts[keys[0]]
        said = {name: first[name] for name in _SAME} | {column: outer(first[column])}
        for place in range(panel.n_periods):
            period = str(panel.first + place)
            made_from = [known[one, period] for one in keys if (one, period) in known]
            if not made_from:
                continue
            seen = bool(observed[parent, place])
            late = bool((gaps[rows, place] == Gap.INCOMPLETE).any())
            yield {
                **said,
                "series": key,
                "period": period,
                "count": _number(pool.panel.counts[parent, place], seen),
                "population": None
                if pool.panel.population is None
                else _number(pool.panel.population[parent, place], seen),
                "status": "observed" if seen else "incomplete" if late else "gap",
                "made_from": sorted(made_from),
            }


def _number(value: float, seen: bool) -> float | None:
    return float(value) if seen and not np.isnan(value) else None

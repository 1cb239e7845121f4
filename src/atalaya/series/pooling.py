"""Pools series up a hierarchy: substances into their family, areas into their region.

A wave of near relatives may stay below notice in each and be plain in all of them together. What is
pooled are findings: a sample that holds two of a family counts twice, so the denominator is the
number of tests (each child's examined, added up), and a pooled share stays below one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.series.panel import Numbers, Panel

RECENT = 12  # periods in which the child that carries a rise is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Parents and the children they are made of.

    Args:
        panel: A row a parent; its name is the group's, with the source where sources differ.
        members: For each parent, the rows of its children in the panel they came from.
    """

    panel: Panel
    members: tuple[NDArray[np.intp], ...]


def pooled(panel: Panel, groups: tuple[str | None, ...]) -> Pool:
    """Add up the series of each group, per source.

    A parent is observed where every child that has been observed so far is: with one of them
    missing its sum would be too low, and a gap is never a zero. Groups of one child are left out,
    for they say nothing that the child does not say.

    Args:
        panel: The children.
        groups: The group of each series, None for none.

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[1.0, 0, 2], [0, 1, np.nan], [5, 5, 5]])
    >>> panel = Panel(("a", "b", "c"), Period.parse("2020-01"), counts)
    >>> pool = pooled(panel, ("f", "f", None))
    >>> pool.panel.series, pool.panel.counts.tolist()
    (('f',), [[1.0, 1.0, nan]])
    """
    sources = panel.sources or (None,) * len(panel.series)
    found: dict[tuple[str, str], list[int]] = {}
    for row, (group, source) in enumerate(zip(groups, sources, strict=True)):
        if group:
            found.setdefault((group, source or ""), []).append(row)
    of_group = Counter(group for group, _ in found)
    kept = {key: np.array(rows) for key, rows in sorted(found.items()) if len(rows) > 1}
    names = tuple(
        f"{group} ({source or 'no source'})" if of_group[group] > 1 else group
        for group, source in kept
    )
    members = list(kept.values())
    counts, population = _sums(panel, members)
    origin = None if panel.sources is None else tuple(panel.sources[rows[0]] for rows in members)
    return Pool(Panel(names, panel.first, counts, population, origin), tuple(members))


def carriers(panel: Panel, members: NDArray[np.intp], recent: int = RECENT) -> NDArray[np.intp]:
    """Give the child with the most cases in the last periods, one a period, as a row of the panel.

    Only periods count in which the parent is observed: what names the child then rests on nothing
    that the parent's verdict does not rest on, and tells no more.

    Args:
        panel: The children.
        members: Rows of one parent's children.
        recent: Periods that are looked at, at most those that the verdict looks back on.
    """
    whole = _whole(panel.observed[members])
    cases = np.where(whole & panel.observed[members], panel.counts[members], 0)
    total = np.cumsum(cases, axis=1)
    last = total.copy()
    last[:, recent:] -= total[:, :-recent]
    result: NDArray[np.intp] = members[last.argmax(axis=0)]
    return result


def _whole(observed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say in which periods every child that has been observed so far is, and any is."""
    begun = np.logical_or.accumulate(observed, axis=1)
    missing = (begun & ~observed).any(axis=0)
    return np.logical_and(~missing, observed.any(axis=0))


def _sums(panel: Panel, members: list[NDArray[np.intp]]) -> tuple[Numbers, Numbers | None]:
    shape = (len(members), panel.n_periods)
    counts = np.full(shape, np.nan)
    population = None if panel.population is None else np.full(shape, np.nan)
    observed = panel.observed
    for parent, rows in enumerate(members):
        whole = _whole(observed[rows])
        seen = np.where(observed[rows], panel.counts[rows], 0)
        counts[parent] = np.where(whole, seen.sum(axis=0), np.nan)
        if population is not None and panel.population is not None:
            tests = np.where(observed[rows], panel.population[rows], 0).sum(axis=0)
            population[parent] = np.where(whole, tests, np.nan)
    return counts, population

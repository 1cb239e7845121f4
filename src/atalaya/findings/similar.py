"""Signals of the past that are like one: which, on what ground, and in which order.

A reviewer asks "have we seen this before, and what became of it?". Likeness is a rule that can be
read, not a number: a fixed order of grounds, and the newest first within one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from atalaya.findings.alerts.clusters import Cluster, Firing, Novelty

MOST = 8  # as many as a person compares at one sitting


class Ground(StrEnum):
    """Why a past signal is like another, strongest first."""

    SAME_HERE = "same-here"
    SUBSTANCE_ELSEWHERE = "substance-elsewhere"
    FAMILY_HERE = "family-here"
    SAME_START = "same-start"


@dataclass(frozen=True, slots=True)
class Past:
    """A cluster of signals as likeness looks at it.

    Args:
        cluster: The cluster; repeated firings on one event are one thing of the past.
        family: Register name of the substance's family, or None where none is known.
    """

    cluster: Cluster
    family: str | None

    @property
    def first(self) -> Firing:
        """The firing that began it."""
        return self.cluster.firings[0]

    @property
    def start(self) -> Novelty | None:
        """How it began, or None where the record does not tell."""
        return self.first.novelty


@dataclass(frozen=True, slots=True)
class Likeness:
    """A past cluster with every ground on which it is like the one looked at, strongest first."""

    past: Past
    grounds: tuple[Ground, ...]


def similar(one: Past, others: Iterable[Past], most: int = MOST) -> tuple[Likeness, ...]:
    """Find what began before a cluster and is like it.

    Args:
        one: The cluster looked at.
        others: All clusters; what began on its first day or later, and itself, is left out.
        most: How many at most.

    Returns:
        Ordered by the strongest ground, then by the number of grounds, then newest first, then by
        name; each cluster once.
    """
    before = (other for other in others if other.cluster.id != one.cluster.id)
    found = [
        Likeness(other, grounds)
        for other in before
        if other.first.first_day < one.first.first_day and (grounds := _grounds(one, other))
    ]
    return tuple(sorted(found, key=_order)[:most])


def _grounds(one: Past, other: Past) -> tuple[Ground, ...]:
    here = one.cluster.territory == other.cluster.territory
    same = one.cluster.what == other.cluster.what
    family = one.family is not None and one.family == other.family
    holds = {
        Ground.SAME_HERE: same and here,
        Ground.SUBSTANCE_ELSEWHERE: same and not here,
        Ground.FAMILY_HERE: family and here and not same,
        Ground.SAME_START: one.start is not None and one.start == other.start,
    }
    return tuple(ground for ground, true in holds.items() if true)


def _order(found: Likeness) -> tuple[int, int, int, str]:
    first = found.past.first
    return (
        list(Ground).index(found.grounds[0]),
        -len(found.grounds),
        -first.first_day.toordinal(),
        found.past.cluster.id,
    )

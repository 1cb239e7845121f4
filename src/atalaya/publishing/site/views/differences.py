"""By how much sources that disagree on one number differ: shown, never averaged (R9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atalaya.publishing.site.views.facts import Fact


@dataclass(frozen=True, slots=True)
class Difference:
    """Two or more numbers that sources give for one thing.

    Args:
        property: What they are about.
        low: The smallest number said, in the unit of the facts.
        high: The largest.
        by: The largest less the smallest.
    """

    property: str
    low: float
    high: float
    by: float


def differences(properties: Mapping[str, Iterable[Fact]]) -> tuple[Difference, ...]:
    """Give each number on which disputed facts of one property, place, period and unit differ.

    Args:
        properties: What is said of each property; sources may put it in other words. Facts that
            are not disputed, and words, are passed over.

    Returns:
        In the order of the properties.
    """
    said: dict[tuple[str | None, ...], list[float]] = defaultdict(list)
    for name, facts in properties.items():
        for fact in facts:
            if fact.disputed and fact.number is not None:
                said[name, fact.unit, fact.territory, fact.period].append(fact.number)
    return tuple(
        Difference(str(key[0]), min(numbers), max(numbers), max(numbers) - min(numbers))
        for key, numbers in said.items()
        if min(numbers) < max(numbers)
    )

"""Labelled lists of names, and how well names were joined: precision and recall over pairs.

The names are invented, but for bodies of the United Nations and the like, whose translations are
public; ``tune`` is what weights were counted on, ``held`` what they were not.
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

LISTS = Path(__file__).parent / "organisations"
BASELINE = 90  # likeness, of 100, from which simple matching joins two names


@dataclass
class Pairs:
    """Pairs joined rightly, joined wrongly and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} ({self.right + self.missed} pairs)"

    def add(self, found: Iterable[bool], gold: Iterable[bool]) -> None:
        for one, two in zip(found, gold, strict=True):
            self.right += one and two
            self.wrong += one and not two
            self.missed += two and not one


def labelled(part: str) -> dict[str, tuple[list[str], list[str]]]:
    """Give each list of a part: names, and the body of each."""
    found = {}
    for path in sorted((LISTS / part).glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found[path.stem] = ([row["name"] for row in rows], [row["body"] for row in rows])
    return found


def same(labels: Sequence[Hashable]) -> list[bool]:
    """Give for each pair of positions whether they have one label."""
    return [one == other for one, other in combinations(labels, 2)]


def simple(names: Sequence[str]) -> list[bool]:
    """Join what is alike letter for letter: the baseline."""
    from rapidfuzz import fuzz

    return [
        fuzz.token_sort_ratio(one.lower(), other.lower()) >= BASELINE
        for one, other in combinations(names, 2)
    ]

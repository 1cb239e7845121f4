"""Counts of documents that mention a substance, compared with the claims they are made of.

An observation names the claims that mention the substance, or for a zero the first and the last
document read; what both its figures rest on are all claims of its source and month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atalaya.series.mentions import PREDICATE, READ

Row = Mapping[str, Any]
_MONTH = 7  # characters of 2025-03, of a day


def is_spoken(row: Row) -> bool:
    """Whether an observation says how often a source speaks of something."""
    return bool(row["predicate"] == PREDICATE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Claims of open sources, counted by month.

    Args:
        said: Source, subject, territory and month -> documents that mention it.
        read: Source and month -> documents read.
    """

    said: Mapping[tuple[str, str, str, str], int]
    read: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, claims: Iterable[Row]) -> Spoken:
        """Count the claims of a release."""
        said: Counter[tuple[str, str, str, str]] = Counter()
        read: Counter[tuple[str, str]] = Counter()
        for row in claims:
            if row["period"] is None:
                continue
            month = str(row["period"])[:_MONTH]
            if row["predicate"] == READ:
                read[row["source"], month] += 1
            elif row["predicate"] == PREDICATE and row["territory"] is not None:
                said[row["source"], row["subject"], row["territory"], month] += 1
        return cls(said, read)

    def figures(self, row: Row) -> dict[str, str | None]:
        """Give what a month should show, by column, as it is published."""
        if row["status"] != "observed":
            return {"count": None, "population": None}
        key = row["source"], row["subject"], row["territory"], row["period"]
        return {
            "count": str(self.said.get(key, 0)),
            "population": str(self.read.get((row["source"], row["period"]), 0)),
        }


def spoken_figures(
    series: Iterable[Row], claims: Iterable[Row]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Give each figure of such observations: its cell, what it shows and what it should show."""
    spoken = Spoken.of(claims)
    for number, row in enumerate(series, start=1):
        if is_spoken(row):
            for column, said in spoken.figures(row).items():
                yield f"series.csv:{number}:{column}", row[column], said

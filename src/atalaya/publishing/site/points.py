"""Rows of the published tables as the records that pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa

from atalaya.model.periods import Period
from atalaya.model.records import Signal
from atalaya.publishing.site.cells import Cell

_SEARCHES: Final = ("searched", "draft-searched", "looked-for")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is expected of one period; unknown cells where nothing is said.

    Args:
        period: The period.
        lower: Lower end of the interval.
        median: The middle.
        upper: Upper end.
        reference: The cell of the middle, for ``why``.
    """

    period: str
    lower: Cell
    median: Cell
    upper: Cell
    reference: str


@dataclass(frozen=True, slots=True)
class Point:
    """One observation with the verdict on it.

    Args:
        period: Printed period.
        status: ``observed``, ``gap`` (nothing was examined) or ``incomplete``.
        count: What was counted.
        population: The denominator.
        expected: What the detector expected.
        threshold: The level that triggers review.
        alarm: True, False, or None where not assessed or withheld.
        withheld: Whether the verdict is withheld because it would tell a hidden count.
        levels_withheld: Whether expectation and threshold are, as they would tell one.
        masked: Whether the count is withheld altogether, for the same reason: no gap, no zero.
        reason: The verdict's reason; empty where no detector looked.
        reference: The cell of ``count``, for ``why``.
        late: What an incomplete period will come to, or None.
        reported: What is reported of it so far, which is no observation.
    """

    period: str
    status: str
    count: Cell
    population: Cell
    expected: Cell
    threshold: Cell
    alarm: bool | None
    withheld: bool
    levels_withheld: bool
    masked: bool
    reason: str
    reference: str
    late: Ahead | None = None
    reported: Cell = Cell()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What a series is about."""

    key: str
    source: str
    subject: str
    territory: str
    predicate: str
    unit: str
    detectors: tuple[str, ...]
    first: str
    last: str


def as_published(row: Row) -> Signal:
    """A signal whose alarms are withheld, as far as the release tells it."""
    numbers = {name: row[name] for name in ("expected", "threshold", "statistic", "p_value")}
    words = ("series", "what", "territory", "source", "detector", "since", "verdict", "confidence")
    return Signal(
        **{name: row[name] for name in words},
        **numbers,
        period=row["since"],
        observed=exact(row["observed"]) or 0.0,
        sources=row["sources"],
        unknown=row["unknown"],
        reason=row["reason"] or "",
        mode=row["mode"],
    )


def exact(value: object) -> float | None:
    """Give a cell's number, or None where it is hidden or missing."""
    cell = Cell.parse(value)
    return None if cell.hidden else cell.low


def point(row: Row, verdict: Row | None, late: Row | None = None) -> Point:
    """Give an observation with the verdict on it and, if incomplete, what it will come to."""
    found: Row = verdict or {}
    return Point(
        period=row["period"],
        status=row["status"],
        count=Cell.parse(row["count"]),
        population=Cell.parse(row["population"]),
        expected=Cell.parse(found.get("expected")),
        threshold=Cell.parse(found.get("threshold")),
        alarm=found.get("alarm"),
        withheld=bool(found.get("hidden")) and found.get("alarm") is None,
        levels_withheld=bool(found.get("hidden")) and found.get("threshold") is None,
        masked=row["status"] == "observed" and row["count"] is None,
        reason=found.get("reason") or "",
        reference=f"series.csv:{row['row']}:count",
        late=None if late is None or late["median"] is None else ahead(late, "nowcasts"),
        reported=Cell.parse(late["reported"] if late else None),
    )


def ahead(row: Row, table: str = "forecasts") -> Ahead:
    """Give what is expected of a period, by a row of a table."""
    return Ahead(
        period=row["period"],
        lower=Cell.parse(row["lower"]),
        median=Cell.parse(row["median"]),
        upper=Cell.parse(row["upper"]),
        reference=f"{table}.csv:{row['row']}:median",
    )


def unhidden(claims: pa.Table) -> pa.Table:
    """Give claims with numbers as numbers; a hidden one is null."""
    numbers = [exact(value) for value in claims["value"].to_pylist()]
    at = claims.schema.get_field_index("value")
    return claims.set_column(at, "value", pa.array(numbers, pa.float64()))


def latest_told(rows: Iterable[Row], built: str) -> Period | None:
    """Give the latest period that rows of ``promises`` tell of, or None.

    What is expected of a day to come is not told yet, and a search tells when somebody looked.
    """
    told = [row["period"] for row in rows if row["property"] not in _SEARCHES and row.get("period")]
    over = [one for one in map(Period.parse, told) if one.end <= date.fromisoformat(built)]
    return max(over, key=lambda period: period.end, default=None)


def grouped(rows: list[Row], name: str) -> dict[str, list[Row]]:
    """Give the rows under each value of a column."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return dict(groups)

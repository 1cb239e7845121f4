"""Verdicts on incomplete periods: an alarm only where the lowest of what is expected alarms.

Each incomplete period is judged by itself: the others stay gaps, for the lowest of what is expected
of them would be too low a past to compare with. What is assumed is never written as observed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.tables import SERIES, VERDICTS
from atalaya.pipeline.defects import Doubts
from atalaya.pipeline.monitoring import judge, named

# Others compare with a season or a mean and are two-sided in what a missing report does to them.
_AT_LEAST = ("emergence", "emergence_plain")
_RECENT = 12  # observed periods whose largest denominator is assumed

Row = dict[str, Any]
Key = tuple[str, str]


def with_late_periods(
    verdicts: pa.Table,
    series: pa.Table,
    nowcasts: pa.Table,
    monitors: Sequence[MonitorDeclaration],
    doubts: Doubts,
) -> pa.Table:
    """Say of incomplete periods what is expected of them, and alarm where even the lowest does.

    Args:
        verdicts: Table with the schema ``model.tables.VERDICTS``.
        series: What was judged, schema ``model.tables.SERIES``.
        nowcasts: Table with the schema ``model.tables.NOWCASTS``.
        monitors: Who judges what.
        doubts: Which alarms must say that they may come of a change in testing.

    Returns:
        The verdicts, those on nowcast periods with their reason or alarm.
    """
    expected = {(row["series"], row["period"]): row for row in nowcasts.to_pylist()}
    if not expected:
        return verdicts
    rows = verdicts.to_pylist()
    alarms = {
        (row["series"], row["detector"], row["period"]): row
        for row in _alarms(series, expected, monitors, doubts)
    }
    changed = []
    for row in rows:
        said = expected.get((row["series"], row["period"]))
        if said is not None:
            found = alarms.get((row["series"], row["detector"], row["period"]))
            changed.append(_said(row, said) if found is None else _alarmed(found, said))
        else:
            changed.append(row)
    return pa.Table.from_batches([named([_unnamed(row) for row in changed])], schema=VERDICTS)


def _unnamed(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _said(row: Row, expected: Row) -> Row:
    return row | {"reason": f"{row['reason']}; {expected['reason']}"}


def _alarmed(row: Row, expected: Row) -> Row:
    return row | {
        "observed": None,
        "reason": f"{row['reason']}; judged at the lowest count expected; {expected['reason']}",
    }


def _alarms(
    series: pa.Table,
    expected: Mapping[Key, Row],
    monitors: Sequence[MonitorDeclaration],
    doubts: Doubts,
) -> Iterator[Row]:
    """Give the alarms that hold at the lower end, one incomplete period assumed at a time."""
    sources = pa.array(sorted({row["source"] for row in expected.values()}))
    rows = series.filter(pc.is_in(series["source"], value_set=sources)).to_pylist()
    able = [one for one in monitors if one.detector in _AT_LEAST]
    told = {key: row for key, row in expected.items() if row["lower"] is not None}
    for period in sorted({period for _, period in told}):
        assumed = [_assumed(row, told, period, rows) for row in rows]
        table = pa.Table.from_pylist(assumed, schema=SERIES)
        for row in judge(table, able, doubts).to_pylist():
            if row["alarm"] and row["period"] == period and (row["series"], period) in told:
                yield row


def _assumed(row: Row, told: Mapping[Key, Row], period: str, rows: Sequence[Row]) -> Row:
    said = told.get((row["series"], period)) if row["period"] == period else None
    if said is None:
        return row
    population = said["population"]
    if population is not None:
        own = [one["population"] for one in rows if one["series"] == row["series"]]
        recent = [each for each in own if each is not None][-_RECENT:]
        population = max(population, said["lower"], *recent)
    return row | {"status": "observed", "count": said["lower"], "population": population}

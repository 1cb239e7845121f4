"""How often a source speaks of a substance in a country, beside how much of it was read.

More reading must not look like more happening: each count of documents stands beside the number of
documents of that source that were read in the same month, which is its denominator. A month of
which nothing was read is a gap, not a zero: a collector that is down is no decline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.periods import Period, PeriodKind
from atalaya.model.tables import ORDER, SERIES
from atalaya.series.identity import observation_ids
from atalaya.series.keys import series_key

PREDICATE = "mentions"
READ = "documents read"
UNIT = "documents"
Row = dict[str, Any]


class _Key(NamedTuple):
    source: str
    subject: str
    territory: str


@dataclass(slots=True)
class _Source:
    """What was read of a source: month -> claims that a document was read."""

    read: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    said: dict[_Key, dict[int, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )


def mention_series(claims: pa.Table, until: date) -> pa.Table:
    """Count documents that mention a substance, by source, country and month.

    Args:
        claims: Claims with the schema CLAIMS. Of these, ``documents read`` says that a document of
            a day was read, and ``mentions`` that it speaks of its subject in its territory; both
            are of one document each. All others are left alone.
        until: The last day of which something may have been read; its month is incomplete.

    Returns:
        Observations with the schema SERIES, ordered: one a month from the first to the last in
        which the source was read. ``count`` is the number of documents that mention the substance,
        ``population`` that of documents read. An observed zero is made from the first and the last
        document that was read in its month.
    """
    found: list[Row] = []
    for source in _sources(claims).values():
        for key, months in source.said.items():
            found += _rows(key, months, source, Period.containing(until, PeriodKind.MONTH))
    return _table(found)


def speaks(key: str) -> bool:
    """Tell from the key of a series whether it says how often a source speaks of something.

    >>> speaks("gazette/xylazine/USA/mentions"), speaks("ct-deaths/xylazine/US-CT/deaths")
    (True, False)
    """
    return key.endswith(f"/{PREDICATE}")


def without_mentions(series: pa.Table) -> pa.Table:
    """Leave out how often open sources speak of something, which is no count of what happens."""
    return series.filter(pc.not_equal(series["predicate"], PREDICATE))


def _sources(claims: pa.Table) -> dict[str, _Source]:
    wanted = pc.and_(
        pc.is_in(claims["predicate"], pa.array([PREDICATE, READ])), pc.is_valid(claims["period"])
    )
    names = ["id", "source", "subject", "predicate", "territory", "period"]
    sources: dict[str, _Source] = defaultdict(_Source)
    for row in claims.filter(wanted).select(names).to_pylist():
        month = Period.containing(Period.parse(row["period"]).start, PeriodKind.MONTH).ordinal
        source = sources[row["source"]]
        if row["predicate"] == READ:
            source.read[month].append(row["id"])
        elif row["territory"] is not None:
            key = _Key(row["source"], row["subject"], row["territory"])
            source.said[key][month].append(row["id"])
    return sources


def _rows(key: _Key, months: dict[int, list[str]], source: _Source, last: Period) -> Iterator[Row]:
    """Give the observations of one series."""
    read = source.read
    for ordinal in range(min(read), max(read) + 1):
        period = Period(PeriodKind.MONTH, ordinal)
        said, seen = months.get(ordinal, []), read.get(ordinal, [])
        status = "observed" if seen else "gap"
        if ordinal >= last.ordinal:
            status = "incomplete"
        observed = status == "observed"
        yield {
            "series": series_key(*key, PREDICATE),
            "source": key.source,
            "subject": key.subject,
            "territory": key.territory,
            "predicate": PREDICATE,
            "unit": UNIT,
            "period": str(period),
            "count": float(len(said)) if observed else None,
            "population": float(len(seen)) if observed else None,
            "status": status,
            "people": False,
            "made_from": sorted(said or {*seen[:1], *seen[-1:]}) if observed else [],
        }


def _table(rows: Sequence[Row]) -> pa.Table:
    names = [name for name in SERIES.names if name != "id"]
    columns = {
        name: pa.chunked_array([[row[name] for row in rows]], SERIES.field(name).type)
        for name in names
    }
    columns["id"] = pa.chunked_array([observation_ids(columns)], pa.string())
    table = pa.table({name: columns[name] for name in SERIES.names}, schema=SERIES)
    return table.sort_by([(name, "ascending") for name in ORDER["series"]])

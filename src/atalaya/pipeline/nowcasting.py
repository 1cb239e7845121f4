"""What incomplete periods will come to, and which alarms hold even at the lowest of it.

Sources whose small counts of people are hidden get no nowcast: it is computed from the counts of
all their series and versions, and would tell of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.detection.nowcasting import (
    LEAST_VERSIONS,
    Delays,
    Silence,
    declared,
    delays,
    nowcast,
)
from atalaya.evidence.captures import CaptureStore
from atalaya.model.declarations import Reporting, SourceDeclaration
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Capture
from atalaya.model.tables import NOWCASTS, SERIES
from atalaya.pipeline.editions import counted_on, days
from atalaya.pipeline.triangles import Version, age_of, triangle
from atalaya.publishing.disclosure import hiding_sources

MOST_VERSIONS = 60  # five years of months; older delays say little of today's

_REASONS = {
    Silence.FEW_VERSIONS: "{versions} dated versions of the source where {least} are needed to "
    "tell how late its reports come",
    Silence.FEW_FOLLOWED: "too few periods were followed until they were complete",
    Silence.LITTLE_KNOWN: "too little of it is known yet",
    Silence.WITHDRAWN: "reports of this source are taken back later",
}

Row = dict[str, Any]


def nowcasts(
    series: pa.Table,
    declarations: Sequence[SourceDeclaration],
    captures: Sequence[Capture],
    store: CaptureStore,
) -> pa.Table:
    """Nowcast every incomplete period of which something is reported.

    Args:
        series: Table with the schema ``model.tables.SERIES``.
        declarations: The sources.
        captures: Every logged capture, older versions too.
        store: Their bytes.

    Returns:
        Table with the schema ``model.tables.NOWCASTS``.
    """
    waiting = series.filter(pc.equal(series["status"], "incomplete"))
    late = set(waiting["source"].unique().to_pylist()) - hiding_sources(declarations)
    keys = set(zip(*(waiting[name].to_pylist() for name in ("series", "period")), strict=True))
    rows: list[Row] = []
    for source in declarations:
        if source.slug in late:
            rows += _of_source(source, captures, store, keys)
    return pa.Table.from_pylist(rows, schema=NOWCASTS)


def _of_source(
    source: SourceDeclaration,
    captures: Sequence[Capture],
    store: CaptureStore,
    wanted: set[tuple[str, str]],
) -> Iterator[Row]:
    at_once = source.model_copy(update={"reporting": Reporting(lag_days=0)})
    dates = days(source, captures)[-MOST_VERSIONS:]
    versions: list[Version] = []
    newest = SERIES.empty_table()
    for day, newest in counted_on(at_once, captures, store, dates):
        versions.append(Version.of(day, newest))
    mine = _among(newest, wanted)
    for kind in sorted({Period.parse(row["period"]).kind for row in mine}):
        known = _delays(versions, source.reporting, kind)
        yield from _rows([row for row in mine if _kind(row) is kind], versions[-1].day, known)


def _among(series: pa.Table, wanted: set[tuple[str, str]]) -> list[Row]:
    """Give the counted rows of some series and periods."""
    names, periods = (pa.array({key[at] for key in wanted}, pa.string()) for at in (0, 1))
    near = pc.and_(pc.is_in(series["series"], names), pc.is_in(series["period"], periods))
    rows = series.filter(pc.and_(near, pc.is_valid(series["count"]))).to_pylist()
    return [row for row in rows if (row["series"], row["period"]) in wanted]


def _kind(row: Row) -> PeriodKind:
    return Period.parse(row["period"]).kind


def _delays(versions: Sequence[Version], reporting: Reporting, kind: PeriodKind) -> Delays:
    """Estimate the delays, or take the declared ones while nothing can be estimated."""
    found = delays(triangle(versions, reporting.lag_days, kind), len(versions))
    if reporting.known and np.isnan(found.share).all():
        return declared(reporting.known)
    return found


def _rows(mine: Sequence[Row], day: date, known: Delays) -> Iterator[Row]:
    ages = np.array([age_of(Period.parse(row["period"]), day) for row in mine], np.intp)
    said = nowcast(np.array([[row["count"] for row in mine]], float), ages, known)
    for at, row in enumerate(mine):
        age = int(ages[at])
        if age < 0:
            continue  # it has not ended: what is reported of it is no part of a whole
        ends = {name: float(getattr(said, name)[0, at]) for name in ("lower", "median", "upper")}
        told = not np.isnan(ends["median"])
        yield {
            **{name: row[name] for name in ("series", "source", "period", "population")},
            "known_on": day.isoformat(),
            "age": age,
            "reported": row["count"],
            **(ends if told else dict.fromkeys(ends)),
            "share": float(known.share[age]) if told else None,
            "versions": known.versions,
            "reason": _reason(Silence(int(said.silence[0, at])), known, ends),
        }


def _reason(silence: Silence, known: Delays, ends: Mapping[str, float]) -> str:
    if silence is Silence.NONE:
        return "{lower:g} to {upper:g} expected once late reports are in".format(**ends)
    return _REASONS[silence].format(versions=known.versions, least=LEAST_VERSIONS)

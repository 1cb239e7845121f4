"""What incomplete periods will come to, and which alarms hold even at the lowest of it.

Sources whose small counts of people are hidden get no nowcast: it is computed from the counts of
all their series and versions, and would tell of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
from atalaya.model.tables import NOWCASTS
from atalaya.pipeline.editions import counted_on, days
from atalaya.publishing.disclosure import hiding_sources
from atalaya.series.panel import Numbers

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
    rows: list[Row] = []
    for source in declarations:
        if source.slug in late:
            keys = set(
                zip(*(waiting[name].to_pylist() for name in ("series", "period")), strict=True)
            )
            rows += _of_source(source, captures, store, keys)
    return pa.Table.from_pylist(rows, schema=NOWCASTS)


@dataclass(frozen=True, slots=True)
class _Version:
    """What a source said on a day: reports so far, whether or not a period is complete."""

    day: date
    rows: list[Row]


def _of_source(
    source: SourceDeclaration,
    captures: Sequence[Capture],
    store: CaptureStore,
    wanted: set[tuple[str, str]],
) -> Iterator[Row]:
    at_once = source.model_copy(update={"reporting": Reporting(lag_days=0)})
    dates = days(source, captures)[-MOST_VERSIONS:]
    versions = [
        _Version(day, table.filter(pc.is_valid(table["count"])).to_pylist())
        for day, table in counted_on(at_once, captures, store, dates)
    ]
    newest = versions[-1]
    mine = [row for row in newest.rows if (row["series"], row["period"]) in wanted]
    for kind in sorted({Period.parse(row["period"]).kind for row in mine}):
        known = _delays(versions, source.reporting, kind)
        yield from _rows([row for row in mine if _kind(row) is kind], newest.day, known)


def _kind(row: Row) -> PeriodKind:
    return Period.parse(row["period"]).kind


def _delays(versions: Sequence[_Version], reporting: Reporting, kind: PeriodKind) -> Delays:
    """Estimate the delays, or take the declared ones while nothing can be estimated."""
    found = delays(triangle(versions, reporting.lag_days, kind), len(versions))
    if reporting.known and np.isnan(found.share).all():
        return declared(reporting.known)
    return found


def triangle(versions: Sequence[_Version], lag_days: int, kind: PeriodKind) -> Numbers:
    """Lay out what each version knew of each period, by its age; the last column is complete.

    Args:
        versions: Oldest first; of two at one age the later counts.
        lag_days: Days after which a period is complete.
        kind: Kind of period; others are left out.

    Returns:
        Counts, shape (n_series, n_periods, n_ages + 1); NaN where no version shows it.
    """
    cells: dict[tuple[str, Period, int], float] = {}
    today = Period.containing(versions[-1].day, kind)
    ages = lag_days // ((today + 1).start - today.start).days + 1
    for version in versions:
        for row in version.rows:
            period = Period.parse(row["period"])
            if period.kind is kind and period.end < version.day:
                age = age_of(period, version.day)
                complete = version.day - period.end >= timedelta(days=lag_days)
                cells[row["series"], period, ages if complete else min(age, ages - 1)] = row[
                    "count"
                ]
    names = {name: at for at, name in enumerate(sorted({key for key, _, _ in cells}))}
    first = min((period.ordinal for _, period, _ in cells), default=0)
    last = max((period.ordinal for _, period, _ in cells), default=-1)
    found = np.full((len(names), last - first + 1, ages + 1), np.nan)
    for (name, period, age), value in cells.items():
        found[names[name], period.ordinal - first, age] = value
    return found


def age_of(period: Period, day: date) -> int:
    """Give how many whole periods ago a period had ended on a day.

    >>> october = Period.parse("2020-10")
    >>> age_of(october, date(2020, 11, 15)), age_of(october, date(2021, 1, 2))
    (0, 2)
    """
    return Period.containing(day, period.kind) - period - 1


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

"""Series of which something may not be published, and so not sealed or told in a score (R3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from atalaya.findings.foresight.events import Event
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.periods import Period
from atalaya.publishing.disclosure import counts_people, hiding_sources
from atalaya.series.sheet_counts import Level


def hidden_series(series: pa.Table, declarations: Sequence[SourceDeclaration]) -> frozenset[str]:
    """Give series whose small counts of people are not published, whatever their counts are now."""
    return frozenset(row["series"] for row in _hiding(series, declarations))


def silent_series(series: pa.Table, declarations: Sequence[SourceDeclaration]) -> frozenset[str]:
    """Give those of them whose alarms are not published either.

    Where a publisher gives out the record of every case, an alarm says less than the records.
    """
    open_records = {one.slug for one in declarations if one.published_records is not None}
    return frozenset(
        row["series"] for row in _hiding(series, declarations) if row["source"] not in open_records
    )


def _hiding(
    series: pa.Table, declarations: Sequence[SourceDeclaration]
) -> Iterable[dict[str, Any]]:
    declared = {one.slug: one for one in declarations}
    hiding = hiding_sources(declarations)
    rows = series.group_by(["series", "source", "unit", "people"]).aggregate([]).to_pylist()
    return (
        row
        for row in rows
        if row["source"] in hiding
        and counts_people(row["unit"], row["people"], declared[row["source"]].about_people)
    )


def without_months(event: Event, silent: frozenset[str]) -> Event:
    """Give an event as a score may tell it: of a silent series only the year of the first case.

    The months in which one and five cases had been counted would tell the counts. Such an event has
    an outcome where a notice is dated, and else none.
    """
    first = event.first_period or event.period_cum5
    if event.series not in silent or not first:
        return event
    return replace(event, first_period=str(Period.parse(first).start.year), period_cum5="")


def is_of_a_sheet(series: str) -> bool:
    """Say whether a series is named as a sheet's are; an event of any other is missed for that.

    >>> is_of_a_sheet("family|nitazenes"), is_of_a_sheet("substance:xylazine")
    (True, False)
    """
    level, bar, subject = series.partition("|")
    return level in list(Level) and bool(bar and subject)


def is_of_whole_sheet(series: str) -> bool:
    """Say whether a score may name a sheet's series: it is of no one place and no laboratory.

    A sheet does not say whether it counts people, so that nothing of one place is sealed (R3, R4):
    an event there could only be missed, and would tell that and when there had been a case.

    >>> is_of_whole_sheet("substance|substance:x")
    True
    >>> is_of_whole_sheet("place|substance:x|territory:US-CT")
    False
    """
    return series.partition("|")[0] not in (Level.PLACE, Level.SOURCE)

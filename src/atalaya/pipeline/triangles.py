"""The reporting triangle: how much each dated version of a source knew of each period.

Sixty versions of a large source say millions of counts, nearly all of them again and again; so
versions are kept as codes and numbers, and each period's name is read once a version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from atalaya.model.periods import Period, PeriodKind
from atalaya.series.panel import Numbers

_COLUMNS = ("series", "period")


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """What a source said on a day: counts so far, whether or not a period is complete.

    Args:
        day: The day.
        counts: Table of series and period, as codes, and count.
    """

    day: date
    counts: pa.Table

    @classmethod
    def of(cls, day: date, series: pa.Table) -> Version:
        """Keep the counts of a table with the schema ``model.tables.SERIES``."""
        known = series.filter(pc.is_valid(series["count"]))
        codes = {name: pc.dictionary_encode(known[name].combine_chunks()) for name in _COLUMNS}
        return cls(day, pa.table(codes | {"count": known["count"]}))

    def codes(self, name: str) -> tuple[list[str], NDArray[np.intp]]:
        """Give the distinct texts of a column, and the place of each row's text among them."""
        column = self.counts[name].combine_chunks()
        return column.dictionary.to_pylist(), column.indices.to_numpy().astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """What a version says that belongs in the triangle.

    Args:
        names: Keys of series, some of which may say nothing that belongs.
        rows: Place of each cell's series among them, shape (n_cells,).
        ordinals: Ordinal of its period, same shape.
        ages: Its column, same shape.
        counts: Its count, same shape.
    """

    names: list[str]
    rows: NDArray[np.intp]
    ordinals: NDArray[np.intp]
    ages: NDArray[np.intp]
    counts: Numbers


def triangle(versions: Sequence[Version], lag_days: int, kind: PeriodKind) -> Numbers:
    """Lay out what each version knew of each period, by its age; the last column is complete.

    Args:
        versions: Oldest first; of two at one age the later counts.
        lag_days: Days after which a period is complete.
        kind: Kind of period; others are left out.

    Returns:
        Counts, shape (n_series, n_periods, n_ages + 1); NaN where no version shows it.
    """
    today = Period.containing(versions[-1].day, kind)
    ages = lag_days // ((today + 1).start - today.start).days + 1
    said = [one for one in _said(versions, lag_days, kind, ages) if len(one.rows)]
    names = sorted({one.names[row] for one in said for row in np.unique(one.rows)})
    place = {name: at for at, name in enumerate(names)}
    first = min((int(one.ordinals.min()) for one in said), default=0)
    last = max((int(one.ordinals.max()) for one in said), default=-1)
    found = np.full((len(names), last - first + 1, ages + 1), np.nan)
    for one in said:
        rows = np.array([place.get(name, -1) for name in one.names], np.intp)[one.rows]
        found[rows, one.ordinals - first, one.ages] = one.counts
    return found


def age_of(period: Period, day: date) -> int:
    """Give how many whole periods ago a period had ended on a day.

    >>> october = Period.parse("2020-10")
    >>> age_of(october, date(2020, 11, 15)), age_of(october, date(2021, 1, 2))
    (0, 2)
    """
    return Period.containing(day, period.kind) - period - 1


def _said(
    versions: Sequence[Version], lag_days: int, kind: PeriodKind, ages: int
) -> Iterator[_Cells]:
    for version in versions:
        texts, which = version.codes("period")
        periods = [Period.parse(text) for text in texts]
        column = np.array(
            [_column(period, version.day, lag_days, kind, ages) for period in periods], np.intp
        )[which]
        ordinal = np.array([period.ordinal for period in periods], np.intp)[which]
        names, rows = version.codes("series")
        used = column >= 0
        counts = version.counts["count"].to_numpy()[used]
        yield _Cells(names, rows[used], ordinal[used], column[used], counts)


def _column(period: Period, day: date, lag_days: int, kind: PeriodKind, ages: int) -> int:
    """Give the column of the triangle a period belongs in on a day, or -1 where in none."""
    if period.kind is not kind or period.end >= day:
        return -1
    complete = day - period.end >= timedelta(days=lag_days)
    return ages if complete else min(age_of(period, day), ages - 1)

"""Reads a person's own file of counts: ``series,period,count[,population][,source]``.

Policies, all tested: counts are whole numbers (``3`` and ``3.0``, not ``3.5`` or ``1,200``); an
empty count is a gap, like a row that is not there; a series has one source; extra columns are
ignored and reported.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from atalaya.model.errors import BadInput
from atalaya.model.numbers import number_text
from atalaya.model.periods import Period, PeriodKind
from atalaya.reading.cells import shown
from atalaya.reading.missing import bytes_of
from atalaya.reading.strict_csv import StrictCsv, first_where, read_strict, translated

REQUIRED = ("series", "period", "count")
OPTIONAL = ("population", "source")
_KINDS = (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
_LARGEST = 2.0**53  # above this, whole numbers are no longer exact


@dataclass(frozen=True, slots=True, eq=False)
class CountRows:
    """The rows of a file of counts, as columns.

    Args:
        name: Path of the file as given.
        series: Keys in order of first appearance.
        kind: The kind of all its periods.
        row_series: Index into ``series``, one a row.
        row_period: Ordinal of the period, one a row.
        count: Cases, one a row; NaN where the cell is empty.
        population: Denominators, one a row, NaN where empty; None without such a column.
        sources: Who tests or reports, one a series; None without such a column.
        ignored: Headings that were not used.
        groups: The group of each series, where a column of groups was asked for.
    """

    name: str
    series: tuple[str, ...]
    kind: PeriodKind
    row_series: NDArray[np.int64]
    row_period: NDArray[np.int64]
    count: NDArray[np.float64]
    population: NDArray[np.float64] | None
    sources: tuple[str | None, ...] | None
    ignored: tuple[str, ...]
    groups: tuple[str | None, ...] | None = None


def read_counts(path: Path, group: str | None = None) -> CountRows:
    """Read a file of counts, or refuse it with file, line, column and remedy.

    Args:
        path: CSV in UTF-8 with commas and a heading line.
        group: A further column that names a group of each series, such as its family.

    Raises:
        WrongUse: There is no such file.
        BadInput: The file cannot be used as it is.
    """
    return parse_counts(bytes_of(path, "give the path of a CSV file"), str(path), group)


def parse_counts(payload: bytes, name: str, group: str | None = None) -> CountRows:
    r"""Read counts from the bytes of a file; see `read_counts`.

    >>> rows = parse_counts(b"series,period,count\nx,2019-01,2\nx,2019-02,\n", "counts.csv")
    >>> rows.series, rows.count.tolist()
    (('x',), [2.0, nan])
    """
    wanted = REQUIRED if group is None else (*REQUIRED, group)
    table = read_strict(payload, name, wanted, OPTIONAL)
    named = table.columns["series"]
    if "" in named.texts:
        row = int((named.codes == named.texts.index("")).argmax())
        raise table.refuse(row, "series", "the series has no name", do="name every series")
    kind, ordinals = _periods(table)
    counts = translated(table, "count", _whole, "give the number of cases as a whole number")
    population = _population(table, counts)
    _refuse_repeats(table, ordinals)
    return CountRows(
        name, named.texts, kind, named.codes, ordinals, counts, population,
        _sources(table), table.ignored, None if group is None else _groups(table, group),
    )  # fmt: skip


def _periods(table: StrictCsv) -> tuple[PeriodKind, NDArray[np.int64]]:
    given = table.columns["period"]
    periods: list[Period] = []
    for code, text in enumerate(given.texts):
        try:
            period = Period.parse(text)
            usable = period.kind in _KINDS
        except BadInput:
            usable = False
        row = int((given.codes == code).argmax()) if not usable or periods else 0
        if not usable:
            raise table.refuse(
                row,
                "period",
                f"{shown(text)} is no month, ISO week or day",
                do="write a month 2019-03, an ISO week 2019-W07 or a day 2019-03-02",
            )
        if periods and period.kind is not periods[0].kind:
            raise table.refuse(
                row,
                "period",
                f"{text} is a {period.kind} where the file began with a {periods[0].kind}",
                why="series of different kinds of period cannot stand in one table",
                do="give one file for each kind of period",
            )
        periods.append(period)
    ordinals = np.array([period.ordinal for period in periods], np.int64)
    return periods[0].kind, ordinals[given.codes]


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a number")
    number = float(text)
    if number < 0:
        raise ValueError(f"{text} is negative")
    if number > _LARGEST:
        raise ValueError(f"{text} is too large")
    return number


def _whole(text: str) -> float:
    if not text:
        return math.nan
    number = _number(text)
    if number != int(number):
        raise ValueError(f"{text} is not a whole number; a rate or share cannot be judged")
    return number


def _population(table: StrictCsv, counts: NDArray[np.float64]) -> NDArray[np.float64] | None:
    if "population" not in table.columns:
        return None
    population = translated(
        table,
        "population",
        lambda text: _number(text) if text else math.nan,
        "give how many were examined, or leave the cell empty",
    )
    row = first_where(counts > population)
    if row is not None:
        raise table.refuse(
            row,
            "count",
            f"{number_text(counts[row])} cases among {number_text(population[row])} examined",
            why="a count above its denominator is a mistake in one of the two",
            do="correct the count or the population",
        )
    return population


def _refuse_repeats(table: StrictCsv, ordinals: NDArray[np.int64]) -> None:
    series = table.columns["series"]
    key = series.codes * (int(np.ptp(ordinals)) + 1) + (ordinals - ordinals.min())
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1])
    if again.size:
        place = again[order[again + 1].argmin()]
        before, row = int(order[place]), int(order[place + 1])
        period = table.columns["period"]
        raise table.refuse(
            row,
            "period",
            f"series {series.texts[series.codes[row]]!r} has {period.texts[period.codes[row]]} "
            f"already on line {table.line(before)}",
            why="two counts for one period cannot both be right",
            do="keep one row, or add the counts if they are parts of a whole",
        )


def _sources(table: StrictCsv) -> tuple[str | None, ...] | None:
    return None if "source" not in table.columns else _one_a_series(
        table, "source", "a change of who tests looks like a change in what is found",
        "give each source its own series",
    )  # fmt: skip


def _groups(table: StrictCsv, group: str) -> tuple[str | None, ...]:
    return _one_a_series(
        table, group, "a series that changes its group would be counted in two of them",
        "give every series one group, or leave the cell empty",
    )  # fmt: skip


def _one_a_series(table: StrictCsv, column: str, why: str, do: str) -> tuple[str | None, ...]:
    given, series = table.columns[column], table.columns["series"]
    named = np.array([bool(text) for text in given.texts])[given.codes]
    first = np.full(len(series.texts), -1, np.int64)
    rows = np.flatnonzero(named)[::-1]  # the last write wins: the first row of each series
    first[series.codes[rows]] = given.codes[rows]
    row = first_where(named & (first[series.codes] != given.codes))
    if row is not None:
        known = given.texts[first[series.codes[row]]]
        raise table.refuse(
            row,
            column,
            f"series {series.texts[series.codes[row]]!r} came from {known!r} and now from "
            f"{given.texts[given.codes[row]]!r}",
            why=why,
            do=do,
        )
    return tuple(given.texts[code] if code >= 0 else None for code in first)

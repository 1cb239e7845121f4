"""Counts of a person's sheet: series by substance, family, place and source, with denominators.

A line list gives, for each month, how many samples hold a substance and how many were examined; a
month without a sample is a gap. A table of counts gives the counts it holds and the numbers tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from atalaya.model.periods import Period, PeriodKind
from atalaya.series.panel import Numbers, Panel

Zeros = Literal["zero", "gap"]
_FEWEST_SOURCES = 2  # with one, its series are those of the substances


class Level(StrEnum):
    """What the series of a panel are of."""

    SUBSTANCE = "substance"
    FAMILY = "family"
    PLACE = "place"  # a substance in a place
    SOURCE = "source"  # a substance at a laboratory or service


@dataclass(frozen=True, slots=True)
class Key:
    """What one series is of: a substance or family, and the place or source where there is one."""

    level: Level
    subject: str
    within: str | None = None

    def __str__(self) -> str:
        parts = (self.level, self.subject, self.within)
        return "|".join(part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class SheetPanel:
    """The series of one level.

    Args:
        level: What they are of.
        keys: One a series.
        panel: Counts and denominators over all periods of the sheet.
    """

    level: Level
    keys: tuple[Key, ...]
    panel: Panel


@dataclass(frozen=True, slots=True)
class Entries:
    """Rows spread out: one entry for each substance a row names.

    Args:
        row: Number of the row in the table, shape (n,).
        subject: Code of the substance, shape (n,).
        subjects: Identifiers the codes stand for.
        period: Index of the period of every *row*, shape (n_rows,).
        first: The first period.
        n_periods: Number of periods.
    """

    row: NDArray[np.int64]
    subject: NDArray[np.int64]
    subjects: tuple[str, ...]
    period: NDArray[np.int64]
    first: Period
    n_periods: int

    def of(self, kept: NDArray[np.bool_]) -> Entries:
        """Give some of the entries, all rows kept."""
        return replace(self, row=self.row[kept], subject=self.subject[kept])


def counted_by(periods: Iterable[str]) -> PeriodKind:
    """Give the kind of period that is counted: months for days and months, else their own kind."""
    kind = Period.parse(next(iter(periods))).kind
    return PeriodKind.MONTH if kind is PeriodKind.DAY else kind


def spread(rows: pa.Table) -> Entries:
    """Spread the lists of substances found over one entry each.

    Args:
        rows: With the schema ``reading.sheets.rows.ROWS``, at least one row.
    """
    encoded = rows["period"].combine_chunks().dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    kind = counted_by(texts)
    ordinals = np.array([_ordinal(text, kind) for text in texts], np.int64)
    period = ordinals[encoded.indices.to_numpy()]
    first = int(period.min())
    lists = rows["found"].combine_chunks()
    flat = pc.list_flatten(lists).dictionary_encode()
    row = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    subject = flat.indices.to_numpy().astype(np.int64)
    return Entries(
        row,
        subject,
        tuple(flat.dictionary.to_pylist()),
        period - first,
        Period(kind, first),
        int(period.max()) - first + 1,
    )


def _ordinal(text: str, kind: PeriodKind) -> int:
    period = Period.parse(text)
    return Period.containing(period.start, kind).ordinal


def panels(
    rows: pa.Table, family_of: Callable[[str], str | None], zeros: Zeros | None
) -> tuple[SheetPanel, ...]:
    """Count a sheet's rows.

    Args:
        rows: With the schema ``reading.sheets.rows.ROWS``, at least one row.
        family_of: Family of a substance's identifier, or None for a name nobody knows.
        zeros: For a table of counts, what an absent row is; None for a line list, in which a row
            is a sample and a substance it does not name was not found in it.

    Returns:
        Panels by substance, by family, by substance and place, by substance and source; those
        without a series are left out.
    """
    found = spread(rows)
    if not len(found.row):
        return ()
    counter: Counter = _Samples(found) if zeros is None else _Counts(rows, found, zeros)
    made = [
        _panel(Level.SUBSTANCE, counter, found.subject, found.subjects),
        _families(counter, found, family_of),
        _within(Level.PLACE, counter, found, rows["place"]),
        _within(Level.SOURCE, counter, found, rows["source"]),
    ]
    return tuple(panel for panel in made if panel is not None)


class _Samples:
    """Counts rows: each is one sample or case."""

    def __init__(self, found: Entries) -> None:
        self.found = found

    def of(self, kept: NDArray[np.bool_]) -> _Samples:
        """Give a counter of some of the entries."""
        return _Samples(self.found.of(kept))

    def cases(self, group: NDArray[np.int64], size: int) -> Numbers:
        """Samples of each group and period; a sample that names two of a group counts once."""
        found = self.found
        once = np.unique(np.stack([found.row, group]), axis=1)
        flat = once[1] * found.n_periods + found.period[once[0]]
        counts = np.bincount(flat, minlength=size * found.n_periods).astype(float)
        return counts.reshape(size, found.n_periods)

    def grid(self, cases: Numbers, among: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Counts and denominators, samples among some rows; a period without one is a gap."""
        periods = self.found.period[among]
        tested = np.bincount(periods, minlength=self.found.n_periods).astype(float)
        examined = np.broadcast_to(tested, cases.shape).copy()
        return np.where(examined > 0, cases, np.nan), examined


class _Counts:
    """Adds up rows: each is one count, with or without a number tested."""

    def __init__(self, rows: pa.Table, found: Entries, zeros: Zeros) -> None:
        self.found, self.zeros, self.rows = found, zeros, rows
        self.count = pc.fill_null(rows["count"], 0.0).to_numpy()
        self.given = pc.fill_null(rows["tested"], np.nan).to_numpy()
        places, sources = _codes(rows["place"])[0], _codes(rows["source"])
        # Rows of one period, place and laboratory share what was tested there.
        self.cell = places * (len(sources[1]) + 1) + sources[0]

    def of(self, kept: NDArray[np.bool_]) -> _Counts:
        """Give a counter of some of the entries."""
        return _Counts(self.rows, self.found.of(kept), self.zeros)

    def cases(self, group: NDArray[np.int64], size: int) -> Numbers:
        """Sum of the counts of each group and period; NaN where no row says any."""
        found = self.found
        flat, cells = group * found.n_periods + found.period[found.row], size * found.n_periods
        total = np.bincount(flat, self.count[found.row], minlength=cells)
        said = np.bincount(flat, minlength=cells) > 0
        return np.where(said, total, np.nan).reshape(size, found.n_periods)

    def grid(self, cases: Numbers, among: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Counts and denominators; an absent row is zero or a gap, as the table means it."""
        observed = np.bincount(self.found.period[among], minlength=self.found.n_periods) > 0
        if self.zeros == "zero":
            cases = np.where(np.isnan(cases) & observed, 0.0, cases)
        examined = np.broadcast_to(self._tested(among), cases.shape).copy()
        # A sum above what was tested shows that the rows count different things.
        examined[examined < np.nan_to_num(cases)] = np.nan
        return cases, examined

    def _tested(self, among: NDArray[np.bool_]) -> Numbers:
        """The number tested in each period: once for each place and source. NaN where unknown."""
        period, cell, given = (each[among] for each in (self.found.period, self.cell, self.given))
        order = np.lexsort((-np.nan_to_num(given, nan=-1.0), cell, period))
        period, cell, given = period[order], cell[order], given[order]
        new = np.ones(len(period), bool)
        new[1:] = (period[1:] != period[:-1]) | (cell[1:] != cell[:-1])
        n_periods = self.found.n_periods
        total = np.bincount(period[new], given[new], minlength=n_periods)
        seen = np.bincount(period[new], minlength=n_periods) > 0
        return np.where(seen, total, np.nan)


Counter = _Samples | _Counts


def _panel(
    level: Level, counter: Counter, group: NDArray[np.int64], subjects: tuple[str, ...]
) -> SheetPanel:
    everything = np.ones(len(counter.found.period), bool)
    counts, tested = counter.grid(counter.cases(group, len(subjects)), everything)
    keys = tuple(Key(level, subject) for subject in subjects)
    # One source for all: many substances that begin together point to a change in testing.
    return _made(keys, counter.found, counts, tested, ("sheet",) * len(keys))


def _made(
    keys: tuple[Key, ...],
    found: Entries,
    counts: Numbers,
    tested: Numbers,
    sources: tuple[str, ...],
) -> SheetPanel:
    population = None if np.isnan(tested).all() else tested
    panel = Panel(tuple(map(str, keys)), found.first, counts, population, sources)
    return SheetPanel(keys[0].level, keys, panel)


def _families(
    counter: Counter, found: Entries, family_of: Callable[[str], str | None]
) -> SheetPanel | None:
    families = [family_of(subject) for subject in found.subjects]
    names = tuple(sorted({family for family in families if family is not None}))
    if not names:
        return None
    code = np.array([names.index(one) if one else -1 for one in families], np.int64)
    inner = counter.of(code[found.subject] >= 0)
    return _panel(Level.FAMILY, inner, code[inner.found.subject], names)


def _within(
    level: Level, counter: Counter, found: Entries, column: pa.ChunkedArray
) -> SheetPanel | None:
    """Count each substance within each place or source that it was found in."""
    codes, names = _codes(column)
    if len(names) < (_FEWEST_SOURCES if level is Level.SOURCE else 1):
        return None
    inner = counter.of(codes[found.row] >= 0)
    if not len(inner.found.row):
        return None
    pairs, group = np.unique(
        np.stack([codes[inner.found.row], inner.found.subject]), axis=1, return_inverse=True
    )
    cases = inner.cases(group.reshape(-1), pairs.shape[1])
    parts = [
        counter.grid(cases[pairs[0] == code], codes == code) for code in range(len(names))
    ]  # pairs are sorted by code first, so that the parts stand in their order
    keys = tuple(Key(level, found.subjects[subject], names[code]) for code, subject in pairs.T)
    # A place stands for who tests there: one substance that spreads over many places at once is
    # no change in testing, many substances that begin together in one place may be.
    sources = tuple(names[code] for code in pairs[0])
    counts, tested = (np.concatenate([part[which] for part in parts]) for which in (0, 1))
    return _made(keys, found, counts, tested, sources)


def _codes(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Give a code a row (-1 where empty) and the names they stand for."""
    encoded = column.combine_chunks().dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy().astype(np.int64)
    return codes, tuple(encoded.dictionary.to_pylist())

"""Counts into panels: a person's rows, or the ``series`` table, as arrays for detectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from atalaya.model.errors import BadInput, Place
from atalaya.model.periods import Period, PeriodKind
from atalaya.reading.counts import CountRows
from atalaya.series.panel import Codes, Gap, Numbers, Panel

# A typing error in a year (0219 for 2019) makes a panel of thousands of empty years: at 50 million
# cells a panel and its verdicts take about 4 GB, which no real file of counts comes near.
MOST_CELLS = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class GivenPanel:
    """A panel, and which of its cells somebody gave.

    Args:
        panel: Counts, shape (n_series, n_periods).
        given: Cells that have a row in the file or were filled with a zero, same shape.
        filled: How many cells were filled with a zero.
    """

    panel: Panel
    given: NDArray[np.bool_]
    filled: int


def panel_of(rows: CountRows, *, fill_zero: bool = False) -> GivenPanel:
    """Lay the rows of a file out as one panel.

    A period without a denominator is a gap where its series had one before, or where another series
    of its named source has one for that period: a feed that loses its denominator is broken.

    Args:
        rows: At least one row.
        fill_zero: A missing row is an observed zero wherever any series of the file has a count
            in that period. A row that is there with an empty count stays a gap. The denominator is
            the one all series of that source (without sources: of the file) have in the period;
            where they differ it stays unknown.

    Raises:
        BadInput: The periods span so many years that one must be a typing error.
    """
    first, width = int(rows.row_period.min()), int(np.ptp(rows.row_period)) + 1
    shape = (len(rows.series), width)
    if shape[0] * width > MOST_CELLS:
        raise BadInput(
            f"{shape[0]} series from {Period(rows.kind, first)} to "
            f"{Period(rows.kind, first + width - 1)} make {shape[0] * width:,} cells",
            why="so wide a span is nearly always a mistyped year",
            do="correct the first or last period, or split the file by series",
            where=Place(rows.name, None, "period"),
        )
    at = (rows.row_series, rows.row_period - first)
    counts, given = np.full(shape, np.nan), np.zeros(shape, bool)
    counts[at], given[at] = rows.count, True
    population = None
    if rows.population is not None:
        population = np.full(shape, np.nan)
        population[at] = rows.population
    filled = np.zeros(shape, bool)
    if fill_zero:
        filled = ~given & ~np.isnan(counts).all(axis=0)
        counts[filled] = 0
    gaps = np.zeros(shape, np.int8)
    if population is not None:
        group = _groups(rows.sources, shape[0])
        population = np.where(filled, _agreed(population, group), population)
        gaps = _lost_denominators(counts, population, filled, rows.sources, group)
    panel = Panel(rows.series, Period(rows.kind, first), counts, population, rows.sources, gaps)
    return GivenPanel(panel, given | filled, int(filled.sum()))


def panels(series: pa.Table) -> tuple[Panel, ...]:
    """Lay the ``series`` table out as one panel for each source and kind of period.

    Args:
        series: Schema `model.tables.SERIES`; ``status`` says which cells are gaps.

    Returns:
        Panels ordered by source and kind; their series ordered by key.
    """
    sources = np.array(series.column("source").to_pylist(), object)
    periods = [Period.parse(text) for text in series.column("period").to_pylist()]
    kinds = np.array([period.kind.value for period in periods], object)
    ordinals = np.array([period.ordinal for period in periods], np.int64)
    result = []
    for source, kind in sorted(set(zip(sources.tolist(), kinds.tolist(), strict=True))):
        rows = np.flatnonzero((sources == source) & (kinds == kind))
        part = series.take(pa.array(rows))
        result.append(_panel_of_source(part, source, PeriodKind(kind), ordinals[rows]))
    return tuple(result)


def _panel_of_source(
    part: pa.Table, source: str, kind: PeriodKind, ordinals: NDArray[np.int64]
) -> Panel:
    keys = part.column("series").to_pylist()
    names = tuple(sorted(set(keys)))
    place = {name: index for index, name in enumerate(names)}
    first = int(ordinals.min())
    at = (np.array([place[key] for key in keys]), ordinals - first)
    shape = (len(names), int(np.ptp(ordinals)) + 1)
    counts, population = np.full(shape, np.nan), np.full(shape, np.nan)
    gaps = np.full(shape, Gap.NO_ROW, np.int8)
    counts[at] = _floats(part.column("count"))
    population[at] = _floats(part.column("population"))
    codes = {"observed": Gap.NONE, "gap": Gap.NO_ROW, "incomplete": Gap.INCOMPLETE}
    gaps[at] = [codes[status] for status in part.column("status").to_pylist()]
    everyone = (source,) * len(names)
    known = None if np.isnan(population).all() else population
    return Panel(names, Period(kind, first), counts, known, everyone, gaps)


def _floats(column: pa.ChunkedArray) -> Numbers:
    numbers: Numbers = column.to_numpy(zero_copy_only=False).astype(np.float64)
    return numbers


def _groups(sources: tuple[str | None, ...] | None, n_series: int) -> NDArray[np.intp]:
    """Number the source of each series; all unnamed ones are one group, the last."""
    if sources is None:
        return np.zeros(n_series, np.intp)
    place = {name: index for index, name in enumerate(sorted({name for name in sources if name}))}
    return np.array([place.get(name or "", len(place)) for name in sources], np.intp)


def _agreed(population: Numbers, group: NDArray[np.intp]) -> Numbers:
    """Give the denominator that all series of a group have in a period, NaN where they differ."""
    shape = (int(group.max()) + 1, population.shape[1])
    least, most = np.full(shape, np.inf), np.full(shape, -np.inf)
    np.minimum.at(least, group, np.where(np.isnan(population), np.inf, population))
    np.maximum.at(most, group, np.where(np.isnan(population), -np.inf, population))
    return np.where(least == most, least, np.nan)[group]


def _lost_denominators(
    counts: Numbers,
    population: Numbers,
    filled: NDArray[np.bool_],
    sources: tuple[str | None, ...] | None,
    group: NDArray[np.intp],
) -> Codes:
    known = ~np.isnan(population)
    expected = np.zeros(counts.shape, bool)
    expected[:, 1:] = np.maximum.accumulate(known, axis=1)[:, :-1]
    if sources is not None:
        anyone = np.zeros((int(group.max()) + 1, counts.shape[1]), bool)
        np.logical_or.at(anyone, group, known)
        named = np.array([bool(name) for name in sources])
        expected |= anyone[group] & named[:, None]
    lost = expected & ~known & ~np.isnan(counts) & ~filled
    return np.where(lost, Gap.DENOMINATOR_MISSING, Gap.NONE).astype(np.int8)

"""A panel: many series over the same run of periods, as arrays that detectors read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]


class Gap(IntEnum):
    """Why a period of a series holds no observation."""

    NONE = 0  # it holds one
    NO_ROW = 1
    NOTHING_EXAMINED = 2
    DENOMINATOR_MISSING = 3
    INCOMPLETE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Counts of many series over the same periods, with denominators and gaps.

    Args:
        series: Key of each series, shape (n_series,), without repeats.
        first: The first period; column ``j`` is ``first + j``.
        counts: Cases counted, shape (n_series, n_periods); NaN is a gap, never a zero.
        population: Denominators (samples or deaths examined), same shape; NaN where unknown, or
            None when the source gives none. Zero means that nothing was examined: a gap.
        sources: Who tests or reports, one a series, or None where nobody said.
        gaps: Why a cell is a gap, `Gap` codes of the same shape; a cell marked here is a gap even
            where a count is given. None leaves it to ``counts`` and ``population``.

    Raises:
        BadInput: Shapes disagree, keys repeat, or a count is negative, infinite or above its
            denominator.

    >>> panel = Panel(("x",), Period.parse("2019-01"), np.array([[2.0, np.nan, 1.0]]))
    >>> panel.observed.tolist(), str(panel.last)
    ([[True, False, True]], '2019-03')
    """

    series: tuple[str, ...]
    first: Period
    counts: Numbers
    population: Numbers | None = None
    sources: tuple[str | None, ...] | None = None
    gaps: Codes | None = None

    def __post_init__(self) -> None:
        shape = (len(self.series), self.counts.shape[-1])
        for name, array in (
            ("counts", self.counts),
            ("population", self.population),
            ("gaps", self.gaps),
        ):
            if array is not None and array.shape != shape:
                raise BadInput(
                    f"{name} has shape {array.shape} where {shape} is needed",
                    do="give one row a series and one column a period in every array",
                )
        if len(set(self.series)) != len(self.series):
            raise BadInput("two rows of the panel have the same key", do="merge or rename them")
        if self.sources is not None and len(self.sources) != len(self.series):
            raise BadInput(f"{len(self.sources)} sources for {len(self.series)} series")
        self._check_numbers()

    def _check_numbers(self) -> None:
        wrong = (self.counts < 0) | np.isinf(self.counts)
        what = "a negative or infinite count"
        if not wrong.any() and self.population is not None:
            wrong = (self.population < 0) | np.isinf(self.population)
            wrong |= self.counts > self.population
            what = "a count above its denominator, or a denominator that is no number"
        if wrong.any():
            row, column = (int(place) for place in np.argwhere(wrong)[0])
            raise BadInput(
                f"{what} in series {self.series[row]!r}, period {self.first + column}",
                why="a verdict on an impossible number would look like any other verdict",
                do="correct the number, or leave it out as a gap",
            )

    @property
    def n_periods(self) -> int:
        """Number of periods, gaps included."""
        return int(self.counts.shape[1])

    @property
    def last(self) -> Period:
        """The last period, whether or not any series observed it."""
        return self.first + (self.n_periods - 1)

    @property
    def gap_codes(self) -> Codes:
        """Why each cell is a gap, `Gap` codes of shape (n_series, n_periods); 0 where observed."""
        codes = np.zeros(self.counts.shape, np.int8) if self.gaps is None else self.gaps.copy()
        if self.population is not None:
            codes[(codes == 0) & (self.population == 0)] = Gap.NOTHING_EXAMINED
        codes[(codes == 0) & np.isnan(self.counts)] = Gap.NO_ROW
        return codes

    @property
    def observed(self) -> NDArray[np.bool_]:
        """Which cells hold an observation, shape (n_series, n_periods)."""
        seen: NDArray[np.bool_] = self.gap_codes == Gap.NONE
        return seen

    def take(self, rows: Sequence[int] | NDArray[np.intp] | slice) -> Panel:
        """Give the panel of some of the series, in the order asked for."""
        index = np.arange(len(self.series))[rows]
        sources = self.sources
        return Panel(
            tuple(self.series[row] for row in index),
            self.first,
            self.counts[index],
            None if self.population is None else self.population[index],
            None if sources is None else tuple(sources[row] for row in index),
            None if self.gaps is None else self.gaps[index],
        )

    def beside(self, other: Panel) -> Panel:
        """Give one panel of these series and those of another over the same periods."""

        def both(mine: Any, theirs: Any, empty: float) -> Any:
            if mine is None and theirs is None:
                return None
            blank = (np.full(each.counts.shape, empty) for each in (self, other))
            parts = zip((mine, theirs), blank, strict=True)
            return np.concatenate([array if given is None else given for given, array in parts])

        sources = None
        if self.sources is not None or other.sources is not None:
            sources = (self.sources or (None,) * len(self.series)) + (
                other.sources or (None,) * len(other.series)
            )
        return Panel(
            self.series + other.series,
            self.first,
            np.concatenate([self.counts, other.counts]),
            both(self.population, other.population, np.nan),
            sources,
            both(self.gaps, other.gaps, 0),
        )

    def until(self, stop: int) -> Panel:
        """Give the panel of the first ``stop`` periods: what was known then."""
        return Panel(
            self.series,
            self.first,
            self.counts[:, :stop],
            None if self.population is None else self.population[:, :stop],
            self.sources,
            None if self.gaps is None else self.gaps[:, :stop],
        )

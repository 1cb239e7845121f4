"""Sliding windows over the observed periods of many series at once.

Detectors count in *observed* periods: a gap is stepped over, it is neither a zero nor the end of a
series. `Observed` squeezes the gaps out of each row, so that windows are plain shifts, and puts
results back at the periods they belong to. Every result at a place depends on that place and
earlier ones only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.series.panel import Numbers

# Series worked on at once: 2,048 x 156 periods x 8 bytes is 2.6 MB an array, so the dozen arrays a
# detector holds at a time stay near the processor; memory does not grow with the panel.
CHUNK = 2048


def chunks(n_series: int, size: int = CHUNK) -> Iterator[slice]:
    """Give slices that together cover all series."""
    return (slice(start, min(start + size, n_series)) for start in range(0, n_series, size))


def in_threads(fill: Callable[[slice], None], n_series: int, size: int) -> None:
    """Fill a result chunk by chunk, on every core where there is more than one chunk.

    Args:
        fill: Works on the rows of one chunk; compiled code in it releases the interpreter's lock.
        n_series: Number of series.
        size: Series in a chunk.
    """
    slices = tuple(chunks(n_series, size))
    if len(slices) > 1:
        with ThreadPoolExecutor() as threads:
            list(threads.map(fill, slices))
    elif n_series:
        fill(slices[0])


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """The observed periods of each series, squeezed to the left.

    Args:
        mask: Which cells are observed, shape (n_series, n_periods).
        order: Period index of the k-th observed period, shape (n_series, n_periods); what follows
            a row's last observed period is left over and never put back.
        rank: How many observed periods of the row lie before each period, same shape.
    """

    mask: NDArray[np.bool_]
    order: NDArray[np.intp] | None
    rank: NDArray[np.intp]

    @classmethod
    def of(cls, mask: NDArray[np.bool_]) -> Observed:
        """Squeeze by a mask of observed cells."""
        rank: NDArray[np.intp] = np.cumsum(mask, axis=1) - mask
        # Most panels have no gap at all, and then nothing needs to move.
        order = None if mask.all() else np.argsort(~mask, axis=1, kind="stable")
        return cls(mask, order, rank)

    def squeeze(self, values: Numbers) -> Numbers:
        """Move the values of observed periods to the left; the rest is NaN."""
        if self.order is None:
            return values
        kept = self.rank[:, -1] + self.mask[:, -1]
        moved = np.take_along_axis(values, self.order, axis=1)
        return np.where(np.arange(values.shape[1]) < kept[:, None], moved, np.nan)

    def spread(self, values: Numbers) -> Numbers:
        """Move values back to the periods they belong to; gaps are NaN."""
        if self.order is None:
            return values
        return np.where(self.mask, np.take_along_axis(values, self.rank, axis=1), np.nan)

    def reach(self, steps: int) -> Numbers:
        """Give how many periods back the ``steps``-th earlier observed period lies, squeezed."""
        width = self.mask.shape[1]
        places = np.broadcast_to(np.arange(width, dtype=float), self.mask.shape)
        when = self.squeeze(places)
        return when - shifted(when, steps)


def shifted(values: Numbers, steps: int) -> Numbers:
    """Move each row ``steps`` places to the right; what comes in from the left is NaN."""
    moved = np.full(values.shape, np.nan)
    if steps < values.shape[1]:
        moved[:, steps:] = values[:, : values.shape[1] - steps]
    return moved


def running(values: Numbers) -> Numbers:
    """Give sums from the start of each row with a leading zero, shape (n_series, n_periods + 1)."""
    total = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    return total

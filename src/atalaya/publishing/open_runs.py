"""Published counts as panels from which nothing hidden can be learnt, because nothing hidden is in.

What is expected is computed from the counts that a release shows, and from no other. A hidden count
is no gap: leaving out the small ones would make a series look larger than it is. So each stretch
between two hidden counts stands for itself, as if the series had begun and ended there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from atalaya.publishing.disclosure import RANGE
from atalaya.publishing.masking import Row
from atalaya.series.panel import Codes, Numbers, Panel
from atalaya.series.panels import panels

OPEN, RANGED, CLOSED = 0, 1, 2
_COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("series", "source", "period", "status")),
        *((name, pa.float64()) for name in ("count", "population")),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class OpenRuns:
    """The published counts of one source, cut into the stretches between hidden ones.

    Args:
        panel: Every series with its published counts; a hidden one is a gap. It ends with the last
            period in which any series was observed.
        hidden: What is hidden of each cell, shape (n_series, n_periods): `OPEN`, `RANGED` (it
            reads 1-9) or `CLOSED`.
        owner: Row in ``panel`` of each run, in rising order.
        start: First column of each run.
        stop: Column after its last one.
    """

    panel: Panel
    hidden: Codes
    owner: NDArray[np.intp]
    start: NDArray[np.intp]
    stop: NDArray[np.intp]

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Which columns belong to each run, shape (n_runs, n_periods)."""
        at = np.arange(self.panel.n_periods)
        found: NDArray[np.bool_] = (at >= self.start[:, None]) & (at < self.stop[:, None])
        return found

    def apart(self) -> Panel:
        """Give one row a run, with nothing before and after it."""
        return self._rows(np.where(self.inside, self.panel.counts[self.owner], np.nan))

    def beside(self) -> Panel:
        """Give one row a run, with all that is published of its series."""
        return self._rows(self.panel.counts[self.owner])

    def newest(self, row: int) -> int:
        """Give the run of a series that reaches its last column, or -1 where a count is hidden."""
        mine = self.of(row)
        (found,) = np.nonzero(self.stop[mine] == self.panel.n_periods)
        return mine.start + int(found[0]) if len(found) else -1

    def of(self, row: int) -> slice:
        """Give the runs of a series: they lie side by side."""
        first, beyond = np.searchsorted(self.owner, (row, row + 1))
        return slice(int(first), int(beyond))

    def _rows(self, counts: Numbers) -> Panel:
        whole, known = self.panel, self.panel.population
        return Panel(
            tuple(f"{whole.series[one]} {number}" for number, one in enumerate(self.owner)),
            whole.first,
            counts,
            None if known is None else known[self.owner],
        )


def open_runs(series: Sequence[Row], keys: AbstractSet[str]) -> Iterator[OpenRuns]:
    """Cut published series into runs, one result a source and kind of period.

    Args:
        series: Rows of ``series.csv``.
        keys: The series that are wanted.
    """
    rows = [row for row in series if row["series"] in keys]
    secret = {(row["series"], row["period"]): code for row in rows if (code := _code(row))}
    table = pa.Table.from_pylist([_plain(row) for row in rows], schema=_COLUMNS)
    for panel in panels(table):
        hidden = _hidden(panel, secret)
        seen = np.flatnonzero((panel.observed | (hidden != OPEN)).any(axis=0))
        if len(seen):
            until = int(seen[-1]) + 1
            yield _cut(panel.until(until), hidden[:, :until])


def _code(row: Row) -> int:
    """Say what is hidden of an observation; a gap holds nothing that could be."""
    if row["status"] != "observed" or (row["hidden"] is None and row["count"] is not None):
        return OPEN
    return RANGED if row["count"] == RANGE else CLOSED


def _plain(row: Row) -> Row:
    """Give a row as the series step would; an impossible count is none to forecast from."""
    count, population = (_number(row[name]) for name in ("count", "population"))
    impossible = count is not None and population is not None and not 0 <= count <= population
    given = _code(row) == OPEN and not impossible
    return {
        **{name: row[name] for name in ("series", "source", "period")},
        "status": row["status"] if given else "gap",
        "count": count if given else None,
        "population": population if given else None,
    }


def _number(cell: str | None) -> float | None:
    """Read a published count; that of a period that is not observed may be a range."""
    return None if cell is None or cell == RANGE else float(cell)


def _hidden(panel: Panel, secret: Mapping[tuple[str, str], int]) -> Codes:
    periods = [str(panel.first + step) for step in range(panel.n_periods)]
    found = [[secret.get((key, period), OPEN) for period in periods] for key in panel.series]
    return np.array(found, np.int8).reshape(panel.counts.shape)


def _cut(panel: Panel, hidden: Codes) -> OpenRuns:
    found = [(row, *ends) for row in range(len(panel.series)) for ends in _between(hidden[row])]
    ends = np.array(found, np.intp).reshape(-1, 3)
    return OpenRuns(panel, hidden, ends[:, 0], ends[:, 1], ends[:, 2])


def _between(hidden: Codes) -> Iterable[tuple[int, int]]:
    edges = [-1, *np.flatnonzero(hidden).tolist(), len(hidden)]
    return ((one + 1, other) for one, other in pairwise(edges) if other > one + 1)

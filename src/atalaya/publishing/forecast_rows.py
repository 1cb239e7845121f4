"""Rows of the forecasts, and of how forecasts fared: computed from published counts alone.

Whoever has a release can compute them again, which ``verify`` does; so they tell nothing of hidden
counts that the release does not tell itself. A series of which a recent count is hidden gets no
forecast, whatever the count is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np

from atalaya.detection.forecasting import COVERAGE, WARM_UP, Forecast, calibration, forecast
from atalaya.detection.nowcasting import COVERAGE as NOWCAST_COVERAGE
from atalaya.model.identifiers import record_id
from atalaya.publishing.disclosure import SMALLEST_SHOWN
from atalaya.publishing.expected_columns import GIVEN, SHORT, SPARSE, WITHHELD
from atalaya.publishing.lineage import reference
from atalaya.publishing.masking import Row
from atalaya.publishing.open_runs import OPEN, RANGED, OpenRuns, open_runs
from atalaya.series.panel import Panel

AHEAD = 3  # periods that are forecast
_PLACES = 4  # decimals of a share or an error


@dataclass(frozen=True, slots=True)
class ForecastRows:
    """What is expected, and how well that is known.

    Args:
        rows: One dictionary a series and period ahead.
        scores: One dictionary a source or series and period ahead.
    """

    rows: list[dict[str, Any]]
    scores: list[dict[str, Any]]


def forecast_rows(series: Sequence[Row], watched: AbstractSet[str]) -> ForecastRows:
    """Forecast the series that a monitor watches.

    Args:
        series: Rows of ``series.csv``, in its order.
        watched: Keys of the series that a detector judges.
    """
    places = {(row["series"], row["period"]): at for at, row in enumerate(series, start=1)}
    sources = {row["series"]: row["source"] for row in series}
    rows: list[dict[str, Any]] = []
    scores: list[dict[str, Any]] = []
    for runs in open_runs(series, watched):
        said = _inside(forecast(runs.apart(), AHEAD), runs)
        names = [str(runs.panel.first + step) for step in range(runs.panel.n_periods)]
        made = _Made(runs, runs.beside(), said, names, places)
        source = sources[runs.panel.series[0]]
        rows += (row | {"source": source} for row in made.rows())
        for ahead in range(1, AHEAD + 1):
            scores += (row | {"source": source} for row in made.scores(ahead, len(scores)))
    order = ("series", "origin", "ahead")
    return ForecastRows(sorted(rows, key=lambda row: [row[name] for name in order]), scores)


def _inside(said: Forecast, runs: OpenRuns) -> Forecast:
    """Keep what was said inside of each run: after its end its series goes on without it."""
    keep = runs.inside[:, :, None]
    return Forecast(
        *(np.where(keep, each, np.nan) for each in (said.lower, said.median, said.upper))
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """Forecasts of one source and kind of period.

    Args:
        runs: Stretches of published counts.
        beside: One row a run, with all that is published of its series.
        said: What was forecast, one row a run.
        periods: Name of each column.
        places: Series and period -> row of ``series.csv``.
    """

    runs: OpenRuns
    beside: Panel
    said: Forecast
    periods: list[str]
    places: dict[tuple[str, str], int]

    def rows(self) -> Iterator[dict[str, Any]]:
        panel = self.runs.panel
        for row, key in enumerate(panel.series):
            run = self.runs.newest(row)
            state = self._state(row, run)
            start = int(self.runs.start[run]) if state == GIVEN else 0
            common = {
                "series": key,
                "origin": str(panel.last),
                "coverage": COVERAGE,
                "state": state,
                "hidden": "window" if state == WITHHELD else None,
                "made_from": self._reference(row, start),
            }
            for ahead in range(1, AHEAD + 1):
                said = common | {"period": str(panel.last + ahead), "ahead": ahead}
                said |= self._numbers(run, ahead) if state == GIVEN else {}
                yield {"id": record_id("forecast", said), **said}

    def scores(self, ahead: int, before: int) -> Iterator[dict[str, Any]]:
        """Give the score of all series together, then that of each.

        Args:
            ahead: Periods from the origin.
            before: Rows of the table that come before.
        """
        names = self.runs.panel.series
        whole = self._score(slice(0, len(self.runs.owner)), ahead)
        if whole is None:
            return
        own = [(row, self._score(self.runs.of(row), ahead)) for row in range(len(names))]
        each = [
            score | {"series": names[row], "made_from": self._reference(row, 0)}
            for row, score in own
            if score is not None
        ]
        below = range(before + 2, before + 2 + len(each))
        yield whole | {"series": None, "made_from": reference("forecast_scores", below)}
        yield from each

    def _state(self, row: int, run: int) -> str:
        """Say whether a forecast is given; what decides is what is hidden, never how small."""
        start = 0 if run < 0 else int(self.runs.start[run])
        known = 0 if run < 0 else int(self.runs.panel.observed[row, start:].sum())
        if known < WARM_UP:
            return WITHHELD if self.runs.hidden[row].any() else SHORT
        return SPARSE if np.isnan(self.said.median[run, -1, 0]) else GIVEN

    def _numbers(self, run: int, ahead: int) -> dict[str, float]:
        return {
            name: float(getattr(self.said, name)[run, -1, ahead - 1])
            for name in ("lower", "median", "upper")
        }

    def _score(self, mine: slice, ahead: int) -> dict[str, Any] | None:
        said = Forecast(
            *(each[mine] for each in (self.said.lower, self.said.median, self.said.upper))
        )
        found = calibration(self.beside.take(mine), said, ahead)
        if not found.outcomes:
            return None
        hidden, sure, doubtful = self._hidden_outcomes(mine, said, ahead)
        inside, whole = round(found.covered * found.outcomes) + sure, found.outcomes + hidden
        return {
            "ahead": ahead,
            "coverage": COVERAGE,
            "outcomes": found.outcomes,
            "hidden_outcomes": hidden,
            "covered_low": round(inside / whole, _PLACES),
            "covered_high": round((inside + doubtful) / whole, _PLACES),
            "error": round(found.error, _PLACES),
            "last_value": round(found.last_value, _PLACES),
            "seasonal": round(found.seasonal, _PLACES),
        }

    def _hidden_outcomes(self, mine: slice, said: Forecast, ahead: int) -> tuple[int, int, int]:
        """Count outcomes that are hidden: all, those surely inside, those of which nobody knows."""
        stop = max(self.runs.panel.n_periods - ahead, 0)
        lower, upper = (each[:, :stop, ahead - 1] for each in (said.lower, said.upper))
        codes = np.where(np.isnan(lower), OPEN, self.runs.hidden[self.runs.owner[mine], ahead:])
        inside = (codes == RANGED) & (lower <= 1) & (upper >= SMALLEST_SHOWN - 1)
        outside = (codes == RANGED) & ((lower >= SMALLEST_SHOWN) | (upper < 1))
        hidden = int((codes != OPEN).sum())
        return hidden, int(inside.sum()), hidden - int(inside.sum()) - int(outside.sum())

    def _reference(self, row: int, start: int) -> str | None:
        """Name the rows of a series from a column on."""
        keys = ((self.runs.panel.series[row], period) for period in self.periods[start:])
        return reference("series", (self.places[key] for key in keys if key in self.places))


def nowcast_rows(
    nowcasts: Iterable[Row], series: Sequence[Row], hiding: AbstractSet[str]
) -> Iterator[dict[str, Any]]:
    """Give one row an incomplete period, by series and period.

    Args:
        nowcasts: Rows with the schema ``model.tables.NOWCASTS``.
        series: Rows of ``series.csv``, in its order.
        hiding: Sources whose small counts are hidden; of them nothing is given.
    """
    places = {(row["series"], row["period"]): at for at, row in enumerate(series, start=1)}
    for row in sorted(nowcasts, key=lambda one: (one["series"], one["period"])):
        if row["source"] in hiding:
            continue
        shown = {name: cell for name, cell in row.items() if name != "population"}
        made_from = reference("series", [places[row["series"], row["period"]]])
        yield shown | {"coverage": NOWCAST_COVERAGE, "made_from": made_from}

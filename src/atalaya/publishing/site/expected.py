"""What a release says of periods that have not come or are not complete, by series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from atalaya.publishing.site.points import Row

EXPECTED: Final = ("forecasts", "forecast_scores", "nowcasts")  # none in a release of before


@dataclass(frozen=True)
class Expected:
    """Rows of the tables `EXPECTED`; each may be empty.

    Args:
        forecast_rows: Rows of ``forecasts.csv``.
        score_rows: Rows of ``forecast_scores.csv``.
        nowcast_rows: Rows of ``nowcasts.csv``.
    """

    forecast_rows: list[Row]
    score_rows: list[Row]
    nowcast_rows: list[Row]

    @cached_property
    def forecasts(self) -> Mapping[str, list[Row]]:
        """Series -> its forecasts, nearest first."""
        found: dict[str, list[Row]] = {}
        for row in self.forecast_rows:
            found.setdefault(row["series"], []).append(row)
        return found

    @cached_property
    def scores(self) -> Mapping[tuple[str, str | None], list[Row]]:
        """Source and series (None: all of the source) -> how forecasts fared, nearest first."""
        found: dict[tuple[str, str | None], list[Row]] = {}
        for row in self.score_rows:
            found.setdefault((row["source"], row["series"]), []).append(row)
        return found

    @cached_property
    def nowcasts(self) -> Mapping[str, Mapping[str, Row]]:
        """Series -> incomplete period -> what it will come to."""
        found: dict[str, dict[str, Row]] = {}
        for row in self.nowcast_rows:
            found.setdefault(row["series"], {})[row["period"]] = row
        return found

"""What is expected of the next periods of a series, and how such forecasts fared before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.model.periods import Period
from atalaya.publishing.expected_columns import GIVEN
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Ahead, Row, ahead

WANTED = (0.75, 0.85)  # the share inside an 80 % interval that counts as calibrated


@dataclass(frozen=True, slots=True)
class Fared:
    """How forecasts so many periods ahead fared when history was replayed.

    Args:
        series: Key of the series; None for all of the source together.
        source: Slug of the source.
        ahead: Periods ahead.
        outcomes: Outcomes compared, hidden ones included.
        hidden: How many of them are hidden.
        low: Share inside the interval, 0..1, if no undecided outcome is.
        high: The same, if every one is.
        error: Mean absolute error of the middle.
        last_value: The same of the last value.
        seasonal: The same of the value a season before.
        reference: The cell of the error, for ``why``.
    """

    series: str | None
    source: str
    ahead: int
    outcomes: int
    hidden: int
    low: float
    high: float
    error: float
    last_value: float
    seasonal: float
    reference: str

    @property
    def calibrated(self) -> bool:
        """Whether the share inside may be what is wanted."""
        return self.low <= WANTED[1] and self.high >= WANTED[0]

    @property
    def beats_last(self) -> bool:
        """Whether it errs less than the last value."""
        return self.error < self.last_value

    @property
    def beats_season(self) -> bool:
        """Whether it errs less than the value a season before."""
        return self.error < self.seasonal


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast of a series.

    Args:
        state: ``given``, or why there is none: ``withheld``, ``short``, ``sparse``.
        origin: Last period that was known when it was made.
        coverage: Share of outcomes that is to lie inside the interval, 0..1.
        ahead: One a period; empty where none is given.
        own: How forecasts of this series fared.
        together: How those of all series of its source fared.
    """

    state: str
    origin: str
    coverage: float
    ahead: tuple[Ahead, ...]
    own: tuple[Fared, ...]
    together: tuple[Fared, ...]


def outlook(edition: Edition, series: str, as_of: Period | None) -> Outlook | None:
    """Give the forecast of a series as known at a date.

    Args:
        edition: The release.
        series: Key of the series.
        as_of: The page's date; the forecast was not known before its origin had ended.

    Returns:
        None where no monitor watches the series, or the date is earlier.
    """
    rows = edition.expected.forecasts.get(series, [])
    if not rows or (as_of is not None and Period.parse(rows[0]["origin"]).end > as_of.end):
        return None
    given = rows[0]["state"] == GIVEN
    return Outlook(
        state=rows[0]["state"],
        origin=rows[0]["origin"],
        coverage=rows[0]["coverage"],
        ahead=tuple(map(ahead, rows)) if given else (),
        own=tuple(fared(edition.expected.scores.get((rows[0]["source"], series), []))),
        together=tuple(fared(edition.expected.scores.get((rows[0]["source"], None), []))),
    )


def fared(rows: Iterable[Row]) -> Iterable[Fared]:
    """Read rows of ``forecast_scores.csv``."""
    for row in rows:
        yield Fared(
            series=row["series"],
            source=row["source"],
            ahead=row["ahead"],
            outcomes=row["outcomes"] + row["hidden_outcomes"],
            hidden=row["hidden_outcomes"],
            low=row["covered_low"],
            high=row["covered_high"],
            error=row["error"],
            last_value=row["last_value"],
            seasonal=row["seasonal"],
            reference=f"forecast_scores.csv:{row['row']}:error",
        )

"""Columns of what is expected: forecasts of the next periods, and how such forecasts fared."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.column import HIDDEN, Column

GIVEN, WITHHELD, SHORT, SPARSE = "given", "withheld", "short", "sparse"
STATES: Final = (GIVEN, WITHHELD, SHORT, SPARSE)

_SERIES_UNIT = "unit of the series"
FORECASTS = (
    Column("id", "Identifier, named by what is published", required=True, unique=True),
    Column("series", "Key of the series", required=True),
    Column("source", "Slug of the source; see sources.csv", required=True),
    Column("origin", "Last period that was known when it was made", required=True),
    Column("period", "Period it is about", required=True),
    Column("ahead", "Periods from the origin", "whole", required=True, unit="periods"),
    Column("lower", "Lower end of the interval", "number", unit=_SERIES_UNIT),
    Column("median", "The middle: as likely above as below", "number", unit=_SERIES_UNIT),
    Column("upper", "Upper end of the interval", "number", unit=_SERIES_UNIT),
    Column("coverage", "Share of outcomes that is to lie inside", "number", True, unit="1"),
    Column("state", "Given, or why there is none", required=True, allowed=STATES),
    Column("hidden", "Why a figure is withheld; see docs/disclosure.md", allowed=HIDDEN),
    Column("made_from", "Rows it is made from, such as series.csv:3-5"),
)
FORECAST_SCORES = (
    Column("source", "Slug of the source; see sources.csv", required=True),
    Column("series", "Key of the series; empty for all of the source together"),
    Column("ahead", "Periods from the origin", "whole", required=True, unit="periods"),
    Column("coverage", "Share of outcomes that is to lie inside", "number", True, unit="1"),
    Column("outcomes", "Published counts compared", "whole", required=True, unit="outcomes"),
    Column("hidden_outcomes", "Outcomes that are hidden", "whole", required=True, unit="outcomes"),
    Column("covered_low", "Share inside if no undecided one is", "number", True, unit="1"),
    Column("covered_high", "Share inside if every undecided one is", "number", True, unit="1"),
    Column("error", "Mean absolute error of the median", "number", unit=_SERIES_UNIT),
    Column("last_value", "The same for the last value", "number", unit=_SERIES_UNIT),
    Column("seasonal", "The same for the value a year before", "number", unit=_SERIES_UNIT),
    Column("made_from", "Rows it is made from, such as series.csv:3-5"),
)
NOWCASTS = (
    Column("series", "Key of the series", required=True),
    Column("source", "Slug of the source; see sources.csv", required=True),
    Column("period", "Incomplete period it is about", required=True),
    Column("known_on", "Day of the newest version", "date", required=True),
    Column("age", "Whole periods since its end", "whole", required=True, unit="periods"),
    Column("reported", "Reported so far; no observation", "number", True, unit=_SERIES_UNIT),
    Column("lower", "Lower end of the interval", "number", unit=_SERIES_UNIT),
    Column("median", "The middle: as likely above as below", "number", unit=_SERIES_UNIT),
    Column("upper", "Upper end of the interval", "number", unit=_SERIES_UNIT),
    Column("coverage", "Share of outcomes that is to lie inside", "number", True, unit="1"),
    Column("share", "How much is usually known at this age", "number", unit="1"),
    Column("versions", "Dated versions; 0: declared", "whole", required=True, unit="versions"),
    Column("reason", "What is expected, or why nothing is said", required=True),
    Column("made_from", "Rows it is made from, such as series.csv:3"),
)

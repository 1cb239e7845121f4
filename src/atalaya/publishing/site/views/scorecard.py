"""The scorecard: what detectors would have found in history, and what they would have missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from atalaya.publishing.scorecards import read_published
from atalaya.publishing.site.charts import BAR, MUTED, SCHEMA, Spec
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.outlook import Fared, fared
from atalaya.publishing.site.visits import Visit

_SCORES: Final = "scores"
_ROW = 46  # pixels a detector takes in the chart


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event: what became of it with each detector, in the order of the detectors."""

    series: str
    name: str
    type: str
    first_year: str | None
    notice: str | None
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """The scorecard of the release; all empty where it has none.

    Args:
        data: What was judged: how many series, and from when to when.
        truth: Against which events.
        detectors: Figures of each detector, as the release publishes them.
        events: Every event.
        chart: Share of waves found by each detector, with its interval.
        forecasts: How forecasts of each source's series fared, all of them together.
    """

    data: Mapping[str, Any]
    truth: Mapping[str, Any]
    detectors: tuple[Mapping[str, Any], ...]
    events: tuple[EventLine, ...]
    chart: Spec | None
    forecasts: tuple[Fared, ...]


def scorecard(edition: Edition, visit: Visit, _key: str) -> ScorecardView:
    """Build the page of the scorecard."""
    card = read_published(edition.release.path)
    together = (
        rows for (_, series), rows in sorted(edition.expected.scores.items(), key=str) if not series
    )
    forecasts = tuple(one for rows in together for one in fared(rows))
    if card is None:
        return ScorecardView({}, {}, (), (), None, forecasts)
    detectors = tuple(
        {name: value for name, value in one.items() if name != "events"}
        for one in card["detectors"]
    )
    return ScorecardView(
        data=card["data"],
        truth=card["truth"],
        detectors=detectors,
        events=_events(edition, visit, card),
        chart=recall_chart(detectors),
        forecasts=forecasts,
    )


def _events(edition: Edition, visit: Visit, card: Mapping[str, Any]) -> tuple[EventLine, ...]:
    columns = zip(*(one["events"] for one in card["detectors"]), strict=True)
    return tuple(
        EventLine(
            series=same[0]["series"],
            name=_name(edition, visit, same[0]["series"]),
            type=same[0]["type"],
            first_year=same[0]["first_year"],
            notice=same[0]["notice"],
            outcomes=tuple(event["outcome"] for event in same),
        )
        for same in columns
    )


def _name(edition: Edition, visit: Visit, series: str) -> str:
    """Name a series of the release by its substance, any other by its key."""
    facts = edition.series.get(series)
    return series if facts is None else edition.names.subject(facts.subject, visit.language)


def recall_chart(detectors: tuple[Mapping[str, Any], ...]) -> Spec:
    """Describe the chart: one line a detector, the share found and its interval, in per cent.

    Detectors keep their names in every language, so the chart needs no other words.
    """
    values = [
        {
            "detector": one["detector"],
            **{name: 100 * figure for name, figure in one["recall"].items() if figure is not None},
        }
        for one in detectors
    ]
    share = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": None}}
    lane = {"field": "detector", "type": "nominal", "sort": None, "axis": {"title": None}}
    return Spec(
        {
            "$schema": SCHEMA,
            "width": 560,
            "height": _ROW * len(values),
            "background": "transparent",
            "autosize": "none",
            "padding": {"left": 170, "right": 24, "top": 10, "bottom": 30},
            "data": {"name": _SCORES, "values": values},
            "layer": [
                {
                    "mark": {"type": "rule", "strokeWidth": 3, "color": BAR, "opacity": 0.6},
                    "encoding": {
                        "y": lane, "x": {"field": "low", **share}, "x2": {"field": "high"},
                    },
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 130, "color": BAR,
                             "opacity": 1},
                    "encoding": {"y": lane, "x": {"field": "value", **share}},
                },
            ],
            "config": {
                "view": {"stroke": None},
                "axis": {
                    "labelColor": MUTED, "domainColor": MUTED, "tickColor": MUTED,
                    "gridColor": MUTED, "gridOpacity": 0.22, "labelFontSize": 13,
                    "labelFont": "sans-serif", "labelLimit": 0,
                },
            },
        }
    )  # fmt: skip

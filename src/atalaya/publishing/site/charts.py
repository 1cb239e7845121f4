"""The chart of a series as a Vega-Lite specification: data in, a plain dictionary out.

The chart holds no words, so that one drawing serves every language; the page's legend and table
say what its marks mean. A hidden count is a bar from 1 to 9, a zero is a ring on the axis, a gap is
a grey field and never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from atalaya.model.periods import Period
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.edition import Point

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"  # names the grammar; not loaded
WIDTH, HEIGHT = 720, 260

# Mid tones with at least 3:1 against both the light and the dark page (WCAG 1.4.11).
BAR, RANGE, BAND, LEVEL, ALARM, GAP, MUTED = (
    "#4d7ea8", "#7d9cb8", "#9a8a4f", "#8f7a2c", "#cf5a2e", "#8a8f98", "#7a808a",
)  # fmt: skip


def series_chart(points: Iterable[Point]) -> dict[str, Any]:
    """Describe the chart of one series.

    Args:
        points: Observations in order of time, with their verdicts.

    Returns:
        A Vega-Lite specification with its data inside.
    """
    values = [_datum(point) for point in points]
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": HEIGHT,
        "background": "transparent",
        "padding": 4,
        "data": {"values": values},
        "layer": [
            _field("datum.state == 'gap'", GAP, 0.28),
            _field("datum.state == 'incomplete'", GAP, 0.14),
            _bars("datum.state == 'number'", BAR),
            _bars("datum.state == 'range'", RANGE, dashed=True),
            _band(),
            _level(),
            _marks("datum.state == 'zero'", "high", "circle", MUTED, filled=False),
            _unassessed(),
            _marks("datum.alarm == true", "top", "triangle-down", ALARM, filled=True),
        ],
        "config": _CONFIG,
    }


_CONFIG: Final[dict[str, Any]] = {
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "gridColor": MUTED,
        "gridOpacity": 0.22,
        "labelFontSize": 13,
        "labelFont": "system-ui, sans-serif",
    },
}
_TIME: Final[dict[str, Any]] = {
    "type": "temporal",
    "axis": {"format": "%Y", "title": None, "tickCount": "year", "grid": False},
    "scale": {"type": "utc"},
}
_SPAN: Final[dict[str, Any]] = {"x": _TIME | {"field": "start"}, "x2": {"field": "end"}}
_COUNT: Final[dict[str, Any]] = {
    "type": "quantitative",
    "axis": {"title": None, "tickMinStep": 1},
    "scale": {"zero": True, "nice": True},
}


def _datum(point: Point) -> dict[str, Any]:
    period = Period.parse(point.period)
    shown = point.count if point.status != "gap" else Cell()
    return {
        "period": point.period,
        "start": period.start.isoformat(),
        "middle": (period.start + (period.end - period.start) / 2).isoformat(),
        "end": (period + 1).start.isoformat(),
        "low": shown.low,
        "high": shown.high,
        "floor": _floor(point),
        "threshold": point.threshold.high,
        "alarm": point.alarm,
        "unassessed": point.alarm is None and not point.withheld and bool(point.reason),
        "state": _state(point, shown),
        "top": _top(point, shown),
    }


def _state(point: Point, shown: Cell) -> str:
    if point.status == "incomplete":
        return "incomplete"
    if not shown.known:
        return "gap"
    if shown.hidden:
        return "range"
    return "zero" if shown.high == 0 else "number"


def _floor(point: Point) -> float | None:
    return (point.expected.low or 0.0) if point.threshold.known else None


def _top(point: Point, shown: Cell) -> float:
    return max(shown.high or 0.0, point.threshold.high or 0.0)


def _field(when: str, colour: str, opacity: float) -> dict[str, Any]:
    return {
        "transform": [{"filter": when}],
        "mark": {"type": "rect", "color": colour, "opacity": opacity},
        "encoding": _SPAN,
    }


def _band() -> dict[str, Any]:
    """From what was expected (or nothing) up to the level that triggers review."""
    return {
        "mark": {"type": "area", "color": BAND, "opacity": 0.3, "interpolate": "step"},
        "encoding": {
            "x": _TIME | {"field": "middle"},
            "y": _COUNT | {"field": "floor"},
            "y2": {"field": "threshold"},
        },
    }


def _level() -> dict[str, Any]:
    """The level that triggers review, drawn over the bars."""
    return {
        "mark": {"type": "line", "color": LEVEL, "strokeWidth": 1.5, "interpolate": "step"},
        "encoding": {"x": _TIME | {"field": "middle"}, "y": _COUNT | {"field": "threshold"}},
    }


def _bars(when: str, colour: str, *, dashed: bool = False) -> dict[str, Any]:
    outline = {"stroke": colour, "strokeDash": [2, 2], "fillOpacity": 0.35} if dashed else {}
    foot = {"field": "low"} if dashed else {"datum": 0}
    return {
        "transform": [{"filter": when}],
        "mark": {"type": "rect", "color": colour, **outline},
        "encoding": _SPAN | {"y": _COUNT | {"field": "high"}, "y2": foot},
    }


def _marks(when: str, height: str, shape: str, colour: str, *, filled: bool) -> dict[str, Any]:
    raised = {"yOffset": -9} if shape.startswith("triangle") else {}
    return {
        "transform": [{"filter": when}],
        "mark": {
            "type": "point",
            "shape": shape,
            "color": colour,
            "filled": filled,
            "size": 55 if filled else 14,
            "opacity": 1,
            **raised,
        },
        "encoding": {
            "x": _TIME | {"field": "middle"},
            "y": _COUNT | {"field": height},
        },
    }


def _unassessed() -> dict[str, Any]:
    """A line along the head where no detector could say yes or no."""
    return {
        "transform": [{"filter": "datum.unassessed"}],
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": 4},
        "encoding": _SPAN | {"y": {"value": 2}},
    }

"""The chart of a series as a Vega-Lite specification: data in, a plain dictionary out.

The chart holds no words, so that one drawing serves every language; the page's legend and table
say what its marks mean. A hidden count is a bar from 1 to 9, zeros are a line on the axis, a gap is
a grey field and never a zero. What lasts for many periods is one mark, so that drawing stays quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from atalaya.model.periods import Period
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.points import Ahead, Point

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"  # names the grammar; not loaded
WIDTH, HEIGHT = 720, 260
POINTS: Final = "points"

# Mid tones with at least 3:1 against both the light and the dark page (WCAG 1.4.11).
BAR, RANGE, BAND, LEVEL, ALARM, GAP, MUTED, OUTLOOK = (
    "#4d7ea8", "#7d9cb8", "#9a8a4f", "#8f7a2c", "#cf5a2e", "#8a8f98", "#7a808a", "#8467b0",
)  # fmt: skip


class Spec(dict[str, Any]):
    """A specification: JSON as it stands, every dataset with its name."""

    def named_data(self) -> dict[str, list[dict[str, Any]]]:
        """Name of each dataset -> its values."""
        sets = [self["data"], *(layer["data"] for layer in self["layer"] if "data" in layer)]
        return {one["name"]: one["values"] for one in sets}

    def without_data(self) -> dict[str, Any]:
        """The same specification with empty datasets: all charts have it in common."""
        layers = [
            layer | {"data": {"name": layer["data"]["name"], "values": []}}
            if "data" in layer
            else layer
            for layer in self["layer"]
        ]
        return {**self, "data": {"name": self["data"]["name"], "values": []}, "layer": layers}


def series_chart(points: Iterable[Point], ahead: Iterable[Ahead] = ()) -> Spec:
    """Describe the chart of one series.

    Args:
        points: Observations in order of time, with their verdicts.
        ahead: What is expected of the periods after the last one known.

    Returns:
        A Vega-Lite specification with its data inside.
    """
    known = tuple(points)
    late = {point.period: point.late for point in known if point.late is not None}
    # A nowcast knows more than the forecast of the same period: it has seen its first reports.
    to_come = (one for one in ahead if one.period not in late)
    expected = [_expected(one) for one in (*late.values(), *to_come)]
    years = len({each["period"][:4] for each in expected} | {one.period[:4] for one in known})
    values = [_datum(point) for point in known]
    stretches = [one for kind in _LASTING for one in _stretches(known, kind)]
    said = {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": HEIGHT,
        "background": "transparent",
        # Room is kept and labels are not weighed against each other: measuring text doubles the
        # time of a drawing, and so few short labels never meet.
        "autosize": "none",
        "padding": {"left": 44, "right": 24, "top": 14, "bottom": 26},
        "data": {"name": POINTS, "values": values},
        "layer": _timed(
            years,
            [
                _field(_named(stretches, "gap"), 0.28),
                _field(_named(stretches, "incomplete"), 0.14),
                _field(_named(stretches, "masked"), 0.4, RANGE),
                _bars("datum.state == 'number'", BAR),
                _bars("datum.state == 'range'", RANGE, dashed=True),
                _band(),
                _level(),
                _line(_named(stretches, "zero"), HEIGHT - 1.5, 3),
                _line(_named(stretches, "unassessed"), 2, 4),
                _alarms(),
                *_outlook(expected),
            ],
        ),
        "config": _CONFIG,
    }
    return Spec(said)


_LASTING: Final = ("gap", "incomplete", "masked", "zero", "unassessed")
_CONFIG: Final[dict[str, Any]] = {
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "gridColor": MUTED,
        "gridOpacity": 0.22,
        "labelFontSize": 13,
        "labelFont": "sans-serif",
        "labelOverlap": False,
        "labelFlush": False,
        "labelBound": False,
        "labelLimit": 0,
        "minExtent": 30,
        "maxExtent": 30,
    },
}
_SPAN: Final[dict[str, Any]] = {"x": {"field": "start"}, "x2": {"field": "end"}}
_MIDDLE: Final[dict[str, Any]] = {"x": {"field": "middle"}}
_MOST_LABELS = 15  # years that stand beside each other without touching
_COUNT: Final[dict[str, Any]] = {
    "type": "quantitative",
    "axis": {"title": None, "tickMinStep": 1},
    "scale": {"zero": True, "nice": True},
}


def _datum(point: Point) -> dict[str, Any]:
    period = Period.parse(point.period)
    shown = _shown(point)
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
        "state": _state(point),
        "top": max(shown.high or 0.0, point.threshold.high or 0.0),
    }


def _expected(one: Ahead) -> dict[str, Any]:
    period = Period.parse(one.period)
    return {
        "period": one.period,
        "start": period.start.isoformat(),
        "end": (period + 1).start.isoformat(),
        "low": one.lower.low,
        "median": one.median.low,
        "high": one.upper.high,
    }


def _shown(point: Point) -> Cell:
    return point.count if point.status != "gap" else Cell()


def _state(point: Point) -> str:
    shown = _shown(point)
    if point.status == "incomplete":
        return "incomplete"
    if point.masked:
        return "masked"
    if not shown.known:
        return "gap"
    if shown.hidden:
        return "range"
    return "zero" if shown.high == 0 else "number"


def _floor(point: Point) -> float | None:
    return (point.expected.low or 0.0) if point.threshold.known else None


def _lasts(point: Point, kind: str) -> bool:
    if kind == "unassessed":
        return unassessed(point) and point.status != "gap"
    return _state(point) == kind


def unassessed(point: Point) -> bool:
    """Whether a detector looked and could say neither yes nor no."""
    return point.alarm is None and not point.withheld and bool(point.reason)


def _stretches(points: tuple[Point, ...], kind: str) -> list[dict[str, str]]:
    """Give periods in a row of one kind as one datum."""
    runs = ([*run] for holds, run in groupby(points, lambda one: _lasts(one, kind)) if holds)
    return [
        {
            "kind": kind,
            "start": Period.parse(run[0].period).start.isoformat(),
            "end": (Period.parse(run[-1].period) + 1).start.isoformat(),
        }
        for run in runs
    ]


def _named(stretches: list[dict[str, str]], kind: str) -> dict[str, Any]:
    return {"name": kind, "values": [one for one in stretches if one["kind"] == kind]}


def _timed(years: int, layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each layer its axis of time; leave out those with no data, which have no extent."""
    ticks = {"interval": "year", "step": -(-years // _MOST_LABELS) or 1}
    time = {
        "type": "temporal",
        "axis": {"format": "%Y", "title": None, "tickCount": ticks, "grid": False},
        "scale": {"type": "utc"},
    }
    return [
        layer | {"encoding": layer["encoding"] | {"x": time | layer["encoding"]["x"]}}
        for layer in layers
        if "data" not in layer or layer["data"]["values"]
    ]


def _field(data: dict[str, Any], opacity: float, colour: str = GAP) -> dict[str, Any]:
    mark = {"type": "rect", "color": colour, "opacity": opacity}
    return {"data": data, "mark": mark, "encoding": _SPAN}


def _line(data: dict[str, Any], height: float, width: float) -> dict[str, Any]:
    mark = {"type": "rule", "color": MUTED, "strokeWidth": width}
    return {"data": data, "mark": mark, "encoding": _SPAN | {"y": {"value": height}}}


def _band() -> dict[str, Any]:
    """From what was expected (or nothing) up to the level that triggers review."""
    return {
        "mark": {"type": "area", "color": BAND, "opacity": 0.3, "interpolate": "step"},
        "encoding": {
            **_MIDDLE,
            "y": _COUNT | {"field": "floor"},
            "y2": {"field": "threshold"},
        },
    }


def _level() -> dict[str, Any]:
    """The level that triggers review, drawn over the bars."""
    return {
        "mark": {"type": "line", "color": LEVEL, "strokeWidth": 1.5, "interpolate": "step"},
        "encoding": {**_MIDDLE, "y": _COUNT | {"field": "threshold"}},
    }


def _outlook(expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is expected of the next periods: never a bar, so that nobody takes it for a count."""
    band = {"type": "rect", "color": OUTLOOK, "opacity": 0.35}
    middle = {"type": "rule", "color": OUTLOOK, "strokeWidth": 2.5}
    ends = {"y": _COUNT | {"field": "low"}, "y2": {"field": "high"}}
    return [
        {
            "data": {"name": "expected", "values": expected},
            "mark": band,
            "encoding": _SPAN | ends,
        },
        {
            "data": {"name": "middle", "values": expected},
            "mark": middle,
            "encoding": _SPAN | {"y": _COUNT | {"field": "median"}},
        },
    ]


def _bars(when: str, colour: str, *, dashed: bool = False) -> dict[str, Any]:
    outline = {"stroke": colour, "strokeDash": [2, 2], "fillOpacity": 0.35} if dashed else {}
    foot = {"field": "low"} if dashed else {"datum": 0}
    return {
        "transform": [{"filter": when}],
        "mark": {"type": "rect", "color": colour, **outline},
        "encoding": _SPAN | {"y": _COUNT | {"field": "high"}, "y2": foot},
    }


def _alarms() -> dict[str, Any]:
    mark = {"type": "point", "shape": "triangle-down", "color": ALARM, "filled": True}
    return {
        "transform": [{"filter": "datum.alarm == true"}],
        "mark": mark | {"size": 55, "opacity": 1, "yOffset": -9},
        "encoding": {**_MIDDLE, "y": _COUNT | {"field": "top"}},
    }

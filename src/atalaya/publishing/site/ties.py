"""Who holds events with whom as a picture: bodies in a column, an arc for each pair.

An arc is the wider the more events two bodies share. The picture says nothing that the table of
pairs beside it does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any, Final

from atalaya.publishing.site.charts import BAR, MUTED, SCHEMA, Spec

_ROW, _TOP = 30, 18  # pixels from one body to the next, and above the first
WIDTH, _NAMES = 600, 320  # pixels, of the whole and of the names
_LETTERS = 44  # longer names are cut in the picture; every table has them whole
_REACH = 255  # pixels that the longest arc reaches out
_STEPS = 16  # pieces of an arc, joined by a spline
_THIN, _WIDE = 1.0, 7.0  # pixels of an arc of two events, and of the most


@dataclass(frozen=True, slots=True)
class Tie:
    """An arc: positions of two bodies in the column, and how many events they share."""

    one: int
    other: int
    together: int


def ties_chart(names: Sequence[str], ties: Iterable[Tie]) -> Spec:
    """Describe the picture.

    Args:
        names: The bodies from top to bottom.
        ties: Their pairs.

    Returns:
        A Vega-Lite specification with its data inside, in pixels of its own.
    """
    known = tuple(ties)
    height = _TOP + _ROW * len(names)
    bodies = [{"name": _short(name), "x": _NAMES, "y": _at(at)} for at, name in enumerate(names)]
    arcs = [point for number, tie in enumerate(known) for point in _arc(number, tie, len(names))]
    most = max((tie.together for tie in known), default=1)
    place = {
        "x": _axis("x", [0, WIDTH]),
        "y": _axis("y", [height, 0]),
    }
    return Spec(
        {
            "$schema": SCHEMA,
            "width": WIDTH,
            "height": height,
            "background": "transparent",
            "autosize": "none",
            "padding": 0,
            "data": {"name": "bodies", "values": bodies},
            "layer": [_arcs(arcs, place, most), _dots(place), _labels(place)],
            "config": {"view": {"stroke": None}},
        }
    )


def _at(place: int) -> float:
    return _TOP + _ROW * (place + 0.25)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"


def _arc(number: int, tie: Tie, bodies: int) -> Iterator[dict[str, Any]]:
    """Give half an ellipse from one body to the other, the wider apart the further out."""
    top, bottom = sorted((_at(tie.one), _at(tie.other)))
    out = _REACH * (bottom - top) / (_ROW * max(bodies - 1, 1))
    for step in range(_STEPS + 1):
        turn = pi * step / _STEPS
        yield {
            "tie": number,
            "step": step,
            "together": tie.together,
            "x": round(_NAMES + 10 + out * sin(turn), 2),
            "y": round((top + bottom) / 2 - (bottom - top) / 2 * cos(turn), 2),
        }


def _axis(field: str, domain: list[float]) -> dict[str, Any]:
    scale = {"domain": domain, "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


_LINE: Final[dict[str, Any]] = {"type": "line", "interpolate": "natural", "strokeCap": "round"}


def _arcs(values: list[dict[str, Any]], place: dict[str, Any], most: int) -> dict[str, Any]:
    width = {"domain": [min(2, most), max(most, 3)], "range": [_THIN, _WIDE]}
    return {
        "data": {"name": "arcs", "values": values},
        "mark": {**_LINE, "color": BAR, "opacity": 0.65},
        "encoding": place
        | {
            "detail": {"field": "tie", "type": "nominal"},
            "order": {"field": "step", "type": "quantitative"},
            "strokeWidth": {
                "field": "together",
                "type": "quantitative",
                "scale": width,
                "legend": None,
            },
        },
    }


def _dots(place: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "point", "filled": True, "color": MUTED, "size": 45, "opacity": 1}
    return {"mark": mark, "encoding": place}


_TEXT: Final[dict[str, Any]] = {
    "type": "text",
    "align": "right",
    "baseline": "middle",
    "dx": -10,
    "fontSize": 13,
    "font": "sans-serif",
    "limit": 0,
}


def _labels(place: dict[str, Any]) -> dict[str, Any]:
    return {"mark": _TEXT, "encoding": place | {"text": {"field": "name", "type": "nominal"}}}

"""The chart tells hidden, zero, missing and not assessed apart, as valid Vega-Lite."""

import json
import xml.etree.ElementTree as ET

import altair as alt
import pytest
from tests.material.points import POINTS, point

from atalaya.model.errors import LookAtThis
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.charts import Spec, series_chart
from atalaya.publishing.site.drawing import Drawings, plain_svg, vega_script
from atalaya.publishing.site.points import Point


def data(points: tuple[Point, ...]) -> dict[str, dict[str, object]]:
    return {one["period"]: one for one in series_chart(points).named_data()["points"]}


def test_the_specification_is_valid_vega_lite() -> None:
    chart = alt.Chart.from_dict(series_chart(POINTS))
    assert chart.to_dict()["layer"]


def test_each_state_is_told_apart() -> None:
    states = {period: one["state"] for period, one in data(POINTS).items()}
    assert list(states.values()) == [
        "number", "range", "zero", "gap", "incomplete", "number", "range", "masked",
    ]  # fmt: skip


def test_a_hidden_count_is_drawn_from_one_to_nine() -> None:
    hidden = data(POINTS)["2019-02"]
    assert (hidden["low"], hidden["high"]) == (1, 9)


def test_a_gap_has_no_value_and_never_zero() -> None:
    gap = data(POINTS)["2019-04"]
    assert (gap["low"], gap["high"]) == (None, None)


def test_a_withheld_count_is_no_gap_and_no_zero() -> None:
    sets = series_chart(POINTS).named_data()
    assert [run["start"] for run in sets["masked"]] == ["2019-08-01"]
    assert "2019-08-01" not in [run["start"] for kind in ("gap", "zero") for run in sets[kind]]


def test_a_withheld_verdict_is_not_called_unassessed() -> None:
    (run,) = series_chart(POINTS).named_data()["unassessed"]
    assert (run["start"], run["end"]) == ("2019-05-01", "2019-06-01")


def test_what_lasts_is_one_mark() -> None:
    zeros = tuple(point(f"2019-0{month}", count=Cell(0, 0)) for month in range(1, 6))
    (run,) = series_chart(zeros).named_data()["zero"]
    assert (run["start"], run["end"]) == ("2019-01-01", "2019-06-01")


def test_a_threshold_without_expectation_starts_its_band_at_nothing() -> None:
    assert data(POINTS)["2019-06"]["floor"] == 0.0
    assert data(POINTS)["2019-01"]["floor"] is None


def test_the_drawing_holds_shapes_and_nothing_a_strict_page_forbids() -> None:
    drawn = Drawings().svg(series_chart(POINTS))
    root = ET.fromstring(drawn)
    assert root.get("viewBox")
    assert root.get("width") is None
    for element in root.iter():
        assert element.tag in {"svg", "g", "path", "rect", "line", "text"}
        assert not {"style", "href", "class", "role"} & set(element.attrib)
    assert not [word for word in ("<script", "style=", "http") if word in drawn]


def test_the_same_chart_is_drawn_once() -> None:
    drawings = Drawings(keep=1)
    first = drawings.svg(series_chart(POINTS[:2]))
    assert drawings.svg(series_chart(POINTS[:2])) is first
    other = drawings.svg(series_chart(POINTS[:3]))
    assert other != first


def test_active_content_is_dropped_from_a_drawing() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="x()">'
        '<script>x()</script><a href="javascript:x()"><text>t</text></a>'
        '<rect width="1" height="2" style="fill:red" onclick="x()"/></svg>'
    )
    kept = plain_svg(svg)
    assert "script" not in kept
    assert "x()" not in kept
    assert '<rect width="1" height="2" />' in kept


def test_a_chart_that_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(LookAtThis, match="could not draw"):
        Drawings().svg(Spec({"data": {"name": "points", "values": []}, "layer": [{"mark": 7}]}))


def test_the_bundled_script_walks_expressions_instead_of_compiling_them() -> None:
    script = vega_script()
    assert "expressionInterpreter" in script
    assert json.dumps("vegaEmbed")[1:-1] in script

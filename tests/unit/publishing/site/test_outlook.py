"""A forecast on a page: beside its record, never as a count, and not before it was made."""

import json

import altair as alt
from tests.material.html_reading import Page
from tests.material.points import POINTS
from tests.material.small_release import edition, explain, release, site, visit

from atalaya.model.periods import Period
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.charts import series_chart
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.points import Ahead
from atalaya.publishing.site.views.outlook import outlook

XYLAZINE = "ct-deaths/xylazine/US-CT/deaths"
HARD = "made-up/hard-case/US-CT/deaths"
AHEAD = (Ahead("2019-09", Cell(2, 2), Cell(5, 5), Cell(9, 9), "forecasts.csv:1:median"),)


def _shown(series: str, language: str = "en", **asked: str):
    return site().show(path := f"series/{series.replace('/', '~')}", visit(path, language, **asked))


def test_a_series_page_shows_the_interval_its_record_and_its_twin() -> None:
    shown = _shown(XYLAZINE)
    twin = json.loads(site().twin(shown))["view"]["outlook"]
    assert [one["period"] for one in twin["ahead"]] == ["2025-01", "2025-02", "2025-03"]
    assert {one["reference"].split(":")[0] for one in twin["ahead"]} == {"forecasts.csv"}
    first = twin["ahead"][0]
    assert first["lower"] <= first["median"] <= first["upper"]
    text = Page(site().html(shown)).text
    assert f"{first['lower']:g} to {first['upper']:g}" in text
    assert "How forecasts of this series fared in the back-test" in text
    assert "How forecasts of all series of this source fared" in text


def test_where_a_baseline_is_better_or_the_interval_failed_the_page_says_so() -> None:
    said = outlook(edition(), XYLAZINE, None)
    assert said is not None
    assert not said.own[0].calibrated
    assert (
        "1 period ahead: the interval did not hold what it promises"
        in Page(site().html(_shown(XYLAZINE))).text
    )
    tables = dict(release().tables)
    worse = [row | {"last_value": 0.0} for row in tables["forecast_scores"]]
    changed = type(release())(tables | {"forecast_scores": worse}, files=release().files)
    pages = Site(Edition(changed, edition().names), "Test", explain, None)
    path = "series/" + XYLAZINE.replace("/", "~")
    text = Page(pages.html(pages.show(path, visit(path)))).text
    assert "2 periods ahead: the forecast did NOT beat the last value" in text
    assert "At every distance" not in text


def test_a_forecast_is_not_shown_before_it_was_made() -> None:
    assert outlook(edition(), XYLAZINE, Period.parse("2024-11")) is None
    assert outlook(edition(), XYLAZINE, Period.parse("2024-12")) is not None
    assert "What is expected next" not in Page(site().html(_shown(XYLAZINE, as_of="2024-11"))).text


def test_a_withheld_forecast_says_why_in_both_languages() -> None:
    assert "one of the last counts is hidden" in Page(site().html(_shown(HARD))).text
    assert "uno de los últimos recuentos está oculto" in Page(site().html(_shown(HARD, "es"))).text


def test_a_release_of_before_forecasts_has_none() -> None:
    tables = {name: rows for name, rows in release().tables.items() if "forecast" not in name}
    old = Edition(type(release())(tables, files=release().files), edition().names)
    assert outlook(old, XYLAZINE, None) is None


def test_the_scorecard_shows_how_forecasts_of_each_source_fared() -> None:
    shown = site().show("scorecard", visit("scorecard"))
    assert [(one.source, one.ahead) for one in shown.view.forecasts] == [
        ("ct-deaths", 1),
        ("ct-deaths", 2),
        ("ct-deaths", 3),
    ]
    assert "At every distance the forecast erred less" in Page(site().html(shown)).text


def test_the_chart_draws_an_interval_and_no_bar_for_what_is_expected() -> None:
    chart = series_chart(POINTS, AHEAD)
    assert alt.Chart.from_dict(chart).to_dict()["layer"]
    assert chart.named_data()["expected"] == chart.named_data()["middle"]
    assert "2019-09" not in {one["period"] for one in chart.named_data()["points"]}
    (band,) = chart.named_data()["expected"]
    assert (band["low"], band["median"], band["high"]) == (2, 5, 9)
    assert "#8467b0" in Drawings().svg(chart)
    assert "#8467b0" not in Drawings().svg(series_chart(POINTS))

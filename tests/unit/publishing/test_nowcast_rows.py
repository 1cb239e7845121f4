"""Nowcasts in a release and on its pages: an interval beside what is reported, never a count."""

from dataclasses import replace

import pyarrow as pa
import pytest
from tests.material.html_reading import Page
from tests.material.publishing_house import TODAY, declaration, house
from tests.material.small_release import edition, explain, release, visit

from atalaya.model.tables import NOWCASTS
from atalaya.publishing.composing import compose
from atalaya.publishing.releases import build
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.verifying import verify_release
from atalaya.publishing.why import explain as why

XYLAZINE = "ct-deaths/xylazine/US-CT/deaths"


def _nowcast(series, period, **changes):
    said = {
        "series": series,
        "source": "deaths",
        "period": period,
        "known_on": "2025-01-02",
        "age": 0,
        "reported": 12.0,
        "population": None,
        "lower": 15.0,
        "median": 18.0,
        "upper": 22.0,
        "share": 0.7,
        "versions": 9,
        "reason": "15 to 22 expected once late reports are in",
    }
    return said | changes


def _with_nowcast(inputs):
    """The newest period of each series is incomplete, and nowcast."""
    rows = inputs.series.to_pylist()
    last = max(row["period"] for row in rows)
    late = {"status": "incomplete", "count": None, "population": None}
    rows = [row | late if row["period"] == last else row for row in rows]
    said = [_nowcast(row["series"], last) for row in rows if row["period"] == last]
    return replace(
        inputs,
        series=pa.Table.from_pylist(rows, schema=inputs.series.schema),
        nowcasts=pa.Table.from_pylist(said, schema=NOWCASTS),
        verdicts=inputs.verdicts.slice(0, 0),
        signals=(),
    )


def test_a_release_tells_what_is_expected_and_why_walks_to_the_log(tmp_path):
    made = house(tmp_path, source=declaration(about_people=False))
    inputs = _with_nowcast(made.inputs())
    published = build(inputs, tmp_path / "releases", TODAY).release
    (row, *_) = published.table("nowcasts").to_pylist()
    assert (row["reported"], row["lower"], row["upper"], row["coverage"]) == (12, 15, 22, 0.8)
    tree = why("nowcasts.csv:1:upper", published, made.at_hand())
    assert "log" in {node.kind for node in tree.nodes()}
    assert verify_release(published, made.vkey, rebuilt=inputs).holds
    other = inputs.nowcasts.to_pylist()
    other[0]["upper"] = 99.0
    changed = replace(inputs, nowcasts=pa.Table.from_pylist(other, schema=NOWCASTS))
    says = [one.where for one in verify_release(published, made.vkey, rebuilt=changed).problems]
    assert says == ["nowcasts.csv:1:upper"]


def test_of_a_source_whose_small_counts_are_hidden_nothing_is_published(tmp_path):
    inputs = _with_nowcast(house(tmp_path).inputs())
    assert inputs.nowcasts.num_rows
    assert compose(inputs).tables["nowcasts"].rows == ()


@pytest.mark.parametrize(
    ("language", "says"), [("en", "12 reported so far"), ("es", "12 notificados hasta ahora")]
)
def test_a_page_shows_the_interval_and_the_incomplete_period_has_no_bar(language, says):
    tables = dict(release().tables)
    late = {"status": "incomplete", "count": None}
    tables["series"] = [
        row | late if (row["series"], row["period"]) == (XYLAZINE, "2024-12") else row
        for row in tables["series"]
    ]
    tables["nowcasts"] = [_nowcast(XYLAZINE, "2024-12")]
    pages = Site(
        Edition(type(release())(tables, files=release().files), edition().names),
        "Test",
        explain,
        None,
    )
    path = f"series/{XYLAZINE.replace('/', '~')}"
    shown = pages.show(path, visit(path, language))
    data = shown.view.chart.named_data()
    (newest,) = [one for one in data["points"] if one["period"] == "2024-12"]
    assert (newest["state"], newest["high"]) == ("incomplete", None)
    assert {"2024-12": 15.0}.items() <= {
        one["period"]: one["low"] for one in data["expected"]
    }.items()
    text = Page(pages.html(shown)).text
    assert says in text
    assert ("15 to 22" if language == "en" else "15 a 22") in text

"""The page of the scorecard: figures with intervals, every event, a chart, or a plain no."""

import json
from dataclasses import replace

import pytest
from tests.material.small_release import explain, release, visit

from atalaya.publishing.scorecards import PLACE
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.viewing import SlugNames


def score(detector, outcome, lead):
    half = {"value": 0.5, "low": 0.1, "high": 0.9}
    return {
        "detector": detector, "waves": 2, "found": 1, "recall": half, "found_by_third": 1,
        "recall_by_third": half, "noticed": 5, "before_notice": 4, "share_before": half,
        "left_censored": 0, "precision": half, "lead_months": lead, "false_episodes": 3,
        "series_months": 1200, "per_100_months": {"value": 0.25, "low": 0.05, "high": 0.73},
        "events": [
            {"series": "<b>x</b>", "type": "new", "outcome": outcome, "notice": "2016-09-27",
             "first_year": "2016"},
            {"series": "quiet one", "type": "quiet", "outcome": "no wave", "notice": None,
             "first_year": None},
        ],
    }  # fmt: skip


CARD = {
    "schema": "atalaya-scorecard/1", "mode": "replay", "software": "1", "rules": {},
    "data": {"series": 2, "first": "2012-01", "last": "2024-12", "editions": 1, "lag_days": 0},
    "truth": {"name": "events.csv", "sha256": "ab" * 32, "events": 2, "ignored": []},
    "detectors": [
        score("emergence", "found", {"value": 7, "low": 2, "high": 12}),
        score("emergence_plain", "missed", {"value": None, "low": None, "high": None}),
    ],
}  # fmt: skip


@pytest.fixture
def site(tmp_path):
    (tmp_path / PLACE).parent.mkdir()
    (tmp_path / PLACE).write_text(json.dumps(CARD))
    edition = Edition(replace(release(), path=tmp_path), SlugNames())
    return Site(edition, "A house", explain, Drawings())


def page(site, language="en"):
    return site.html(site.show("scorecard", visit("scorecard", language)))


def test_every_figure_stands_with_its_interval_and_every_event_with_its_outcome(site):
    said = page(site)
    for words in ("1 of 2", "10 to 90", "3, which is 0.25", "0.05 to 0.73", "2 to 12", "4 of 5"):
        assert words in said
    assert "found in time" in said
    assert "missed" in said
    assert "no wave: an alarm would be false" in said
    assert "withheld: fewer than five events" in said
    assert "September 27, 2016" in said
    assert "It proves no foresight" in said


def test_it_is_written_in_spanish(site):
    said = page(site, "es")
    for words in ("Cuadro de resultados", "1 de 2", "de 10 a 90", "no hallada", "enero de 2012"):
        assert words in said


def test_the_chart_is_drawn_and_hostile_names_are_shown_and_never_run(site):
    said = page(site)
    assert "<svg" in said
    assert ">emergence_plain<" in said
    assert "<b>x</b>" not in said
    assert "&lt;b&gt;x&lt;/b&gt;" in said


def test_the_twin_says_the_same(site):
    view = json.loads(site.twin(site.show("scorecard", visit("scorecard"))))["view"]
    assert [one["found"] for one in view["detectors"]] == [1, 1]
    assert view["events"][0]["outcomes"] == ["found", "missed"]
    assert view["chart"]["data"]["values"][0] == {
        "detector": "emergence", "value": 50.0, "low": 10.0, "high": 90.0,
    }  # fmt: skip


def test_a_release_without_a_scorecard_says_so():
    site = Site(Edition(release(), SlugNames()), "A house", explain, None)
    assert "No back-test was made for this release" in page(site)

"""An observatory is scored as it watches: with its monitors' detectors, parameters and dates."""

from datetime import date

from tests.material.publishing_house import declaration

from atalaya.model.monitors import MonitorDeclaration
from atalaya.pipeline.own_scorecard import PLAIN, contenders, kept_back


def monitor(slug, detector, since=None, **parameters):
    said = {
        "schema": 1,
        "slug": slug,
        "title": {"en": "Watched", "es": "Vigilado"},
        "series": {},
        "detector": detector,
        "parameters": parameters,
        "since": since,
        "dated": date(2024, 1, 1),
        "because": "It is watched.",
        "cites": "this test",
    }
    return MonitorDeclaration.model_validate(said)


def test_a_detector_is_scored_with_its_monitors_parameters_and_first_period():
    ears, plain = contenders([monitor("a", "ears_c1", "2020-01", baseline="9")])
    assert (ears.name, ears.detector.parameters.baseline) == ("ears_c1", 9)
    assert str(ears.since) == "2020-01"
    assert (plain.name, plain.since) == (PLAIN, None)


def test_two_ways_to_use_one_detector_are_told_apart_by_their_monitors():
    found = contenders([monitor("a", "ears_c1"), monitor("b", "ears_c1", baseline="9")])
    assert [one.name for one in found] == ["ears_c1 (a)", "ears_c1 (b)", PLAIN]


def test_monitors_that_use_a_detector_in_one_way_are_scored_once():
    found = contenders([monitor("a", "ears_c1"), monitor("b", PLAIN), monitor("c", "ears_c1")])
    assert [one.name for one in found] == ["ears_c1", PLAIN]


def test_the_plain_detector_stands_beside_a_monitor_that_uses_it_otherwise():
    settings = {"since": "2020-01"}
    mine, plain = contenders([monitor("a", PLAIN, **settings)])
    assert (mine.name, plain.name) == (f"{PLAIN} (a)", PLAIN)
    assert (str(mine.since), plain.since) == ("2020-01", None)


def _table(**territory):
    (table,) = declaration().model_dump(mode="json", by_alias=True)["table"]
    return [table | {"territory": territory or None}]


def test_a_published_scorecard_tells_nothing_of_sources_whose_alarms_are_not_published():
    """That a wave was found says that there was an alarm between its first and its fifth case."""
    sources = [
        declaration("state"),
        declaration("recorded", published_records="https://example.org/every-record"),
        declaration("cited", published_cells="https://example.org/cells"),
        declaration("samples", about_people=False),
        declaration("country", table=_table(value="territory:USA")),
        declaration("states", territory="territory:USA", table=_table(column="state")),
        declaration("nation", territory="territory:USA", table=_table()),
        declaration("nowhere", table=_table()),
    ]
    assert kept_back(sources) == {"state", "states", "nowhere"}


def test_a_published_scorecard_tells_nothing_of_sources_that_may_only_be_linked():
    licence = {"name": "All rights reserved", "redistribute": False, "attribution": "An Office"}
    closed = declaration("closed", about_people=False, licence=licence)
    assert kept_back([closed, declaration("open", about_people=False)]) == {"closed"}

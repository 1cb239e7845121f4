"""What a release shows of a scorecard, and what it must not."""

import json
from datetime import date

import numpy as np

from atalaya.detection import find
from atalaya.findings.backtesting import Known, replay, scorecard
from atalaya.model.periods import Period
from atalaya.publishing.scorecards import PLACE, published, read_published
from atalaya.reading.events import Event
from atalaya.series.panel import Panel

FIRST = Period.parse("2018-01")
COUNTS = np.array([[0.0] * 24 + [1, 0, 2, 1, 1, 4, 4]] * 6)
ABOUT = {
    "software": "1",
    "data": {"name": "/home/me/observatory", "sha256": "0", "series": 6, "first": "2018-01",
             "last": "2020-07", "editions": 1, "lag_days": 0},
    "truth": {"name": "events.csv", "sha256": "1", "events": 6, "ignored": []},
    "parameters": {},
}  # fmt: skip


def card(noticed):
    names = tuple("abcdef")
    said = {"emergence_plain": [
        replay(find("emergence_plain"), [Known(Panel(names, FIRST, COUNTS))])
    ]}  # fmt: skip
    events = [
        Event(name, "new", FIRST + 24, None, date(2020, 9, 1) if place < noticed else None, 2)
        for place, name in enumerate(names)
    ]
    return scorecard(said, events, ABOUT).contents()


def test_no_month_of_a_case_or_an_alarm_and_no_reason_with_a_count_is_published():
    whole = json.dumps(card(6)["detectors"])
    assert "2020-03" in whole  # the month of the alarm, and by which three were counted
    said = json.dumps(published(card(6))["detectors"])
    for month in range(1, 8):
        assert f"2020-0{month}" not in said
    assert "counted" not in said
    assert published(card(6))["detectors"][0]["events"][0]["first_year"] == "2020"


def test_a_lead_is_published_in_whole_months_and_only_over_five_events():
    (enough,) = published(card(5))["detectors"]
    (few,) = published(card(4))["detectors"]
    assert enough["lead_months"] == {"value": 5, "low": 5, "high": 5}
    assert few["lead_months"] == {"value": None, "low": None, "high": None}
    assert few["noticed"] == 4


def test_where_the_observatory_lies_is_not_published():
    assert "/home/me" not in json.dumps(published(card(6)))


def test_a_release_without_a_scorecard_has_none(tmp_path):
    assert read_published(tmp_path) is None
    (tmp_path / PLACE).parent.mkdir()
    (tmp_path / PLACE).write_text(json.dumps(published(card(6))))
    assert read_published(tmp_path) == published(card(6))

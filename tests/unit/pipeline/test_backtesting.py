"""``atalaya backtest``: from files to the scorecard, and from dated editions of a source."""

import json
import re
from pathlib import Path

import pytest
from tests.material.dated_versions import DatedVersions

from atalaya.model.errors import BadInput, WrongUse
from atalaya.pipeline.backtesting import Asked, backtest, observatory, own_counts

HEADING = "series,type,first_period,period_cum5,official_notice\n"
MONTHS = [f"{2019 + place // 12}-{place % 12 + 1:02d}" for place in range(36)]


def counts(tmp_path, **series):
    lines = [
        f"{name},{month},{cases}"
        for name, wave in series.items()
        for month, cases in zip(MONTHS, wave, strict=False)
    ]
    file = tmp_path / "counts.csv"
    file.write_text("series,period,count\n" + "\n".join(lines) + "\n")
    return file


def scored(tmp_path, truth, asked=None, **series):
    events, card = tmp_path / "events.csv", tmp_path / "card.json"
    events.write_text(HEADING + truth)
    asked = asked or Asked(("emergence_plain",))
    backtest(own_counts(counts(tmp_path, **series), asked), events, card, asked)
    return json.loads(card.read_text())


WAVE = [0] * 20 + [1, 0, 2, 1, 1] + [3] * 11


def test_own_counts_are_scored_and_the_card_says_what_was_judged(tmp_path):
    card = scored(tmp_path, "x,new,2020-09,2021-01,2021-06-30\n", x=WAVE, y=[0] * 36)
    (one,) = card["detectors"]
    assert (one["waves"], one["found"], one["others"]["series"]) == (1, 1, 1)
    assert one["events"][0]["alarm"] == "2020-11"
    assert one["events"][0]["lead_days"] == 212
    assert card["data"]["series"] == 2
    assert (card["data"]["first"], card["data"]["last"]) == ("2019-01", "2021-12")
    assert card["truth"]["events"] == 1
    assert card["parameters"]["emergence_plain"]["window"] == 6


def test_without_a_detector_every_detector_is_scored(tmp_path):
    card = scored(tmp_path, "x,new,2020-09,2021-01,\n", Asked(), x=WAVE)
    assert [one["detector"] for one in card["detectors"]][:2] == ["emergence", "emergence_plain"]
    assert len(card["detectors"]) >= 6


def test_the_lag_of_a_persons_own_counts_shortens_the_lead(tmp_path):
    asked = Asked(("emergence_plain",), lag_days=30)
    card = scored(tmp_path, "x,new,2020-09,2021-01,2021-06-30\n", asked, x=WAVE)
    assert card["detectors"][0]["events"][0]["lead_days"] == 182


def test_the_register_gives_the_notice_where_the_truth_names_none_and_only_when_asked(tmp_path):
    truth = "isotonitazene,new,2020-09,2021-01,\nxylazine,new,2020-09,2021-01,\n"
    series = {"isotonitazene": WAVE, "xylazine": WAVE}
    asked = Asked(("emergence_plain",), registered=True)
    first, second = scored(tmp_path, truth, asked, **series)["detectors"][0]["events"]
    assert (first["notice"], second["notice"]) == ("2020-06-18", None)
    assert scored(tmp_path, truth, **series)["detectors"][0]["noticed"] == 0


def test_an_event_of_a_series_that_is_not_there_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(BadInput, match=r"there is no series 'xx'") as refused:
        scored(tmp_path, "x,new,2020-09,,\nxx,new,2020-09,,\n", x=WAVE)
    assert refused.value.where is not None
    assert (refused.value.where.line, refused.value.where.column) == (3, "series")
    assert "'x'" in refused.value.do
    assert not (tmp_path / "card.json").exists()


def test_an_event_in_another_kind_of_period_is_refused(tmp_path):
    with pytest.raises(BadInput, match="the series counts by month"):
        scored(tmp_path, "x,new,2020-W20,,\n", x=WAVE)


def test_settings_need_one_detector_and_the_output_is_never_the_truth(tmp_path):
    asked = Asked((), {"window": "3"})
    with pytest.raises(WrongUse, match="without one detector"):
        scored(tmp_path, "x,new,2020-09,,\n", asked, x=WAVE)
    data = own_counts(tmp_path / "counts.csv", asked)
    with pytest.raises(WrongUse, match="is the truth"):
        backtest(data, tmp_path / "events.csv", tmp_path / "events.csv", Asked())


@pytest.mark.parametrize(
    ("since", "says"), [("soon", "is not a period"), ("2020-W03", "is a week")]
)
def test_a_first_period_that_is_none_of_the_series_is_wrong_use(tmp_path, since, says):
    with pytest.raises(WrongUse, match=says):
        scored(tmp_path, "x,new,2020-09,,\n", Asked(since=since), x=WAVE)


def test_what_comes_before_the_first_period_judged_is_history_only(tmp_path):
    truth = "x,new,2020-09,2021-01,\ny,new,2020-09,2021-01,\n"
    asked = Asked(("emergence_plain",), since="2020-09")
    (inside,) = scored(tmp_path, truth, asked, x=WAVE, y=WAVE)["detectors"]
    assert (inside["waves"], inside["quiet"]["series_months"]) == (2, 32)
    asked = Asked(("emergence_plain",), since="2020-10")
    (after,) = scored(tmp_path, truth, asked, x=WAVE, y=WAVE)["detectors"]
    assert (after["waves"], after["left_censored"]) == (0, 2)


@pytest.fixture
def house(tmp_path):
    """An observatory of one laboratory, and a way to let it publish an edition on a day."""
    kept = DatedVersions(tmp_path, "reporting = {lag_days = 10}")

    def publish(day, wave):
        kept.publish(day, {"xylazine": dict(zip(MONTHS, wave, strict=False))})

    return kept.folder, publish


def test_a_correction_never_changes_what_was_said_in_time(house, tmp_path):
    """In October 2020 three were known; in December the laboratory takes two of them back."""
    folder, publish = house
    publish("2020-11-15", [0] * 20 + [1, 2])
    publish("2020-12-15", [0] * 20 + [1, 0, 0])
    data = observatory(folder)
    (editions,) = data.panels
    assert [(str(one.on), one.lag_days) for one in editions] == [
        ("2020-11-15", 10),
        ("2020-12-15", 10),
    ]
    truth = tmp_path / "events.csv"
    truth.write_text(HEADING + "xylazine,new,2020-09,2020-12,2021-01-09\n")
    card = backtest(data, truth, tmp_path / "card.json", Asked(("emergence_plain",)))
    (event,) = card.detectors[0].events
    assert (event.series, event.alarm) == ("lab/xylazine/ARG/samples", "2020-10")
    assert (event.known_on, event.lead_days) == ("2020-11-10", 60)
    assert card.contents()["data"]["editions"] == 2


def test_a_period_that_a_later_edition_brought_was_known_on_the_day_of_that_edition(
    house, tmp_path
):
    folder, publish = house
    publish("2020-11-15", [0] * 20 + [1, 0])
    publish("2021-03-01", [0] * 20 + [1, 0, 2])
    truth = tmp_path / "events.csv"
    truth.write_text(HEADING + "xylazine,new,2020-09,2020-12,\n")
    card = backtest(observatory(folder), truth, tmp_path / "c.json", Asked(("emergence_plain",)))
    (event,) = card.detectors[0].events
    assert (event.alarm, event.known_on) == ("2020-11", "2021-03-01")


def test_every_field_of_the_scorecard_is_documented(tmp_path):
    card = scored(tmp_path, "x,new,2020-09,2021-01,\ny,quiet,,,\n", x=WAVE, y=WAVE)
    page = (Path(__file__).parents[3] / "docs" / "backtest.md").read_text("utf-8")
    parameters, rules = card.pop("parameters"), card.pop("rules")
    assert parameters
    assert rules
    names = set(fields(card))
    assert len(names) > 60
    assert sorted(name for name in names if not re.search(rf"[`\"]{name}[`\"]", page)) == []


def fields(value):
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from fields(each)
    elif isinstance(value, list):
        for each in value:
            yield from fields(each)

"""The page of trade-offs is current, whole, and what is measured again comes out the same."""

import pytest
from scripts.measure_early_warning import SEED, SWEEPS, numbers, score_world
from scripts.measure_outbreaks import LENGTHS, RATES, SERIES, Tried, evidence_of
from scripts.measure_outbreaks import SEED as WEEKLY_SEED
from scripts.write_early_warning_page import CHART, PAGE, is_default, page, read, settings

from atalaya.detection import DETECTORS, find
from atalaya.testing.outbreaks import JUDGED, WEEKS, simulate
from atalaya.testing.simulation import worlds


def test_the_page_is_what_the_tables_say():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it again: python -m scripts.write_early_warning_page"
    )
    assert CHART.read_text(encoding="utf-8").startswith("<svg")


def test_every_detector_is_swept_and_its_default_is_among_the_settings():
    measured = settings(read("sparse.csv"))
    assert list(SWEEPS) == list(dict.fromkeys(name for name, _ in measured))
    for detector in DETECTORS:
        own = [setting for name, setting in measured if name == detector.name]
        assert len(own) == len(SWEEPS[detector.name][1])
        assert sum(is_default(detector.name, setting) for setting in own) == 1
        assert any(row["detector"] == detector.name for row in read("dense.csv"))


@pytest.fixture(scope="module")
def made():
    return {world.name: world for world in worlds(SEED)}


@pytest.mark.parametrize("detector", ["emergence", "emergence_plain"])
@pytest.mark.parametrize("world", ["fast", "quiet", "panel"])
def test_the_defaults_measured_again_give_the_numbers_of_the_table(made, detector, world):
    rows = settings(read("sparse.csv"))
    kept = next(
        worlds[world]
        for (name, setting), worlds in rows.items()
        if name == detector and is_default(name, setting)
    )
    again = numbers([score_world(made[world], find(detector))])
    assert again == list(kept.values())


def test_emergence_is_ahead_of_the_plain_rule_on_every_count():
    rows = settings(read("sparse.csv"))
    ours, plain = (
        next(worlds for (name, setting), worlds in rows.items()
             if name == detector and is_default(name, setting))
        for detector in ("emergence", "emergence_plain")
    )  # fmt: skip
    for case in ("third", "fifth"):
        assert ours["waves"][case] > plain["waves"][case]
        assert ours["real"][case] > plain["real"][case]
    assert ours["quiet"]["others"] < plain["quiet"]["others"] / 2
    assert ours["panel"]["alarmed"] < plain["panel"]["alarmed"] / 2


def test_the_season_scan_finds_more_outbreaks_than_farrington_at_each_price():
    found = {}
    for row in read("dense.csv"):
        found.setdefault(row["detector"], []).append(int(row["found"]))
    ours, farrington = found["season_scan"], found["farrington_flexible"]
    for at, mine in enumerate(ours):
        assert mine > max(farrington[at :: len(ours)])


def _weekly(length, detector, setting):
    return [
        row
        for row in read("weekly.csv")
        if (row["outbreaks last"], row["detector"], row["setting"]) == (length, detector, setting)
    ]


@pytest.mark.parametrize("length", ["two to four weeks", "four weeks and more"])
def test_on_outbreaks_longer_than_a_week_the_season_scan_is_far_ahead_at_every_price(length):
    rows = _weekly(length, "season_scan", "default")
    assert [float(row["asked"]) for row in rows] == list(RATES)
    for row in rows:
        lead = (int(row["ahead"]) - int(row["behind"])) / int(row["outbreaks"])
        assert lead > 0.09, f"{lead:.3f} at {row['asked']}"


def test_on_outbreaks_of_a_week_it_keeps_up_within_three_in_a_hundred():
    for row in _weekly("one week", "season_scan", "default"):
        assert int(row["ahead"]) - int(row["behind"]) > -0.03 * int(row["outbreaks"])


def test_alpha_is_about_the_share_of_false_alarms():
    for length in LENGTHS:
        for row in _weekly(length, "season_scan", "alpha"):
            share = int(row["false"]) / int(row["weeks"])
            assert 0.7 < share / float(row["asked"]) < 1.5, f"{share:.4f} at {row['asked']}"


def test_outbreaks_measured_again_give_the_numbers_of_the_table():
    length, rate = "two to four weeks", 0.0104
    made = simulate(WEEKLY_SEED, SERIES, LENGTHS[length])
    tried = Tried(evidence_of("season_scan", {}, made.panel, WEEKS - JUDGED), made.current)
    row = next(
        row for row in _weekly(length, "season_scan", "default") if float(row["asked"]) == rate
    )
    assert tried.at(rate) == [int(row[name]) for name in ("false", "weeks", "found", "outbreaks")]

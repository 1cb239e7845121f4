"""The page of trade-offs is current, whole, and what is measured again comes out the same."""

import pytest
from scripts.measure_early_warning import SEED, SWEEPS, numbers, score_world
from scripts.write_early_warning_page import CHART, PAGE, is_default, page, read, settings

from atalaya.detection import DETECTORS, find
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

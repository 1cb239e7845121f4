import importlib.metadata
import subprocess
import sys

import numpy as np
import pytest

from atalaya.detection import DETECTORS, available, find, recommend, recommended_for
from atalaya.model.errors import LookAtThis, WrongUse
from atalaya.model.periods import Period
from atalaya.series.panel import Panel


def test_the_detectors_are_visible_and_found_by_name():
    names = [detector.name for detector in DETECTORS]
    assert names == [
        "emergence", "emergence_plain", "season_scan", "farrington_flexible",
        "ears_c1", "ears_c2", "ears_c3",
    ]  # fmt: skip
    assert [find(name).name for name in names] == names


@pytest.mark.parametrize(
    ("asked", "near"),
    [("ears_c4", "ears_c3"), ("EARS-C1", "ears_c1"), ("emergense_plain", "emergence_plain")],
)
def test_an_unknown_detector_is_refused_with_the_nearest(asked, near):
    with pytest.raises(WrongUse) as raised:
        find(asked)
    assert raised.value.near == near
    assert "emergence, emergence_plain, season_scan, farrington_flexible" in raised.value.do


@pytest.mark.parametrize(
    ("key", "value", "near", "says"),
    [
        ("baselin", "7", "baseline", "no parameter 'baselin'"),
        ("minsigma", "1", "minSigma", "no parameter 'minsigma'"),
        ("noPeriods", "10", None, "no parameter 'noPeriods'"),
        ("baseline", "seven", None, "baseline=seven is not a whole number"),
        ("baseline", "2", None, "baseline=2 is out of range"),
        ("alpha", "2", None, "alpha=2 is out of range"),
        ("alpha", "nan", None, "alpha=nan is not a number or none"),
        ("minSigma", "", None, "minSigma= is not a number"),
    ],
)
def test_a_wrong_parameter_is_refused_with_what_to_write(key, value, near, says):
    with pytest.raises(WrongUse, match=says.replace(".", r"\.")) as raised:
        find("ears_c1", {key: value})
    assert raised.value.near == near
    assert raised.value.do


def _panel(first, mean, periods):
    counts = np.full((2, periods), float(mean))
    counts[1] = 0
    return Panel(("dense", "sparse"), Period.parse(first), counts)


def test_each_series_gets_the_detector_of_its_kind():
    assert recommend(_panel("2019-W01", 9, 60), 52).names == ("ears_c2", "emergence")
    assert recommend(_panel("2019-01", 9, 60), 52).names == ("emergence",) * 2
    assert recommend(_panel("2019-W01", 9, 60), 20).names == ("emergence",) * 2
    assert set(recommend(_panel("2019-W01", 9, 60), 52).why) == {"ears_c2", "emergence"}
    assert recommend(_panel("2019-W01", 9, 200), 160).names == ("season_scan", "emergence")
    assert recommend(_panel("2019-W01", 1, 200), 160).names == ("season_scan", "emergence")
    assert recommend(_panel("2019-01", 9, 200), 160).names == ("emergence",) * 2


def test_every_detector_that_is_chosen_says_for_what_and_the_others_say_nothing():
    chosen = {one.name for one in DETECTORS if recommended_for(one.name)}
    assert chosen == {"emergence", "season_scan", "ears_c2"}
    assert "near empty" in recommended_for("emergence")


def test_the_recommendation_does_not_look_at_what_is_judged():
    quiet, loud = _panel("2019-W01", 0, 60), _panel("2019-W01", 0, 60)
    loud.counts[:, 30:] = 100
    assert recommend(quiet, 30).names == recommend(loud, 30).names


def _plug_in(monkeypatch, *points):
    monkeypatch.setattr("atalaya.detection.catalogue.entry_points", lambda **_: points)


def _point(name, value):
    return importlib.metadata.EntryPoint(name, value, "atalaya.detectors")


def test_a_plug_in_is_found_by_its_entry_point(monkeypatch):
    module = type(sys)("plugged_in")
    module.mine = type("Mine", (), {"name": "mine"})
    monkeypatch.setitem(sys.modules, "plugged_in", module)
    _plug_in(monkeypatch, _point("mine", "plugged_in:mine"))
    assert find("mine").name == "mine"
    assert available()[-1].name == "mine"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("other", "no_such_module_at_all:x", "cannot be loaded"),
        ("ears_c1", "no_such_module_at_all:x", "two detectors are called 'ears_c1'"),
        ("other", "atalaya.detection.emergence_plain:EmergencePlain", "loads 'emergence_plain'"),
    ],
)
def test_a_plug_in_that_does_not_load_is_said(monkeypatch, name, value, says):
    _plug_in(monkeypatch, _point(name, value))
    with pytest.raises(LookAtThis, match=says):
        available()


@pytest.mark.parametrize("module", ["atalaya.detection", "atalaya.pipeline.judging"])
def test_importing_does_not_load_scipy(module):
    says = f"import sys, {module}; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", says], check=False).returncode == 0

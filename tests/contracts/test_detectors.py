"""Every detector, found by discovery, passes the suite that is shipped for plug-ins."""

import numpy as np
import pytest

from atalaya.detection import available
from atalaya.model.periods import Period
from atalaya.series.panel import Panel
from atalaya.testing.detectors import CHECKS, check_detector


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("detector", available(), ids=lambda detector: detector.name)
def test_a_detector_keeps_every_promise(detector, check):
    assert check(detector) is None


@pytest.mark.parametrize("detector", available(), ids=lambda detector: detector.name)
def test_of_no_periods_there_are_no_verdicts(detector):
    panel = Panel(("x",), Period.parse("2015-W01"), np.zeros((1, 0)))
    assert detector.judge(panel).alarm.shape == (1, 0)


def test_the_suite_runs_every_check_there_is():
    import atalaya.testing.detectors as suite

    every = {name for name in vars(suite) if name.startswith("check_")} - {"check_detector"}
    assert {check.__name__ for check in CHECKS} == every
    assert check_detector(available()[0]) is None

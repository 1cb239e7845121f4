"""Every detector, found by discovery, passes the suite that is shipped for plug-ins."""

import pytest

from atalaya.detection import available
from atalaya.testing.detectors import CHECKS, check_detector


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("detector", available(), ids=lambda detector: detector.name)
def test_a_detector_keeps_every_promise(detector, check):
    assert check(detector) is None


def test_the_suite_runs_every_check_there_is():
    import atalaya.testing.detectors as suite

    every = {name for name in vars(suite) if name.startswith("check_")} - {"check_detector"}
    assert {check.__name__ for check in CHECKS} == every
    assert check_detector(available()[0]) is None

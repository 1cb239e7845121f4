"""EARS equals R's ``surveillance`` 1.20.3, whose ``make_reference.R`` lies beside its results."""

import csv
import re

import numpy as np
import pytest
from tests.material.shared_data import shared

from atalaya.detection import find
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

FOLDER = "conformance/r-surveillance/out"
SETS = ("salmonella_agona", "salmNewport", "ha_agg", "influMen", "campyDE", "n1")
NAME = re.compile(r"ears_(.+)__(C[123])_bl(\d+)_ms(\d)\.csv")


def _number(text):
    return np.nan if text.strip() == "NA" else float(text)


def _column(path, name):
    with path.open(encoding="utf-8") as lines:
        return np.array([_number(row[name]) for row in csv.DictReader(lines)])


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_bounds_and_alarms_equal_r(name):
    folder = shared(FOLDER)
    counts = _column(folder / f"input_{name}.csv", "observed")[None, :]
    panel = Panel((name,), Period.parse("2001-W01"), counts)
    answers = sorted(folder.glob(f"ears_{name}__*.csv"))
    assert len(answers) == 12
    for answer in answers:
        _, method, baseline, sigma = NAME.fullmatch(answer.name).groups()
        detector = find(f"ears_{method.lower()}", {"baseline": baseline, "minSigma": sigma})
        judgement = detector.judge(panel)
        at = _column(answer, "t").astype(int) - 1
        bound, alarm = _column(answer, "upperbound"), _column(answer, "alarm")
        np.testing.assert_allclose(judgement.threshold[0, at], bound, rtol=1e-6, atol=1e-12)
        three_valued = np.where(np.isnan(alarm), -1, alarm)
        np.testing.assert_array_equal(judgement.alarm[0, at], three_valued)
        elsewhere = np.delete(judgement.alarm[0], at)
        assert (elsewhere == -1).all(), "R does not judge these periods"


@pytest.mark.shared
def test_every_answer_of_r_is_compared():
    named = {NAME.fullmatch(path.name)[1] for path in shared(FOLDER).glob("ears_*.csv")}
    assert named == set(SETS)

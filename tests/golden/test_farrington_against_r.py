"""Farrington flexible equals R's ``surveillance`` 1.20.3; its ``make_reference.R`` lies beside."""

import csv
import re
from datetime import date

import numpy as np
import pytest
from tests.material.shared_data import shared

from atalaya.detection import find
from atalaya.model.periods import Period, PeriodKind
from atalaya.series.panel import Panel

FOLDER = "conformance/r-surveillance/out"
NAME = re.compile(r"ff_(.+)__([A-G]_\w+)\.csv")
SETS = ("salmonella_agona", "salmNewport", "ha_agg", "influMen", "campyDE", "n1")
NOUFAILY = "noPeriods=10 pastWeeksNotIncluded=26 pThresholdTrend=1"
# The control lists of make_reference.R, in the words of `--set`.
CONTROLS = {
    "A_original": "noPeriods=1 pastWeeksNotIncluded=3 weightsThreshold=1 alpha=0.05",
    "B_noufaily": f"{NOUFAILY} thresholdMethod=nbPlugin alpha=0.05",
    "C_muan": f"{NOUFAILY} thresholdMethod=muan alpha=0.01",
    "D_delta_none": f"{NOUFAILY} powertrans=none alpha=0.01 limit54=0,50",
    "E_defaults": "noPeriods=1 pastWeeksNotIncluded=none alpha=0.05",
    "F_plain": "pastWeeksNotIncluded=3 reweight=false trend=false powertrans=1/2 alpha=0.01 "
    "limit54=0,50",
    "G_nb005": f"{NOUFAILY} thresholdMethod=nbPlugin alpha=0.005 limit54=0,50",
}
COLUMNS = (
    ("threshold", "upperbound"),
    ("expected", "expected"),
    ("statistic", "score"),
    ("p_value", "pvalue"),
)


def _rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return [{key: text.strip() for key, text in row.items()} for row in csv.DictReader(lines)]


def _column(rows, name):
    return np.array([np.nan if row[name] == "NA" else float(row[name]) for row in rows])


def _judged(folder, name, control, since):
    rows = _rows(folder / f"input_{name}.csv")
    by_date = next(row for row in _rows(folder / "input_meta.csv") if row["set"] == name)
    dated = by_date["epochAsDate"] == "TRUE"
    first = Period.parse("2001-W01")
    if dated:
        first = Period.containing(date.fromisoformat(rows[0]["epoch"]), PeriodKind.WEEK)
    settings = dict(pair.split("=", 1) for pair in CONTROLS[control].split())
    settings |= {"b": "3", "w": "3", "epochAsDate": str(dated).lower()}
    panel = Panel((name,), first, _column(rows, "observed")[None, :])
    return find("farrington_flexible", settings).judge(panel, since)


@pytest.mark.shared
@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("name", SETS)
def test_every_column_and_alarm_equals_r(name, control):
    answer = _rows(shared(FOLDER) / f"ff_{name}__{control}.csv")
    at = _column(answer, "t").astype(int) - 1
    judgement = _judged(shared(FOLDER), name, control, int(at.min()))
    places = at - judgement.since
    for ours, theirs in COLUMNS:
        np.testing.assert_allclose(
            getattr(judgement, ours)[0, places],
            _column(answer, theirs),
            rtol=1e-6,
            atol=1e-12,  # a score of 3e-14 is rounding on both sides
            err_msg=theirs,
        )
    without = np.isnan(_column(answer, "upperbound"))
    alarms = np.where(without, -1, _column(answer, "alarm"))
    np.testing.assert_array_equal(judgement.alarm[0, places], alarms)


@pytest.mark.shared
def test_every_answer_of_r_is_compared():
    found = {NAME.fullmatch(path.name).groups() for path in shared(FOLDER).glob("ff_*__*.csv")}
    assert found == {(name, control) for name in SETS for control in CONTROLS}

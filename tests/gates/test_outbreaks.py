"""What the detectors for dense series find among labelled outbreaks, real and simulated, pinned.

Scored as ``atalaya backtest`` scores: an event of type outbreak ends with its last week, which
stands for the fifth case. Real: weekly reports of the Robert Koch Institute with their outbreak
weeks. Simulated: 28 scenarios after Noufaily et al. (2013), doi:10.1002/sim.5595, 20 replicates;
the outbreak within the last 49 of 624 weeks is looked for.
"""

import csv
from collections import defaultdict

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.material.shared_data import shared

from atalaya.detection import find
from atalaya.findings.backtesting import Known, replay, score
from atalaya.model.periods import Period
from atalaya.reading.events import Event
from atalaya.series.panel import Panel

pytestmark = pytest.mark.shared
LOOKED_AT = 49


def _labelled():
    path = shared("data/surveillance-outbreaks/series_labelled.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = defaultdict(list)
        for row in csv.DictReader(lines):
            if row["outbreak_state"] and float(row["freq"]) == 52:
                rows[row["series"]].append(row)
    return {name: own for name, own in rows.items() if any(_is_outbreak(row) for row in own)}


def _is_outbreak(row):
    return float(row["outbreak_state"]) == 1


def _runs(marks):
    """First and last place of each run of true marks."""
    edges = np.flatnonzero(np.diff(np.r_[0, np.asarray(marks, int), 0]))
    return list(zip(edges[::2], edges[1::2] - 1, strict=True))


def _real(detector):
    replays, events = [], []
    for name, rows in _labelled().items():
        first = Period.parse(f"{float(rows[0]['start_year']):.0f}-W01")
        counts = np.array([[float(row["observed"]) for row in rows]])
        replays.append(replay(detector, [Known(Panel((name,), first, counts))]))
        events += [
            Event(name, "outbreak", first + int(start), first + int(end), None, 0)
            for start, end in _runs([_is_outbreak(row) for row in rows])
        ]
    return score(replays, events)


@pytest.mark.parametrize(
    ("name", "settings", "found", "alarms", "assessed"),
    [
        ("ears_c1", {}, 7, 197, 4514),
        ("ears_c2", {}, 7, 202, 4481),
        ("season_scan", {}, 6, 30, 2289),
        ("farrington_flexible", {"b": "2"}, 2, 26, 157),  # too short for the default of 5 years
    ],
)
def test_what_is_found_of_16_real_outbreaks(name, settings, found, alarms, assessed):
    scored = _real(find(name, settings))
    assert (scored.waves, scored.left_censored) == (16, 2)
    assert (scored.found, scored.quiet.alarms, scored.quiet.assessed) == (found, alarms, assessed)
    assert len(scored.missed) == 16 - found
    assert all(one.because for one in scored.missed)


def _simulated():
    """The series, and the outbreak of the last year of each."""
    table = pq.read_table(shared("data/noufaily-sim/series.parquet"))
    pairs = zip(table["scenario"].to_pylist(), table["rep"].to_pylist(), strict=True)
    names = list(dict.fromkeys(pairs))
    counts = table["count"].to_numpy().reshape(len(names), -1).astype(float)
    with shared("data/noufaily-sim/outbreaks.csv").open(encoding="utf-8", newline="") as lines:
        current = {
            (int(row["scenario"]), int(row["rep"])): row
            for row in csv.DictReader(lines)
            if row["period"] == "current"
        }
    first = Period.parse("2000-W01")
    events = [
        Event(
            str(name),
            "outbreak",
            first + (int(current[name]["start_week"]) - 1),
            first + (int(current[name]["end_week"]) - 1),
            None,
            0,
        )
        for name in names
        if name in current
    ]
    return Panel(tuple(map(str, names)), first, counts), events


@pytest.mark.parametrize(
    ("name", "found", "alarms", "assessed"),
    [
        ("ears_c1", 259, 1082, 25397),
        ("ears_c2", 280, 1373, 25397),
        ("ears_c3", 257, 2309, 24121),
        ("season_scan", 253, 257, 25397),
        ("farrington_flexible", 329, 1489, 19934),
    ],
)
def test_what_is_found_of_549_simulated_outbreaks(name, found, alarms, assessed):
    panel, events = _simulated()
    said = replay(find(name), [Known(panel)], panel.n_periods - LOOKED_AT)
    scored = score([said], events)
    assert (scored.waves, scored.found) == (549, found)
    assert (scored.quiet.alarms, scored.quiet.assessed) == (alarms, assessed)
    assert scored.others.series == 11  # without an outbreak in their last year

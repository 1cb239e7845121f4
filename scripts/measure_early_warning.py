"""Measure every detector over a range of thresholds, for docs/early-warning.md.

Run as ``python -m scripts.measure_early_warning``, beside the shared data; then run
``python -m scripts.write_early_warning_page``. It writes two tables beside the page's script:
``sparse.csv`` (simulated monthly worlds and dated real emergences) and ``dense.csv`` (simulated
weekly outbreaks, on the replicates that nothing was chosen by). Outbreaks of our own simulation are
in ``scripts.measure_outbreaks``. Of data that may not be
redistributed only scores are kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from scripts.measure_outbreaks import NOUFAILY, Tried, evidence_of
from tests.material.gold_waves import gold_panels
from tests.material.gold_waves import spans as gold_spans
from tests.material.shared_data import shared

from atalaya.detection import find
from atalaya.detection.season_scan.evidence import middle
from atalaya.model.periods import Period
from atalaya.series.panel import Numbers, Panel
from atalaya.testing.scoring import Score, score, spans
from atalaya.testing.simulation import World, worlds

FOLDER = Path(__file__).with_name("early-warning")
SEED = 20260301
SPARSE = ("detector", "setting", "world", "third", "third_of", "fifth", "fifth_of", "others",
          "months", "alarmed", "series")  # fmt: skip
DENSE = ("detector", "setting", "asked", "false", "weeks", "found", "outbreaks")
_ALPHA = ("0.05", "0.01", "0.001", "0.0001")
SWEEPS: Mapping[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "emergence": ("threshold", ("5", "10", "20", "30", "40", "80", "160", "320"), {}),
    "emergence_plain": ("cases", ("2", "3", "4", "5"), {}),
    "season_scan": ("alpha", _ALPHA, {}),
    # With R's five years most of these histories would hold no judged period at all.
    "farrington_flexible": ("alpha", _ALPHA, {"b": "2"}),
    "ears_c1": ("alpha", (*_ALPHA, "1e-06"), {}),
    "ears_c2": ("alpha", (*_ALPHA, "1e-06"), {}),
    "ears_c3": ("alpha", ("0.1", "0.025", "0.01", "0.001"), {}),
}
DENSE_SETTINGS: tuple[tuple[str, dict[str, str]], ...] = (
    ("season_scan", {}), ("farrington_flexible", NOUFAILY), ("farrington_flexible", {}),
    ("ears_c1", {}), ("ears_c2", {}), ("ears_c3", {}),
    ("emergence", {}), ("emergence_plain", {}),
)  # fmt: skip
WEEKS, RATES = 49, (0.0055, 0.0104, 0.02, 0.05)


def score_world(world: World, detector: Any) -> Score:
    """Score one detector on one world; of laboratories' panels the newly tested series count."""
    rows = np.flatnonzero(world.began >= 0) if world.name == "panel" else slice(None)
    alarm, counts = detector.judge(world.panel).alarm[rows], world.panel.counts[rows]
    return score(alarm, *(spans(counts, world.onset[rows], case) for case in (3, 5)))


def score_gold(detector: Any) -> Iterator[Score]:
    """Score one detector on the dated real emergences, a data set at a time."""
    for gold, panel in gold_panels():
        ends = (gold_spans(gold, panel, until) for until in ("month_cum3", "month_cum5"))
        yield score(detector.judge(panel).alarm, *ends)


def numbers(scores: Iterable[Score]) -> list[int]:
    """Add up scores as the columns of ``sparse.csv`` after the first three."""
    parts = [
        (one.third.hits, one.third.among, one.fifth.hits, one.fifth.among, one.others.events,
         one.others.months, one.alarmed.hits, one.alarmed.among)
        for one in scores
    ]  # fmt: skip
    return [int(total) for total in np.sum(parts, axis=0)]


def sparse_rows() -> Iterator[list[Any]]:
    made = worlds(SEED)
    for name, (key, values, others) in SWEEPS.items():
        for value in values:
            detector = find(name, {key: value, **others})
            for world in made:
                row = numbers([score_world(world, detector)])
                yield [name, f"{key}={value}", world.name, *row]
            yield [name, f"{key}={value}", "real", *numbers(score_gold(detector))]


def outbreaks() -> tuple[Panel, Numbers, list[tuple[int, int, int]]]:
    """Give the held replicates (even ones), the truth of each week, and the current outbreaks.

    An outbreak is its series, and its first week and the one after its last among those judged.
    """
    folder = shared("data/noufaily-sim")
    table = pq.read_table(folder / "series.parquet").sort_by(
        [(name, "ascending") for name in ("scenario", "rep", "week")]
    )
    columns = {name: table[name].to_numpy() for name in ("scenario", "rep", "week", "count")}
    n_weeks = int(columns["week"].max())
    shaped = {name: values.reshape(-1, n_weeks) for name, values in columns.items()}
    held = np.flatnonzero(shaped["rep"][:, 0] % 2 == 0)
    keys = [(int(shaped["scenario"][row, 0]), int(shaped["rep"][row, 0])) for row in held]
    place = {key: row for row, key in enumerate(keys)}
    with (folder / "outbreaks.csv").open(encoding="utf-8") as lines:
        listed = [row for row in csv.DictReader(lines) if row["period"] == "current"]
    before = n_weeks - WEEKS
    current = [
        (place[key], int(row["start_week"]) - 1 - before, int(row["end_week"]) - before)
        for row in listed
        if (key := (int(row["scenario"]), int(row["rep"]))) in place
    ]
    names = tuple(f"{scenario}-{replicate}" for scenario, replicate in keys)
    counts = shaped["count"][held].astype(float)
    return Panel(names, Period.parse("2003-W01"), counts), _truth(folder, keys, n_weeks), current


def _truth(folder: Path, keys: list[tuple[int, int]], n_weeks: int) -> Numbers:
    """Give the true mean and dispersion of each week, shape (2, n_series, n_weeks)."""
    with (folder / "scenarios.csv").open(encoding="utf-8") as lines:
        known = {int(row["scenario"]): row for row in csv.DictReader(lines)}
    week = np.arange(1, n_weeks + 1)
    truth = []
    for scenario, _ in keys:
        row = {name: float(value) for name, value in known[scenario].items()}
        link = row["theta"] + row["beta"] * week
        for wave in range(1, int(row["m"]) + 1):
            angle = 2 * np.pi * wave * week / 52
            link = link + row["gamma1"] * np.cos(angle) + row["gamma2"] * np.sin(angle)
        truth.append([np.exp(link), np.full(n_weeks, row["phi"])])
    return np.array(truth).transpose(1, 0, 2)


def dense_rows() -> Iterator[list[Any]]:
    panel, (mean, spread), current = outbreaks()
    since = panel.n_periods - WEEKS
    for name, setting in DENSE_SETTINGS:
        said = "its paper's" if setting else "default"
        tried = Tried(evidence_of(name, setting, panel, since), np.array(current))
        yield from ([name, said, rate, *tried.at(rate)] for rate in RATES)
    tried = Tried(-middle(panel.counts, mean, spread)[:, since:], np.array(current))
    yield from (["truth", "mean and dispersion known", rate, *tried.at(rate)] for rate in RATES)


def main() -> None:
    """Write both tables."""
    FOLDER.mkdir(exist_ok=True)
    for name, header, rows in (
        ("dense.csv", DENSE, dense_rows()),
        ("sparse.csv", SPARSE, sparse_rows()),
    ):
        with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file, lineterminator="\n")
            sheet.writerow(header)
            sheet.writerows(rows)
        print(f"wrote {name}")


if __name__ == "__main__":
    main()

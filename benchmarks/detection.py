"""How fast series are judged, and in how much memory: run from `make bench`, printed as a table.

Each row runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from atalaya.detection import DETECTORS, find
from atalaya.model.periods import Period
from atalaya.pipeline.judging import JudgeOptions, judge_file
from atalaya.series.panel import Panel
from benchmarks._apart import answer, measured

PERIODS = 156
GROWTH = (1_000, 3_000, 10_000, 30_000)
NEWEST = 120
MANY = (10_000, 30_000, 100_000)  # the last is to be judged in under ten seconds


def sparse_panel(n_series: int, periods: int = PERIODS) -> Panel:
    """Give near-empty series with denominators, in shape like monthly counts by substance."""
    rng = np.random.default_rng(1)
    rates = rng.gamma(0.3, 1.0, (n_series, 1))
    counts = rng.poisson(rates, (n_series, periods)).astype(float)
    examined = np.maximum(rng.poisson(100, (n_series, periods)), counts).astype(float)
    names = tuple(f"series-{row}" for row in range(n_series))
    sources = tuple(f"source-{row % 20}" for row in range(n_series))
    return Panel(names, Period.parse("2012-01"), counts, examined, sources)


def judged(name: str, n_series: int) -> float:
    panel, detector = sparse_panel(n_series), find(name)
    detector.judge(panel.take(slice(0, 10)))  # scipy loads
    started = time.perf_counter()
    detector.judge(panel)
    return time.perf_counter() - started


def newest(name: str, n_series: int) -> float:
    """Judge the newest of ten years of months only, as a monthly run does."""
    panel, detector = sparse_panel(n_series, NEWEST), find(name)
    detector.judge(panel.take(slice(0, 10)), NEWEST - 1)  # compiles
    started = time.perf_counter()
    detector.judge(panel, NEWEST - 1)
    return time.perf_counter() - started


def judged_file(name: str, n_series: int) -> float:
    panel = sparse_panel(n_series)
    months = [str(panel.first + at) for at in range(panel.n_periods)]
    with tempfile.TemporaryDirectory() as folder:
        given, output = Path(folder) / "counts.csv", Path(folder) / "verdicts.csv"
        with given.open("w") as file:
            file.write("series,period,count,population,source\n")
            for row, key in enumerate(panel.series):
                counts, examined = panel.counts[row].astype(int), panel.population[row].astype(int)
                file.writelines(
                    f"{key},{month},{count},{number},{panel.sources[row]}\n"
                    for month, count, number in zip(months, counts, examined, strict=True)
                )
        started = time.perf_counter()
        judge_file(given, output, JudgeOptions(name))
        return time.perf_counter() - started


def main() -> None:
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, "
          f"NumPy {np.__version__}; {PERIODS} periods a series\n")  # fmt: skip
    print("| what | detector | series | seconds | series-periods/s | peak MiB |")
    print("|---|---|---:|---:|---:|---:|")
    slow = {"season_scan", "farrington_flexible"}  # for dense series, of which nobody has so many
    rows = [("panel", each.name, 300 if each.name in slow else 10_000) for each in DETECTORS]
    rows += [("newest", "emergence", size) for size in MANY]
    rows += [("panel", "emergence_plain", size) for size in GROWTH]
    rows += [("file", "emergence_plain", size) for size in (1_000, 10_000)]
    rows += [("file", "ears_c2", 10_000)]
    for what, name, size in rows:
        row = measured(__file__, what, name, size)
        print(f"| {what} | `{name}` | {size:,} | {row['seconds']:.2f} "
              f"| {size * (1 if what == 'newest' else PERIODS) / row['seconds']:,.0f} "
              f"| {row['peak']:,.0f} |")  # fmt: skip


if __name__ == "__main__":
    jobs = {"panel": judged, "newest": newest, "file": judged_file}
    answer(jobs, *sys.argv[1:]) if len(sys.argv) > 1 else main()

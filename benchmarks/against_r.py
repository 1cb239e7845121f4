"""How many series-weeks a second, beside R's ``surveillance``: same series, same run, same cores.

R judges series one after the other, as it does; ours judges the same series, written side by side
as often as makes the time long enough to read. Both must give the same number of alarms. On a
machine with other work the clock is unfair to the one that uses every core, so the ratio by
processor time, times the cores, stands beside the ratio by the clock. Needs
``Rscript`` with ``surveillance`` (Debian: ``r-base-core``, ``r-cran-surveillance``); says so and
ends where they are missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from atalaya.detection import ALARM, find
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

SERIES, WEEKS, JUDGED = 12, 364, 52
EARS_FIRST = 11  # earsC is asked from its twelfth week on, the first that C3 can judge
TARGETS = {"farrington": 300, "ears": 500}
PAPER = {"noPeriods": "10", "pastWeeksNotIncluded": "26", "pThresholdTrend": "1",
         "thresholdMethod": "nbPlugin"}  # fmt: skip
COPIES = {"farrington": 50, "ears": 1000}


def weekly() -> np.ndarray:
    """Give overdispersed weekly counts with a season, a trend and outbreaks."""
    rng = np.random.default_rng(7)
    weeks = np.arange(WEEKS)
    level = np.exp(rng.uniform(0, 3.5, (SERIES, 1)) + 0.4 * np.sin(2 * np.pi * weeks / 52))
    level = level * np.exp(rng.normal(0, 0.001, (SERIES, 1)) * weeks)
    counts = rng.poisson(rng.gamma(level, 1.0)).astype(float)
    for row in range(SERIES):
        start = rng.integers(WEEKS - JUDGED, WEEKS - 4)
        counts[row, start : start + 3] += np.ceil(4 * np.sqrt(2 * level[row, start]))
    return counts


def panel(counts: np.ndarray, copies: int) -> Panel:
    """Give the same series so many times over."""
    names = tuple(str(row) for row in range(copies * len(counts)))
    return Panel(names, Period.parse("2015-W01"), np.tile(counts, (copies, 1)))


@dataclass(frozen=True)
class Speed:
    """Series-weeks a second, by the clock and by processor time, and alarms on the series."""

    clock: float
    processor: float
    alarms: int


def ours(name: str, counts: np.ndarray) -> Speed:
    """Give the best of three."""
    kind = name.split("_", maxsplit=1)[0]
    detector = find(name.rstrip("*"), PAPER if name.endswith("*") else None)
    since = EARS_FIRST if kind == "ears" else WEEKS - JUDGED
    alarms = int((detector.judge(panel(counts, 1), since).alarm == ALARM).sum())
    many = panel(counts, COPIES[kind])
    took = []
    for _ in range(3):
        started = time.perf_counter(), time.process_time()
        detector.judge(many, since)
        took.append((time.perf_counter() - started[0], time.process_time() - started[1]))
    clock, processor = (min(times) for times in zip(*took, strict=True))
    weeks = len(many.series) * (WEEKS - since)
    return Speed(weeks / clock, weeks / processor, alarms)


def theirs(counts: np.ndarray) -> dict[str, Speed]:
    """Give the same of R, by detector."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "counts.csv"
        heads = ",".join(f"s{row}" for row in range(len(counts)))
        np.savetxt(given, counts.T, fmt="%d", delimiter=",", header=heads, comments="")
        script = Path(__file__).with_suffix(".R")
        answer = subprocess.run(
            ["Rscript", str(script), str(given), str(WEEKS - JUDGED + 1)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    rows = (line.split() for line in answer.stdout.splitlines())
    return {
        name: Speed(float(n) / float(clock), float(n) / float(processor), int(alarms))
        for name, n, clock, processor, alarms in rows
    }


def main() -> int:
    """Print a row a detector; fails where alarms differ."""
    if not shutil.which("Rscript"):
        print("skipped: no Rscript here (Debian: r-base-core, r-cran-surveillance)")
        return 0
    counts = weekly()
    try:
        measured = theirs(counts)
    except subprocess.CalledProcessError as error:
        print(f"skipped: R's surveillance does not run here: {error.stderr.strip()[-300:]}")
        return 0
    cores = len(os.sched_getaffinity(0))
    print("series-weeks a second by the clock; * with the settings of Noufaily et al. (2013)\n")
    print(f"| detector | R | ours | times | by processor time x {cores} cores | wanted | alarms, R "
          "| alarms, ours |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    differ = False
    for name, of_r in measured.items():
        own = ours(name, counts)
        differ |= own.alarms != of_r.alarms
        times = own.clock / of_r.clock, cores * own.processor / of_r.processor
        wanted = TARGETS[name.split("_", maxsplit=1)[0]]
        print(f"| `{name}` | {of_r.clock:,.0f} | {own.clock:,.0f} | {times[0]:,.0f} "
              f"| {times[1]:,.0f} | {wanted} | {of_r.alarms} | {own.alarms} |")  # fmt: skip
    return int(differ)


if __name__ == "__main__":
    sys.exit(main())

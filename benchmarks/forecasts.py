"""How forecasts fare on the starter and on simulated months: printed, and cited in the docs.

Run: ``python -m benchmarks.forecasts`` from the project's folder. Every origin is forecast with
what came before it alone. The starter is taken with its true counts; what a release shows of it is
made of published counts and stands in its ``forecast_scores``. The second table is how long dense
series of ten years of months take, in processor time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import numpy as np

from atalaya.detection.forecasting import calibration, forecast
from atalaya.model.periods import Period
from atalaya.publishing.forecast_rows import forecast_rows
from atalaya.series.panel import Panel
from atalaya.testing.simulation import worlds
from benchmarks._apart import answer, measured
from benchmarks.alarm_disclosure import starter

_SEED = 11  # none of the seeds with which detectors were chosen
_AHEAD = 3
_MONTHS = 120
_GROWTH = (100, 300, 1_000, 3_000)
_FIRST = Period.parse("2012-01")


def lines(name: str, panel: Panel) -> Iterator[str]:
    """Give one row of a table a number of periods ahead."""
    said = forecast(panel, _AHEAD)
    for ahead in range(1, _AHEAD + 1):
        found = calibration(panel, said, ahead)
        errors = (found.error, found.last_value, found.seasonal)
        numbers = " | ".join(f"{each:.2f}" for each in errors)
        beats = "yes" if found.error < min(found.last_value, found.seasonal) else "**no**"
        yield f"| {name} | {ahead} | {found.outcomes} | {found.covered:.3f} | {numbers} | {beats} |"


def dense(n_series: int) -> Panel:
    """Give series of 2 to 60 cases a month whose rates wander."""
    rng = np.random.default_rng(_SEED)
    steps = rng.normal(0, 0.1, (n_series, _MONTHS)).cumsum(axis=1)
    counts = rng.poisson(np.exp(rng.uniform(np.log(2), np.log(60), (n_series, 1)) + steps))
    names = tuple(f"series-{row}" for row in range(n_series))
    return Panel(names, _FIRST, counts.astype(float))


def forecast_all(n_series: int) -> float:
    """Give the seconds to forecast every origin of every series."""
    panel = dense(n_series)
    forecast(panel.take(slice(0, 10)))  # compiles
    started = time.process_time()
    forecast(panel, _AHEAD)
    return time.process_time() - started


def released(n_series: int) -> float:
    """Give the seconds to make both tables of a release, scores included; ``verify`` does too."""
    panel = dense(n_series)
    given = {"source": "office", "status": "observed", "population": None, "hidden": None}
    rows = [
        given | {"series": key, "period": str(_FIRST + at), "count": f"{count:g}"}
        for key, counts in zip(panel.series, panel.counts, strict=True)
        for at, count in enumerate(counts)
    ]
    forecast_rows(rows[:_MONTHS], set(panel.series[:1]))  # compiles
    started = time.process_time()
    forecast_rows(rows, set(panel.series))
    return time.process_time() - started


_JOBS = {"forecast": forecast_all, "tables of a release": released}


def main() -> None:
    """Print both tables."""
    for name, panel in (("starter", starter()), *((one.name, one.panel) for one in worlds(_SEED))):
        print(*lines(name, panel), sep="\n")
    print(
        "\n| what | series | processor seconds | series/s | peak MiB |\n|---|---:|---:|---:|---:|"
    )
    for what in _JOBS:
        for size in _GROWTH:
            row = measured(__file__, what, size)
            print(f"| {what} | {size:,} | {row['seconds']:.2f} | {size / row['seconds']:,.0f} "
                  f"| {row['peak']:,.0f} |")  # fmt: skip


if __name__ == "__main__":
    answer(_JOBS, *sys.argv[1:]) if len(sys.argv) > 1 else main()

"""How nowcasts fare in a replay, and how fast they are made: printed, and cited in the docs.

Run: ``python -m benchmarks.nowcasts`` from the project's folder. Reports come late by simulated
delays that vary from month to month; each incomplete month is nowcast with what was known then and
compared with what it came to. The second table takes dated versions as a source gives them once
they are read and counted, to the interval of each incomplete month, in processor time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
from tests.material.late_reports import as_known, late_reports, replayed

from atalaya.detection.nowcasting import delays, nowcast
from atalaya.model.periods import Period, PeriodKind
from atalaya.pipeline.triangles import Version, triangle
from benchmarks._apart import answer, measured

_SEEDS = range(23, 28)  # none of the tests' seeds; all series of a month share its delay
_MEANS = ((0.3, 3.0), (2.0, 30.0), (20.0, 200.0), (200.0, 2000.0))
_PRECISIONS = (10.0, 30.0, 1000.0)  # of the share that arrives: how steady the delays are
_VERSIONS, _MONTHS, _LAG = 24, 72, 80  # of a source; days until a month is complete
_GROWTH = (100, 300, 1_000, 3_000)
_FIRST = Period.parse("2018-01")


def replay() -> Iterator[str]:
    """Give one row of a table a size of counts, steadiness of delays and age."""
    for means in _MEANS:
        for precision in _PRECISIONS:
            made = [late_reports(seed, means=means, precision=precision) for seed in _SEEDS]
            for age in (0, 1):
                fared = np.array([replayed(each, age) for each in made])  # of equal size
                covered, error, naive, _ = fared.mean(axis=0)
                size, outcomes = f"{means[0]:g} to {means[1]:g}", int(fared[:, 3].sum())
                yield (
                    f"| {size} | {precision:g} | {age} | {outcomes} | {covered:.3f} "
                    f"| {error:.2f} | {naive:.2f} |"
                )


def versions(n_series: int) -> Sequence[tuple[date, pa.Table]]:
    """Give what a source said on the 15th of each of its newest months."""
    known = late_reports(_SEEDS[0], size=(n_series, _MONTHS))
    months = [str(_FIRST + at) for at in range(_MONTHS)]
    said = []
    for now in range(_MONTHS - _VERSIONS, _MONTHS):
        age = np.minimum(now - np.arange(now + 1), known.shape[2] - 1)
        counts = known[:, np.arange(now + 1), age]
        table = {
            "series": np.repeat([f"series-{row}" for row in range(n_series)], now + 1),
            "period": np.tile(months[: now + 1], n_series),
            "count": counts.ravel(),
        }
        said.append(((_FIRST + (now + 1)).start.replace(day=15), pa.table(table)))
    return said


def laid_out(n_series: int) -> float:
    """Give the seconds from dated versions to the delays."""
    said = versions(n_series)
    started = time.process_time()
    kept = [Version.of(day, table) for day, table in said]
    delays(triangle(kept, _LAG, PeriodKind.MONTH), len(kept))
    return time.process_time() - started


def nowcast_newest(n_series: int) -> float:
    """Give the seconds from the delays to the intervals of three incomplete months."""
    seen, ages = (
        as_known(late_reports(_SEEDS[0], size=(n_series, _MONTHS)), _MONTHS - 1),
        np.arange(3),
    )
    known, newest = delays(seen, _VERSIONS), np.stack([seen[:, -1 - at, at] for at in ages], axis=1)
    nowcast(newest[:2], ages, known)  # compiles
    started = time.process_time()
    nowcast(newest, ages, known)
    return time.process_time() - started


_JOBS = {"laid out": laid_out, "nowcast": nowcast_newest}


def main() -> None:
    """Print both tables."""
    print("| cases a month | precision | age | outcomes | inside | mean error | reported count |")
    print("|---|---:|---:|---:|---:|---:|---:|", *replay(), sep="\n")
    print(
        "\n| what | series | processor seconds | series/s | peak MiB |\n|---|---:|---:|---:|---:|"
    )
    for what in _JOBS:
        for size in _GROWTH:
            row = measured(__file__, what, size)
            print(f"| {what} | {size:,} | {row['seconds']:.3f} | {size / row['seconds']:,.0f} "
                  f"| {row['peak']:,.0f} |")  # fmt: skip


if __name__ == "__main__":
    answer(_JOBS, *sys.argv[1:]) if len(sys.argv) > 1 else main()

"""How long a release takes at the starter's size, and how fast a figure is explained and checked.

Run: ``python -m benchmarks.releasing [series] [periods]`` from the project's folder (default 45 x
156: 7,020 observations, 14,040 verdicts). Counts are simulated; the detector, the log, the files
and every check are the real ones.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from tests.material.publishing_house import TODAY, cited, declaration, house, payload_of, sheet

from atalaya.publishing.releases import build
from atalaya.publishing.verifying import verify_release
from atalaya.publishing.why import explain


def _rows(series: int, periods: int) -> bytes:
    chance = np.random.default_rng(20250102)
    means = chance.gamma(0.4, 12, series)
    counts = {f"s{at}": chance.poisson(mean, periods).tolist() for at, mean in enumerate(means)}
    return payload_of(sheet(counts, "2012-01", examined=400))


def _twice(verdicts: pa.Table) -> pa.Table:
    """Two detectors' worth of verdicts."""
    again = verdicts.set_column(3, "detector", pa.array(["ears_c1"] * len(verdicts)))
    names = pa.array([f"{name}-2" for name in verdicts["id"].to_pylist()])
    return pa.concat_tables([verdicts, again.set_column(0, "id", names).cast(verdicts.schema)])


def _timed(what: str, job, *given):
    start = time.perf_counter()
    result = job(*given)
    print(f"{what:<58}{time.perf_counter() - start:8.2f} s")
    return result


def _measure(name: str, source, rows: bytes) -> None:
    folder = Path(tempfile.mkdtemp())
    made = house(folder, rows, source=source)
    inputs = made.inputs()
    inputs = replace(inputs, verdicts=_twice(inputs.verdicts))
    print(f"{name}: {len(inputs.series)} observations, {len(inputs.verdicts)} verdicts")
    release = _timed("  build", build, inputs, folder / "releases", TODAY).release
    _timed("  build again, nothing changed", build, inputs, folder / "releases", TODAY)
    archive = made.at_hand()
    _timed("  why verdicts.csv:7000", explain, "verdicts.csv:7000", release, archive)
    report = _timed("  verify", verify_release, release, made.vkey, archive)
    size = sum(path.stat().st_size for path in release.path.rglob("*") if path.is_file())
    print(f"  holds: {report.holds}; {report.figures} figures; {size / 1e6:.1f} MB")


def main(series: int = 45, periods: int = 156) -> None:
    print(f"{platform.machine()}, Python {platform.python_version()}, {series} x {periods}")
    rows = _rows(series, periods)
    _measure("shown and cited", cited(), rows)
    _measure("hidden", declaration(), rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

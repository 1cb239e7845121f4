"""One row of a table in a process of its own, so that its peak of memory is its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path


def measured(script: str, *asked: object) -> dict[str, float]:
    """Run a benchmark's script for one row; gives what it printed by `answer`.

    Args:
        script: Its ``__file__``.
        asked: What the row asks of it, given as arguments.
    """
    name = f"{__package__}.{Path(script).stem}"
    done = subprocess.run(
        [sys.executable, "-m", name, *map(str, asked)], check=True, capture_output=True
    )
    return json.loads(done.stdout)


def growth(script: str, jobs: Iterable[str], sizes: Iterable[int]) -> Iterator[str]:
    """Give a table of how each job's time and memory grow with the number of series."""
    yield "\n| what | series | processor seconds | series/s | peak MiB |"
    yield "|---|---:|---:|---:|---:|"
    for what, size in product(jobs, sizes):
        row = measured(script, what, size)
        rate = size / row["seconds"]
        yield f"| {what} | {size:,} | {row['seconds']:.3f} | {rate:,.0f} | {row['peak']:,.0f} |"


def answer(jobs: Mapping[str, Callable[..., float]], *asked: str) -> None:
    """Do one row: the first argument names the job, numbers follow as numbers.

    Args:
        jobs: Name -> what gives its seconds.
        asked: The arguments.
    """
    what, *given = asked
    seconds = jobs[what](*(int(each) if each.isdecimal() else each for each in given))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))

"""One row of a table in a process of its own, so that its peak of memory is its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
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

"""Whole commands as a person waits for them: seconds and memory of the process, start included."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

RUNS = 5
GOALS = {"run": (20.0, 1024), "again": (3.0, None), "help": (0.3, None)}


def measured(command: Sequence[str], cwd: Path) -> tuple[float, float]:
    """Give seconds and peak MiB of one command, which must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"{' '.join(command)} failed: {process.stderr.read().decode()}")
    return seconds, usage.ru_maxrss / 1024


def row(name: str, goal: str, runs: Sequence[tuple[float, float]]) -> str:
    seconds = [one for one, _ in runs]
    memory = max(one for _, one in runs)
    wanted, limit = GOALS[goal]
    aim = f"under {wanted:g} s" + (f", {limit} MiB" if limit else "")
    return (
        f"| {name} | {statistics.median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} "
        f"| {memory:.0f} | {aim} |"
    )


def repeated(prepare: Callable[[], Path], command: Sequence[str]) -> list[tuple[float, float]]:
    return [measured(command, prepare()) for _ in range(RUNS)]


def main() -> None:
    python = [sys.executable, "-m", "atalaya"]
    with tempfile.TemporaryDirectory() as scratch:
        parent = Path(scratch)

        def fresh() -> Path:
            shutil.rmtree(parent / "observatory", ignore_errors=True)
            measured([*python, "init", "observatory"], parent)
            return parent

        print(f"| command ({RUNS} runs) | median s | min | max | peak MiB | goal |")
        print("|---|---|---|---|---|---|")
        runs = repeated(fresh, [*python, "run", "--no-serve"])
        print(row("`atalaya run --no-serve` on the starter", "run", runs), flush=True)
        runs = repeated(lambda: parent, [*python, "run", "--no-serve"])
        print(row("again, nothing changed", "again", runs), flush=True)
        runs = repeated(lambda: parent, [*python, "--help"])
        print(row("`atalaya --help`", "help", runs), flush=True)


if __name__ == "__main__":
    main()

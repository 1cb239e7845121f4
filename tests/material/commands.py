"""Runs the command line as a person would, in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def atalaya(*arguments: str | Path, cwd: Path) -> Done:
    """Run the command line as a person would, in another process."""
    done = subprocess.run(
        [sys.executable, "-m", "atalaya", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(_ROOT / "src"), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)

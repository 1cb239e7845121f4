import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter observatory, run once; tests that change anything take a copy."""
    parent = tmp_path_factory.mktemp("made")
    done = atalaya("init", "observatory", cwd=parent)
    assert done.code == 0, done.err
    done = atalaya("run", "--no-serve", cwd=parent)
    assert done.code == 0, done.err
    return parent / "observatory"


@pytest.fixture
def observatory(made: Path, tmp_path: Path) -> Path:
    """A copy of the starter observatory, as it is after its first run."""
    folder = tmp_path / "observatory"
    shutil.copytree(made, folder, symlinks=True)
    return folder

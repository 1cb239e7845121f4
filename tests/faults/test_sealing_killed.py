import json
import subprocess
import sys
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # where it is there: syncing some thousand files to a disk takes minutes


def test_a_sealing_killed_at_any_step_leaves_no_commitment_that_nobody_can_open() -> None:
    root = Path(__file__).parents[2]
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.sealing_killed", folder],
            capture_output=True,
            text=True,
            check=False,
            cwd=root,
            env={"PYTHONPATH": f"{root}:{root / 'src'}", "PATH": ""},
        )
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["faults"] == []
    assert said["kills"] > 100

import json
import subprocess
import sys
from pathlib import Path


def test_a_process_killed_at_any_step_loses_nothing_and_logs_nothing_twice(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.archiving_killed", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root / 'src'}", "PATH": ""},
    )
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["faults"] == []
    assert said["kills"] > 40

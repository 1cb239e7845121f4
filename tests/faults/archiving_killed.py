"""Kills a process before every call that changes the disk, and looks at what is left.

Run by ``test_archiving_killed.py`` in a process of its own, which forks one child a kill. Prints
how many kills there were and what went wrong, as JSON.
"""

import json
import shutil
import sys
from pathlib import Path

from tests.material.captures import KEY, answer, new_log
from tests.material.killing import killed_at

from atalaya.evidence.archiving import archive
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import check_captures, check_log
from atalaya.evidence.log import FolderReader, Log, LogReader


def archive_more(folder: Path) -> None:
    log = Log.open(folder / "log", KEY)
    archive(CaptureStore(folder / "evidence"), log, [answer(1), answer(3), answer(4)])


def faults_after(folder: Path, acknowledged: dict[str, int]) -> list[str]:
    """Say what is wrong after a kill, before and after the next run."""
    evidence, log = folder / "evidence", folder / "log"
    for capture in CaptureStore(evidence).all():
        CaptureStore(evidence).payload(capture)
        if acknowledged.get(capture.id, -1) not in {-1, capture.log_index}:
            return [f"{capture.id} lost its place in the log"]
    archive_more(folder)
    store = CaptureStore(evidence)
    report = check_captures(evidence, LogReader(FolderReader(log)))
    log_report = check_log(FolderReader(log), KEY.vkey)
    found = [str(problem) for problem in (*report.problems, *log_report.problems)]
    if {one.address[20:21] for one in store.all()} != set("1234") or log_report.size != 4:
        found.append(f"{len(store.all())} captures, {log_report.size} leaves")
    if [path.name for path in evidence.glob(".*.part")]:
        found.append("half a file is left")
    return found


def main(folder: Path) -> None:
    """Kill at every step in turn until a child finishes."""
    start, work = folder / "start", folder / "work"
    log = new_log(start / "log")
    first = archive(CaptureStore(start / "evidence"), log, [answer(1), answer(2)])
    acknowledged = {capture.id: capture.log_index for capture in first}
    faults: list[str] = []
    step, died = 0, True
    while died:
        step += 1
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(start, work)
        died = killed_at(step, lambda: archive_more(work))
        faults += [f"step {step}: {fault}" for fault in faults_after(work, acknowledged)]
    sys.stdout.write(json.dumps({"kills": step - 1, "faults": faults}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Kills a process before every call that changes the disk while it seals; looks at what is left.

Run by ``test_sealing_killed.py`` in a process of its own, which forks one child a kill. Prints how
many kills there were and what went wrong, as JSON.
"""

import json
import shutil
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.material.foresight import HORIZON, NOW, SHEET, kept_sheets, said_by
from tests.material.killing import killed_at

from atalaya.evidence.log import FolderReader, LogReader
from atalaya.findings.foresight.checking import check_score
from atalaya.findings.foresight.events import Event
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight.logs import sealed_leaves
from atalaya.pipeline.foresight.openings import Openings
from atalaya.pipeline.foresight.saying import Said
from atalaya.pipeline.foresight.scoring import score_folder
from atalaya.pipeline.foresight.sealing import seal

LATER = NOW + timedelta(days=10)


def more(said: Said) -> Said:
    """Three statements beyond the first: enough for a batch that could be cut."""
    ((basis, one),) = said.statements
    new = [replace(one, series=f"more {number}") for number in range(3)]
    return replace(said, statements=[(basis, each) for each in (one, *new)])


def faults_after(folder: Folder, said: Said) -> list[str]:
    """Say what is wrong after a kill, before and after the next sealing."""
    known = {leaf for kept in Openings(folder).all() for leaf in kept.leaves}
    if (folder.log / "checkpoint").is_file():
        logged = [leaf for _, leaf in sealed_leaves(LogReader(FolderReader(folder.log)))]
        if not set(logged) <= known:
            return ["a commitment is logged that nothing opens"]
    seal(folder, said, LATER, HORIZON)
    leaves = dict(sealed_leaves(LogReader(FolderReader(folder.log))))
    if len(leaves) != 4:
        return [f"{len(leaves)} statements are sealed, and 4 were said"]
    scored = score_folder(
        folder, [Event(SHEET, "new", "", "", "2026-06-01")], LATER, everything=True
    )
    entries = LogReader(FolderReader(folder.log)).entries()
    report = check_score(json.dumps(scored).encode(), None, "score.json", entries)
    return [*report.problems, *([] if report.opened == 4 else ["not all is opened"])]


def main(folder: Path) -> None:
    """Kill at every step in turn until a child finishes: a first sealing, then a later one."""
    start = kept_sheets(folder / "start")
    said = said_by(start)
    kills, faults = 0, []
    for first in (True, False):
        if not first:
            seal(start, said, NOW, HORIZON)
        step, died = 0, True
        while died:
            step += 1
            work = Folder(folder / "work")
            shutil.rmtree(work.root, ignore_errors=True)
            shutil.copytree(start.root, work.root)
            died = killed_at(step, lambda at=work: seal(at, more(said), LATER, HORIZON))
            faults += [f"step {step}: {fault}" for fault in faults_after(work, more(said))]
        kills += step - 1
    sys.stdout.write(json.dumps({"kills": kills, "faults": faults}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

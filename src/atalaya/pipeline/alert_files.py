"""Keeps the files of alerts that somebody wrote true: what has ended since says so in every form.

Files lie where a web server or a reader finds them long after ``alerts write``. Which folders
were written, and what they say, stands in ``tables/``; deleting that only means that the next
``write`` has to name the folder again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.findings.alerts.record import Notice
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.alerting import alerts, sender_of, write_all
from atalaya.pipeline.house import open_log
from atalaya.pipeline.reviewing import decisions_of, refuse_tampered

_FILE = "alert-files.json"


def remember(folder: Folder, into: Path, notices: Sequence[Notice]) -> None:
    """Note that alerts were written into a folder, and what they say there.

    Args:
        folder: The observatory.
        into: The folder written into.
        notices: The newest notice of every alert.
    """
    kept = dict(_known(folder)) | {str(into.absolute()): [one.id for one in notices]}
    write_file(folder.tables / _FILE, json.dumps(kept, indent=1, sort_keys=True).encode())


def write_again(folder: Folder, settings: Settings, now: datetime) -> Iterator[Path]:
    """Write alerts again wherever they were written and something else is to be said now.

    Args:
        folder: The observatory.
        settings: Who sends.
        now: The present moment; an alert whose last day is over has expired.

    Yields:
        Each folder that was written again. One that somebody deleted is left alone.

    Raises:
        StopEverything: The decisions are not those that people signed and the log holds.
    """
    known = {Path(into): said for into, said in _known(folder).items() if Path(into).is_dir()}
    if not known:
        return
    with decisions_of(folder, settings) as store:
        refuse_tampered(store, open_log(folder).reader().entries())
        found = alerts(folder, store, now).notices
    saying = [one.id for one in found]
    for into, said in known.items():
        if said != saying:
            write_all(found, sender_of(settings), into, now)
            remember(folder, into, found)
            yield into


def _known(folder: Folder) -> Mapping[str, Sequence[str]]:
    """Give folder -> the notices written into it; nothing where the note is absent or torn."""
    try:
        said = json.loads((folder.tables / _FILE).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}

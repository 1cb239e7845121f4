"""A cache of what each WARC file holds and where the log has it; deleting it loses nothing.

A file's entry is written only after its captures were logged. No entry therefore means: read the
file, and find out whether its captures are in the log. An entry carries its own hash: one that was
changed is no entry, and never makes good evidence look bad.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from atalaya.evidence.captures.files import unwritable
from atalaya.evidence.captures.reading import capture_of, read_file
from atalaya.evidence.captures.records import capture_from_facts, more_of
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.records import Capture

# Entries before 3 had no hash of themselves, and in 3 none was sealed: they are made anew.
_SCHEMA = 4


def index_path(folder: Path, warc: str) -> Path:
    """Give where the entry of a WARC file lies."""
    return folder / ".index" / f"{warc}.json"


def load_captures(folder: Path, warc: str) -> tuple[Capture, ...]:
    """Give the captures of a WARC file, from its entry or else from the file itself.

    Args:
        folder: The folder of evidence.
        warc: Name of the WARC file.

    Returns:
        Its captures in order; ``log_index`` is -1 where it had to be read.

    Raises:
        StopEverything: The file is damaged.
    """
    return _entry(folder, warc) or scan(folder / warc)


def scan(path: Path) -> tuple[Capture, ...]:
    """Read the captures of a WARC file from its records alone.

    Raises:
        StopEverything: The file is damaged; the first damaged record is named.
    """
    found: list[Capture] = []
    for passed in read_file(path):
        capture = capture_of(passed, path)
        if capture is not None:
            found.append(capture)
    return tuple(found)


def save_entry(folder: Path, warc: str, captures: tuple[Capture, ...]) -> None:
    """Write the entry of a WARC file whose captures are all logged.

    Raises:
        TryLater: There is no room, or the disk fails.
    """
    rows = [
        {"leaf": _noted(one), "offset": one.offset, "log_index": one.log_index} for one in captures
    ]
    size = (folder / warc).stat().st_size
    entry = {"schema": _SCHEMA, "bytes": size, "captures": rows}
    entry["sha256"] = _hash(entry)
    path = index_path(folder, warc)
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(exist_ok=True)
        # Not fsynced: an entry that a power cut tears is not JSON, and is made anew.
        part.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error


def _hash(entry: dict[str, Any]) -> str:
    return sha256_hex(canonical_json({name: entry[name] for name in entry if name != "sha256"}))


def _noted(capture: Capture) -> dict[str, Any]:
    return capture.facts() | more_of(capture)


def _entry(folder: Path, warc: str) -> tuple[Capture, ...] | None:
    """Read an entry; None when there is none, or one that is not of this very file."""
    try:
        entry = json.loads(index_path(folder, warc).read_bytes())
        if entry["schema"] != _SCHEMA or entry["bytes"] != (folder / warc).stat().st_size:
            return None
        if entry["sha256"] != _hash(entry):
            return None
        return tuple(
            capture_from_facts(row["leaf"], (warc, row["offset"]), row["log_index"])
            for row in entry["captures"]
        )
    except (OSError, ValueError, KeyError, TypeError, BadInput):
        return None  # a cache that cannot be read is made anew from the originals

"""Whether nothing that a run looks at has changed since the last one: told by bytes alone.

A whole run ends by noting the hash of what it was given and the hash of what it made. Where both
are still the same the next run would make the same, and says so without opening a table. Everything
here is a shortcut: without the note, or with a doubtful one, each step looks for itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from atalaya.evidence.durable import write_file
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.report import RunReport
from atalaya.pipeline.steps import fingerprint

_FILE = "last-run.json"
_SCHEMA = 1


def given(folder: Folder, settings: Settings, today: date) -> str | None:
    """Hash what people give a run: settings, declarations, decisions and the day.

    It is asked for before a run reads any of them, so that what changes meanwhile is seen the next
    time. The day counts because alerts expire.

    Returns:
        64 hex digits, or None where decisions are in a database that is no file here.
    """
    if settings.decisions.url:
        return None
    decisions = (folder.decisions, Path(f"{folder.decisions}-wal"))
    files = [*_below(folder.sources), *_below(folder.monitors), *decisions, folder.namings]
    said = settings.model_dump(mode="json", by_alias=True)
    return fingerprint("given", said, today.isoformat(), _hashes(folder, files))


def anew(folder: Folder, given: str | None) -> bool:
    """Whether a run is given anything that the last whole one was not."""
    said = _noted(folder)
    return said is None or given is None or said["given"] != given


def last_report(folder: Folder, given: str | None) -> RunReport | None:
    """Give what the last run came to, where this one would come to the same.

    Args:
        folder: The observatory, its sources fetched.
        given: Hash of what this run is given.
    """
    said = _noted(folder)
    if said is None or anew(folder, given) or said["made"] != _made(folder):
        return None
    return RunReport.again(said["report"])


def note(folder: Folder, given: str | None, report: RunReport) -> None:
    """Note what a whole run was given, and what is there at its end."""
    kept: dict[str, Any] = {"schema": _SCHEMA, "given": given, "made": _made(folder)}
    text = json.dumps(kept | {"report": report.kept()}, ensure_ascii=False, indent=1)
    write_file(folder.tables / _FILE, text.encode())


def _noted(folder: Folder) -> dict[str, Any] | None:
    try:
        said = json.loads((folder.tables / _FILE).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    known = isinstance(said, dict) and said.get("schema") == _SCHEMA
    return said if known else None


def _made(folder: Folder) -> str:
    """Hash what runs make; of the archive, which only grows, the names and lengths of its files."""
    latest = folder.releases / "latest"
    archives = [[path.name, path.stat().st_size] for path in sorted(folder.evidence.glob("*.warc"))]
    files = [folder.log / "checkpoint", *sorted(folder.tables.glob("*.parquet"))]
    newest = [folder.tables / "steps.json", latest, latest / "manifest.json"]
    return fingerprint("made", archives, _hashes(folder, [*files, *newest]))


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _hashes(folder: Folder, paths: Iterable[Path]) -> list[list[str | None]]:
    return [[str(path.relative_to(folder.root)), _hash(path)] for path in paths]


def _hash(path: Path) -> str | None:
    if not path.is_file():
        return str(path.readlink()) if path.is_symlink() else None
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()

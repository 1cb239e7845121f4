"""Withdrawing a release: said in the log first, then taken away; its name and its end stay known.

A release that is only deleted looks like one that was lost or made to vanish. A tombstone in the
log says that it was withdrawn, when and why, so that ``verify`` can tell the two apart.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atalaya.evidence.log import Log
from atalaya.evidence.log.disk import Disk, LocalDisk
from atalaya.model.errors import AtalayaError, LookAtThis, WrongUse
from atalaya.model.identifiers import canonical_json
from atalaya.publishing.disk import alone, disk_error, point, pointed
from atalaya.publishing.opening import LATEST, Release, proof_beside
from atalaya.publishing.unseen import Named, named

WITHDRAWN = "release-withdrawn"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What the log says of a release that was withdrawn.

    Args:
        index: Index of the entry that says so.
        name: Name of the release.
        sha256: Hash of its manifest, hex.
        digest: Hash of everything that decided what it said, hex; empty where its manifest could
            not be read any more.
        reason: Why, in the words of whoever withdrew it.
        at: When, UTC, as printed.
    """

    index: int
    name: str
    sha256: str
    digest: str
    reason: str
    at: str

    def __str__(self) -> str:
        return (
            f"release {self.name} was withdrawn on {self.at[:10]}: {self.reason} "
            f"(entry {self.index} of the log)"
        )


def tombstones(entries: Iterable[bytes]) -> tuple[Tombstone, ...]:
    """Give the releases that were withdrawn, oldest first.

    Args:
        entries: The entries of the log, in order.
    """
    return tuple(
        Tombstone(index, **{name: said[name] for name in _FIELDS} | {"name": said["release"]})
        for index, said in _said(entries)
    )


_FIELDS = ("sha256", "digest", "reason", "at")


def _said(entries: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, entry in enumerate(entries):
        said = json.loads(entry)
        if isinstance(said, dict) and said.get("type") == WITHDRAWN:
            yield index, said


def withdraw(
    folder: Path, log: Log, name: str, reason: str, now: datetime, disk: Disk | None = None
) -> Tombstone:
    """Withdraw a release: log it, let ``latest`` name another, then delete its folder and proof.

    Done again after an interruption it writes no second entry and takes away what is left. A
    release that is already gone can be withdrawn too: then its loss is explained.

    Args:
        folder: The folder ``releases``.
        log: The log.
        name: Name of the release.
        reason: Why; it stands in the log, which anybody may read.
        now: The present moment, UTC.
        disk: Does the writing.

    Raises:
        WrongUse: The log names no such release, or no reason was given.
        LookAtThis: The folder cannot be written.
        TryLater: Another process builds.
    """
    writes = disk or LocalDisk()
    try:
        with alone(folder):
            stone = _logged(folder, log, name, reason, now)
            _point_elsewhere(folder, name, writes)
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
            proof_beside(folder / name).unlink(missing_ok=True)
            writes.sync_folder(folder)
    except OSError as error:
        raise disk_error(error, folder) from error
    return stone


def _logged(folder: Path, log: Log, name: str, reason: str, now: datetime) -> Tombstone:
    for stone in tombstones(log.reader().entries()):
        if stone.name == name:
            return stone
    known = {one.name: one for one in named(log.reader().entries())}
    if name not in known:
        raise WrongUse(
            f"the log names no release {name!r}",
            do=f"releases: {', '.join(sorted(known, key=age)) or 'none yet'}",
        )
    if not reason.strip():
        raise WrongUse("no reason was given", do="say why with --reason")
    said = {
        "type": WITHDRAWN,
        "release": name,
        "sha256": known[name].sha256,
        "digest": _digest(folder, known[name]),
        "reason": reason,
        "at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    log.append([canonical_json(said)])
    return next(one for one in tombstones(log.reader().entries()) if one.name == name)


def _digest(folder: Path, one: Named) -> str:
    try:
        return str(Release.open(folder / one.name).manifest["digest"])
    except (AtalayaError, KeyError):
        return ""


def age(name: str) -> tuple[str, int]:
    """Order the names of releases, ``<date>-<n>``, oldest first.

    >>> sorted(["2026-11-02-10", "2026-11-02-9"], key=age)
    ['2026-11-02-9', '2026-11-02-10']
    """
    day, _, number = name.rpartition("-")
    return day, int(number) if number.isdigit() else 0


def refuse_withdrawn(digest: str, entries: Iterable[bytes]) -> None:
    """Refuse to publish again what was withdrawn.

    Args:
        digest: Hash of everything that decides what the release would say, hex.
        entries: The entries of the log, in order.

    Raises:
        LookAtThis: A release that said the same was withdrawn.
    """
    for stone in tombstones(entries):
        if stone.digest == digest:
            raise LookAtThis(
                f"what would be published is what was withdrawn: {stone}",
                why="the same evidence, decisions and settings would say the same again",
                do="mend the cause: `atalaya retract` evidence, or correct a source or monitor",
            )


def _point_elsewhere(folder: Path, name: str, disk: Disk) -> None:
    """Let ``latest`` name the newest release that is left, or nothing where none is."""
    latest = folder / LATEST
    if pointed(latest) != name:
        return
    left = [
        path.name
        for path in folder.glob("*-*")
        if path.name != name and (path / "manifest.json").is_file() and not path.is_symlink()
    ]
    if left:
        point(disk, latest, max(left, key=age))
    else:
        latest.unlink()

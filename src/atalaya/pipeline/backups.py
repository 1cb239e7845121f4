"""Backup and restore: everything that is state in one archive, checked file by file.

In: settings, sources, monitors, evidence, log, keys, decisions, releases. Out: ``tables/``, which
is rebuilt. The archive holds the private keys, so it is written for its owner only.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from atalaya import __version__
from atalaya.evidence.durable import sync_folder
from atalaya.findings.decisions import DecisionStore
from atalaya.model.errors import BadInput, Place, StopEverything, TryLater, WrongUse
from atalaya.model.settings import Folder

_MANIFEST = "backup.json"
_SCHEMA = 1
_LEFT_OUT = {"tables", "decisions.db", "decisions.db-wal", "decisions.db-shm"}


def backup(folder: Folder, decisions: DecisionStore, archive: Path) -> int:
    """Write everything that is state into one archive.

    Args:
        folder: The observatory.
        decisions: Its decisions, copied whatever database holds them.
        archive: The file to make, ``.tar.gz``; never overwritten.

    Returns:
        Number of files in it; a link such as ``releases/latest`` is in it and no file.

    Raises:
        WrongUse: The archive exists.
        TryLater: The disk is full; nothing is left behind.
    """
    if archive.exists():
        raise WrongUse(f"{archive} exists and is not overwritten", do="give another name")
    temporary = archive.with_name(f".{archive.name}.{os.getpid()}.tmp")
    try:
        with TemporaryDirectory() as scratch:
            copy = Path(scratch) / "decisions.db"
            with DecisionStore.at(copy) as target:
                decisions.copy_to(target)
            number = _write(temporary, [*_state(folder), ("decisions.db", copy)])
        temporary.replace(archive)
        sync_folder(archive.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise TryLater(
            f"the backup could not be written: {error.strerror or error}",
            do="free disk space or give write permission, then run it again",
            where=Place(str(archive)),
        ) from error
    return number


def restore(archive: Path, folder: Path) -> int:
    """Make an observatory again from a backup; every file is checked before any is put in place.

    Args:
        archive: As written by `backup`.
        folder: Where to; it must not exist.

    Returns:
        Number of files restored.

    Raises:
        WrongUse: The folder exists.
        BadInput: The archive is broken or none of ours.
        StopEverything: A file in it is not the one that was backed up.
    """
    if folder.exists():
        raise WrongUse(f"{folder} exists and is not overwritten", do="give another folder")
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        temporary.mkdir(parents=True)
        with tarfile.open(archive, "r:gz") as opened:
            opened.extractall(temporary, filter="data")
        number = _check(temporary, archive)
        temporary.replace(folder)
        sync_folder(folder.parent)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        raise BadInput(
            f"this cannot be restored: {error}",
            why="nothing was put in place",
            do="use another backup, or free disk space if that was the reason",
            where=Place(str(archive)),
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return number


def _state(folder: Folder) -> Iterator[tuple[str, Path]]:
    """The files of the state, the log's checkpoint first.

    The log only grows: what a checkpoint commits to is there when its tiles are read after it, even
    while another process appends.
    """
    checkpoint = folder.log / "checkpoint"
    yield str(checkpoint.relative_to(folder.root)), checkpoint
    for path in sorted(set(folder.root.rglob("*")) - {checkpoint}):
        name = path.relative_to(folder.root)
        hidden = name.name.startswith(".") and name.name.endswith(".tmp")
        if name.parts[0] not in _LEFT_OUT and not hidden and (path.is_symlink() or path.is_file()):
            yield str(name), path


def _write(archive: Path, files: list[tuple[str, Path]]) -> int:
    number = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz") as opened:
            hashes = {}
            for name, path in files:
                opened.add(path, name, recursive=False)
                if not path.is_symlink():
                    hashes[name] = _sha256(path)
            manifest = {"schema": _SCHEMA, "software": __version__, "files": hashes}
            content = json.dumps(manifest, indent=1, sort_keys=True).encode()
            member = tarfile.TarInfo(_MANIFEST)
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))
        raw.flush()
        os.fsync(raw.fileno())
    return len(hashes)


def _check(folder: Path, archive: Path) -> int:
    where = Place(str(archive))
    manifest = folder / _MANIFEST
    if not manifest.is_file():
        raise BadInput(
            "this is not a backup: it has no backup.json", do="use another file", where=where
        )
    promised = _promised(manifest, where)
    there = {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    } - {_MANIFEST}
    for name in sorted(there - set(promised)):
        raise _not_as_backed_up(f"{name} in the backup is not among what was backed up", where)
    for name, expected in promised.items():
        if name not in there or _sha256(folder / name) != expected:
            raise _not_as_backed_up(
                f"{name} in the backup is missing or not the file that was backed up", where
            )
    manifest.unlink()
    return len(promised)


def _promised(manifest: Path, where: Place) -> dict[str, str]:
    """Read what was backed up: file -> SHA-256, hex."""
    try:
        content = json.loads(manifest.read_bytes())
        schema, files = int(content["schema"]), dict(content["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"this is not a backup: its backup.json cannot be read ({error})",
            do="use another file",
            where=where,
        ) from error
    if schema > _SCHEMA:
        raise BadInput(
            f"this backup was written by a newer version ({content.get('software')})",
            do="restore it with that version or a newer one",
            where=where,
        )
    return files


def _not_as_backed_up(what: str, where: Place) -> StopEverything:
    return StopEverything(
        what, why="nothing was put in place", do="use another backup", where=where
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

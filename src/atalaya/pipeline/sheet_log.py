"""The log of a folder of sheets: a salted entry for each, and for who opened or erased one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from atalaya.evidence.durable import sync_folder
from atalaya.evidence.log import FolderReader, Log, LogReader, SigningKey
from atalaya.evidence.sealing import commitment
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.settings import Folder
from atalaya.pipeline.house import LOG_KEY, open_log
from atalaya.pipeline.starting import new_origin
from atalaya.pipeline.watch_store import MAKING, WatchStore
from atalaya.pipeline.watch_versions import Version

_PRIVATE_FOLDER = 0o700


def sheet_log(store: WatchStore) -> Log:
    """Open the log for writing; it is begun before the first sheet is kept, and never again.

    Raises:
        StopEverything: The log is gone, though something was logged in it.
        LookAtThis: Its signing key is.
    """
    folder = Folder(store.folder)
    if not (folder.log.exists() or _was_logged(store)):
        _begin(folder)
    return open_log(folder)


def _was_logged(store: WatchStore) -> bool:
    """Whether anything here was kept since there are logs: a sheet, or what opens a seal."""
    sealed = Folder(store.folder).sealed.glob("*.json")
    return any(sealed) or any(one.plain for one in store.versions())


def _begin(folder: Folder) -> None:
    """Give kept sheets a key and a log, each whole or not at all, the key first."""
    made, key_file = folder.root / MAKING, folder.keys / LOG_KEY
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=_PRIVATE_FOLDER)
    if not key_file.exists():  # else a run was killed between the key and the log
        SigningKey.generate(new_origin()).save(made / LOG_KEY)
        folder.keys.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        (made / LOG_KEY).rename(key_file)
        sync_folder(folder.keys)
    key = SigningKey.load(key_file)
    (made / "log").mkdir(mode=_PRIVATE_FOLDER)
    Log.create(made / "log", key.name, key)
    (made / "log").rename(folder.log)
    sync_folder(folder.root)
    made.rmdir()


def sheet_entries(store: WatchStore) -> Iterator[bytes]:
    """Give the log's entries; none where no sheet was kept since there are logs."""
    log = Folder(store.folder).log
    if (log / "checkpoint").is_file():
        yield from LogReader(FolderReader(log)).entries()


def log_sheets(store: WatchStore) -> int:
    """Log the sheets that are listed and not yet logged, as after a crash; give how many.

    Raises:
        TryLater: Another process writes the log, or there is no room.
    """
    log = sheet_log(store)
    there = set(sheet_entries(store))
    leaves = [leaf for one in store.versions() if (leaf := sheet_leaf(store, one)) is not None]
    new = [leaf for leaf in leaves if leaf not in there]
    if new:
        log.append(new)
    return len(new)


def sheet_leaf(store: WatchStore, version: Version) -> bytes | None:
    """Give what the log holds of a sheet; None for one that was kept before there were logs."""
    if not version.plain:
        return None
    sealed = store.sealed(version).read_bytes()
    said = {
        "type": "sheet",
        "received": version.received.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "content": commitment(bytes.fromhex(version.salt), sha256_hex(sealed), len(sealed)),
        "plain": version.plain,
    }
    return canonical_json(said)

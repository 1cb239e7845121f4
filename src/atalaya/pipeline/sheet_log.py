"""The log of a folder of sheets: a salted entry for each, and for who opened or erased one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from atalaya.evidence.log import FolderReader, Log, LogReader, SigningKey
from atalaya.evidence.sealing import commitment
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.settings import Folder
from atalaya.pipeline.house import LOG_KEY
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watch_versions import Version


def sheet_log(store: WatchStore) -> Log:
    """Open the log for writing; made with the first sheet that is kept."""
    folder = Folder(store.folder)
    path = folder.keys / LOG_KEY
    if (folder.log / "checkpoint").is_file():
        return Log.open(folder.log, SigningKey.load(path))
    if not path.is_file():  # else a run was killed between the key and the log
        SigningKey.generate(f"{secrets.token_hex(4)}.sheets.example/log").save(path)
    key = SigningKey.load(path)
    folder.log.mkdir(mode=0o700, exist_ok=True)
    return Log.create(folder.log, key.name, key)


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

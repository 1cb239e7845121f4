"""The log that sealing writes: the observatory's, or one of its own beside kept sheets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from atalaya.evidence.durable import sync_folder
from atalaya.evidence.log import Log, LogReader, SigningKey
from atalaya.findings.foresight.leaves import Leaf
from atalaya.findings.foresight.shapes import Refused
from atalaya.model.errors import StopEverything
from atalaya.model.settings import Folder
from atalaya.pipeline.house import LOG_KEY, open_log
from atalaya.pipeline.starting import new_origin

_MAKING = ".first-sealing"  # where key and log are made before they are put in place


def log_of(folder: Folder) -> Log:
    """Open the log of a folder; kept sheets get one when they are first sealed.

    Raises:
        StopEverything: The log is gone, though there was one.
    """
    if folder.settings.is_file() or folder.log.exists() or any(folder.sealed.glob("*.json")):
        return open_log(folder)
    _begin(folder)
    return open_log(folder)


def _begin(folder: Folder) -> None:
    """Give kept sheets a key and a log, each whole or not at all, the key first."""
    made, key_file = folder.root / _MAKING, folder.keys / LOG_KEY
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o700)
    if not key_file.exists():  # else a first sealing was cut short after it made the key
        SigningKey.generate(new_origin()).save(made / LOG_KEY)
        folder.keys.mkdir(mode=0o700, exist_ok=True)
        (made / LOG_KEY).rename(key_file)
        sync_folder(folder.keys)
    key = SigningKey.load(key_file)
    Log.create(made / "log", key.name, key)
    (made / "log").rename(folder.log)
    sync_folder(folder.root)
    made.rmdir()


def sealed_leaves(reader: LogReader) -> Iterator[tuple[int, Leaf]]:
    """Give every leaf of a sealed statement with its index, in the order of the log.

    Raises:
        StopEverything: An entry says that it is one, and is not.
    """
    for index, entry in enumerate(reader.entries()):
        try:
            leaf = Leaf.parse_entry(entry)
        except Refused as error:
            raise StopEverything(
                f"entry {index} of the log is no sealed statement, and says that it is: {error}",
                why="a score must account for every sealed statement",
                do="use the version of Atalaya that wrote it",
            ) from error
        if leaf is not None:
            yield index, leaf

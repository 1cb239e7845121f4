"""The log that sealing writes: the observatory's, or that of kept sheets."""

from __future__ import annotations

from collections.abc import Iterator

from atalaya.evidence.log import Log, LogReader
from atalaya.findings.foresight.leaves import Leaf
from atalaya.findings.foresight.shapes import Refused
from atalaya.model.errors import StopEverything
from atalaya.model.settings import Folder
from atalaya.pipeline.house import open_log
from atalaya.pipeline.sheet_log import sheet_log
from atalaya.pipeline.watch_store import WatchStore


def log_of(folder: Folder) -> Log:
    """Open the log of a folder; kept sheets from before there were logs get one.

    Raises:
        StopEverything: The log is gone, though there was one.
    """
    if folder.settings.is_file():
        return open_log(folder)
    return sheet_log(WatchStore(folder.root))


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

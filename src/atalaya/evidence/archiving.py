"""Archives answers: kept first, then logged. Only what is logged counts as captured.

The order makes every interruption harmless. Killed before the WARC file has its name: nothing was
captured. Killed before the log has the leaves: the next run finds captures without leaves and logs
them. Killed after: the next run finds the leaves. Nothing is logged whose bytes are not safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from atalaya.evidence.captures import CaptureStore, Received
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Capture


class ReadsLeaves(Protocol):
    """What can read entries of the log, as ``evidence.log.LogReader`` does."""

    def entries(self) -> Iterator[bytes]:
        """Give all entries in order."""


class KeepsLeaves(Protocol):
    """What can add entries to the log, as ``evidence.log.Log`` does."""

    def append(self, entries: Sequence[bytes], /) -> range:
        """Add entries durably, all or none; give their indices."""

    def reader(self) -> ReadsLeaves:
        """Give a reader of the same log; asked only when an earlier run was interrupted."""


def archive(store: CaptureStore, log: KeepsLeaves, items: Iterable[Received]) -> list[Capture]:
    """Store answers and log them: one file and one append for all of them.

    Args:
        store: Where their bytes are kept.
        log: Where their leaves go.
        items: The answers.

    Returns:
        One capture an item, in order, each with its index in the log. For an answer that says
        what the latest capture of its address says, that capture.

    Raises:
        TryLater: Another run is archiving, or there is no room. What was stored stays and is
            logged by the next run.
        StopEverything: Stored evidence or the log is damaged.
    """
    with store.locked():
        log_interrupted(store, log)
        captures = store.add_all(items)
        _log(store, log, store.pending())
        logged = {(one.warc, one.offset): one for one in store.all()}
        return [logged[capture.warc, capture.offset] for capture in captures]


def log_interrupted(store: CaptureStore, log: KeepsLeaves) -> list[Capture]:
    """Log what an interrupted run stored without logging it.

    Args:
        store: The store; the caller holds its lock.
        log: Where the missing leaves go.

    Returns:
        The captures that had no leaf.
    """
    pending = store.pending()
    if not pending:
        return []
    sought = {canonical_json(capture.leaf()): capture.id for capture in pending}
    found = {
        sought[entry]: index
        for index, entry in enumerate(log.reader().entries())
        if entry in sought
    }
    store.note_logged(found)
    return _log(store, log, store.pending())


def _log(store: CaptureStore, log: KeepsLeaves, captures: list[Capture]) -> list[Capture]:
    leaves = {capture.id: canonical_json(capture.leaf()) for capture in captures}
    if leaves:
        indices = log.append(list(leaves.values()))
        store.note_logged(dict(zip(leaves, indices, strict=True)))
    return captures

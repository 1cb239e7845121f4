"""Archives answers: kept first, then logged. Only what is logged counts as captured.

The order makes every interruption harmless. Killed before the WARC file has its name: nothing was
captured. Killed before the log has the leaves: the next run finds captures without leaves and logs
them. Killed after: the next run finds the leaves. Nothing is logged whose bytes are not safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
    store.note_logged(_found(pending, log.reader().entries()))
    return _log(store, log, store.pending())


def located(captures: Sequence[Capture], entries: Iterable[bytes]) -> tuple[Capture, ...]:
    """Give captures with their place in the log, looked up where the archive's cache lacks it.

    Nothing is written: what only reads - a check, a question - must not depend on a cache.

    Args:
        captures: As the store gives them.
        entries: The entries of the log, in order; read only where a place is lacking.

    Returns:
        The same captures; ``log_index`` stays -1 for those that are in no entry.
    """
    lacking = [one for one in captures if one.log_index < 0]
    found = _found(lacking, entries) if lacking else {}
    return tuple(replace(one, log_index=found.get(one.id, one.log_index)) for one in captures)


def _found(captures: Iterable[Capture], entries: Iterable[bytes]) -> dict[str, int]:
    """Identifier of a capture -> index of the entry that is its leaf."""
    sought = {canonical_json(capture.leaf()): capture.id for capture in captures}
    return {sought[entry]: index for index, entry in enumerate(entries) if entry in sought}


def _log(store: CaptureStore, log: KeepsLeaves, captures: list[Capture]) -> list[Capture]:
    leaves = {capture.id: canonical_json(capture.leaf()) for capture in captures}
    if leaves:
        indices = log.append(list(leaves.values()))
        store.note_logged(dict(zip(leaves, indices, strict=True)))
    return captures

"""Whether every decision that was logged is still there, and no other: decisions cannot be rebuilt.

The log holds every reviewer and decision in the form in which the store gave it. So a store that
was deleted, swapped for an older one or changed by hand is found by comparing the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from atalaya.findings.decisions import DecisionStore
from atalaya.model.errors import StopEverything
from atalaya.model.identifiers import canonical_json

KINDS = ("reviewer", "decision")


def disagreements(store: DecisionStore, entries: Iterable[bytes]) -> Iterator[str]:
    """Name each decision or reviewer that log and store do not both hold.

    Args:
        store: The decisions.
        entries: The entries of the log, in order.

    Yields:
        One sentence for each, those lost from the store first, in the log's order. What is stored
        and waits to be logged is left out: the next run logs it.
    """
    stored = {canonical_json(leaf): name for name, leaf in _named(store.leaves())}
    waiting = {canonical_json(leaf) for _, leaf in _named(store.unlogged())}
    logged = set()
    for index, entry in enumerate(entries):
        kind = _kind(entry)
        if kind is None:
            continue
        logged.add(entry)
        if entry not in stored:
            yield f"entry {index} of the log is a {kind} that is not among the decisions any more"
    for leaf, name in stored.items():
        if leaf not in logged and leaf not in waiting:
            yield f"{name} among the decisions is not as it was logged"


def refuse_if_lost(store: DecisionStore, entries: Iterable[bytes]) -> None:
    """Stop before anything is published without a decision that somebody took.

    Raises:
        StopEverything: A logged decision is gone, or one was changed.
    """
    found = list(disagreements(store, entries))
    if found:
        raise StopEverything(
            f"{found[0]}" + (f" (and {len(found) - 1} more)" if len(found) > 1 else ""),
            why="a release without it would undo what a person signed; nothing was published",
            do="restore the decisions from a backup (decisions.db, or the database of "
            "[decisions] url); `atalaya verify` names each",
        )


def _named(leaves: Iterable[tuple[str, int, dict[str, object]]]) -> Iterator[tuple[str, object]]:
    for kind, number, leaf in leaves:
        yield f"{kind} {number}", leaf


def _kind(entry: bytes) -> str | None:
    if not any(f'"type":"{kind}"'.encode() in entry for kind in KINDS):  # most are captures
        return None
    said = json.loads(entry)
    return said["type"] if said.get("type") in KINDS else None

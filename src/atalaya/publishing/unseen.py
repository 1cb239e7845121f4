"""Releases that the log names: which are here, which nobody ever saw, and which are gone.

A build that is cut short after its manifest was logged leaves an entry for a release that was never
published, and its unfinished folder beside the releases. The next build logs that it was never
seen before it sweeps the folder up; so an entry without a folder means one thing only: it was
published and then deleted.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaya.evidence.log import Log
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.publishing.manifest import NAME

UNSEEN = "release-unseen"


@dataclass(frozen=True, slots=True)
class Named:
    """A release as the log names it.

    Args:
        index: Index of its entry.
        name: ``<date>-<n>``.
        sha256: Hash of its manifest, hex.
    """

    index: int
    name: str
    sha256: str


def named(entries: Iterable[bytes]) -> tuple[Named, ...]:
    """Give the releases that were logged, without those that are logged as never seen.

    Args:
        entries: The entries of the log, in order.
    """
    found: dict[str, Named] = {}
    for index, entry in enumerate(entries):
        said = json.loads(entry)
        kind = said.get("type") if isinstance(said, dict) else None
        if kind == "release":
            found[said["sha256"]] = Named(index, said["release"], said["sha256"])
        elif kind == UNSEEN:
            found.pop(said["sha256"], None)
    return tuple(found.values())


def deleted(folder: Path, entries: Iterable[bytes]) -> Iterator[Named]:
    """Give the releases that were published and are no longer in their folder.

    Args:
        folder: The folder ``releases``.
        entries: The entries of the log, in order.
    """
    unfinished = {_hash(left) for left in _left(folder)}
    for one in named(entries):
        if not (folder / one.name).is_dir() and one.sha256 not in unfinished:
            yield one


def sweep(folder: Path, log: Log) -> None:
    """Remove what killed builds left behind; what the log names of it is logged as never seen.

    Args:
        folder: The folder ``releases``; the caller holds the right to build in it.
        log: The log.
    """
    left = list(_left(folder))
    if left:
        known = {one.sha256: one for one in named(log.reader().entries())}
        lost = [known[hash_] for one in left if (hash_ := _hash(one)) in known]
        leaves = [
            canonical_json({"type": UNSEEN, "release": one.name, "sha256": one.sha256})
            for one in lost
        ]
        if leaves:
            log.append(leaves)
    for one in left:
        shutil.rmtree(one)


def _left(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob(".*.tmp") if path.is_dir())


def _hash(unfinished: Path) -> str:
    manifest = unfinished / NAME
    return sha256_hex(manifest.read_bytes()) if manifest.is_file() else ""

"""Building a release: it is complete, or it is not there at all.

Order: every check, then a hidden folder, then the log, then the proof, then the folder gets its
name, then ``latest`` moves. A release that can be seen has its proof, and a crash anywhere leaves
the previous one the latest. A crash after the log was written leaves an entry there for a release
that nobody saw, which the next build says in the log; a name the log knows is never given again.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atalaya.evidence.log import Log
from atalaya.evidence.log.disk import Disk, LocalDisk
from atalaya.model.identifiers import canonical_json
from atalaya.publishing.composing import Composed, compose
from atalaya.publishing.datapackage import datapackage
from atalaya.publishing.disk import alone, disk_error, flush_tree, move, point, put
from atalaya.publishing.forms import csv_bytes, json_bytes, parquet_bytes
from atalaya.publishing.gates import check_inputs, check_tables
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.publishing.licences import attribution
from atalaya.publishing.manifest import NAME, Identity, leaf, made_from, manifest
from atalaya.publishing.opening import LATEST, Release, latest_release, proof_beside
from atalaya.publishing.scorecards import PLACE as SCORECARD
from atalaya.publishing.unseen import named, sweep
from atalaya.publishing.withdrawing import refuse_withdrawn

__all__ = ["Built", "Release", "ReleaseInputs", "build", "latest_release"]

Site = Callable[[Path], None]
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Built:
    """What building came to.

    Args:
        release: The release, new or the one that already says the same.
        fresh: Whether it is new.
        held_back: Signal identifier -> why it is not published; for the operator's eyes only.
    """

    release: Release
    fresh: bool
    held_back: Mapping[str, str]


def build(
    inputs: ReleaseInputs,
    folder: Path,
    today: date,
    site: Site | None = None,
    disk: Disk | None = None,
) -> Built:
    """Build a release, or give the latest where nothing has changed since.

    Args:
        inputs: What it says and rests on.
        folder: The folder ``releases``.
        today: Day that names it.
        site: Writes the pages into the unfinished release's folder, or None; the tables are
            there and ``Release.open`` reads them.
        disk: Does the writing.

    Raises:
        LookAtThis: A rule forbids it, a release that said the same was withdrawn, or the folder
            cannot be written.
        TryLater: Another process builds, or the disk is full.
        StopEverything: Archived bytes are not what was logged; the claims that fall are named.
    """
    check_inputs(inputs)
    composed = compose(inputs)
    check_tables(composed.tables)
    rests_on = made_from(inputs, composed.tables)
    writes = disk or LocalDisk()
    try:
        with alone(folder):
            sweep(folder, inputs.log)
            identity = Identity(_next_name(folder, today, inputs.log), today, rests_on)
            release = _same(folder, identity, writes)
            if release is not None:
                return Built(release, fresh=False, held_back=composed.held_back)
            refuse_withdrawn(identity.digest, inputs.log.reader().entries())
            release = _publish(identity, inputs, composed, folder, site, writes)
    except OSError as error:
        raise disk_error(error, folder) from error
    return Built(release, fresh=True, held_back=composed.held_back)


def _releases(folder: Path) -> list[tuple[str, int]]:
    found = (_NAME.fullmatch(path.name) for path in folder.iterdir() if path.is_dir())
    return sorted((match[1], int(match[2])) for match in found if match)


def _next_name(folder: Path, today: date, log: Log) -> str:
    logged = (_NAME.fullmatch(one.name) for one in named(log.reader().entries()))
    known = [*_releases(folder), *((match[1], int(match[2])) for match in logged if match)]
    numbers = [number for day, number in known if day == today.isoformat()]
    return f"{today.isoformat()}-{max(numbers, default=0) + 1}"


def _same(folder: Path, identity: Identity, disk: Disk) -> Release | None:
    """Give the newest release where it already says the same; ``latest`` then points at it."""
    there = _releases(folder)
    if not there:
        return None
    newest = Release.open(folder / "{}-{}".format(*there[-1]))
    if newest.manifest["digest"] != identity.digest:
        return None
    latest = latest_release(folder)
    if latest is None or latest.name != newest.name:
        point(disk, folder / LATEST, newest.name)  # killed between the last two steps
    return newest


def _publish(
    identity: Identity,
    inputs: ReleaseInputs,
    composed: Composed,
    folder: Path,
    site: Site | None,
    disk: Disk,
) -> Release:
    unfinished = folder / f".{identity.name}.tmp"
    with ExitStack() as undone:
        undone.callback(shutil.rmtree, unfinished, ignore_errors=True)
        said = _write(unfinished, identity, inputs, composed, site, disk)
        (index,) = inputs.log.append([leaf(identity.name, said)])
        undone.pop_all()
    # From here on the log names it: what is left behind shows the next build that nobody saw it.
    proof = inputs.log.reader().inclusion_proof(index).text()
    fresh = folder / f".{identity.name}.proof.new"
    put(disk, fresh, proof.encode())
    move(disk, fresh, proof_beside(folder / identity.name))
    move(disk, unfinished, folder / identity.name)
    point(disk, folder / LATEST, identity.name)
    return Release.open(folder / identity.name)


def _write(
    unfinished: Path,
    identity: Identity,
    inputs: ReleaseInputs,
    composed: Composed,
    site: Site | None,
    disk: Disk,
) -> bytes:
    """Write every file of the release and give the bytes of its manifest."""
    files = release_files(identity, inputs, composed)
    for path, content in files.items():
        put(disk, unfinished / path, content)
    if site is not None:
        draft = unfinished / NAME
        put(disk, draft, manifest(identity, inputs, files))
        site(unfinished)
        draft.unlink()
        written = (path for path in unfinished.rglob("*") if path.is_file())
        files = {
            str(path.relative_to(unfinished).as_posix()): path.read_bytes() for path in written
        }
    said = manifest(identity, inputs, files)
    put(disk, unfinished / NAME, said)
    flush_tree(disk, unfinished)
    return said


def release_files(
    identity: Identity, inputs: ReleaseInputs, composed: Composed
) -> dict[str, bytes]:
    """Give the files of a release but the manifest and the pages: path -> content."""
    files: dict[str, bytes] = {}
    for name, table in composed.tables.items():
        files[f"data/{name}.csv"] = csv_bytes(table)
        files[f"data/{name}.parquet"] = parquet_bytes(table)
        files[f"data/{name}.jsonl"] = json_bytes(table)
    if inputs.scorecard is not None:
        files[SCORECARD] = canonical_json(dict(inputs.scorecard))
    files["ATTRIBUTION.md"] = attribution(inputs.declarations)
    files["datapackage.json"] = datapackage(
        identity.name, identity.built, composed.tables, files, inputs.declarations
    )
    return files

"""Followed pages: what each capture of an address says otherwise than the one before it.

Two captures never change, so what was told of them is told again from the table of the last run,
and only new captures are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from atalaya.evidence.captures import CaptureStore
from atalaya.findings.leaving_out import still_counting
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import record_id
from atalaya.model.records import Capture
from atalaya.model.tables import PAGE_CHANGES
from atalaya.pipeline import store as tables
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.house import House
from atalaya.pipeline.steps import Steps, fingerprint
from atalaya.pipeline.tabulating import newest
from atalaya.reading.changes import Change, Difference, Run, Version, difference

STEP = "follow"
RULES = fingerprint(STEP, 1)
"""By which rules changes are told; the number is raised when the same pages are told otherwise."""

_LISTED = 200  # changes of one page at one time that are listed; the others are counted
_LONGEST = 4_000  # letters of a passage that are kept: the page itself is in the archive
_AROUND = 200  # letters kept of a long run of words that did not change, at each of its ends
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a release says of followed pages, and the evidence for it.

    Args:
        changes: The table of changes.
        captures: The newest capture of each address, and those that changes lie between.
        closed_archives: Archive files that hold earlier figures about people.
    """

    changes: pa.Table
    captures: tuple[Capture, ...]
    closed_archives: frozenset[str]


def quiet(declaration: SourceDeclaration) -> str:
    """Say why no word of a source's pages is told, or nothing where words may be."""
    if declaration.about_people or declaration.private_persons:
        return "about-people"
    return "" if declaration.licence.redistribute else "licence"


def known_changes(folder: Path) -> pa.Table:
    """Give the changes that were told before; none where other rules would tell them otherwise."""
    same = Steps.load(folder).same(STEP, RULES, tables.path_of(folder, "page_changes"))
    return tables.read_table(folder, "page_changes") if same else PAGE_CHANGES.empty_table()


def page_changes(
    declarations: Sequence[SourceDeclaration],
    captures: Iterable[Capture],
    store: CaptureStore,
    known: pa.Table,
) -> pa.Table:
    """Compare every capture of a declared address with the one before it.

    Args:
        declarations: The sources.
        captures: The captures that are evidence, without what was retracted.
        store: Where their bytes are.
        known: What was told before.

    Returns:
        A table with the schema PAGE_CHANGES; two captures give at least one row.

    Raises:
        StopEverything: A capture's bytes are not what was archived.
    """
    told: dict[tuple[str, str], list[Row]] = {}
    for row in known.to_pylist():
        told.setdefault((row["from_capture"], row["to_capture"]), []).append(row)
    sources = {one.slug: one for one in declarations}
    rows: list[Row] = []
    for old, new in _pairs(captures, sources):
        because = quiet(sources[old.source])
        before = told.get((old.id, new.id), [])
        if before and _still(before, because):
            rows += before
        elif because:
            rows += _rows(old, new, [{"kind": "withheld", "because": because}])
        else:
            rows += _rows(old, new, _told(_compared(old, new, store)))
    return pa.Table.from_pylist(rows, schema=PAGE_CHANGES)


def cited(house: House, changes: pa.Table) -> Cited:
    """Give the changes with the captures a release needs for them."""
    logged = still_counting(logged_captures(house.store.all()), house.retracted)
    latest = newest(logged)
    people = {one.slug for one in house.declarations if quiet(one) == "about-people"}
    named = {
        row[end]
        for row in changes.to_pylist()
        if row["source"] not in people
        for end in ("from_capture", "to_capture")
    }
    current = {one.id for one in latest}
    earlier = (one for one in logged if one.id in named - current)
    closed = (one.warc for one in logged if one.source in people and one.id not in current)
    return Cited(changes, (*latest, *earlier), frozenset(closed))


def _pairs(
    captures: Iterable[Capture], sources: Mapping[str, SourceDeclaration]
) -> Iterator[tuple[Capture, Capture]]:
    """Give captures of one declared address that follow each other."""
    versions: dict[tuple[str, str], list[Capture]] = {}
    for one in captures:
        declared = sources.get(one.source)
        if declared is None or one.sealed:
            continue
        if one.address in {fetch.address for fetch in declared.fetch}:
            versions.setdefault((one.source, one.address), []).append(one)
    for key in sorted(versions):
        ordered = sorted(versions[key], key=lambda one: one.fetched_at)
        for old, new in pairwise(ordered):
            if old.sha256 != new.sha256:
                yield old, new


def _still(rows: Sequence[Row], because: str) -> bool:
    """Whether what was told may still be told: a source's licence may say otherwise now."""
    withheld = [row["because"] for row in rows if row["kind"] == "withheld"]
    return withheld == ([because] if because else [])


def _compared(old: Capture, new: Capture, store: CaptureStore) -> Difference:
    versions = (
        Version(store.payload(one), one.media_type, one.address, one.fetched_at.date())
        for one in (old, new)
    )
    return difference(*versions)


def _told(found: Difference) -> Iterator[dict[str, Any]]:
    """Give the cells of each row that a difference comes to."""
    if found.unread:
        yield {"kind": "unread", "because": found.unread}
    for change in found.changes[:_LISTED]:
        yield _change(change)
    if len(found.changes) > _LISTED:
        yield {"kind": "more", "count": len(found.changes) - _LISTED}
    for why, count in found.aside.items():
        yield {"kind": "aside", "because": why.value, "count": count}


def _change(change: Change) -> dict[str, Any]:
    said = change.content()
    runs = shortened(change.words)
    said["words"] = json.dumps(runs, ensure_ascii=False) if runs else None
    for name in ("before", "after"):
        said[name] = _cut(said[name])
    return said


def shortened(runs: Sequence[Run]) -> list[list[str]]:
    """Give runs of words with the middle of long ones left out; none where too much would be."""
    if sum(len(run.text) for run in runs if run.op != "keep") > _LONGEST:
        return []
    return [[run.op, run.text if run.op != "keep" else _middle_out(run.text)] for run in runs]


def _middle_out(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"{text[:_AROUND]} … {text[-_AROUND:]}"


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _rows(old: Capture, new: Capture, said: Iterable[dict[str, Any]]) -> Iterator[Row]:
    between = {
        "source": new.source,
        "address": new.address,
        "from_at": _moment(old),
        "to_at": _moment(new),
    }
    for number, cells in enumerate(said, start=1):
        # Neither hash nor capture is in the name: of sources about people both would tell.
        place = {"entry": new.log_index, "number": number}
        named = {"id": record_id("change", {**between, **place}), "number": number}
        ends = {"from_capture": old.id, "to_capture": new.id}
        yield {"count": 1, **between, **ends, **named, **cells}


def _moment(capture: Capture) -> str:
    return capture.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")

"""Checks evidence against the log: every record hashed again, every capture logged, none lost.

It imports nothing of the rooms that write and believes no cache: it reads the WARC files and the
log's entries. Bytes pass in pieces; of each logged capture 16 bytes and a number stay in memory.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from atalaya.evidence.checking.warcs import Record, read_warc
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Document

# Number, moment of the batch, first 16 hex digits of the file's own SHA-256.
_NAME = re.compile(r"[0-9]{6,}-[0-9]{8}T[0-9]{6}Z-([0-9a-f]{16})\.warc")
_WITH_PAYLOAD = frozenset({"response", "resource", "conversion"})
_PIECE = 1 << 20
_SALT = 32  # bytes
_KEY = 16  # bytes kept of a leaf's hash: 128 bits, for any number of captures


class ReadsLeaves(Protocol):
    """What can read entries of the log, as ``evidence.log.LogReader`` does."""

    def entries(self, start: int = 0, stop: int | None = None, /) -> Iterator[bytes]:
        """Give entries in order."""


@dataclass(frozen=True, slots=True)
class CaptureProblem:
    """One thing that is wrong with evidence.

    Args:
        kind: ``damaged``, ``renamed``, ``stranger``, ``unlogged`` or ``lost``.
        file: Name of the WARC file; empty for bytes that are nowhere.
        offset: Where the record begins in it, or None.
        source: Slug of the source, empty when it cannot be told.
        address: Declared address, empty when it cannot be told.
        says: What is wrong, one sentence.
        falls: What no longer stands, in words.
        document: Identifier of the document whose claims fall, or empty.
    """

    kind: str
    file: str
    offset: int | None
    source: str
    address: str
    says: str
    falls: str = ""
    document: str = ""

    def __str__(self) -> str:
        at = f"{self.file}, byte {self.offset}" if self.offset is not None else self.file
        about = f"source {self.source}, {self.address}" if self.source else ""
        place = "; ".join(part for part in (at, about) if part)
        return f"{place}: {self.says}" + (f"; {self.falls}" if self.falls else "")


@dataclass(frozen=True, slots=True)
class CapturesReport:
    """What checking evidence found.

    Args:
        files: Number of WARC files read.
        records: Number of records hashed.
        captures: Number of captures whose bytes are as logged.
        length: Bytes of their payloads.
        problems: What is wrong, in order of place.
    """

    files: int
    records: int
    captures: int
    length: int
    problems: tuple[CaptureProblem, ...]

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(slots=True)
class _Check:
    """The state of one check; ``awaited`` holds the leaves whose bytes were not met yet."""

    awaited: dict[bytes, int]
    met: set[bytes] = field(default_factory=set)
    records: int = 0
    captures: int = 0
    length: int = 0
    problems: list[CaptureProblem] = field(default_factory=list)


def check_captures(folder: Path, leaves: ReadsLeaves) -> CapturesReport:
    """Check a folder of evidence against the log.

    Args:
        folder: The folder with the WARC files; may be absent, as evidence of nothing.
        leaves: Reads the log's entries; the log itself is checked by ``check_log``.

    Returns:
        What was read and everything that is wrong.
    """
    check = _Check({_key(leaf): index for index, leaf in _logged(leaves)})
    files = sorted(path for path in folder.glob("*") if path.is_file() and path.name[0] != ".")
    for path in files:
        if _NAME.fullmatch(path.name):
            _check_file(path, check)
        else:
            says = "this file is none that Atalaya wrote"
            check.problems.append(CaptureProblem("stranger", path.name, None, "", "", says))
    lost = sorted(index for key, index in check.awaited.items() if key not in check.met)
    check.problems.extend(_lost(index, leaves) for index in lost)
    return CapturesReport(
        files=len(files),
        records=check.records,
        captures=check.captures,
        length=check.length,
        problems=tuple(check.problems),
    )


def _logged(leaves: ReadsLeaves) -> Iterator[tuple[int, bytes]]:
    for index, entry in enumerate(leaves.entries()):
        if _said(entry).get("type") == "capture":
            yield index, entry


def _said(entry: bytes) -> dict[str, Any]:
    """Read an entry; the log may hold entries that are no JSON, which are not captures'."""
    try:
        said = json.loads(entry)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _key(leaf: bytes) -> bytes:
    return hashlib.sha256(leaf).digest()[:_KEY]


def _check_file(path: Path, check: _Check) -> None:
    before = len(check.problems)
    for record in read_warc(path):
        check.records += 1
        if record.fault:
            check.problems.append(_problem("damaged", path, record, record.fault))
        elif record.fields.get("warc-type") in _WITH_PAYLOAD:
            _check_capture(path, record, check)
    named = _NAME.fullmatch(path.name)
    if len(check.problems) == before and named and _file_hash(path) != named[1]:
        says = f"the file's SHA-256 does not begin with {named[1]}, as its name says"
        check.problems.append(CaptureProblem("renamed", path.name, None, "", "", says))


def _check_capture(path: Path, record: Record, check: _Check) -> None:
    try:
        key = _key(canonical_json(_leaf(record)))
    except (KeyError, ValueError) as error:
        says = f"a field of the capture is missing or wrong: {error}"
        check.problems.append(_problem("damaged", path, record, says))
        return
    if key in check.awaited:
        check.met.add(key)
        check.captures += 1
        check.length += record.length
        return
    says = "the log has no leaf with this content: it was changed, or a run was interrupted"
    check.problems.append(_problem("unlogged", path, record, says))


def _leaf(record: Record) -> dict[str, Any]:
    """Say what the log must hold of a record that holds a payload."""
    fields = record.fields
    said = {
        "type": "capture",
        "source": fields["atalaya-source"],
        "address": fields["atalaya-address"],
        "url": fields["warc-target-uri"],
        "fetched_at": fields["warc-date"],
        "media_type": fields["atalaya-media-type"],
        "status": int(fields["atalaya-status"]),
        "tool": fields["atalaya-tool"],
    }
    # Of a sealed original, of what intake left of one, and of what a listing named.
    for name in ("plain", "made-from", "dated", "listing"):
        if f"atalaya-{name}" in fields:
            said[name.replace("-", "_")] = fields[f"atalaya-{name}"]
    content = {"sha256": record.sha256, "length": record.length}
    if "atalaya-salt" not in fields:
        return said | content
    return said | {"content": _commitment(fields["atalaya-salt"], canonical_json(content))}


def _commitment(salt: str, content: bytes) -> str:
    """Commit to content under a salt (RFC 2104), read here a second time like every format."""
    key = bytes.fromhex(salt)
    if len(key) != _SALT:  # HMAC would fill a shorter one with zeros: two salts, one commitment
        raise ValueError(f"its salt has {len(key)} bytes, not {_SALT}")
    return "hmac-sha256:" + hmac.digest(key, content, "sha256").hex()


def _problem(kind: str, path: Path, record: Record, says: str) -> CaptureProblem:
    """Name what is wrong with a record, and the document as it was captured."""
    source = record.fields.get("atalaya-source", "")
    address = record.fields.get("atalaya-address", "")
    stated = record.fields.get("warc-payload-digest", "").removeprefix("sha256:")
    document = _document({"source": source, "address": address, "sha256": stated})
    return CaptureProblem(
        kind=kind,
        file=path.name,
        offset=record.offset,
        source=source,
        address=address,
        says=says,
        falls=_falls(document) if source else "",
        document=document if source else "",
    )


def _file_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()[:16]


def _lost(index: int, leaves: ReadsLeaves) -> CaptureProblem:
    leaf = _said(next(iter(leaves.entries(index, index + 1))))
    # A salted leaf does not tell the hash that names the document: its address must do.
    document = _document(leaf) if "sha256" in leaf else ""
    moment = leaf.get("fetched_at", "an unknown moment")
    return CaptureProblem(
        kind="lost",
        file="",
        offset=None,
        source=str(leaf.get("source", "")),
        address=str(leaf.get("address", "")),
        says=f"the capture of {moment}, leaf {index} of the log, has no bytes that fit it",
        falls=_falls(document or "what was captured there then"),
        document=document,
    )


def _document(leaf: dict[str, Any]) -> str:
    source, address, sha256 = (str(leaf.get(key, "")) for key in ("source", "address", "sha256"))
    return Document(source, address, sha256, "", "", "", "").id


def _falls(document: str) -> str:
    return f"every claim read from {document} falls"

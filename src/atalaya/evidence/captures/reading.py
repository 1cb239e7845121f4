"""Reads WARC files record by record, each payload hashed while it passes.

Strict where warcio is lenient: a record must be as long as it says and be followed by its two line
ends, so that a lost or added byte is found where it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from atalaya.evidence.captures.records import capture_from
from atalaya.model.errors import Place, StopEverything
from atalaya.model.records import Capture

_END = b"\r\n\r\n"
_START = b"WARC/1.1\r\n"
_PIECE = 1 << 20
_WITH_PAYLOAD = frozenset({"response", "resource", "conversion"})
# What warcio raises on bytes that are no WARC; AttributeError where it expects a field that is
# not there, TypeError where a digest's name holds a zero byte (both found by fuzzing).
_UNREADABLE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    EOFError,
    ValueError,
    AttributeError,
    TypeError,
)


class Damaged(StopEverything):
    """A record that is not what was written.

    Args:
        fault: What is wrong with it.
        path: The WARC file.
        offset: Where the record begins in it.
        record: What could still be read of it.
    """

    def __init__(
        self, fault: str, path: Path, offset: int, record: ArcWarcRecord | None = None
    ) -> None:
        headers = record.rec_headers if record is not None else None
        self.source = (headers.get_header("Atalaya-Source") or "") if headers else ""
        self.address = (headers.get_header("Atalaya-Address") or "") if headers else ""
        self.fault, self.offset = fault, offset
        about = f" (source {self.source}, {self.address})" if self.source else ""
        super().__init__(
            f"the record at byte {offset} is damaged{about}: {fault}",
            why="archived bytes that changed prove nothing, and every claim read from them falls",
            do="restore the file from a backup; atalaya verify names everything that is wrong",
            where=Place(str(path)),
        )


@dataclass(frozen=True, slots=True)
class Passed:
    """One record that was read to its end.

    Args:
        record: warcio's record; its stream is used up.
        sha256: SHA-256 of its payload, computed.
        length: Length of its payload, counted.
        offset: Where it begins.
        end: Where the next one begins.
    """

    record: ArcWarcRecord
    sha256: str
    length: int
    offset: int
    end: int


def read_record(
    path: Path, file: BinaryIO, offset: int, take: Callable[[bytes], object] | None = None
) -> Passed:
    """Read one record and check it against its own digests.

    Args:
        path: The file, for errors.
        file: The same, open.
        offset: Where the record begins.
        take: Gets the payload piece by piece; None to let it pass.

    Returns:
        The record, all its digests agreeing.

    Raises:
        Damaged: It is not a record, is cut short, or a digest disagrees.
    """
    record: ArcWarcRecord | None = None
    digest, length = hashlib.sha256(), 0
    try:
        file.seek(offset)
        if file.read(len(_START)) != _START:
            raise Damaged("no record begins here", path, offset)
        file.seek(offset)
        loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        record = loader.parse_record_stream(file, known_format="warc", check_digests=True)
        _check_header(record, path, offset)
        while piece := record.raw_stream.read(_PIECE):
            digest.update(piece)
            length += len(piece)
            if take is not None:
                take(piece)
        _check_end(record, file, path, offset)
    except _UNREADABLE as error:
        raise Damaged(f"it cannot be read: {error}", path, offset, record) from error
    return Passed(record, digest.hexdigest(), length, offset, file.tell())


def _check_header(record: ArcWarcRecord, path: Path, offset: int) -> None:
    length = record.rec_headers.get_header("Content-Length") or ""
    if not re.fullmatch(r"[0-9]{1,15}", length):  # longer ones fit no file, and no machine word
        raise Damaged(f"its length is {length[:40]!r}", path, offset, record)
    for name in ("WARC-Block-Digest", "WARC-Type"):
        if not record.rec_headers.get_header(name):
            raise Damaged(f"its header has no {name}", path, offset, record)


def _check_end(record: ArcWarcRecord, file: BinaryIO, path: Path, offset: int) -> None:
    problems = "; ".join(record.digest_checker.problems)
    if problems:
        raise Damaged(problems, path, offset, record)
    if record.raw_stream.limit or record.digest_checker.passed is not True:
        raise Damaged(f"{record.raw_stream.limit} bytes are missing", path, offset, record)
    if file.read(len(_END)) != _END:
        raise Damaged("it does not end where its header says", path, offset, record)


def read_file(path: Path) -> Iterator[Passed]:
    """Read all records of a file.

    Args:
        path: The WARC file.

    Yields:
        Each record, in order. At most a piece of 1 MiB is in memory.

    Raises:
        Damaged: At the first record that is not what was written.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        offset = 0
        while offset < max(size, 1):
            passed = read_record(path, file, offset)
            yield passed
            offset = passed.end


def capture_of(passed: Passed, path: Path) -> Capture | None:
    """Give the capture that a record holds the payload of; None for the other records.

    Raises:
        Damaged: A field of the capture is missing or cannot be read.
    """
    if passed.record.rec_type not in _WITH_PAYLOAD:
        return None
    try:
        place = (path.name, passed.offset)
        capture = capture_from(passed.record, passed.sha256, passed.length, place)
    except (KeyError, ValueError) as error:
        fault = f"a field is missing or wrong: {error}"
        raise Damaged(fault, path, passed.offset, passed.record) from error
    stated = passed.record.rec_headers.get_header("WARC-Payload-Digest")
    if stated != f"sha256:{passed.sha256}":
        fault = f"its payload digest is {stated}, not SHA-256 of its payload"
        raise Damaged(fault, path, passed.offset, passed.record)
    return capture

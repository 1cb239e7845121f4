"""Reading WARC files from the standard alone, without the library that wrote them.

Every record is hashed as it passes. A damaged one is reported with what could be read of it, and
reading goes on behind it.

Source: ISO 28500:2017, WARC 1.1, sections 4 to 6.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_START = b"WARC/1.1\r\n"
_END = b"\r\n\r\n"
_HEADER = 65_536  # most bytes of a record's or an answer's header: addresses are below 2,001
_PIECE = 1 << 20
_FIELD = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*)")


@dataclass(slots=True)
class Record:
    """One record, read to its end.

    Args:
        offset: Where it begins.
        fields: Its named fields, names in lower case; empty when no header could be read.
        end: Where the next record begins; None when that cannot be told.
        sha256: SHA-256 of its payload: of an HTTP message the body, else the whole block.
        length: Length of the payload.
        fault: What is wrong with it, or empty.
    """

    offset: int
    fields: dict[str, str] = field(default_factory=dict)
    end: int | None = None
    sha256: str = ""
    length: int = 0
    fault: str = ""


def read_warc(path: Path) -> Iterator[Record]:
    """Read a file record by record; at most about a piece of 1 MiB is in memory.

    Args:
        path: The file.

    Yields:
        Its records in order, damaged ones with their ``fault``.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        offset = 0
        while offset < max(size, 1):
            record = _read(file, offset)
            yield record
            offset = record.end or _next_start(file, offset + 1, size)


def _read(file: BinaryIO, offset: int) -> Record:
    record = Record(offset)
    file.seek(offset)
    header, end, rest = file.read(_HEADER).partition(_END)
    if not header.startswith(_START) or not end:
        record.fault = "no record with a header begins here"
        return record
    record.fault = _read_fields(header, record) or _read_length(record)
    if not record.fault:
        file.seek(-len(rest), 1)
        _read_block(file, record, int(record.fields["content-length"]))
    return record


def _read_fields(header: bytes, record: Record) -> str:
    for number, line in enumerate(header[len(_START) :].split(b"\r\n"), start=2):
        found = _FIELD.fullmatch(line.decode("utf-8", "replace"))
        if found is None:
            return f"line {number} of its header is no named field"
        record.fields[found[1].lower()] = found[2].rstrip(" \t")
    return ""


def _read_length(record: Record) -> str:
    length = record.fields.get("content-length", "")
    return "" if re.fullmatch(r"[0-9]{1,15}", length) else f"its length is {length[:40]!r}"


def _read_block(file: BinaryIO, record: Record, length: int) -> None:
    block, payload = hashlib.sha256(), hashlib.sha256()
    left = length
    in_body = not record.fields.get("content-type", "").startswith("application/http")
    start = b""  # of an HTTP message, until its header has passed
    while left and (piece := file.read(min(left, _PIECE))):
        left -= len(piece)
        block.update(piece)
        if not in_body:
            start += piece
            _, end, piece = start.partition(_END)
            in_body = bool(end)
            if not in_body and len(start) > _HEADER:
                break
        if in_body:
            payload.update(piece)
            record.length += len(piece)
    record.sha256 = payload.hexdigest()
    if left or not in_body:
        record.fault = f"{left} bytes are missing" if left else "its HTTP header has no end"
    elif file.read(len(_END)) != _END:
        record.fault = "it does not end where its header says"
    else:
        record.end = file.tell()
        record.fault = _digest_fault(record, block.hexdigest())


def _digest_fault(record: Record, block: str) -> str:
    for name, computed in (("block", block), ("payload", record.sha256)):
        stated = record.fields.get(f"warc-{name}-digest")
        if stated is None and name == "payload" and record.fields.get("warc-type") == "warcinfo":
            continue  # the one kind of record that is no capture's
        if stated != f"sha256:{computed}":
            return f"its {name} digest is {stated}, its {name} has sha256:{computed}"
    return ""


def _next_start(file: BinaryIO, offset: int, size: int) -> int:
    """Find where the next record may begin; what is found there is checked like any other."""
    sought = _END + _START
    file.seek(max(0, offset - len(_END)))
    base, window = file.tell(), b""
    while piece := file.read(_PIECE):
        window += piece
        at = window.find(sought)
        if at >= 0:
            return base + at + len(_END)
        kept = window[-len(sought) + 1 :]
        base += len(window) - len(kept)
        window = kept
    return max(size, 1)

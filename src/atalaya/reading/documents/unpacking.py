"""Packed payloads, unpacked only as far as a page can reach."""

from __future__ import annotations

import zlib

from atalaya.model.records import Issue
from atalaya.model.sentences import sentence
from atalaya.reading.documents.document import trouble

LARGEST = 10_000_000  # bytes of one page: the longest of 890 real ones has 3 million
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_WITH_HEADER = 31  # zlib's word for a gzip header before the stream


def unpack(payload: bytes, address: str) -> tuple[bytes, tuple[Issue, ...]]:
    """Unpack gzip; refuse archives and what is larger than a page.

    Args:
        payload: Bytes as received.
        address: Where they came from, for issues.

    Returns:
        The unpacked bytes, empty where they were refused, and the issue that says so.
    """
    if payload.startswith(_ZIP):
        return b"", (_archive(address),)
    if payload.startswith(_GZIP):
        stream = zlib.decompressobj(_WITH_HEADER)
        try:
            payload = stream.decompress(payload, LARGEST + 1)
        except zlib.error as error:
            return b"", (_broken(str(error), address),)
        if not stream.eof and len(payload) <= LARGEST:
            return payload, (_broken("it ends too early", address),)
    if len(payload) > LARGEST:
        return b"", (_large(address),)
    return payload, ()


def _archive(address: str) -> Issue:
    says = sentence("this is an archive of files, not a page; it was not opened")
    return trouble("archive", says, sentence("fetch the file in it that is meant"), address)


def _broken(fault: str, address: str) -> Issue:
    says = sentence("the packed page cannot be unpacked whole: {fault}", fault=fault)
    return trouble("broken-packing", says, sentence("fetch it again"), address)


def _large(address: str) -> Issue:
    says = sentence("the page has more than {most} bytes; it was not read", most=LARGEST)
    do = sentence("open it in a browser; declare it as a table if it is one")
    return trouble("too-large", says, do, address)

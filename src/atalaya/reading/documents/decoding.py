"""Bytes of a page as text: what its letters prove goes before what its sender said of them.

Source: WHATWG, "Encoding" (labels; ISO 8859-1 is read as Windows-1252) and RFC 3629 (UTF-8).
"""

from __future__ import annotations

import codecs
import re

from atalaya.model.records import Issue
from atalaya.model.sentences import sentence
from atalaya.reading.documents.document import trouble
from atalaya.reading.western import western

_HEAD = 2048  # bytes: a page must say its encoding in the first 1,024
_META = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_AS_WRITTEN = {"ascii": "cp1252", "iso8859-1": "cp1252"}  # what such pages really hold
_NO_TEXT = frozenset(  # Python's codecs that are no encodings of pages
    (
        *("base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "mbcs"),
        *("oem", "unicode_escape", "raw_unicode_escape", "undefined"),
    )
)


def decode(payload: bytes, media_type: str, address: str) -> tuple[str, tuple[Issue, ...]]:
    """Decode a page.

    Args:
        payload: Its bytes.
        media_type: As its sender declared it, with or without ``charset``; may be empty.
        address: Where it came from, for issues.

    Returns:
        Its text without byte order mark or NUL, and an issue where the declaration was wrong.
    """
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return _loosely(payload, encoding, address)
    declared = _declared(payload, media_type)
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    else:
        return text.replace("\0", ""), ()
    if declared is not None and declared != "utf-8":
        return _loosely(payload, declared, address)
    found = western(payload[max(0, at - _HEAD) : at + 16 * _HEAD])
    text = payload.decode(found or "utf-8", "replace").replace("\0", "")
    return text, (_wrong(payload, at, found, address),)


def _declared(payload: bytes, media_type: str) -> str | None:
    header = _HEADER.search(media_type)
    found = _META.search(payload, 0, _HEAD)
    said = header[1] if header else found[1].decode("ascii", "replace") if found else None
    if said is None:
        return None
    try:
        name = codecs.lookup(said).name
    except LookupError:
        return None
    return None if name in _NO_TEXT else _AS_WRITTEN.get(name, name)


def _loosely(payload: bytes, encoding: str, address: str) -> tuple[str, tuple[Issue, ...]]:
    try:
        return payload.decode(encoding).replace("\0", ""), ()
    except UnicodeDecodeError as error:
        text = payload.decode(encoding, "replace").replace("\0", "")
        return text, (_wrong(payload, error.start, encoding, address),)


def _wrong(payload: bytes, at: int, read_as: str | None, address: str) -> Issue:
    return trouble(
        "wrong-encoding",
        sentence(
            "byte {at} (0x{byte}) does not fit the declared encoding; it was read as {encoding}",
            at=str(at),
            byte=f"{payload[at : at + 1].hex()}",
            encoding=read_as or "utf-8",
        ),
        sentence("compare names with the page itself; tell the publisher"),
        address,
        payload.count(b"\n", 0, at) + 1,
    )

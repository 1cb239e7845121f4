"""From a payload to text that can be split: what kind of bytes these are, and in which encoding.

Everything that is not plainly what was declared is refused here, before any row is made of it.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from email.message import Message

from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence
from atalaya.reading.western import likely

WORKBOOKS = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel.sheet.macroenabled.12",
    }
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = (  # longest first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# In these, the bytes of comma, quotation mark and line end stand for nothing else, so rows can be
# split before they are decoded and a span is a span of the payload.
_ASCII_BASED = frozenset(
    {"utf-8", "ascii", "cp850", "cp1250", "cp1252", "iso8859-1", "iso8859-2", "iso8859-15"}
    | {"mac-roman"}
)


@dataclass(frozen=True, slots=True)
class Passages:
    """The bytes that spans point into, and how they are read.

    Args:
        payload: For CSV the payload itself; for a workbook its sheet written as CSV in UTF-8.
        encoding: Python's name of the encoding of ``payload``.
        place: Where problems are reported: an address, with the sheet's name for a workbook.
        by_row: Whether lines are counted by rows, as in a sheet, rather than by line ends.
    """

    payload: bytes
    encoding: str
    place: str
    by_row: bool = False


def is_workbook(media_type: str) -> bool:
    """Say whether a media type names an XLSX workbook."""
    return media_type.partition(";")[0].strip().lower() in WORKBOOKS


def plain_text(payload: bytes, media_type: str, address: str) -> Passages:
    """Check that a payload is delimited text in the declared encoding.

    Args:
        payload: The bytes as received.
        media_type: As declared; ``text/csv; charset=windows-1252`` declares an encoding, and
            without ``charset`` the text must be UTF-8.
        address: Where it came from, for error messages.

    Returns:
        The payload, unchanged, with its encoding.

    Raises:
        BadInput: The body is empty, a web page, a workbook, binary, or in another encoding.

    Source: RFC 4180 and RFC 7111 for ``text/csv`` and its ``charset`` parameter.
    """
    where = Place(address)
    _refuse_other_kinds(payload, where)
    encoding = _declared_encoding(media_type, where)
    try:
        payload.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(payload, encoding, error.start, address) from error
    return Passages(payload, encoding, address)


def _refuse_other_kinds(payload: bytes, where: Place) -> None:
    opening = payload[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if not opening:
        raise BadInput(
            sentence("the body is empty"),
            why="an empty answer is a failure of the source, not a table without rows",
            do=sentence(
                "open the address in a browser; if it is empty there too, tell the publisher"
            ),
            where=where,
        )
    if opening.startswith((b"<!doctype html", b"<html")) or b"<html" in opening:
        raise BadInput(
            sentence("the answer is a web page (HTML), not a table"),
            why="publishers answer with a page when a file has moved or a login is asked for",
            do=sentence(
                "open the address in a browser, find the file's new address and declare that one"
            ),
            where=where,
        )
    if opening.startswith((_ZIP.lower(), _OLE)):
        raise BadInput(
            sentence("the answer is a workbook or another packed file, not delimited text"),
            do=sentence(
                "declare its media type ({media_type} for XLSX); save XLS as XLSX",
                media_type=min(WORKBOOKS, key=len),
            ),
            where=where,
        )
    if b"\0" in opening and not opening.startswith(tuple(mark for mark, _ in _MARKS)):
        raise BadInput(
            sentence("the body holds NUL bytes: it is binary, or UTF-16 without a byte order mark"),
            do=sentence("declare what it is, or have it saved as UTF-8 text"),
            where=where,
        )


def _declared_encoding(media_type: str, where: Place) -> str:
    header = Message()
    header["content-type"] = media_type
    declared = header.get_content_charset("utf-8")
    try:
        encoding = codecs.lookup(declared).name
    except LookupError as error:
        raise BadInput(
            sentence("{declared!r} is not an encoding", declared=declared),
            do=sentence("declare charset=utf-8"),
            where=where,
        ) from error
    if encoding not in _ASCII_BASED:
        raise BadInput(
            sentence("tables in {encoding} are not read", encoding=encoding),
            why="rows are quoted by their bytes, so the encoding must be one known to allow that",
            do=sentence(
                "declare one of {encodings}, or have it saved as UTF-8",
                encodings=", ".join(sorted(_ASCII_BASED)),
            ),
            where=where,
        )
    return encoding


def _wrong_encoding(payload: bytes, encoding: str, at: int, address: str) -> BadInput:
    line = payload.count(b"\n", 0, at) + 1
    guess = _guess(payload, at)
    known = guess is not None and codecs.lookup(guess).name in _ASCII_BASED
    looks = sentence("its encoding could not be guessed")
    if guess:
        looks = sentence("the file looks like {encoding}", encoding=guess)
    do = sentence("save the file as UTF-8")
    if known:
        do = sentence(
            'save the file as UTF-8, or declare media_type = "text/csv; charset={guess}" '
            "after a look",
            guess=str(guess),
        )
    return BadInput(
        sentence(
            "byte {at} (0x{byte}) is not {encoding}; {looks}",
            at=str(at),
            byte=f"{payload[at]:02x}",
            encoding=encoding.upper(),
            looks=looks,
        ),
        why="names read in the wrong encoding become other names",
        do=do,
        where=Place(address, line=line),
    )


def _guess(payload: bytes, at: int) -> str | None:
    for mark, name in _MARKS:
        if payload.startswith(mark):
            return name
    return likely(payload, at)

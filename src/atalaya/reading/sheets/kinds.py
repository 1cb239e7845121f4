"""What kind of file somebody gave, told from its first bytes and never from its name."""

from __future__ import annotations

import codecs
from typing import Literal

from atalaya.model.errors import BadInput, Place
from atalaya.reading.packed import check_packed

Kind = Literal["workbook", "text"]

SIZE_AT_MOST = 200_000_000  # bytes: a sheet of a million rows has about 100 million
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream's name, [MS-OFFCRYPTO] 1.3.3
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"PAR1", "a Parquet file"),
)
_BYTE_ORDER = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 2048
_CSV = "save the table as XLSX or CSV (UTF-8) in your spreadsheet program and give that file"


def kind_of_file(payload: bytes, name: str) -> Kind:
    """Tell a workbook from text, refusing everything else.

    Args:
        payload: The file's bytes.
        name: Its name, for messages.

    Raises:
        BadInput: It is empty, too large, password-protected, an old workbook, a web page, a PDF,
            a picture or another packed or binary file.

    >>> kind_of_file(b"fecha;resultado", "muestras.csv")
    'text'
    """
    where = Place(name)
    if len(payload) > SIZE_AT_MOST:
        raise BadInput(
            f"the file has {len(payload):,} bytes, more than {SIZE_AT_MOST:,}",
            do="give a part of it, such as the last five years",
            where=where,
        )
    opening = payload[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip()
    if not opening:
        raise BadInput("the file is empty", do="check that it was saved", where=where)
    if opening.startswith(_ZIP):
        _refuse_other_packed(payload, where)
        return "workbook"
    _refuse_other_kinds(payload, opening, where)
    return "text"


def _refuse_other_kinds(payload: bytes, opening: bytes, where: Place) -> None:
    if opening.startswith(_OLE):
        if _ENCRYPTED in payload:
            raise BadInput(
                "the workbook is protected by a password",
                why="its cells cannot be read, and no password is asked for or kept here",
                do="save a copy without a password and give that one",
                where=where,
            )
        raise BadInput("the file is an old workbook (XLS) or document", do=_CSV, where=where)
    low = opening.lower()
    if low.startswith((b"<!doctype html", b"<html", b"<table")) or b"<html" in low:
        raise BadInput(
            "the file is a web page (HTML), whatever its name says",
            why="some systems offer a page under the name of a workbook",
            do=f"open it in a spreadsheet program; {_CSV}",
            where=where,
        )
    for mark, what in _OTHERS:
        if opening.startswith(mark):
            raise BadInput(f"the file is {what}, not a table", do=_CSV, where=where)
    if b"\0" in opening and not payload.startswith(_BYTE_ORDER):
        raise BadInput("the file is binary, not a table", do=_CSV, where=where)


def _refuse_other_packed(payload: bytes, where: Place) -> None:
    if "xl/workbook.xml" not in check_packed(payload, where):
        raise BadInput("the file is a packed file, not an XLSX workbook", do=_CSV, where=where)

"""The text of a document, by what its bytes are: HTML, PDF or plain text."""

from __future__ import annotations

from atalaya.model.errors import BadInput, Place
from atalaya.reading.reports.markup import page_text
from atalaya.reading.reports.pages import pdf_text
from atalaya.reading.western import likely

LARGEST = 100_000_000  # bytes; a report of a thousand pages is a tenth of it


def text_of(payload: bytes, name: str, *, page: bool = False, tables: bool = False) -> str:
    """Give a document's text.

    Args:
        payload: Its bytes.
        name: File or address, for errors.
        page: Whether it is said to be a web page, which may begin with any of its elements.
        tables: Whether the tables of a PDF are kept, with tabs between cells.

    Raises:
        BadInput: It is empty, too large, binary, not UTF-8, or a PDF that gives no text.
    """
    where = Place(name)
    if len(payload) > LARGEST:
        raise BadInput(
            f"the file is larger than {LARGEST:,} bytes",
            do="give one report at a time",
            where=where,
        )
    if not payload.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        raise BadInput(
            "the file is empty: it says nothing", do="give the report itself", where=where
        )
    if payload.lstrip()[:5] == b"%PDF-":
        return pdf_text(payload, name, tables=tables)
    head = payload[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or (page and b"<" in head):
        return page_text(payload, name)
    return _plain(payload, name)


def _plain(payload: bytes, name: str) -> str:
    if b"\0" in payload[:4096]:
        raise BadInput(
            "this is no text: it holds NUL bytes",
            do="save the report as PDF, HTML or UTF-8 text",
            where=Place(name),
        )
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = payload.count(b"\n", 0, error.start) + 1
        guess = likely(payload, error.start)
        looks = f"; it looks like {guess}" if guess else ""
        raise BadInput(
            f"byte {error.start} is not UTF-8{looks}",
            why="names read in the wrong encoding become other names",
            do="save the file as UTF-8",
            where=Place(name, line=line),
        ) from error

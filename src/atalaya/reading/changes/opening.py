"""Bytes of a page, by what they are: HTML, PDF, CSV, Markdown or text."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.errors import BadInput
from atalaya.reading.changes.lines import pdf_passages, text_passages
from atalaya.reading.changes.pages import decoded, page_passages
from atalaya.reading.changes.passages import Passage
from atalaya.reading.changes.tables import Sheet, sheet

_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body")
_TABULAR = ("csv", "tab-separated", "tsv")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Opened:
    """A version of a page, ready to be compared.

    Args:
        passages: Its passages; empty for a CSV file.
        sheet: Its rows, where it is a CSV file.
        unread: Why it was not read, in a word; else empty.
    """

    passages: tuple[Passage, ...] = ()
    sheet: Sheet | None = None
    unread: str = ""


def opened(payload: bytes, media_type: str = "", name: str = "") -> Opened:
    """Open a version of a page; what cannot be read is said, never raised.

    Args:
        payload: Its bytes.
        media_type: As answered or declared; its bytes decide where it is silent or wrong.
        name: Its address or file name, whose ending tells Markdown and CSV from other text.
    """
    media, ending = media_type.lower(), name.lower().partition("?")[0].rpartition(".")[2]
    head = payload[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    if head.startswith(b"%pdf-"):
        return _pdf(payload, name)
    if payload.startswith(_PACKED) or (
        b"\0" in head and not payload.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        return Opened(unread="binary")
    if "html" in media or head.startswith(_TAGS) or any(tag in head for tag in _TAGS[:2]):
        return Opened(page_passages(payload))
    text = decoded(payload)
    if any(one in media for one in _TABULAR) or ending in ("csv", "tsv"):
        rows = sheet(text)
        if rows is not None:
            return Opened(sheet=rows)
    if ending in ("html", "htm", "xhtml") and b"<" in head:
        return Opened(page_passages(payload))
    markdown = "markdown" in media or ending in ("md", "markdown", "mdown")
    return Opened(text_passages(text, markdown=markdown))


def _pdf(payload: bytes, name: str) -> Opened:
    from atalaya.reading.reports.pages import pdf_text

    try:
        return Opened(pdf_passages(pdf_text(payload, name)))
    except BadInput:  # broken, scanned, or it asks for a password
        return Opened(unread="pdf-without-text")

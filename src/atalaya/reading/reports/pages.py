"""The text of a PDF, page after page."""

from __future__ import annotations

import re
from typing import Any

from atalaya.model.errors import BadInput, Place
from atalaya.reading.reports.columns import laid_out

# PDFium's signs for a hyphen at a line's end; the line's end it drops.
_BROKEN = re.compile(r"[\x02\ufffe]")
_FEWEST_LETTERS = 20  # a scanned page may hold a stamp or a page number


def pdf_text(payload: bytes, name: str, *, tables: bool = False) -> str:
    """Give a PDF's text; a form feed parts its pages.

    Args:
        payload: The file's bytes.
        name: Its name, for messages.
        tables: Whether tables are kept, with tabs between cells, as a roll call needs them.

    Raises:
        BadInput: It is broken, asks for a password, or holds images alone.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(str(error), name) from error
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            kept = laid_out(text) if tables else None
            pages.append(_plain(text) if kept is None else kept)
            text.close()
            page.close()
    finally:
        document.close()
    whole = "\n\f".join(pages)
    if sum(map(str.isalpha, whole)) < _FEWEST_LETTERS:
        raise BadInput(
            f"its {len(pages)} pages hold images and no text: it was scanned",
            why="what is on a picture would be guessed",
            do="give the publisher's own PDF, or a text that somebody recognised and checked",
            where=Place(name),
        )
    return whole


def _plain(page: Any) -> str:
    words: str = page.get_text_bounded()
    return _BROKEN.sub("-\n", words.replace("\r\n", "\n"))


def _unreadable(error: str, name: str) -> BadInput:
    if "password" in error.lower():
        return BadInput(
            "the PDF asks for a password",
            do="save a copy without one, if you may",
            where=Place(name),
        )
    return BadInput(
        f"this is no PDF that can be read: {error}",
        do="open it in a viewer and save it anew, or get it from its publisher again",
        where=Place(name),
    )

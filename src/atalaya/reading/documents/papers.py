"""A PDF as a document, with the offsets at which its pages begin."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from atalaya.model.errors import BadInput, Place
from atalaya.model.records import Issue
from atalaya.reading.documents.document import TextDocument
from atalaya.reading.documents.language import identify
from atalaya.reading.reports.pages import pdf_text

_BREAK = "\n\f"


def paper(payload: bytes, address: str) -> TextDocument:
    """Read a PDF.

    Args:
        payload: The file's bytes.
        address: Where it came from, for issues.

    Returns:
        Its text, a form feed before each page but the first; without text, and with an issue,
        where it is broken, asks for a password or holds pictures alone.
    """
    try:
        text = pdf_text(payload, address)
    except BadInput as error:
        issue = Issue(
            "unreadable-pdf", error.what, "read", where=error.where or Place(address), do=error.do
        )
        return TextDocument("", issues=(issue,))
    lengths = [len(one) + len(_BREAK) for one in text.split(_BREAK)]
    pages = (0, *accumulate(lengths[:-1]))
    return TextDocument(text, language=identify(text), pages=pages)


def page_of(document: TextDocument, offset: int) -> int | None:
    r"""Give the page, counted from 1, on which an offset of a PDF's text stands; None for others.

    >>> page_of(TextDocument("one\\n\\ftwo", pages=(0, 5)), 6)
    2
    """
    return bisect_right(document.pages, offset) or None if document.pages else None

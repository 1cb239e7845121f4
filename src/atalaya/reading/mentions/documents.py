"""Symbols of United Nations and kindred documents in a text: ``name`` is the symbol as printed."""

from __future__ import annotations

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.symbols import finding

RULE = "document symbols 1"
_MARKS = ("/", "WHA", "EB1", "COM(")  # one of them is in every symbol: most texts have none


def mentions(page: Page) -> list[Mention]:
    """Find the document symbols of a text, in its order; what cannot be read is no mention."""
    if not any(mark in page.text for mark in _MARKS):
        return []
    found, _ = finding.mentions(page.text)
    return [
        Mention(one.span.start, one.span.end, Label.DOCUMENT, name=str(one.symbol), rule=RULE)
        for one in found
    ]

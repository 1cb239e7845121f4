"""Symbols of United Nations and kindred documents in a text: ``name`` is the symbol as printed."""

from __future__ import annotations

import re

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.symbols import finding

_BEFORE, _BEHIND = 24, 160  # characters: of a symbol before its first slash, and behind it
RULE = "document symbols 1"
# Something like it is in every symbol: only about it is looked for one.
_MAYBE = re.compile(
    r"[A-Z\d).]/\s{0,2}[A-Z\d(]|WHA\d|EB\d|COM\(|SWD\(|JOIN\(|SEC\(|[A-Z]\(\d|doc\.|RES"
)


def mentions(page: Page) -> list[Mention]:
    """Find the document symbols of a text, in its order; what cannot be read is no mention."""
    found: list[Mention] = []
    for place in _MAYBE.finditer(page.text):
        if not found or place.start() >= found[-1].end:
            found += _about(page.text, place.start(), found[-1].end if found else 0)
    return found


def _about(text: str, place: int, last: int) -> list[Mention]:
    """Read the symbol that stretches over a place, and its twin behind a hyphen."""
    window = (max(last, place - _BEFORE), min(len(text), place + _BEHIND))
    read, _ = finding.mentions(text, window)
    kept: list[Mention] = []
    for one in read:
        start, end = one.span.start, one.span.end
        if end > place and start <= (kept[-1].end + 2 if kept else place):
            kept.append(Mention(start, end, Label.DOCUMENT, name=str(one.symbol), rule=RULE))
    return kept

"""Symbols of documents and numbers of resolutions, as they stand in running text."""

from __future__ import annotations

import re

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.spans import Leaf, Span

SYMBOL = re.compile(
    r"(?<![\w/-])(?:[A-Z][A-Z0-9.]*(?:-[A-Z]{1,5})?(?:/[A-Za-z0-9][A-Za-z0-9.-]*(?:\([A-Z0-9]+\))?)+"
    r"(?:[ \u00a0]?\(\d{4}\)[ \u00a0]?\d{1,3}|"
    r"[ \u00a0](?:[Rr]ev|[Aa]dd|[Cc]orr)\.[ \u00a0]?\d{1,2}(?!\w))?|"
    r"[A-Z]{1,5}-[A-Z]{1,5}[ \u00a0]?\(\d{4}\)[ \u00a0]?\d{1,3}|L\.\d{1,3}(?:/(?:Rev|Add|"
    r"Corr)\.\d{1,2})*(?![\w/])|[A-Z]{2,5}\d{1,3}\.[A-Z]?\d{1,3}|"
    r"[A-Z]{2,5}\d{1,3}\(\d{1,3}\))(?<![.,-])"
)
NUMBER = re.compile(r"(?<![\w/.])\d{1,3}/\d{1,3}(?![\w/])")
_DRAFTS = re.compile(r"(?:^|/)(?:L|CONF|CRP|WP)\.?/?\d*", re.IGNORECASE)


def symbol_of(text: str, span: tuple[int, int]) -> tuple[Leaf | None, Leaf | None]:
    """Give the symbol in a stretch, and whether it is that of a draft."""
    words = text[span[0] : span[1]]  # a cell that was glued to the one before is read by itself
    found = SYMBOL.search(words) or NUMBER.search(words)
    if found is None:
        return None, None
    where = Span(span[0] + found.start(), span[0] + found.end())
    before = text[max(span[0], where.start - 30) : where.start]
    said = re.search(rf"(?i:{lexicon.load().phrases['draft']})[^.;]*$", before)
    draft = _DRAFTS.search(found[0]) is not None or said is not None
    return Leaf(found[0], where), Leaf(draft, where)

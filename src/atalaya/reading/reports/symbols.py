"""Symbols of documents and numbers of resolutions, as they stand in running text."""

from __future__ import annotations

import re

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.spans import Leaf, Span

SYMBOL = re.compile(
    r"(?<![\w/])(?:[A-Z][A-Z0-9.]*(?:/[A-Za-z0-9][A-Za-z0-9.-]*(?:\([A-Z0-9]+\))?)+|"
    r"L\.\d{1,3}(?:/(?:Rev|Add|Corr)\.\d{1,2})*(?![\w/])|[A-Z]{2,5}\d{1,3}\.[A-Z]?\d{1,3}|[A-Z]{2,5}\d{1,3}\(\d{1,3}\))(?<![.,-])"
)
NUMBER = re.compile(r"(?<![\w/.])\d{1,3}/\d{1,3}(?![\w/])")
_DRAFTS = re.compile(r"(?:^|/)(?:L|CONF|CRP|WP)\.?/?\d*", re.IGNORECASE)


def symbol_of(text: str, span: tuple[int, int]) -> tuple[Leaf | None, Leaf | None]:
    """Give the symbol in a stretch, and whether it is that of a draft."""
    found = SYMBOL.search(text, *span) or NUMBER.search(text, *span)
    if found is None:
        return None, None
    where = Span(*found.span())
    before = text[max(span[0], where.start - 30) : where.start]
    said = re.search(rf"(?i:{lexicon.load().phrases['draft']})[^.;]*$", before)
    draft = _DRAFTS.search(found[0]) is not None or said is not None
    return Leaf(found[0], where), Leaf(draft, where)

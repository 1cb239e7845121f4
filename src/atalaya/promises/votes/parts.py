"""Whether a vote was on a part of a text, such as one operative paragraph, or on all of it."""

from __future__ import annotations

import re

from atalaya.promises.votes.tallies import Tally
from atalaya.promises.votes.words import load
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_LINE = re.compile(r"[^\n]+")
_NEAR = 600  # characters before a vote in which it is announced
_AHEAD = 40  # characters before the words in which another text may be referred to


def part(text: str, tallies: tuple[Tally, ...], span: Span, after: int) -> Span | None:
    """Give the words that name the part voted on, or None where the vote was on all of it.

    Args:
        text: The document.
        tallies: The sentences that declare the vote's totals.
        span: The vote.
        after: Where the vote before it ends.
    """
    for one in tallies:
        if load().found["whole"].search(text, *one.span):
            return None
        named = _named(text, one.span)
        if named is not None:
            return named
    near = Span(max(after, span.start - _NEAR), span.start)
    return _announced(text, near)


def _announced(text: str, near: Span) -> Span | None:
    """Give the part that the last sentence before the vote puts to it; another text ends it."""
    found: Span | None = None
    for line in _LINE.finditer(text, *near):
        for one in sentences(text, line.span()):
            if load().found["put"].search(text, *one) is None:
                continue
            named = _named(text, one)
            if named is not None or load().found["whole"].search(text, *one):
                found = None if load().found["whole"].search(text, *one) else named
            elif load().found["draft"].search(text, *one):
                found = None
    return found


def _named(text: str, span: Span) -> Span | None:
    for one in load().found["part"].finditer(text, *span):
        before = text[max(span.start, one.start() - _AHEAD) : one.start()].rstrip()
        last = [*load().found["elsewhere"].finditer(before)]
        if not last or last[-1].end() < len(before):
            return Span(*one.span())
    return None

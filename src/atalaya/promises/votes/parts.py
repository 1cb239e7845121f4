"""Whether a vote was on a part of a text, such as one operative paragraph, or on all of it."""

from __future__ import annotations

import re

from atalaya.promises.votes.tallies import Tally
from atalaya.promises.votes.words import load
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span
from atalaya.reading.symbols.finding import mentions

_LINE = re.compile(r"[^\n]+")
_NEAR = 600  # characters before a vote in which it is announced
_SHORT = 120  # characters of a title
_BESIDE = 4  # characters between a symbol and the part of it
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
        if _is_title(text, Span(*line.span())):
            found = _named(text, Span(*line.span()))
            continue
        for one in sentences(text, line.span()):
            if load().found["put"].search(text, *one) is None:
                continue
            named = _named(text, one)
            if named is not None or load().found["whole"].search(text, *one):
                found = None if load().found["whole"].search(text, *one) else named
            elif load().found["draft"].search(text, *one):
                found = None
    return found


def _is_title(text: str, line: Span) -> bool:
    """Whether a line is the title of a vote on a part: a symbol, and the part right behind it."""
    found, _ = mentions(text, line)
    named = load().found["part"].search(text, found[-1].span.end, line.end) if found else None
    short = line.end - line.start <= _SHORT and text[line.end - 1] not in ".;"
    return named is not None and short and named.start() - found[-1].span.end <= _BESIDE


def _named(text: str, span: Span) -> Span | None:
    for one in load().found["part"].finditer(text, *span):
        before = text[max(span.start, one.start() - _AHEAD) : one.start()].rstrip()
        last = [*load().found["elsewhere"].finditer(before)]
        if not last or last[-1].end() < len(before):
            return Span(*one.span())
    return None

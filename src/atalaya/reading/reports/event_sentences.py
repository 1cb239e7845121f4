"""Whether a sentence tells of a side event, and which words in it are its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.clauses import quoted, roles, sentences
from atalaya.reading.reports.event_voices import active
from atalaya.reading.reports.event_words import APPOSED, EVENT
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.symbols import NUMBER, SYMBOL

ROLES = ("organised", "cohosts")
_KIND_ONLY = re.compile(
    rf"(?:(?:the|our|el|la|le|un|une|una|an?)[ \u00a0])?{EVENT}|it|this|that|they|both|elle|il|"
    rf"celui-ci|"
    r"celle-ci|ce|este|esta|ella|él|ambos|tous deux",
    re.IGNORECASE,
)


def titled_in(text: str, span: Span) -> Span | None:
    """Give a title that a sentence sets apart: in quotation marks, or between commas."""
    inner = quoted(text, span)
    if inner is None:
        found = APPOSED.search(text, *span)
        inner = Span(*found.span("title")) if found is not None else None
    return inner


def is_event(text: str, span: Span) -> bool:
    """Whether a sentence with a title is about an event."""
    held = active(text, span) is not None
    return speaks_of_event(text, span) or (held and not is_text(text, span))


def is_text(text: str, span: Span) -> bool:
    """Whether a sentence is about a text that was tabled, and not about an event."""
    noun = lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['text_noun']}(?!\w)")
    return (
        SYMBOL.search(text, *span) is not None
        or NUMBER.search(text, *span) is not None
        or noun.search(text, *span) is not None
    )


def whole_sentences(text: str, span: Span) -> Iterator[Span]:
    """A title may end like a sentence: what names nobody goes with the phrase after it."""
    held: Span | None = None
    for one in sentences(text, span):
        joined = one if held is None else Span(held.start, one.end)
        phrases = roles(text, one, ROLES)
        lead = phrases and not text[one.start : phrases[0].span.start].strip()
        if held is not None and not lead:
            yield held
            held = one
        elif held is not None:
            yield joined
            held = None
        else:
            held = one
    if held is not None:
        yield held


def speaks_of_event(text: str, span: Span) -> bool:
    """Whether a sentence names a side event, a panel or the like."""
    return lexicon.load().sections["events"].search(text, *span) is not None


def is_titling(text: str, span: Span) -> bool:
    """Whether words may be a title: "Side event" before "organised by" only says what it was."""
    return any(map(str.isalpha, span.of(text))) and not _KIND_ONLY.fullmatch(text, *span)

"""Explanations of vote: which State explained, before the vote or after, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.promises.votes.rolls import Listed, code, listed
from atalaya.promises.votes.words import load
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_LINE = re.compile(r"[^\n]+")
_LABELLED = re.compile(r"[\s*_•–-]*(?P<name>[^\n:–—]{2,70}?)[*_]*\s*(?::|\s[–—])[*_]*\s+(?=\S)")
_SHORT = 80  # characters: a heading, no paragraph
_AHEAD = 160  # characters behind "the representative of" in which States are named


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation of vote.

    Args:
        who: The State that explained, or None where the sentence does not name one.
        when: ``before`` or ``after`` the vote, or None.
        span: The sentence, or the paragraph under a heading of explanations.
    """

    who: Listed | None
    when: str | None
    span: Span


def explanations(text: str) -> Iterator[Explanation]:
    """Find every explanation, in the order of the text."""
    words = load()
    under: str | None = None
    inside = False
    for line in _LINE.finditer(text):
        said = words.explained.search(text, *line.span())
        if said is not None and _is_heading(line[0]):
            inside, under = True, _when(line[0])
            continue
        if said is not None:
            yield from _sentences(text, Span(*line.span()))
            continue
        label = _LABELLED.match(text, *line.span()) if inside else None
        if label is None:
            inside = inside and len(line[0].strip()) > _SHORT
            continue
        name = label["name"].strip(" *_")
        iso3 = code(name)
        if iso3 is not None:
            who = Listed(" ".join(name.split()), iso3, Span(*label.span("name")))
            yield Explanation(who, under, Span(line.start(), line.end()))


def _is_heading(line: str) -> bool:
    plain = line.strip(" *_#\t")
    ended = plain.endswith((".", "!", "?"))
    return len(plain) <= _SHORT and not ended and _LABELLED.match(line) is None


def _sentences(text: str, span: Span) -> Iterator[Explanation]:
    for one in sentences(text, span):
        if load().explained.search(text, *one) is None:
            continue
        speakers = _speakers(text, one)
        for who in speakers or (None,):
            yield Explanation(who, _when(one.of(text)), one)


def _when(words: str) -> str | None:
    if load().before.search(words):
        return "before"
    return "after" if load().after.search(words) else None


def _speakers(text: str, span: Span) -> tuple[Listed, ...]:
    """Give the States that spoke: named behind "the representative of", or heading the sentence."""
    spoken = load().speaker.search(text, *span)
    start = span.start if spoken is None else spoken.end()
    names = listed(text, (start, min(span.end, start + _AHEAD)))
    found = []
    for one in names:
        known = one if one.iso3 else _head(text, one.span)
        if known is None:
            break
        found.append(known)
        if known is not one:
            break
    return tuple(found)


def _head(text: str, span: Span) -> Listed | None:
    """Give the State with which a longer piece begins: "France explained its vote"."""
    words = [*re.finditer(r"\S+", span.of(text))][:9]
    for last in reversed(words):
        part = Span(span.start, span.start + last.end())
        name = part.of(text).strip(" ,.;:")
        iso3 = code(re.sub(r"^(?:the|The)\s+", "", name))
        if iso3 is not None:
            return Listed(name, iso3, Span(span.start, span.start + len(name)))
    return None

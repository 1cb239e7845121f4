"""Who is asked, and where what is asked for begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from atalaya.promises.asks.words import load, which
from atalaya.reading.reports.spans import Span

TAIL = " \n\t\u00a0;,."
_SUBJECT = re.compile(r"\s+(?:the|el|la|los|las|le|les|l['’])\s*|\s+", re.IGNORECASE)
# A name beside a known one: "and the permanent observers", with an article.
_NAME = (
    r"(?:to |a |à )?(?P<name>(?i:the|los|las|les|aux)\s+(?!other|otr[oa]s|autres)"
    r"[^\W\d_][\w'’ -]{3,60}?)(?=\s+(?:and|y|e|et)\s|\s*$)"
)
# Behind an aside such as "where appropriate" only what is joined is asked as well.
_ALSO = re.compile(r"(?:and|y|e|et|as well as|así como|ainsi que)\s", re.IGNORECASE)
_LEADING = re.compile(rf"\s*{_NAME}")
_JOINED = re.compile(rf"\s(?i:and|y|e|et)\s+{_NAME}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: an identifier such as ``unodc``, or None, and the words."""

    id: str | None
    span: Span


def begins(text: str, start: int, end: int) -> tuple[int, int]:
    """Where what is asked for begins and where its words do, not in a name and not in an aside."""
    bodies = [one.span() for one in load().body.finditer(text, start, end)]
    held = None  # in an aside that no comma closes: the first there, where there is no other
    for found in load().actions.finditer(text, start, end):
        inside = any(left <= found.start() < right for left, right in bodies)
        relative = found[0].lower() == "that" and text[start : found.start()].strip(TAIL + "*_")
        if inside or relative:
            continue
        if not _in_aside(text, start, found.start()):
            return found.start(), found.end()
        held = held or found
    return (end, end) if held is None else (held.start(), held.end())


def _in_aside(text: str, start: int, at: int) -> bool:
    """Whether a place stands in an aside that a comma has not yet closed."""
    comma = text.rfind(",", start, at)
    opened = comma + 1 + (len(text[comma + 1 : at]) - len(text[comma + 1 : at].lstrip()))
    return comma >= 0 and load().aside.match(text, opened) is not None


def asked(text: str, start: int, begins: tuple[int, int]) -> tuple[Asked, ...]:
    """Give who is asked: before what is asked for, or its subject ("that UNODC report")."""
    before = _who(text, Span(start, begins[0]))
    if before:
        return before
    subject = _SUBJECT.match(text, begins[1])
    found = load().body.match(text, subject.end() if subject else begins[1])
    return () if found is None else (_body(text, found),)


def _body(text: str, found: re.Match[str]) -> Asked:
    name = load().bodies[which(found)]
    span = trimmed(text, Span(*found.span()))
    if name in load().short:
        return Asked(_meant(text, load().short[name], found.start()), span)
    return Asked(name, span)


def _meant(text: str, bodies: Sequence[str], at: int) -> str | None:
    """Give the one of some bodies that the text named last before a place, or None."""
    before = (name for start, name in reversed(_bodies(text)) if start < at and name in bodies)
    return next(before, None)


@lru_cache(maxsize=1)
def _bodies(text: str) -> tuple[tuple[int, str], ...]:
    """Give every body that a text names, with its place, found once for all its short names."""
    return tuple((one.start(), load().bodies[which(one)]) for one in load().body.finditer(text))


def _who(text: str, span: Span) -> tuple[Asked, ...]:
    """Give who is named before what is asked for, not in an aside; unknown names as they stand."""
    found: list[Asked] = []
    at, aside = span.start, False
    for piece in text[span.start : span.end].split(","):
        start = at + len(piece) - len(piece.lstrip())
        end = at + len(piece)
        at = end + 1
        if load().aside.match(text, start, end):
            if load().listing.search(text, start, end):
                break  # "in consultation with WHO": what follows may go on with that list
            aside = True
        elif not aside or _ALSO.match(text, start, end):
            found += _named(text, Span(end - len(piece), end))
    if not any(one.id for one in found) and span.of(text).strip(TAIL + "*_"):
        return (Asked(None, trimmed(text, span)),)
    seen: dict[str, Asked] = {}
    for each in found:
        seen.setdefault(each.id or each.span.of(text), each)
    return tuple(seen.values())


def _named(text: str, span: Span) -> Iterator[Asked]:
    """Give the bodies of a piece between commas, and what "and" joins to them and nobody knows."""
    known = [_body(text, one) for one in load().body.finditer(text, *span)]
    edges = [span.start, *(place for one in known for place in one.span), span.end]
    gaps = [Span(*edges[at : at + 2]) for at in range(0, len(edges), 2)]
    for at, gap in enumerate(gaps):
        named = _JOINED.search(text, *gap) if at else _LEADING.match(text, *gap)
        if named is not None and known:
            yield Asked(None, trimmed(text, Span(*named.span("name"))))
        if at < len(known):
            yield known[at]


def first_named(text: str, span: Span) -> tuple[Asked, ...]:
    """Give the first body that a stretch names, alone, or none."""
    found = load().body.search(text, *span)
    return () if found is None else (_body(text, found),)


def trimmed(text: str, span: Span) -> Span:
    """Give a stretch without the marks and blanks at its edges."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" \n\t\u00a0,;:*_"))
    end = span.start + len(words.rstrip(TAIL + "*_"))
    return Span(start, max(start, end))

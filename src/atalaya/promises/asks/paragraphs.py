"""The operative paragraphs of a resolution: numbered, or each begun by an operative verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.promises.asks.items import items
from atalaya.promises.asks.words import MARK, language, load, which
from atalaya.reading.reports.spans import Span

_START = re.compile(
    rf"(?:^|(?<=[;.:])[ \t\u00a0]+|\n)[ \t\u00a0>*-]*{MARK}(?P<n>\d{{1,2}}|[Oo][Pp][ .]?\d{{1,2}})"
    rf"(?:(?P<mark>[.)])|(?=[ \t\u00a0]*\n)){MARK}[ \t\u00a0]*\n?[ \t\u00a0]*"
    r"(?=[*_]{0,3}[A-ZÀ-Ý])"
)
_BARE = re.compile(rf"(?:^|\n)[ \t\u00a0>-]*(?={MARK}[A-ZÀ-Ý])")
_END = re.compile(r"\n[ \t]*(?:\n[ \t]*)+(?=[#A-ZÀ-Ý0-9])|\n(?=#)")
_MARKED = re.compile(
    r"[#>|•]|[–-][ \t]|[Oo][Pp][ .]?\d"
    r"|[*_]{0,3}(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|\d{1,2})\.[*_]{0,3}[ \t])"
)
_LISTED = re.compile(r"(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]|[•–-])\s+[a-zà-ÿ]")
# A paragraph is one sentence; its items may have full stops of their own.
_CLOSED = re.compile(
    r"[.][*_]*(?=[ \t]*(?:\n|$))(?!\s{1,40}(?:\(?(?:[b-z]|[ivx]{1,5}|\d{1,2})\)|[b-z]\.)\s)"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An operative paragraph.

    Args:
        n: Its number, or None where the text does not number them.
        part: Its letter where the paragraphs of a decision are lettered, or None.
        span: Its words, without the number.
        verb: Its verb as the text has it, or None where it begins with none that is known.
        rank: Place of the verb in order of strength, 0 the strongest, or None.
    """

    n: int | None
    span: Span
    verb: Span | None
    rank: int | None
    part: str | None = None


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Find the operative paragraphs, in the order of the text.

    Numbered ones are taken where two at least begin with a verb that is known, or one does and
    stands alone; else every paragraph that begins with such a verb.
    """
    numbered = [*_numbered(text)]
    if any(one.rank is not None for one in numbered):
        return tuple(numbered)
    lettered = [*_lettered(text)]
    if len(lettered) > 1:
        return tuple(lettered)
    return tuple(_bare(text))


def is_new(text: str, at: int) -> bool:
    """Whether a paragraph or an item begins at a place where a line does."""
    return _MARKED.match(text, at) is not None or _verb_at(text, at) is not None


def _numbered(text: str) -> Iterator[Paragraph]:
    starts = [*_START.finditer(text)]
    if any(
        one["mark"] == "." for one in starts
    ):  # "1)" is an item where paragraphs have full stops
        starts = [one for one in starts if one["mark"] != ")"]
    edges = [*(one.start() for one in starts[1:]), len(text)][: len(starts)]
    for found, edge in zip(starts, edges, strict=True):
        number = int(re.sub(r"\D", "", found["n"]))
        verb = _verb_at(text, found.end())
        closed = _CLOSED.search(text, found.end(), edge)
        end = closed.end() if closed is not None else edge
        end = found.end() + len(text[found.end() : end].rstrip())
        rank = which(verb) if verb else None
        yield Paragraph(number, Span(found.end(), end), Span(*verb.span()) if verb else None, rank)


def _verb_at(text: str, at: int) -> re.Match[str] | None:
    """Give the operative verb with which a paragraph begins, marks of italics before it."""
    start = re.compile(rf"{MARK}[ \t\u00a0]*").match(text, at)
    return load().verb.match(text, start.end() if start else at)


def _lettered(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of a decision: "(a) Takes note of ...; (b) Requests ..."."""
    for one in items(text, Span(0, len(text))):
        verb = _verb_at(text, one.span.start)
        if verb is not None and not language(verb).endswith("_to"):
            yield Paragraph(None, one.span, Span(*verb.span()), which(verb), one.part)


def _ended(text: str, start: int) -> int:
    """Where a paragraph ends: at a blank line, or, where it ends in a colon, behind its items."""
    ended = _END.search(text, start)
    while ended is not None and (
        text[start : ended.start()].rstrip(" *_").endswith(":")
        or _LISTED.match(text, ended.end()) is not None
    ):
        ended = _END.search(text, ended.end())
    return ended.start() if ended else len(text)


def _bare(text: str) -> Iterator[Paragraph]:
    starts = [one.end() for one in _BARE.finditer(text) if _is_bare(text, one.end())]
    last = 0
    for at, start in enumerate(starts):
        if start < last:
            continue  # a verb inside the paragraph before it
        stopped = (one for one in starts[at + 1 :] if text[start:one].rstrip()[-1:] in (".", ";"))
        last = min(_ended(text, start), next(stopped, len(text)))
        verb = _verb_at(text, start)
        assert verb is not None
        span = Span(start, start + len(text[start:last].rstrip()))
        yield Paragraph(None, span, Span(*verb.span()), which(verb))


def _is_bare(text: str, at: int) -> bool:
    verb = _verb_at(text, at)
    return verb is not None and not language(verb).endswith("_to")

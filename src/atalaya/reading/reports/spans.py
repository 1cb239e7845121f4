"""Stretches of a document's text, and values that say where they stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

_EDGE = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\ufeff*_`#|•·▪◦‣●○–—-:;,"
_ARTICLE = re.compile(
    r"(?!el salvador\b)(?:(?:de|d['’])[ \u00a0]?)?(?:the|an?|du|des|del|el|la|los|las|le|les|une?|"
    r"l['’]|o|os|as)(?:(?<=['’])|[ \u00a0]+)[*_]*(?=\S)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"the(?=[A-Z][a-z])")
_OF = re.compile(r"(?:de |d['’])(?=[A-ZÀ-Ý])")
_PICTURES = re.compile(
    r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]"
)
_PAIRS = {")": "(", "”": "“", "»": "«", '"': '"', "]": "["}


class Span(NamedTuple):
    """Where something stands: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give its words."""
        return text[self.start : self.end]

    def content(self, text: str) -> dict[str, Any]:
        """Give it as records hold it, with its quotation."""
        return {"start": self.start, "end": self.end, "quote": self.of(text)}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value with the place that says it.

    Args:
        value: Words, a whole number, or yes and no.
        span: Where it is said.
    """

    value: str | int | bool
    span: Span

    def content(self, text: str) -> dict[str, Any]:
        """Give it as the record holds it, with its quotation."""
        return {"value": self.value, "span": Span(*self.span).content(text)}


def trimmed(text: str, span: tuple[int, int], *, article: bool = False) -> Span | None:
    """Take marks of lists and markup, spaces and stray commas off both ends.

    Args:
        text: The document.
        span: A stretch of it.
        article: Whether a leading article goes as well, as before a name.

    Returns:
        What is left, or None where nothing is.
    """
    start, end = span
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and (_is_edge(text[end - 1]) or _loose_end(text, start, end)):
        end -= 1
    if start >= end:
        return None
    found = _ARTICLE.match(text, start, end) if article else None
    if (
        found is not None
        and len(found[0].strip()) > 1
        and found[0].strip().isalpha()
        and found[0].isupper()
    ):
        found = None  # "UN Commission": an abbreviation, no article
    if found is not None and (text[found.end()].isupper() or text[start].islower()):
        start = found.end()
    else:
        bare = _OF.match(text, start, end) if article else None
        start = bare.end() if bare else start
    glued = _GLUED.match(text, start, end) if article else None
    if glued is not None:  # "theDrug Policy Network": a space was lost
        start = glued.end()
    return Span(start, end)


def _is_edge(sign: str) -> bool:
    """Whether a sign at the end of a stretch is none of its words: a mark, a space, a picture."""
    return sign in _EDGE or (sign >= "\u2190" and _PICTURES.match(sign) is not None)


def _loose_end(text: str, start: int, end: int) -> bool:
    """Whether the last sign is a full stop that ends no abbreviation, or a bracket without pair."""
    last = text[end - 1]
    if last == ".":
        word = re.split(r"[\s(]", text[start:end])[-1]
        return not re.fullmatch(r"(?:[A-Z]\.)+|Inc\.|Ltd\.|Corp\.|Co\.|e\.V\.|A\.C\.|etc\.", word)
    opening = _PAIRS.get(last)
    return opening is not None and last != opening and opening not in text[start:end]


def leaf(text: str, span: tuple[int, int], *, article: bool = False) -> Leaf | None:
    """Give the words of a stretch as a value, or None where nothing is left of it."""
    kept = trimmed(text, span, article=article)
    return None if kept is None else Leaf(" ".join(kept.of(text).split()), kept)

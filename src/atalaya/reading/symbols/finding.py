"""Symbols that stand in running text, each with its place, and what looks like one and is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.model.sentences import Sentence, sentence
from atalaya.reading.reports.spans import Span
from atalaya.reading.symbols.forms import FAMILIES, Family, Form
from atalaya.reading.symbols.symbol import Symbol, built

# Behind a slash of an address ("undocs.org/E/CN.7/2025/L.2") a symbol begins as well.
_START = re.compile(
    r"(?<![\w.-])(?<!\w/)(?=[A-Z]{1,8}(?:(?:-[A-Z]{2,8})?/|\d{1,3}[/.(]|\(\d))|(?<=[a-z]/)(?=[A-Z]{1,8}/)"
)
_BEHIND = r"(?!\w|/\w|//|[.-]\d|\()"
_PATTERNS = tuple((one, re.compile(one.pattern.pattern + _BEHIND, re.ASCII)) for one in FAMILIES)
_SHAPE = re.compile(r"[A-Z]{1,8}\d{0,3}(?:\(\d+\))?(?:/[A-Za-z0-9.()-]*)+", re.ASCII)
_FEWEST_SLASHES = (
    2  # in something that is called an unread symbol: "A/4" and "AC/2" are words as well
)
_TOLD = re.compile(r"(?:A|E|S|ST)/|.*[A-Z]\.\d")  # what tells a symbol from "WHO/UNODC/2"
_TWIN = re.compile(r"-\s?(?=[A-Z]{1,8}/)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A symbol in a text."""

    symbol: Symbol
    span: Span


@dataclass(frozen=True, slots=True)
class Unread:
    """What looks like a symbol and cannot be read, with its place."""

    kind: str
    says: Sentence
    span: Span


def mentions(
    text: str, span: tuple[int, int] | None = None
) -> tuple[tuple[Mention, ...], tuple[Unread, ...]]:
    """Find the symbols of a text, those broken by a line's end among them.

    Args:
        text: Running text.
        span: The stretch that is looked through, or None for all of it.

    Returns:
        The symbols in the order of the text - of a document that bears two, both - and what has the
        shape of a symbol and is of no form that is known.

    >>> found, unread = mentions("See E/CN.7/2025/ L.6/Rev.1, A78/4 and A/78//L.2.")
    >>> [str(one.symbol) for one in found], len(unread)
    (['E/CN.7/2025/L.6/Rev.1', 'A78/4'], 1)
    """
    start, end = span or (0, len(text))
    found: list[Mention] = []
    unread: list[Unread] = []
    at = start
    while (begins := _START.search(text, at, end)) is not None:
        place = begins.start()
        one = _read(text, place, end)
        if one is not None:
            found.append(one)
            twin = _TWIN.match(text, one.span.end, end)
            at = twin.end() if twin else one.span.end
            if twin and (other := _read(text, at, end)) is not None:
                found.append(other)
                at = other.span.end
            continue
        shaped = _SHAPE.match(text, place, end)
        if shaped is not None and _is_doubt(shaped[0]):
            words = shaped[0].rstrip(".,-(")
            says = sentence("{words!r} has the shape of a symbol and cannot be read", words=words)
            unread.append(Unread("unread-symbol", says, Span(place, place + len(words))))
        at = max(shaped.end() if shaped else place, place + 1)
    return tuple(found), tuple(unread)


def _read(text: str, place: int, end: int) -> Mention | None:
    """Give the longest symbol that stands at a place, where nothing goes on behind it."""
    best: Mention | None = None
    for family, pattern in _PATTERNS:
        found = pattern.match(text, place, end)
        if found is None or not _is_told(family, found):
            continue
        if best is None or found.end() > best.span.end:
            best = Mention(built(family, found), Span(*found.span()))
    return best


def _is_told(family: Family, found: re.Match[str]) -> bool:
    """Whether a form is told from other words in running text: "A/4" and "A4/2" are none there."""
    if family.form is Form.PLAIN and found["session"] is None:
        return re.search(r"\.\d", found["body"]) is not None
    if family.form is Form.LEADING and len(found["series"]) == 1:
        return found["session"] is not None
    if family.form is Form.GLUED and found["body"] == "A":
        return len(found["session"]) > 1
    return True


def _is_doubt(words: str) -> bool:
    shaped = words.count("/") >= _FEWEST_SLASHES and any(one.isdigit() for one in words)
    return shaped and _TOLD.match(words) is not None

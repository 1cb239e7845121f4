"""The title of a side event, apart from what stands around it: a number, a day, how many came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.clauses import emphasised, quoted
from atalaya.reading.reports.event_words import LEAD, NUMBERED, TRAIL, attended, fused_header
from atalaya.reading.reports.spans import Leaf, Span, trimmed

_BRACKET = re.compile(r"[ \u00a0]*[(\[](?P<inner>[^()\[\]]*)[)\]][ \u00a0*_]*$")
_TIMED = re.compile(
    r"\d|(?:room|salle|sala|online|hybrid|virtual|en ligne|en línea)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,2}[.)][ \u00a0]+(?=\S)")
_MOST_META = 4  # words of a day, a room or a number of people
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title, how many came if that stands beside it, and what else follows it.

    Args:
        title: Where the title stands, or None.
        attendance: The number beside it, or None.
        rest: What stands behind a title that is set apart, or None.
    """

    title: Span | None
    attendance: Leaf | None = None
    rest: Span | None = None


def titled(text: str, span: tuple[int, int], *, counted: bool = False) -> Titled:
    """Take a title apart.

    Args:
        text: The document.
        span: A title with what stands around it.
        counted: Whether a bare number in brackets is known to say how many came.
    """
    inner = quoted(text, span) or emphasised(text, span)
    if inner is not None:
        rest = trimmed(text, (inner.end + 1, span[1]))
        count = attended(text, (inner.end, span[1]))
        title = _inner(text, inner)
        return Titled(title, count, rest)
    start, end = span
    header = fused_header(text, span)
    start = header.end if header else start
    end = (trimmed(text, (start, end)) or Span(start, end)).end
    found = _BRACKET.search(text, start, end)
    count = None
    if found is not None and _is_aside(found["inner"]):
        count = attended(text, found.span("inner"))
        bare = re.compile(r"\d{1,5}").fullmatch(text, *found.span("inner")) if counted else None
        count = Leaf(int(bare[0]), Span(*bare.span())) if bare else count
        end = found.start()
    return Titled(_inner(text, Span(start, end)), count)


@cache
def _dated() -> re.Pattern[str]:
    """Give the pattern of a day before a title: "10 March – ..."."""
    months = lexicon.any_of(lexicon.load().months)
    return lexicon.compiled(
        rf"(?:{_WEEKDAY.pattern})?,? ?(?:(?:\d{{1,2}}(?:er|st|nd|rd|th)?(?: de)? {months}|"
        rf"{months} \d{{1,2}})"
        rf"(?:,? (?:de )?\d{{4}})?)(?:,? \d{{1,2}}[:.h]\d{{0,2}})? ?[–—:|-] "
    )


def _inner(text: str, span: Span) -> Span | None:
    start, end = span
    for pattern in (_dated(), _NUMBER, NUMBERED, LEAD):
        found = pattern.match(text, start, end)
        start = found.end() if found else start
    end -= len((TRAIL.search(text[start:end]) or [""])[0])
    return trimmed(text, (start, end))


def _is_aside(words: str) -> bool:
    """Whether brackets tell when, where or how many, and are no part of the title."""
    months = lexicon.any_of(lexicon.load().months)
    return (
        _TIMED.search(words) is not None
        or _WEEKDAY.search(words) is not None
        or lexicon.compiled(rf"(?<!\w){months}(?!\w)").search(words) is not None
    )


def is_meta(text: str, span: tuple[int, int]) -> Leaf | None:
    """Give how many came where a line says only that and a day: "12 March | 40 attendees"."""
    if quoted(text, span) or emphasised(text, span):
        return None
    pieces = re.split(r"[ \u00a0]*[|·•,;–—][ \u00a0]*", text[span[0] : span[1]])
    if (
        len(pieces) == 1
        or any(len(one.split()) > _MOST_META for one in pieces)
        or not all(any(map(str.isdigit, one)) or _WEEKDAY.search(one) for one in pieces)
    ):
        return None
    return attended(text, span) if any(_is_aside(one) for one in pieces) else None

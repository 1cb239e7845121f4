"""When something is due and with what money, as an ask says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from atalaya.promises.asks.words import load
from atalaya.reading.reports import lexicon
from atalaya.reading.reports.ordinals import ordinal
from atalaya.reading.reports.spans import Span

_NEAR = 40  # characters before a year in which a word says that it is past


@dataclass(frozen=True, slots=True)
class Marked:
    """A phrase about time or money: its kind, what it comes to where that is told, its place."""

    kind: str
    value: str | None
    span: Span


def nearest(text: str, spans: Sequence[Span]) -> tuple[Marked, ...]:
    """Give when: of an item, else of the item it stands in, else of all."""
    every = (tuple(_when(text, one)) for one in reversed(spans))
    return next((found for found in every if found), ())


def _when(text: str, span: Span) -> Iterator[Marked]:
    for kind, one in _phrases(text, load().when, (span,)):
        if kind != "year" or not _past(text, one.start()):
            yield Marked(kind, _value(kind, one), Span(*one.span()))


def _past(text: str, at: int) -> bool:
    """Whether the words before "in 2016" say that something was done then."""
    return load().past.search(text, max(0, at - _NEAR), at) is not None


def _phrases(
    text: str, patterns: Mapping[str, re.Pattern[str]], spans: Sequence[Span]
) -> Iterator[tuple[str, re.Match[str]]]:
    """Find phrases of each kind; of two at one place the one whose kind is told first."""
    taken: list[Span] = []
    for kind, pattern in patterns.items():
        for span in spans:
            for one in pattern.finditer(text, *span):
                at = Span(*one.span())
                if not any(each.start < at.end and at.start < each.end for each in taken):
                    taken.append(at)
                    yield kind, one


def _value(kind: str, found: re.Match[str]) -> str | None:
    if kind == "session":
        said = next((words for words in found.groupdict().values() if words), "")
        number = ordinal(said)
        return None if number is None else f"session {number}"
    if kind in ("date", "year"):
        return _date(found[0])
    return " ".join(found[0].split())


def _date(words: str) -> str:
    """Give the day, month or year that words name, as exactly as they do."""
    year = re.findall(r"(?:19|20)\d{2}", words)[-1]
    found = _day().search(words)
    month = found and lexicon.load().month(found["month"])
    if found is None or month is None:
        return str(year)
    day = found["before"] or found["after"]
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:  # a day that no calendar has: the year stands
        return str(year)


@cache
def _day() -> re.Pattern[str]:
    """Give the pattern of a month with its day, which may stand on either side, before a year."""
    month = lexicon.any_of(lexicon.load().months)
    return lexicon.compiled(
        r"(?:(?<!\d)(?P<before>\d{1,2})(?:st|nd|rd|th|er|º)? (?:de )?)?"
        rf"(?<!\w)(?P<month>{month})(?: (?P<after>\d{{1,2}})(?:st|nd|rd|th)?,?)? "
        r"(?:de(?:l)? )?(?:19|20)\d{2}"
    )


def money(text: str, *spans: Span) -> Iterator[Marked]:
    """Give every phrase about money in some stretches, kind by kind."""
    for kind, one in _phrases(text, load().money, spans):
        yield Marked(kind, None, Span(*one.span()))

"""The dates of a session: ranges of days, in the ways four languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.spans import Leaf, Span

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_AROUND = 60  # letters of the longest range: "from the 30th of September to the 4th of October"
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
)
_DAY = rf"(?:{_WEEKDAY},? )?(?P<{{0}}>\d{{{{1,2}}}})(?:st|nd|rd|th|er|º)?"
_TO = (
    r" ?(?:to|through|until|till|and|al|a|hasta|au|et|y|-|–|—|/|"
    r"(?:and|y|et|,)? ?(?:closed|concluded|ended|se clausuró|concluyó|terminó|s['’]est (?:close|"
    r"achevée)) (?:on|el|le)) "
    r"?(?:the |el |le )?"
)
_MORE = r"(?:,? \d{1,2}(?:st|nd|rd|th|er|º)?)*"  # "12, 13 and 14 December": days between


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day, and where they stand."""

    start: Leaf
    end: Leaf
    span: Span


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = lexicon.any_of(lexicon.load().months)
    one, two = _DAY.format("d1"), _DAY.format("d2")
    of, year = r"(?: de(?:l)?| of)? ", r"(?:,? (?:de(?:l)? |of )?(?P<y>\d{4}))"
    first = rf"(?:{_MORE}|,? ?(?:de |of )?(?P<m1>{month})(?:,? (?:de(?:l)? )?\d{{4}})?)"
    days = r"(?P<d1>\d{1,2})(?:\.(?P<m1>\d{1,2}))?\.?"
    figures = r"(?P<d{0}>\d{{1,2}})(?P<s{0}>[./-])(?P<m{0}>\d{{1,2}})(?P=s{0})(?P<y{1}>\d{{4}})"
    return (
        re.compile(
            r"(?P<y>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})(?: ?(?:to|a|au|al|/|–|—|-|"
            r"until) ?)(?:\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})"
        ),
        lexicon.compiled(rf"(?<!\d){one}{first}{_TO}{two}{of}(?P<m2>{month}){year}"),
        lexicon.compiled(rf"(?<!\d){figures.format(1, '1')}{_TO}{figures.format(2, '')}(?!\d)"),
        lexicon.compiled(rf"(?<!\d){days}{_TO}{figures.format(2, '')}(?!\d)"),
        lexicon.compiled(rf"(?P<m1>{month}) {one}{_TO}(?:(?P<m2>{month}) )?{two}{year}"),
    )


def dated(text: str) -> Dated | None:
    """Give the first range of days that a text gives with its year, or None."""
    found = sorted(_ranges(text), key=lambda one: one.start())
    given = next((range_ for one in found for range_ in _range(one, one["y"])), None)
    return given or next(_yearless(text), None)


def _yearless(text: str) -> Iterator[Dated]:
    """Give ranges without a year whose month the text names elsewhere with one, always the same."""
    ranges, named = _without_year()
    years: dict[int | None, set[str]] = {}
    for one in named.finditer(text):
        years.setdefault(_month(one["m"]), set()).add(one["y"])
    for found in ranges.finditer(text) if years else ():
        known = years.get(_month(found["m2"]), set())
        if len(known) == 1:
            yield from _range(found, next(iter(known)))


@cache
def _without_year() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of "from 19 to 22 May" and of a month with its year."""
    month = lexicon.any_of(lexicon.load().months)
    one, two = _DAY.format("d1"), _DAY.format("d2")
    first = rf"(?:{_MORE}|,? ?(?:de |of )?(?P<m1>{month}))"
    return (
        lexicon.compiled(rf"(?<!\d){one}{first}{_TO}{two}(?: de(?:l)?| of)? (?P<m2>{month})(?!\w)"),
        lexicon.compiled(
            rf"(?<!\w)(?P<m>{month})(?: \d{{1,2}},| de(?:l)?| of|,)? (?P<y>\d{{4}})(?!\d)"
        ),
    )


def _ranges(text: str) -> Iterator[re.Match[str]]:
    """Look for ranges only around years: the patterns are dear on a whole report."""
    for year in _YEAR.finditer(text):
        start, end = max(0, year.start() - _AROUND), min(len(text), year.end() + _AROUND)
        for pattern in _patterns():
            yield from pattern.finditer(text, start, end)


def _range(found: re.Match[str], said: str) -> Iterator[Dated]:
    last = _month(found["m2"] or found["m1"])
    first = _month(found["m1"] or found["m2"])
    if first is None or last is None:
        return
    year = int(said)
    begin = year - 1 if first > last else year
    try:
        start, end = date(begin, first, int(found["d1"])), date(year, last, int(found["d2"]))
    except ValueError:
        return
    if start <= end and (end - start).days < 90:  # noqa: PLR2004 - a session lasts days or weeks
        span = Span(*found.span())
        yield Dated(Leaf(start.isoformat(), span), Leaf(end.isoformat(), span), span)


def parse_day(year: int, month: int, day: int) -> str | None:
    """Give a day as ISO 8601, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(words: str | None) -> int | None:
    if words is None:
        return None
    return int(words) if words.isdigit() else lexicon.load().month(words)

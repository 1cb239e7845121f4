"""Amounts that a sentence states: number, unit, how it is rounded, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from atalaya.promises.claims import words
from atalaya.reading.reports.lexicon import SPACE, any_of, compiled
from atalaya.reading.reports.lexicon import load as report_words
from atalaya.reading.reports.spans import Span

_FIGURES = r"\d{1,3}(?:[.,\u00a0\u202f\x20]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)\d{2}(?![\w/]|[.,]\d)")
_SIGN = {"$": "USD", "us$": "USD", "€": "EUR"}
_GROUP = 3  # digits between separators of thousands
_FIRST, _LAST = 1900, 2100  # what could be a year


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a text states it.

    Args:
        value: The number, its scale multiplied in.
        step: One unit of its last significant digit: 560.6 million is stated to 0.1 million.
        digits: How many significant digits it has.
        unit: Name of the unit in ``words.toml``, or None.
        bound: ``about``, ``nearly``, ``more``, ``least``, ``less``, ``most``, or None.
        span: Where it stands, with scale and unit.
    """

    value: float
    step: float
    digits: int
    unit: str | None
    bound: str | None
    span: Span


def amounts(text: str, span: tuple[int, int]) -> tuple[Amount, ...]:
    """Give the amounts of a sentence, in order; years, days, ordinals and symbols are none."""
    found = (_amount(text, span, one) for one in _pattern().finditer(text, *span))
    return tuple(one for one in found if one is not None)


def years(text: str, span: tuple[int, int]) -> tuple[tuple[int, Span], ...]:
    """Give the years that a sentence names, in order."""
    return tuple((int(one[0]), Span(*one.span())) for one in _YEAR.finditer(text, *span))


def months(text: str, span: tuple[int, int]) -> tuple[tuple[str, Span], ...]:
    """Give the months that a sentence names with their year, as ``2019-03``, in order."""
    found = _month().finditer(text, *span)
    return tuple((_printed_month(one), Span(*one.span())) for one in found)


@cache
def _month() -> words.Pattern:
    month = any_of(report_words().months)
    return compiled(rf"(?<!\w)(?P<m>{month})(?: of| de(?:l)?)? (?P<y>(?:19|20)\d{{2}})(?!\w)")


def _printed_month(found: re.Match[str]) -> str:
    return f"{found['y']}-{report_words().month(found['m']) or 0:02d}"


@cache
def _pattern() -> words.Pattern:
    told = words.said()
    spelt = any_of(report_words().numbers)
    scale = any_of(rf"(?P<s{at}>{any_of(one)})" for at, one in enumerate(told["scales"].values()))
    unit = any_of(rf"(?P<u{at}>{any_of(one)})" for at, one in enumerate(told["units"].values()))
    of = r"(?: (?:de|d['’]|of) ?)?"
    number = rf"(?:(?P<figures>{_FIGURES})|(?P<spelt>{spelt})(?!\w))"
    ordinal = r"(?![/\d]|[.,]\d|(?:st|nd|rd|th|º|ª|e|er|ère|\.º)(?!\w))"
    kind = r"(?:(?:new|more|other|estimated|drug|different|such) )?"
    return compiled(
        rf"(?<![\w/.,-])(?P<sign>us ?\$|\$|€)? ?{number}{ordinal}"
        rf"(?: ?{scale}(?!\w))?(?:{of} ?{kind}{unit}(?!\w))?"
    )


def _amount(text: str, span: tuple[int, int], found: re.Match[str]) -> Amount | None:
    unit = _named(found, "u", "units") or _SIGN.get((found["sign"] or "").replace(" ", "").lower())
    scale = int(_named(found, "s", "scales") or 1)
    if found["spelt"] is not None:
        if unit is None:
            return None  # "one of them", "the two texts": a word counts only before a unit
        many = report_words().value(found["spelt"])
        return Amount(
            float(many), 1.0, len(str(many)), unit, _bound(text, span, found), Span(*found.span())
        )
    figures = found["figures"]
    if scale == 1 and (_is_year(figures) or (unit is None and _no_amount(text, found))):
        return None
    value, step, digits = _read(figures, scale)
    return Amount(value, step, digits, unit, _bound(text, span, found), Span(*found.span()))


def _named(found: re.Match[str], letter: str, section: str) -> str | None:
    names = [*words.said()[section]]
    return next((one for at, one in enumerate(names) if found[f"{letter}{at}"]), None)


def _is_year(figures: str) -> bool:
    """Whether bare figures are a year: "the 2019 deaths" are no 2,019 deaths."""
    return figures.isdigit() and _FIRST <= int(figures) <= _LAST


def _no_amount(text: str, found: re.Match[str]) -> bool:
    """Whether bare figures are a day of a month, or the number of a session or text."""
    before, after = text[: found.start()], text[found.end() : found.end() + 20]
    if _day_after().match(after) or _day_before().search(before[-20:]):
        return True
    return (
        re.search(r"(?:[A-Z]{2,}|[Rr]esolu\w+|[Nn][o°º]\.?|[Aa]rt\w*\.?|L\.)\s?$", before[-14:])
        is not None
    )


@cache
def _day_after() -> words.Pattern:
    month = any_of(report_words().months)
    return compiled(
        rf"(?: ?(?:de |of |to |al? |au |-|–|y |and |et )*(?:\d{{1,2}} )?(?:de )?{month}(?!\w))"
    )


@cache
def _day_before() -> words.Pattern:
    month = any_of(report_words().months)
    return compiled(rf"(?<!\w){month} (?:\d{{1,2}} ?(?:to|-|–|and) ?)?$")


def _read(figures: str, scale: int) -> tuple[float, float, int]:
    """Read figures with separators of any language; a last group of three digits is thousands."""
    marks = [mark for mark in figures if not mark.isdigit()]
    whole, decimals = figures, ""
    if marks and marks[-1] in ".,":
        head, _, tail = figures.rpartition(marks[-1])
        grouped = len(tail) == _GROUP and marks.count(marks[-1]) == len(marks) and head != "0"
        if not grouped or (scale > 1 and len(marks) == 1):
            whole, decimals = head, tail
    number = re.sub(r"\D", "", whole)
    value = Decimal(f"{number}.{decimals or 0}") * scale
    step = Decimal(scale).scaleb(-len(decimals))
    bare = number
    if not decimals and number.strip("0"):
        bare = number.rstrip("0")
        step = Decimal(scale) * 10 ** (len(number) - len(bare))
    digits = len((bare + decimals).lstrip("0")) or 1
    return float(value), float(step), digits


def _bound(text: str, span: tuple[int, int], found: re.Match[str]) -> str | None:
    before = text[max(span[0], found.start() - 30) : found.start()]
    return next((name for name, one in _bounds() if one.search(before)), None)


@cache
def _bounds() -> tuple[tuple[str, words.Pattern], ...]:
    """Give the words before an amount: "no more than" goes before "more than"."""
    article = rf"(?:{SPACE}(?:the|a|an|los|las|les|un|une))?{SPACE}?$"
    order = ("most", "least", "nearly", "more", "less", "about")
    return tuple(
        (
            name,
            compiled(rf"(?<!\w)(?:{words.words_of('bounds', name)}){article}"),
        )
        for name in order
    )

"""Answers about published figures, in sentences that can be said in any language of the pages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.model.numbers import number_text
from atalaya.model.sentences import Sentence, sentence, versions
from atalaya.promises.claims.amounts import Amount
from atalaya.promises.claims.answers import Answer, Stated, Verdict, untold
from atalaya.promises.claims.held import Held, Reading
from atalaya.promises.claims.intervals import Interval, moved, ratio, says
from atalaya.promises.claims.trends import Trend
from atalaya.reading.reports.spans import Span

_PLACES = 1  # decimals of a figure that the publisher's sheet gives with many
_HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The published tables that a claim speaks of.

    Args:
        text: The text that claims.
        tables: The tables, all sides of one thing.
    """

    text: str
    tables: tuple[Held, ...]

    @property
    def what(self) -> Sentence:
        """What they count, in every language."""
        one = self.tables[0]
        return versions(**{code: f"{one.title[code]}: {one.label[code]}" for code in one.title})

    def at(self, period: str) -> tuple[Reading, ...]:
        """Give all sides of a period, the same figure of two tables once."""
        found = {one.figure: one for table in self.tables for one in table.at(period)}
        return tuple(found.values())

    @property
    def last(self) -> str | None:
        """The latest year published."""
        return max((one.last for one in self.tables if one.last), default=None)

    def sources(self, readings: Iterable[Reading]) -> tuple[str, ...]:
        """Give the pages of the source and those the rows name."""
        pages = [one.homepage for one in self.tables if one.homepage]
        return tuple(dict.fromkeys([*(one.cites for one in readings if one.cites), *pages]))

    def answer(self, kind: str, span: Span, verdict: Verdict, told: _Told) -> Answer:
        """Put an answer together."""
        used = told.readings
        return Answer(
            kind=kind,
            span=span,
            claimed=span.of(self.text),
            verdict=verdict,
            found=" / ".join(map(plain, (one.figure for one in used))) or None,
            says=told.says,
            safe=told.safe,
            sources=self.sources(used),
            about=self.tables[0].id,
            claims=tuple(dict.fromkeys(name for one in used for name in one.claims)),
            checked=tuple(dict.fromkeys(one.checked for one in used if one.checked)),
            references=tuple(dict.fromkeys(name for one in used for name in one.references)),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said, what is safe, and what it rests on."""

    says: Sentence
    safe: Sentence
    readings: tuple[Reading, ...] = ()


def plain(figure: Interval) -> str:
    """Print a figure: a number, its bounds, or that it is withheld.

    >>> plain(Interval(12, 12)), plain(Interval(1, 9)), plain(Interval(0, math.inf))
    ('12', '1-9', 'withheld')
    """
    if figure.high == math.inf:
        return "withheld"
    low, high = (number_text(round(edge, _PLACES)) for edge in (figure.low, figure.high))
    return low if figure.known else f"{low}-{high}"


def _printed(figure: Interval) -> Sentence:
    if figure.high == math.inf:
        return sentence("withheld, so that no small count of people is told")
    low, high = round(figure.low, _PLACES), round(figure.high, _PLACES)
    if figure.known:
        return sentence("{figure}", figure=low)
    return sentence("between {low} and {high}", low=low, high=high)


def _sides(readings: tuple[Reading, ...]) -> Sentence:
    first = _printed(readings[0].figure)
    for one in readings[1:]:
        first = sentence(
            "{one} and, in another row, {other}", one=first, other=_printed(one.figure)
        )
    return first


def of_amount(found: Figures, amount: Amount, period: str | None, denied: bool) -> Answer:
    """Answer for an amount.

    Args:
        found: The tables it speaks of.
        amount: What the text states.
        period: Of which period; None where the text does not say, empty where of several.
        denied: Whether the text says that it is not so.
    """
    if not period:
        return found.answer("figure", amount.span, Verdict.CANNOT_TELL, _undated(found, period))
    sides = found.at(period)
    if not sides:
        return found.answer("figure", amount.span, Verdict.CANNOT_TELL, _missing(found, period))
    holds = [_flipped(says(amount, one.figure), denied) for one in sides]
    return found.answer("figure", amount.span, _verdict(holds), _told(found, period, sides, holds))


def _flipped(holds: bool | None, denied: bool) -> bool | None:
    return holds if holds is None else holds is not denied


def _verdict(holds: list[bool | None]) -> Verdict:
    if True in holds:
        return Verdict.AGREES
    return Verdict.DIFFERS if set(holds) == {False} else Verdict.CANNOT_TELL


def _told(
    found: Figures, period: str, sides: tuple[Reading, ...], holds: list[bool | None]
) -> _Told:
    figure = _sides(sides)
    said = sentence(
        "published for {period}: {figure} ({what})", period=period, figure=figure, what=found.what
    )
    safe = sentence("print {figure} for {period}, with its source", figure=figure, period=period)
    if _verdict(holds) is Verdict.CANNOT_TELL:
        said = sentence(
            "small counts of people are not published, and what is published leaves it open: "
            "{figure} for {period} ({what})",
            figure=figure, period=period, what=found.what,
        )  # fmt: skip
        safe = sentence("print no number of it but what is published: {figure}", figure=figure)
    return _Told(_noted(said, sides), safe, sides)


def _noted(said: Sentence, sides: Iterable[Reading]) -> Sentence:
    """Add what the publisher's table says beside the figure."""
    note = next((one.note for one in sides if one.note), None)
    if any(one.disputed for one in sides):
        said = sentence("{said}; another source contradicts it", said=said)
    return sentence("{said}; the table notes: {note}", said=said, note=note) if note else said


def _undated(found: Figures, period: str | None) -> _Told:
    last = found.last
    if period is not None or last is None:
        return _Told(
            sentence(
                "figures of several years together are not published ({what})", what=found.what
            ),
            sentence("give the figure of each year, with its source"),
        )
    sides = found.at(last)
    figure = _sides(sides)
    return _Told(
        sentence(
            "the text does not say of which year; published for {period}: {figure} ({what})",
            period=last,
            figure=figure,
            what=found.what,
        ),
        sentence("say of which year it is"),
        sides,
    )


def _missing(found: Figures, period: str) -> _Told:
    known = sorted({one for table in found.tables for one in table.readings})
    return _Told(
        sentence(
            "nothing is published for {period}; the table holds {first} to {last} ({what})",
            period=period,
            first=known[0],
            last=known[-1],
            what=found.what,
        ),
        sentence("print it only with the source that says it"),
    )


def of_trend(
    found: Figures, told: Trend, periods: tuple[str | None, str | None], denied: bool
) -> Answer:
    """Answer for a rise, a fall or a multiple between two periods; every side of each is tried."""
    first, last = periods
    if first is None or last is None:
        return found.answer("trend", told.span, Verdict.CANNOT_TELL, _undated(found, None))
    sides = found.at(first), found.at(last)
    for period, one in zip((first, last), sides, strict=True):
        if not one:
            return found.answer("trend", told.span, Verdict.CANNOT_TELL, _missing(found, period))
    pairs = [(one, other) for one in sides[0] for other in sides[1]]
    holds = [_flipped(_moved(told, one.figure, other.figure), denied) for one, other in pairs]
    verdict = _verdict(holds)
    readings = (*sides[0], *sides[1])
    said = sentence(
        "published: {first} for {from_}, {last} for {to} ({what})",
        first=_sides(sides[0]), from_=first, last=_sides(sides[1]), to=last, what=found.what,
    )  # fmt: skip
    if verdict is Verdict.CANNOT_TELL:
        said = sentence(
            "small counts of people are not published, and what is published leaves it open: "
            "{said}",
            said=said,
        )
    safe = sentence(
        "print both figures, {first} and {last}, with the years and the source",
        first=_sides(sides[0]), last=_sides(sides[1]),
    )  # fmt: skip
    return found.answer("trend", told.span, verdict, _Told(_noted(said, readings), safe, readings))


def _moved(told: Trend, first: Interval, last: Interval) -> bool | None:
    went = moved(told.kind, told.firm, first, last)
    if told.by is None or told.kind not in ("rose", "fell") or went is not True:
        return went
    times = ratio(first, last)
    if times.high == math.inf:
        return None
    changes = sorted(abs(edge - 1) * _HUNDRED for edge in (times.low, times.high))
    return says(told.by, Interval(*changes))


def no_figure(kind: str, stated: Stated) -> Answer:
    """Answer for a figure of this field of which nothing is published here."""
    return untold(
        kind,
        stated,
        sentence("no table published here tells of this"),
        sentence("print it only with who published it, for which place and which period"),
    )

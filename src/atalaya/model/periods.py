"""Periods: days, ISO weeks, months, quarters and years that parse, print, step and compare.

A period is a kind and an ordinal: how many periods of that kind lie between it and the kind's
origin. Stepping is adding to the ordinal, so month arithmetic never meets a day of the month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from functools import lru_cache

from atalaya.model.errors import BadInput
from atalaya.model.sentences import sentence

_SHOWN = 60  # characters of a bad text that a message quotes: a cell may hold a whole page
_FIRST_MONDAY = date(1, 1, 1).toordinal()  # 0001-01-01 is a Monday in the proleptic calendar


class PeriodKind(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


KIND_NAMES = {
    PeriodKind.DAY: sentence("day"),
    PeriodKind.WEEK: sentence("week"),
    PeriodKind.MONTH: sentence("month"),
    PeriodKind.QUARTER: sentence("quarter"),
    PeriodKind.YEAR: sentence("year"),
}
_NO_SUCH = {
    PeriodKind.DAY: sentence("no such day"),
    PeriodKind.WEEK: sentence("no such week"),
    PeriodKind.MONTH: sentence("no such month"),
    PeriodKind.QUARTER: sentence("no such quarter"),
    PeriodKind.YEAR: sentence("no such year"),
}


@dataclass(frozen=True, slots=True, order=False)
class Period:
    """One day, ISO week, month, quarter or year.

    Args:
        kind: How long it is.
        ordinal: Its place on the line of periods of that kind (months: year * 12 + month - 1).

    >>> str(Period.parse("2019-12") + 1)
    '2020-01'
    >>> Period.parse("2019-W07").start
    datetime.date(2019, 2, 11)
    """

    kind: PeriodKind
    ordinal: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period from text.

        Args:
            text: ``2019-03-02``, ``2019-W07``, ``2019-03``, ``2019-Q1`` or ``2019``.

        Raises:
            BadInput: The text has none of these forms or names no real period.
        """
        return _parsed(text)

    @classmethod
    def containing(cls, day: date, kind: PeriodKind) -> Period:
        """Give the period of a kind that holds a day."""
        match kind:
            case PeriodKind.DAY:
                return cls(kind, day.toordinal())
            case PeriodKind.WEEK:
                return cls(kind, (day.toordinal() - _FIRST_MONDAY) // 7)
            case PeriodKind.MONTH:
                return cls(kind, day.year * 12 + day.month - 1)
            case PeriodKind.QUARTER:
                return cls(kind, day.year * 4 + (day.month - 1) // 3)
            case PeriodKind.YEAR:
                return cls(kind, day.year)

    @property
    def start(self) -> date:
        """The first day of the period."""
        match self.kind:
            case PeriodKind.DAY:
                return date.fromordinal(self.ordinal)
            case PeriodKind.WEEK:
                return date.fromordinal(_FIRST_MONDAY + 7 * self.ordinal)
            case PeriodKind.MONTH:
                return date(self.ordinal // 12, self.ordinal % 12 + 1, 1)
            case PeriodKind.QUARTER:
                return date(self.ordinal // 4, self.ordinal % 4 * 3 + 1, 1)
            case PeriodKind.YEAR:
                return date(self.ordinal, 1, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        try:
            return (self + 1).start - timedelta(days=1)
        except (ValueError, OverflowError):
            return date.max

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.DAY:
                return self.start.isoformat()
            case PeriodKind.WEEK:
                year, week, _ = self.start.isocalendar()
                return f"{year:04d}-W{week:02d}"
            case PeriodKind.MONTH:
                return f"{self.ordinal // 12:04d}-{self.ordinal % 12 + 1:02d}"
            case PeriodKind.QUARTER:
                return f"{self.ordinal // 4:04d}-Q{self.ordinal % 4 + 1}"
            case PeriodKind.YEAR:
                return f"{self.ordinal:04d}"

    def __add__(self, steps: int) -> Period:
        return Period(self.kind, self.ordinal + steps)

    def __sub__(self, other: Period) -> int:
        self._must_match(other)
        return self.ordinal - other.ordinal

    def __lt__(self, other: Period) -> bool:
        self._must_match(other)
        return self.ordinal < other.ordinal

    def __le__(self, other: Period) -> bool:
        return self == other or self < other

    def __gt__(self, other: Period) -> bool:
        return other < self

    def __ge__(self, other: Period) -> bool:
        return other <= self

    def until(self, last: Period) -> Iterator[Period]:
        """Give this period and each one after it up to and including ``last``."""
        self._must_match(last)
        return (Period(self.kind, ordinal) for ordinal in range(self.ordinal, last.ordinal + 1))

    def _must_match(self, other: Period) -> None:
        if self.kind is not other.kind:
            raise BadInput(
                sentence(
                    "{one} is a {kind} and {other} a {other_kind}: they cannot be compared",
                    one=str(self),
                    kind=KIND_NAMES[self.kind],
                    other=str(other),
                    other_kind=KIND_NAMES[other.kind],
                ),
                do=sentence("bring both to one kind of period first"),
            )


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def _week(year: int, week: int) -> int:
    return (date.fromisocalendar(year, week, 1).toordinal() - _FIRST_MONDAY) // 7


def _month(year: int, month: int) -> int:
    date(year, month, 1)
    return year * 12 + month - 1


def _quarter(year: int, quarter: int) -> int:
    date(year, 1, 1)
    return year * 4 + quarter - 1


def _year(year: int) -> int:
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    return year


_FORMS: tuple[tuple[re.Pattern[str], PeriodKind, Callable[..., int]], ...] = (
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII), PeriodKind.DAY, _day),
    (re.compile(r"(\d{4})-W(\d{2})", re.ASCII), PeriodKind.WEEK, _week),
    (re.compile(r"(\d{4})-(\d{2})", re.ASCII), PeriodKind.MONTH, _month),
    (re.compile(r"(\d{4})-Q([1-4])", re.ASCII), PeriodKind.QUARTER, _quarter),
    (re.compile(r"(\d{4})", re.ASCII), PeriodKind.YEAR, _year),
)


@lru_cache(maxsize=100_000)  # tables repeat their periods in row after row
def _parsed(text: str) -> Period:
    for pattern, kind, ordinal in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            try:
                return Period(kind, ordinal(*(int(part) for part in found.groups())))
            except ValueError as error:
                raise _not_a_period(text, _NO_SUCH[kind]) from error
    raise _not_a_period(text, sentence("unknown form"))


def _not_a_period(text: str, because: str) -> BadInput:
    return BadInput(
        sentence("{text!r} is not a period ({because})", text=text[:_SHOWN], because=because),
        do=sentence(
            "write a day 2019-03-02, an ISO week 2019-W07, a month 2019-03, 2019-Q1 or 2019"
        ),
    )

"""Reads the dates of a whole column at once: one order of day and month for all of them.

A single cell such as 03/04/2019 says nothing about its order. The column does: by a day above 12,
or by rows that stand in order of time under one reading only. Where it does not, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.reading.sheets.headings import plain

_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_TWO_FIRST = re.compile(
    r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?",
    re.ASCII | re.IGNORECASE,
)
_YEAR_MONTH = re.compile(r"(\d{4})[-/. ]?(?:m|M)?(\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_PERIOD = re.compile(r"\d{4}-(?:W\d{2}|Q[1-4])|\d{4}", re.ASCII)
_WORDED_DAY = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)? (?:de )?([a-z]{3,10}) (?:de |del )?(\d{4}|\d{2})"
)
_DAY_LATER = re.compile(r"([a-z]{3,10}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_WORDED_MONTH = re.compile(r"([a-z]{3,10}) (?:de |del )?(\d{4}|\d{2})")
_WORDED_YEAR_FIRST = re.compile(r"(\d{4}) ([a-z]{3,10})")
_MONTHS = (
    ("jan", "ene", "january", "enero", "janeiro"),
    ("feb", "fev", "february", "febrero", "fevereiro"),
    ("mar", "march", "marzo", "marco"),
    ("apr", "abr", "april", "abril"),
    ("may", "mai", "mayo", "maio"),
    ("jun", "june", "junio", "junho"),
    ("jul", "july", "julio", "julho"),
    ("aug", "ago", "august", "agosto"),
    ("sep", "set", "sept", "september", "septiembre", "setiembre", "setembro"),
    ("oct", "out", "october", "octubre", "outubro"),
    ("nov", "november", "noviembre", "novembro"),
    ("dec", "dic", "dez", "december", "diciembre", "dezembro"),
)
MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

# Excel counts days from 1899-12-30 (with its leap year 1900); five digits are 1927 to 2173.
_EXCEL_ORIGIN = date(1899, 12, 30)
_TWO_DIGIT_YEARS = 2000
_SWAPPED_AT_LEAST = 10  # dates, all with a day of 12 or less: by chance once in (30/12)^10 = 9,500


class Order(StrEnum):
    """Which of two numbers is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Dates:
    """How the cells of a column were read.

    Args:
        periods: Text of a cell -> its period: a day where it names one, else month, week, quarter
            or year; a cell that is no date is absent.
        order: Order of day and month, None where no cell needs one.
        because: ``asked``, ``days-above-12``, ``rows-in-order`` or ``not-needed``.
        against: Texts that only the other order can read; absent from ``periods``.
        unsure: Texts that either order can read, in a column that holds both; likewise.
        forms: How many distinct ways of writing dates the column holds.
    """

    periods: dict[str, Period]
    order: Order | None
    because: str
    against: frozenset[str]
    unsure: frozenset[str]
    forms: int


def read_dates(cells: Sequence[str], asked: Order | None = None) -> Dates:
    """Read a column of dates.

    Args:
        cells: Its cells in the order of the rows; empty ones may be among them.
        asked: The order somebody asked for, instead of the column's own.

    Raises:
        BadInput: Day and month cannot be told apart.

    >>> str(read_dates(["03/04/2019", "25/04/2019"]).periods["03/04/2019"])
    '2019-04-03'
    """
    distinct = list(dict.fromkeys(cell for cell in cells if cell))
    periods: dict[str, Period] = {}
    two: dict[str, tuple[int, int, int]] = {}
    forms: set[str] = set()
    for text in distinct:
        form, period, numbers = _one(text)
        forms.add(form)
        if numbers is not None:
            two[text] = numbers
        elif period is not None:
            periods[text] = period
    forms.discard("")
    order, because = _order(cells, two, asked)
    against, unsure = _settle(two, order, periods, lenient=asked is not None)
    if order is Order.DAY_FIRST and asked is None:
        _refuse_swapped(distinct, periods, two)
    return Dates(periods, order, because, against, unsure, len(forms))


def looks_like_date(text: str) -> bool:
    """Say whether a cell is written like a date; of bare numbers a year, or year and month, is."""
    form, period, numbers = _one(text)
    return form not in {"", "serial", "compact"} and (period is not None or numbers is not None)


def _one(text: str) -> tuple[str, Period | None, tuple[int, int, int] | None]:
    """Give the form of one cell, its period, or the three numbers that need an order."""
    text = text.strip()
    if found := _TWO_FIRST.fullmatch(text):
        return "numbers", None, (int(found[1]), int(found[2]), _full_year(found[3]))
    for pattern, form, read in _FORMS:
        if found := pattern.fullmatch(text):
            return form, read(found), None
    return _worded(plain(text))


def _worded(text: str) -> tuple[str, Period | None, None]:
    if found := _WORDED_DAY.fullmatch(text):
        month, year = MONTH_OF.get(found[2], 0), _full_year(found[3])
        return "words", _day(year, month, int(found[1])), None
    if found := _DAY_LATER.fullmatch(text):
        return "words", _day(int(found[3]), MONTH_OF.get(found[1], 0), int(found[2])), None
    if found := _WORDED_MONTH.fullmatch(text):
        return "words", _month(_full_year(found[2]), MONTH_OF.get(found[1], 0)), None
    if found := _WORDED_YEAR_FIRST.fullmatch(text):
        return "words", _month(int(found[1]), MONTH_OF.get(found[2], 0)), None
    return "", None, None


def _order(
    cells: Sequence[str], two: dict[str, tuple[int, int, int]], asked: Order | None
) -> tuple[Order | None, str]:
    if asked is not None:
        return asked, "asked"
    day_first = sum(a > _LAST_MONTH >= b for a, b, _ in two.values())
    month_first = sum(b > _LAST_MONTH >= a for a, b, _ in two.values())
    if day_first or month_first:
        chosen = Order.DAY_FIRST if day_first >= month_first else Order.MONTH_FIRST
        return chosen, "days-above-12"
    open_ones = {text for text, (a, b, _) in two.items() if a != b}
    if not open_ones:
        return (Order.DAY_FIRST if two else None), "not-needed"
    by_rows = _by_rows(cells, two)
    if by_rows is None:
        example = next(cell for cell in cells if cell in open_ones)
        raise BadInput(
            f"{example!r} may be day/month or month/day, and no row of the column tells which",
            why="one reading moves cases by months, and would show an emergence that never was",
            do="say which: --map dates=day-first or --map dates=month-first",
        )
    return by_rows, "rows-in-order"


_LAST_MONTH = 12


def _by_rows(cells: Sequence[str], two: dict[str, tuple[int, int, int]]) -> Order | None:
    """Take the order under which the rows stand in order of time, if only one does."""
    fitting = []
    for order in Order:
        days = [_ordered(two[cell], order) for cell in cells if cell in two]
        ordinals = [day.ordinal for day in days if day is not None]
        steps = [later - earlier for earlier, later in pairwise(ordinals)]
        if all(step >= 0 for step in steps) or all(step <= 0 for step in steps):
            fitting.append(order)
    # Two or three rows stand in order by chance.
    return fitting[0] if len(fitting) == 1 and len(ordinals) >= _SWAPPED_AT_LEAST else None


def _ordered(numbers: tuple[int, int, int], order: Order) -> Period | None:
    first, second, year = numbers
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return _day(year, month, day)


def _settle(
    two: dict[str, tuple[int, int, int]],
    order: Order | None,
    periods: dict[str, Period],
    *,
    lenient: bool,
) -> tuple[frozenset[str], frozenset[str]]:
    """Read the cells that need an order; give those against it and those left unsure."""
    if order is None:
        return frozenset(), frozenset()
    other = Order.MONTH_FIRST if order is Order.DAY_FIRST else Order.DAY_FIRST
    against = frozenset(
        text
        for text, numbers in two.items()
        if _ordered(numbers, order) is None and _ordered(numbers, other) is not None
    )
    unsure: set[str] = set()
    for text, numbers in two.items():
        read = _ordered(numbers, order)
        if read is None:
            continue
        open_one = numbers[0] != numbers[1] and _ordered(numbers, other) is not None
        if against and open_one and not lenient:
            unsure.add(text)
        else:
            periods[text] = read
    return against, frozenset(unsure)


def _refuse_swapped(
    distinct: Iterable[str], periods: dict[str, Period], two: dict[str, tuple[int, int, int]]
) -> None:
    """Refuse a column in which a spreadsheet program read day/month as month/day.

    Such a program turns 03/04/2019 into a real date (4 March) and leaves 25/04/2019 as text. Then
    every real date has a day of 12 or less, and every text one above.
    """
    real = [periods[text] for text in distinct if text in periods and _YEAR_FIRST.fullmatch(text)]
    texts = [numbers for numbers in two.values() if numbers[0] > _LAST_MONTH]
    if len(real) < _SWAPPED_AT_LEAST or len(texts) < len(two) or not texts:
        return
    if all(period.start.day <= _LAST_MONTH for period in real):
        raise BadInput(
            f"the column holds {len(real)} real dates, all with a day of 12 or less, and "
            f"{len(texts)} texts with a day above 12: a program has swapped day and month of the "
            "real ones",
            why="one reading moves cases by months, and would show an emergence that never was",
            do="open the original in a program set to day/month/year and save it again, or say "
            "--map dates=day-first if the real dates are right",
        )


def _year_first(found: re.Match[str]) -> Period | None:
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _day(year: int, month: int, day: int) -> Period | None:
    return _period(f"{year:04d}-{month:02d}-{day:02d}")


def _month(year: int, month: int) -> Period | None:
    return _period(f"{year:04d}-{month:02d}")


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except BadInput:
        return None


def _serial(text: str) -> Period | None:
    days = int(float(text))
    return _period((_EXCEL_ORIGIN + timedelta(days=days)).isoformat())


def _full_year(text: str) -> int:
    return int(text) if len(text) > 2 else _TWO_DIGIT_YEARS + int(text)  # noqa: PLR2004 - two digits


_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], Period | None]], ...] = (
    (_YEAR_FIRST, "year-first", _year_first),
    (_COMPACT, "compact", _year_first),
    (_SERIAL, "serial", lambda found: _serial(found[0])),
    (_PERIOD, "period", lambda found: _period(found[0])),
    (_MONTH_YEAR, "month", lambda found: _month(int(found[2]), int(found[1]))),
    (_YEAR_MONTH, "month", lambda found: _month(int(found[1]), int(found[2]))),
)

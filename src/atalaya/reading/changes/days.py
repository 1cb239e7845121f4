"""Dates and times as pages print them, in the languages of most of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_LANGUAGES = ("en", "es", "fr", "pt", "de", "it", "nl", "ru", "pl", "cs", "sv", "ca")
_ZONE = r"(?:\s?(?:Z|UTC|GMT|CES?T|E[SD]T|[+-]\d{2}:?\d{2}))*"
_TIME = rf"\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}}(?:[.,]\d+)?)?(?:\s?[ap]\.?m\.?)?{_ZONE}"


@cache
def months() -> dict[str, int]:
    """Give the names of months -> their number, in lower case.

    Source: Unicode CLDR, as Babel ships it.
    """
    from babel import Locale

    found: dict[str, int] = {}
    for code in _LANGUAGES:
        calendar = Locale.parse(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in calendar[form][width].items():
                    found.setdefault(name.lower().rstrip("."), number)
    return found | {"sept": 9, "setiembre": 9}


@cache
def _weekdays() -> frozenset[str]:
    from babel import Locale

    return frozenset(
        name.lower().rstrip(".")
        for code in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(code).days["format"][width].values()
    )


def _any_of(names: set[str] | frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


def _date() -> str:
    month = rf"(?i:{_any_of(set(months()))})\.?"
    weekday = rf"(?:\b(?i:{_any_of(_weekdays())})\.?,?\s+)?"
    day = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
    of = r"\s+(?:(?:de|of)\s+)?"
    written = (
        rf"(?<!\d){day}{of}{month}(?:,?\s+(?:(?:de|del)\s+)?\d{{4}})?\b",
        rf"\b{month}\s+{day}(?:,?\s+\d{{4}})?\b",
        r"(?<!\d)\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T ]" + _TIME + r")?(?!\d)",
        r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)",
    )
    return rf"{weekday}(?:{'|'.join(written)})"


DATE = _date()
"""Pattern of a date with its day: ``3 March 2026``, ``March 3``, ``2026-03-03``, ``03/03/2026``."""
MOMENT = re.compile(rf"(?:{DATE})(?:[,\s]+(?:at\s+|a\s+las\s+|à\s+|um\s+)?{_TIME})?|\b{_TIME}\b")
"""A date, with or without its time, or a time alone."""

_NUMBERS = re.compile(r"\d+")
_CLOCK = re.compile(rf"(?<!\d){_TIME}")


def is_of(words: str, day: date) -> bool:
    """Whether a date that a page prints is a day; with a time, clocks may be a day apart.

    >>> is_of("Tuesday, 3 March 2026", date(2026, 3, 3)), is_of("4 March 2026", date(2026, 3, 3))
    (True, False)
    >>> is_of("4 March 2026, 01:30", date(2026, 3, 3))
    True
    """
    apart = (-1, 0, 1) if _CLOCK.search(words) else (0,)
    near = {day + timedelta(days=step) for step in apart}
    return any(one in near for one in _days(words))


def _days(words: str) -> Iterator[date]:
    """Give the days a date may mean; both, where day and month could be either."""
    numbers = [int(one) for one in _NUMBERS.findall(words)[:3]]
    named = next(
        (months()[one] for one in re.findall(r"[^\W\d_]+", words.lower()) if one in months()), None
    )
    if named is not None and len(numbers) > 1:
        orders = [(numbers[1], named, numbers[0])]
    elif len(numbers) == 3:  # noqa: PLR2004 - year, month and day
        a, b, c = numbers
        orders = [(a, b, c), (c, b, a), (c, a, b)]
    else:
        return
    for order in orders:
        try:
            yield date(*order)
        except ValueError:
            continue

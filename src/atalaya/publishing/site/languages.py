"""The languages pages are written in: messages, numbers and dates, by gettext and CLDR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from babel.support import Translations
from babel.units import format_unit

from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.periods import Period, PeriodKind
from atalaya.publishing.site.cells import Cell

LANGUAGES: Final = ("en", "es")
DOMAIN: Final = "atalaya"
LOCALES: Final = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the pages.

    Args:
        code: ``en`` or ``es``.
        messages: The catalogue of messages, English in.
    """

    code: str
    messages: NullTranslations

    def say(self, text: str) -> str:
        """Translate a sentence, or give it back as it is when the catalogue lacks it."""
        return self.messages.gettext(text) if text else ""

    def knows(self, text: str) -> bool:
        """Whether a sentence is the language's own or has a translation."""
        return self.code == "en" or self.messages.gettext(text) != text

    @property
    def name(self) -> str:
        """The language's name in itself."""
        return str(Locale.parse(self.code).get_language_name(self.code)).capitalize()

    def number(self, value: float | None, *, places: int = 0) -> str:
        """Write a number as the language does; nothing for None."""
        return "" if value is None else _number(self.code, value, places)

    def percent(self, share: float) -> str:
        """Write a share (0 to 1) as a percentage."""
        return str(format_percent(share, format="#,##0.#%", locale=self.code))

    def bytes(self, length: int) -> str:
        """Write a length in bytes in the unit people read it in.

        >>> language("en").bytes(4_416_700)
        '4.4 MB'
        """
        unit, by = ("megabyte", 1e6) if length >= 1e6 else ("kilobyte", 1e3)  # noqa: PLR2004
        places = "#,##0.#" if length < 1e7 else "#,##0"  # noqa: PLR2004 - one digit where it tells
        return str(format_unit(length / by, unit, "short", format=places, locale=self.code))

    def cell(self, cell: Cell, *, places: int = 0) -> str:
        """Write a published figure: a number, or the range that hides it."""
        if not cell.hidden:
            return self.number(cell.low, places=places)
        return f"{self.number(cell.low)}\u2013{self.number(cell.high)}"

    def day(self, day: date | None) -> str:
        """Write a day in words."""
        return "" if day is None else str(format_date(day, "long", locale=self.code))

    def period(self, text: str | Period | None) -> str:
        """Write a period in words: a month by its name, a day in full, others as they are."""
        return _period(self.code, str(text), "yMMMM", "long") if text else ""

    def month_short(self, text: str) -> str:
        """Write a period with short names of months."""
        return _period(self.code, text, "yMMM", "medium")


# Formatting by CLDR patterns is slow, and pages repeat their numbers and months.
@lru_cache(maxsize=20_000)
def _number(code: str, value: float, places: int) -> str:
    pattern = "#,##0." + "#" * places if places else "#,##0"
    return str(format_decimal(value, format=pattern, locale=code))


@lru_cache(maxsize=20_000)
def _period(code: str, text: str, month: str, day: str) -> str:
    try:
        period = Period.parse(text)
    except BadInput:
        return text  # a source may write "in spring" where others write a day
    if period.kind is PeriodKind.MONTH:
        return str(format_skeleton(month, period.start, locale=code))
    if period.kind is PeriodKind.DAY:
        return str(format_date(period.start, day, locale=code))
    return text


@lru_cache(maxsize=len(LANGUAGES))
def language(code: str) -> Language:
    """Open a language.

    Raises:
        WrongUse: Pages are not written in it.
    """
    if code not in LANGUAGES:
        raise WrongUse(
            f"pages are not written in {code!r}", do=f"languages: {', '.join(LANGUAGES)}"
        )
    if code == "en":
        return Language(code, NullTranslations())
    return Language(code, Translations.load(LOCALES, [code], DOMAIN))


def preferred(accept: str, offered: Sequence[str] = LANGUAGES) -> str:
    """Choose a language from an ``Accept-Language`` header.

    Returns:
        The first offered language of the highest quality; the first offered one by default.

    Source: RFC 9110, section 12.5.4.

    >>> preferred("fr;q=0.9, es-MX, en;q=0.8")
    'es'
    """
    best, best_quality = offered[0], 0.0
    for part in accept.split(","):
        tag, _, rest = part.strip().partition(";")
        code = tag.split("-")[0].lower()
        quality = _quality(rest)
        if code in offered and quality > best_quality:
            best, best_quality = code, quality
    return best


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0  # a quality nobody can read is no wish

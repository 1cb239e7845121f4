"""The words that dates are made of in five languages: CLDR's months and weekdays, and our own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel import dates as babel_dates

from atalaya.reading.mentions.folding import fold_name

_LANGUAGES = ("en", "es", "fr", "pt", "de")
KINDS = ("month", "weekday", "day", "span", "ago")


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of dates, folded.

    Args:
        months: Name -> 1..12.
        weekdays: Name -> 0..6, Monday first.
        days: "yesterday" -> days after the day of publishing.
        spans: "last month" -> ``week``, ``month`` or ``year``.
        ago: Units of "three days ago" -> days.
        marks: "ago", "hace" -> on which side of the number it stands, ``behind`` or ``front``.
        ambiguous: Weekdays that are other words as well.
        after_ambiguous: Words that may stand behind one; another makes it no weekday.
        before_ambiguous: Words that show that such a one is a weekday.
        last: Words that make a weekday the last one.
        next: Words that make it the next.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    days: dict[str, int]
    spans: dict[str, str]
    ago: dict[str, int]
    marks: dict[str, str]
    ambiguous: frozenset[str]
    before_ambiguous: frozenset[str]
    after_ambiguous: frozenset[str]
    last: frozenset[str]
    next: frozenset[str]

    def of(self, kind: str) -> Mapping[str, object]:
        """Give the words of a kind of :data:`KINDS`."""
        kinds: tuple[Mapping[str, object], ...] = (
            self.months,
            self.weekdays,
            self.days,
            self.spans,
            self.marks,
        )
        return dict(zip(KINDS, kinds, strict=True))[kind]


@cache
def date_words() -> DateWords:
    """Load the words that ship with the package."""
    source = resources.files("atalaya.reading.mentions").joinpath("data", "dates.toml")
    said = tomllib.loads(source.read_text(encoding="utf-8"))
    short = dict(zip(said["months_short"], said["month_numbers"], strict=True))
    marks = {name: side for side in ("behind", "front") for name in said["ago"][side]}
    return DateWords(
        months=short | _cldr(babel_dates.get_month_names) | said["more_months"],
        weekdays=_cldr(babel_dates.get_day_names) | said["more_days"],
        days=said["days"],
        spans=said["spans"],
        ago=said["ago"]["units"],
        marks=marks,
        ambiguous=frozenset(said["ambiguous_days"]),
        after_ambiguous=frozenset(said["after_ambiguous"]),
        before_ambiguous=frozenset(said["before_ambiguous"]),
        last=frozenset(said["last"]),
        next=frozenset(said["next"]),
    )


def _cldr(names: object) -> dict[str, int]:
    """Give CLDR's wide names in all languages, folded."""
    if not callable(names):
        raise TypeError("names are asked of a function of babel")
    return {
        fold_name(name).strip(): number
        for language in _LANGUAGES
        for number, name in names("wide", "format", language).items()
    }

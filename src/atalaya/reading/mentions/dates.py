"""Dates of a text: ``name`` is ISO 8601 as exact as was said (2021-03-12, 2021-03, 2021-W09, 2021).

A day without its year is the latest one not after the day of publishing, give or take a month for
what is announced; a weekday is the latest such day, unless the text says "next". Where nobody knows
when a text was published, "yesterday" has no name, and a day without a year is ``--03-12``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from atalaya.reading.mentions import numerals
from atalaya.reading.mentions.date_words import KINDS, DateWords, date_words
from atalaya.reading.mentions.lexicon import Entry, Hit, longest
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page

RULE = "dates 1"
_SURE, _LESS_SURE = 0.95, 0.7
_AHEAD = timedelta(days=31)
_MONTH, _YEAR = 30, 365  # marks of units that are given as month and year
_AROUND = 24  # characters about a month's name
_FIGURES = re.compile(
    r"(?<![\w./-])(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d))(?![\w/-])"
)
_MAYBE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d")
_DAY_BEFORE = re.compile(
    r"(?<![\w.,])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|ª|\.)?[ \u00a0]+(?:de |of |d[’'])?\Z",
    re.IGNORECASE,
)
_YEAR_BEHIND = re.compile(r"\.?(?:,? (?:de |del |of )?|[-/])(?P<y>(?:19|20)\d\d)(?!\w|[.,]\d)")
_DAY_BEHIND = re.compile(
    r"\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<y>(?:19|20)\d\d)(?!\w|[.,]\d)|(?!\w|[.,:]\d))"
)
_SPOKEN = re.compile(r"(?:the|on|el|le|am|den|der|dem|o|em|no|na)[ \u00a0]\Z", re.IGNORECASE)


def entries() -> Iterator[Entry]:
    """Give the words that a scan shall look for."""
    words = date_words()
    for kind in KINDS:
        for name, value in words.of(kind).items():
            yield Entry(name, kind, value)


def mentions(
    page: Page, language: str | None = None, published: date | None = None
) -> list[Mention]:
    """Find the dates of a text.

    Args:
        page: The text, scanned for the entries of this module.
        language: ISO 639-1 code; English dates in figures are taken as month/day only where the
            day shows it, others and doubtful ones as day/month.
        published: The day it was published, against which "yesterday" is read, or None.

    Returns:
        DATE mentions in the order of the text; they do not overlap.
    """
    found = [*_figured(page.text, language), *_months(page, published)]
    found += [*_weekdays(page, published), *_relative(page, published), *_ago(page, published)]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _mention(start: int, end: int, name: str | None, sure: float = _SURE) -> Mention:
    return Mention(start, end, Label.DATE, name=name, confidence=sure, rule=RULE)


def _figured(text: str, language: str | None) -> Iterator[Mention]:
    """Read "2021-03-12", "12/03/2021" and "12.3.2021"; "03/04/2021" is unsure in English."""
    for found in _figures(text):
        if found["y"]:
            name = _day(int(found["y"]), int(found["m"]), int(found["d"]))
            sure = _SURE
        else:
            one, two, year = int(found["one"]), int(found["two"]), int(found["year"])
            american = language == "en" and found["mark"] == "/" and two > 12  # noqa: PLR2004 - months
            name = _day(year, one, two) if american else _day(year, two, one)
            unsure = language == "en" and one <= 12 and two <= 12 and one != two  # noqa: PLR2004 - months
            sure = _LESS_SURE if unsure else _SURE
        if name is not None:
            yield _mention(found.start(), found.end(), name, sure)


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Find dates in figures; digits are looked for first, which is far cheaper."""
    for place in _MAYBE.finditer(text):
        found = _FIGURES.match(text, place.start())
        if found is not None:
            yield found


def _months(page: Page, published: date | None) -> Iterator[Mention]:
    """Read what stands about a month's name; a name with neither day nor year is no date."""
    text = page.text
    for hit in longest(page.found("month")):
        month = int(str(hit.entry.value))
        before = _DAY_BEFORE.search(text, max(0, hit.start - _AROUND), hit.start)
        if before is not None:
            behind = _YEAR_BEHIND.match(text, hit.end)
            start, end = before.start(), behind.end() if behind else hit.end
            year, day = behind["y"] if behind else None, int(before["d"])
        elif (after := _DAY_BEHIND.match(text, hit.end)) is not None:
            start, end, year, day = hit.start, after.end(), after["y"], int(after["d"])
        elif (behind := _YEAR_BEHIND.match(text, hit.end)) is not None:
            yield _mention(hit.start, behind.end(), f"{behind['y']}-{month:02}")
            continue
        else:
            continue
        name = _day(int(year), month, day) if year else _yearless(month, day, published)
        if name is not None:
            yield _mention(start, end, name)


def _yearless(month: int, day: int, published: date | None) -> str | None:
    if published is None:
        return f"--{month:02}-{day:02}" if _day(2000, month, day) else None
    for year in (published.year + 1, published.year, published.year - 1):
        name = _day(year, month, day)
        if name is not None and date.fromisoformat(name) <= published + _AHEAD:
            return name
    return None


def _weekdays(page: Page, published: date | None) -> Iterator[Mention]:
    words = date_words()
    for hit in longest(page.found("weekday")):
        before = page.folded.text[: hit.at].rsplit(" ", 2)[-1]
        after = page.folded.text[hit.to + 1 : hit.to + 12]
        if hit.entry.name in words.ambiguous and not _is_weekday(page, hit, before, after):
            continue
        if not page.text[hit.start].isupper() and page.text[hit.start - 1 : hit.start] == "-":
            continue
        start, end, ahead = _span(page, hit, before, after, words)
        name = None
        if published is not None:
            back = (published.weekday() - int(str(hit.entry.value))) % 7
            name = (published + timedelta(days=(7 - back) if ahead else -back)).isoformat()
        yield _mention(start, end, name)


def _is_weekday(page: Page, hit: Hit, before: str, after: str) -> bool:
    """Whether "quinta" is the day: behind "na", with nothing counted behind it."""
    words = date_words()
    told = before in words.before_ambiguous
    joined = page.text[hit.end : hit.end + 1].isspace()
    return told and (not joined or after.split(" ", 1)[0] in words.after_ambiguous)


def _span(page: Page, hit: Hit, before: str, after: str, words: DateWords) -> tuple[int, int, bool]:
    """Widen a weekday over "last" and "next" on either side."""
    start, end = hit.start, hit.end
    if before in words.last or before in words.next:
        start = int(page.folded.offsets[hit.at - len(before)])
    behind = next((one for one in (*words.last, *words.next) if after.startswith(one + " ")), None)
    if behind is not None:
        end = int(page.folded.offsets[hit.to + 1 + len(behind) - 1]) + 1
    return start, end, before in words.next or behind in words.next


def _relative(page: Page, published: date | None) -> Iterator[Mention]:
    """Read "yesterday" and "last month"."""
    for hit in longest([*page.found("day"), *page.found("span")]):
        name, end, value = None, hit.end, hit.entry.value
        if hit.entry.name == "aujourd" and page.text[hit.end + 1 : hit.end + 4].lower() == "hui":
            end += 4
        if published is not None and isinstance(value, int):
            name = (published + timedelta(days=value)).isoformat()
        elif published is not None:
            name = _before(published, str(value))
        yield _mention(hit.start, end, name)


def _before(published: date, unit: str) -> str:
    if unit == "year":
        return str(published.year - 1)
    if unit == "month":
        last = published.replace(day=1) - timedelta(days=1)
        return f"{last.year}-{last.month:02}"
    year, week, _ = (published - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02}"


def _ago(page: Page, published: date | None) -> Iterator[Mention]:
    """Read "three days ago", "hace 3 días"."""
    units = date_words().ago
    for hit in page.found("ago"):
        folded = page.folded.text
        if hit.entry.value == "behind":
            said = folded[max(0, hit.at - 40) : hit.at].split()
            unit, number = (said[-1], said[:-1]) if said else ("", [])
        else:
            said = folded[hit.to : hit.to + 40].split()
            place = next((at for at, one in enumerate(said[:4]) if one in units), 0)
            unit, number = said[place] if said else "", said[:place]
        value = _number(number)
        if unit not in units or value is None:
            continue
        if hit.entry.value == "behind":
            took = len(" ".join(said[len(said) - 1 - value[1] :]))
            start, end = int(page.folded.offsets[hit.at - took]), hit.end
        elif value[1] == len(number):
            took = len(" ".join([*number, unit]))
            start, end = hit.start, int(page.folded.offsets[hit.to + took]) + 1
        else:
            continue
        yield _mention(start, end, _back(published, round(value[0]), units[unit]))


def _back(published: date | None, count: int, unit: int) -> str | None:
    """Give the day, month or year that lies some units (of days: 1, 7, 30, 365) back."""
    if published is None:
        return None
    if unit == _YEAR:
        return str(published.year - count)
    if unit == _MONTH:
        months = published.year * 12 + published.month - 1 - count
        return f"{months // 12}-{months % 12 + 1:02}"
    return (published - timedelta(days=count * unit)).isoformat()


def _number(words: list[str]) -> tuple[float, int] | None:
    if words and words[-1].isdigit() and len(words[-1]) < 4:  # noqa: PLR2004 - days, no year
        return float(words[-1]), 1
    return numerals.trailing(words)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

"""Sums of money: ``name`` is the amount and the currency's code, such as ``70000 USD``.

A sign or word that several currencies share ("$", "pesos") is told by the country of the text,
where that is known. Where it is not, "$" and "dollars" are US dollars with less confidence, and a
peso, franc or krona stays without a code: ``500 pesos`` is ``500 XXX``, ISO's code for no currency.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from babel import numbers as babel_numbers

from atalaya.model.numbers import number_text
from atalaya.reading.mentions import numerals
from atalaya.reading.mentions.amounts import before, scale_behind
from atalaya.reading.mentions.lexicon import Entry, Hit, longest
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page

KIND = "currency"
RULE = "money 1"
UNKNOWN = "XXX"
_SURE, _LESS_SURE = 0.95, 0.6
_DIGITS = 12
# What CLDR's English names of a family's members hold; a country's "$" is its dollar or peso.
_NAMED = {
    "dollar": ("Dollar",),
    "peso": ("Peso",),
    "franc": ("Franc",),
    "rupee": ("Rupee",),
    "krona": ("Kron",),
    "sign": ("Dollar", "Peso"),
}
_NUMBER = re.compile(rf"[ \u00a0\u202f]?(?P<number>{numerals.FIGURES})")
_LONGEST_SIGN = 4
_SIGN_BEFORE = re.compile(r"(?:US)?[$€£][ \u00a0]?\Z")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency word or sign: its code, and the family of currencies that share it."""

    code: str
    family: str | None = None


@dataclass(frozen=True, slots=True)
class _Sum:
    start: int
    end: int
    low: float
    high: float
    meant: Currency


@dataclass(frozen=True, slots=True)
class _Money:
    words: dict[str, Currency]
    meanings: dict[str, Currency]
    signs: re.Pattern[str]
    marks: re.Pattern[str]


def entries() -> Iterator[Entry]:
    """Give the currency words that a scan shall look for."""
    for name, meant in _money().words.items():
        yield Entry(name, KIND, meant)


def mentions(
    page: Page, language: str | None = None, territory: str | None = None, on: date | None = None
) -> list[Mention]:
    """Find the sums of a text.

    Args:
        page: The text, scanned for the entries of this module.
        language: ISO 639-1 code, or None where unknown.
        territory: ISO 3166 code in two letters of the country the text speaks of, or None.
        on: When it was published: the country's currency of that day counts; None for today's list.

    Returns:
        MONEY mentions in the order of the text; they do not overlap.
    """
    signs = list(_signs(page.text))
    hits = longest(page.found(KIND))
    if not signs and not hits:
        return []
    mark = numerals.decimal_mark(page.text, language)
    sums = [one for sign in signs if (one := _signed(page.text, sign, mark))]
    sums += [one for hit in hits if (one := _worded(page.text, hit, mark))]
    kept: list[_Sum] = []
    for one in sorted(sums, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return [_mention(one, territory, on) for one in kept]


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Find signs: first a mark that one may end with, for a text without any is passed fast."""
    money = _money()
    last = 0
    for mark in money.marks.finditer(text):
        found = money.signs.search(text, max(last, mark.start() - _LONGEST_SIGN), mark.end() + 1)
        if found is not None:
            last = found.end()
            yield found


def _signed(text: str, sign: re.Match[str], mark: str) -> _Sum | None:
    """Read a sign with the number behind it ("$5 million") or before it ("3,5 €")."""
    meant = _money().meanings[sign["sign"]]
    behind = _behind(text, sign.start(), sign.end(), mark, meant)
    if behind is not None or len(sign["sign"]) > 1:
        return behind
    amount = before(text, sign.start(), mark)
    if amount is None or amount.article:
        return None
    return _Sum(amount.start, sign.end(), amount.low, amount.high, meant)


def _worded(text: str, hit: Hit, mark: str) -> _Sum | None:
    """Read a currency's name behind a number, or its code before one ("EUR 5,000")."""
    meant = hit.entry.value
    if not isinstance(meant, Currency):
        raise TypeError(f"{hit.entry.name!r} is listed without its currency")
    amount = before(text, hit.start, mark)
    if amount is not None and not amount.article:
        return _Sum(_over_sign(text, amount.start), hit.end, amount.low, amount.high, meant)
    coded = text[hit.start : hit.end].isupper()
    return _behind(text, hit.start, hit.end, mark, meant) if coded else None


def _behind(text: str, start: int, end: int, mark: str, meant: Currency) -> _Sum | None:
    figures = _NUMBER.match(text, end)
    value = numerals.figure(figures["number"], mark) if figures else None
    if figures is None or value is None:
        return None
    scale, last = scale_behind(text, figures.end())
    return _Sum(start, last, value * scale, value * scale, meant)


def _over_sign(text: str, start: int) -> int:
    """Widen over a sign before the number: "$5 million dollars"."""
    found = _SIGN_BEFORE.search(text, max(0, start - 4), start)
    return found.start() if found else start


def _mention(one: _Sum, territory: str | None, on: date | None) -> Mention:
    code = _code(one.meant, territory, on)
    told = one.meant.family is None or (territory is not None and code != UNKNOWN)
    low, high = (number_text(float(f"{each:.{_DIGITS}g}")) for each in (one.low, one.high))
    return Mention(
        one.start,
        one.end,
        Label.MONEY,
        name=f"{low if low == high else f'{low}..{high}'} {code}",
        confidence=_SURE if told else _LESS_SURE,
        rule=RULE,
    )


def _code(meant: Currency, territory: str | None, on: date | None) -> str:
    """Give the code of a currency that a country's text means."""
    if meant.family is None or territory is None:
        return meant.code
    fitting = _NAMED[meant.family]
    for code in _tender(territory, on):
        name = babel_numbers.get_currency_name(code, locale="en")
        if any(one in name for one in fitting):
            return code
    return meant.code


@cache
def _tender(territory: str, on: date | None) -> tuple[str, ...]:
    codes = babel_numbers.get_territory_currencies(territory, start_date=on, end_date=on)
    return tuple(str(code) for code in codes)


@cache
def _money() -> _Money:
    source = resources.files("atalaya.reading.mentions").joinpath("data", "currencies.toml")
    said = tomllib.loads(source.read_text(encoding="utf-8"))
    words = {
        name: Currency(word.get("code", UNKNOWN), word.get("family"))
        for word in said["word"]
        for name in word["names"]
    }
    meanings = {
        sign: Currency(said["families"][meant], meant)
        if meant in said["families"]
        else Currency(meant)
        for sign, meant in said["signs"].items()
    }
    marks = "|".join(re.escape(one) for one in sorted(meanings, key=len, reverse=True))
    ends = "".join(sorted({sign[-1] for sign in meanings if not sign[-1].isalpha()} - {"."}))
    spelt = "|".join(sorted(sign for sign in meanings if sign[-1].isalpha()))
    return _Money(
        words,
        meanings,
        re.compile(rf"(?P<sign>(?<!\w)(?:{marks})|[$€£¥₹])"),
        re.compile(rf"[{re.escape(ends)}]|(?:{spelt})(?=[. ]?[ ]?\d)"),
    )

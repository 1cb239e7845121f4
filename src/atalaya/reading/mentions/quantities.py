"""Quantities: how much of something, in five languages, with the amount in one unit a kind.

``name`` of such a mention is the normalised amount: ``3500 g`` for "3,5 kg", ``3000..5000 g`` for
"between 3 and 5 kg", ``12000 pills`` for "12,000 tablets". Masses are in g, volumes in l, areas in
ha, everything counted in its own noun (pills, capsules, doses, plants, packages, bricks, bags,
ampoules, blotters). What qualifies it ("more than", "about") stands outside span and name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from atalaya.model.numbers import number_text
from atalaya.reading.mentions import numerals
from atalaya.reading.mentions.amounts import Amount, before
from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.mentions.lexicon import Entry, longest
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page

KIND = "unit"
RULE = "quantities 1"
_SURE, _LESS_SURE = 0.95, 0.8
_DIGITS = 9  # significant: sums of binary fractions print as people wrote them
# Units too short for a lookup of their own: only behind a figure.
_SHORT = frozenset(
    (
        "g",
        "gr",
        "grs",
        "gm",
        "gms",
        "mg",
        "mgs",
        "µg",
        "mcg",
        "lb",
        "lbs",
        "oz",
        "ml",
        "l",
        "lt",
        "lts",
        "ha",
        "tn",
    )
)
_JOINED = re.compile(r"[ \u00a0]+(?:(?:and|y|con|et|e|und) )?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[ \u00a0]+[^\W\d_][\w'’.]*){1,2}[ \u00a0-]\Z")
_WORDS_BACK = 48


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of quantities.

    Args:
        kind: The unit in which its kind is given.
        size: How many of that one of it is.
        counted: Whether it is a thing that is counted.
    """

    kind: str
    size: float
    counted: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    amount: Amount
    unit: Unit
    end: int


def entries() -> Iterator[Entry]:
    """Give the units that a scan shall look for."""
    for name, unit in units().items():
        if name not in _SHORT:
            yield Entry(name, KIND, unit)


@cache
def units() -> dict[str, Unit]:
    """Load the units: folded name -> unit."""
    source = resources.files("atalaya.reading.mentions").joinpath("data", "units.toml")
    read: dict[str, Unit] = {}
    for one in tomllib.loads(source.read_text(encoding="utf-8"))["unit"]:
        unit = Unit(one["kind"], one["size"], one.get("counted", False))
        read |= {fold_name(name).strip(): unit for name in one["names"]}
    return read


def mentions(page: Page, language: str | None = None) -> list[Mention]:
    """Find the quantities of a text.

    Args:
        page: The text, scanned for the entries of this module.
        language: ISO 639-1 code, or None where unknown; it decides what "1.200" is where the text
            does not show it.

    Returns:
        QUANTITY mentions in the order of the text; they do not overlap.
    """
    places = dict(_places(page))
    if not places:
        return []
    mark = numerals.decimal_mark(page.text, language)
    found = [one for start in sorted(places) if (one := _read(page, start, *places[start], mark))]
    return [_mention(one) for one in _merged(page.text, found)]


def _places(page: Page) -> Iterator[tuple[int, tuple[int, Unit]]]:
    """Give where units stand: offset -> end and unit."""
    for found in _glued().finditer(page.text):
        name = fold_name(found["unit"]).strip()
        if found["unit"] != "G":
            yield found.start("unit"), (found.end("unit"), units()[name])
    for hit in longest(page.found(KIND)):
        if isinstance(hit.entry.value, Unit):
            yield hit.start, (hit.end, hit.entry.value)


def _read(page: Page, start: int, end: int, unit: Unit, mark: str) -> _Found | None:
    """Read the amount before a unit; of counted things also "6,000 amphetamine pills"."""
    amount = before(page.text, start, mark)
    single = unit.counted or unit.size <= 1.0  # "80 euros a gram" tells a price
    if amount is not None and not (single and amount.article):
        more, last = (0.0, end) if unit.counted else _behind(page.text, end)
        amount = replace(amount, low=amount.low + more, high=amount.high + more)
        return _Found(amount.times(unit.size), unit, last)
    gap = _BETWEEN.search(page.text, max(0, start - _WORDS_BACK), start) if unit.counted else None
    if gap is None:
        return None
    amount = before(page.text, gap.start() + 1, mark)
    if amount is None or amount.article or not page.text[gap.start() - 1].isalnum():
        return None
    return _Found(amount, unit, gap.start())


def _behind(text: str, end: int) -> tuple[float, int]:
    """Read "y media" behind a unit: what it adds, in units, and where it ends."""
    found = _halves().match(text, end)
    if found is None:
        return 0.0, end
    return numerals.words().behind[fold_name(found[0]).strip()], found.end()


def _merged(text: str, found: list[_Found]) -> list[_Found]:
    """Join what is one amount in two units: "246 kilos and 100 grams", "2 kg 719.35 g"."""
    merged: list[_Found] = []
    for one in found:
        last = merged[-1] if merged else None
        if last is not None and one.amount.start < last.end:
            continue
        if last is not None and _continues(text, last, one):
            start = last.amount.start
            both = Amount(
                start, last.amount.low + one.amount.low, last.amount.high + one.amount.high
            )
            merged[-1] = _Found(both, one.unit, one.end)
        else:
            merged.append(one)
    return merged


def _continues(text: str, last: _Found, one: _Found) -> bool:
    larger = last.unit.kind == one.unit.kind and last.unit.size > one.unit.size
    return (
        larger
        and (last.amount.low / last.unit.size).is_integer()
        and one.amount.high < last.unit.size
        and _JOINED.fullmatch(text, last.end, one.amount.start) is not None
    )


def _mention(found: _Found) -> Mention:
    low, high = (
        number_text(float(f"{one:.{_DIGITS}g}")) for one in (found.amount.low, found.amount.high)
    )
    value = low if low == high else f"{low}..{high}"
    return Mention(
        found.amount.start,
        found.end,
        Label.QUANTITY,
        name=f"{value} {found.unit.kind}",
        confidence=_LESS_SURE if found.amount.article else _SURE,
        rule=RULE,
    )


@cache
def _glued() -> re.Pattern[str]:
    names = sorted(
        (one for one, unit in units().items() if not unit.counted), key=len, reverse=True
    )
    return re.compile(rf"\d[ \u00a0\u202f]?(?P<unit>{'|'.join(names)})(?![\w'’])", re.IGNORECASE)


@cache
def _halves() -> re.Pattern[str]:
    names = sorted(numerals.words().behind, key=len, reverse=True)
    return re.compile(rf"[ \u00a0](?:{'|'.join(names)})(?!\w)", re.IGNORECASE)

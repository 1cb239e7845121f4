"""What a report says of a happening, as small sorted numbers that are fast to compare.

A fact is 32 bits: four say what kind it is, the others are a hash of its value or, for amounts, its
unit and the logarithm of its value in steps of 1.6 %, so that "1.2 tonnes" and "1,190 kilos" meet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from enum import IntEnum
from zlib import crc32

import numpy as np
import numpy.typing as npt

from atalaya.reading.mentions.amounts import named
from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.mentions.mention import Label, Mention, Status

Facts = npt.NDArray[np.uint32]
STEPS = 64  # an amount's steps for each factor e
CLOSE = 2  # steps: amounts within some 3 % are one
_BITS = 28
_MASK = (1 << _BITS) - 1
_AMOUNT_BITS = 16
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d.,]{1,11}\d(?![\w-])")
_STEMS = re.compile(r"[^\W\d_]{4,}")
_COUNTRY = re.compile(r"territory:[A-Z]{3}")
_STEM = 5  # letters
_MOST = 24  # facts of a kind: a list of names says less with each
_YEARS = range(1900, 2101)
_TONNE = 1e6  # grams; so many pills are as rare
_USUAL = 2  # digits of an amount that many happenings share


class Kind(IntEnum):
    """What a fact tells."""

    COUNTRY = 0
    PLACE = 1
    SUBSTANCE = 2
    AMOUNT = 3
    MONEY = 4
    NUMBER = 5
    BODY = 6
    DOCUMENT = 7
    DAY = 8
    STEM = 9
    TOWN = 10
    LANGUAGE = 11


_OF_LABEL = {
    Label.SUBSTANCE: Kind.SUBSTANCE,
    Label.ORGANISATION: Kind.BODY,
    Label.DOCUMENT: Kind.DOCUMENT,
}


def hashed(kind: Kind, value: str) -> int:
    """Make a fact of a value."""
    return int(kind) << _BITS | crc32(value.encode("utf-8", "surrogatepass")) & _MASK


def amount(kind: Kind, value: float, unit: str) -> int:
    """Make a fact of an amount above 0."""
    steps = min(max(round(math.log(value) * STEPS) + 2000, 0), (1 << _AMOUNT_BITS) - 1)
    held = crc32(unit.encode()) & ((1 << (_BITS - _AMOUNT_BITS)) - 1)
    return int(kind) << _BITS | held << _AMOUNT_BITS | steps


def of_mentions(text: str, mentions: Iterable[Mention]) -> set[int]:
    """Give the facts that the mentions in a text tell; what it denies or only expected is none.

    A country named is no place: reports name those of origin and destination too. What opens the
    name of a facility ("Porto de Santos") is none either.

    Args:
        text: The text.
        mentions: With offsets into it.
    """
    facts: set[int] = set()
    mentions = list(mentions)
    opening = {one.start: one.end for one in mentions if one.label is Label.FACILITY}
    for one in mentions:
        if one.status is not Status.AFFIRMED:
            continue
        if one.label in (Label.QUANTITY, Label.MONEY):
            facts.update(_amounts(one))
        elif one.label is Label.DATE and one.name:
            facts.add(hashed(Kind.DAY, one.name))
        elif one.label is Label.PLACE:
            if one.end >= opening.get(one.start, one.end):
                facts.update(_places(text, one))
        elif one.label in _OF_LABEL and (one.id or one.name):
            facts.add(hashed(_OF_LABEL[one.label], (one.id or str(one.name)).casefold()))
    return facts


def _places(text: str, one: Mention) -> Iterable[int]:
    """Give the division a place lies in, and its name as it is written here."""
    if one.id is not None and not _COUNTRY.fullmatch(one.id):
        yield hashed(Kind.PLACE, one.id)
        yield hashed(Kind.TOWN, fold_name(text[one.start : one.end]))


def _amounts(one: Mention) -> Iterable[int]:
    kind = Kind.AMOUNT if one.label is Label.QUANTITY else Kind.MONEY
    read = named(one.name)
    if read is None:
        return
    for value in {read.low, read.high}:
        if value > 0 and math.isfinite(value):
            yield amount(kind, value, read.unit)
            digits = f"{value:.15g}".replace(".", "").strip("0")
            rare = len(digits) + (value >= _TONNE)  # "1.3 tonnes" meet by chance less than "85 kg"
            if kind is Kind.AMOUNT and read.low == read.high and rare > _USUAL:
                yield hashed(Kind.NUMBER, f"={digits}")


def of_title(title: str) -> set[int]:
    """Give the stems of a title's words."""
    words = dict.fromkeys(word.casefold()[:_STEM] for word in _STEMS.findall(title[:400]))
    return {hashed(Kind.STEM, word) for word in list(words)[:_MOST]}


def of_numbers(text: str) -> set[int]:
    """Give the longer numbers of a text's beginning, which reports in any language repeat."""
    digits = dict.fromkeys(re.sub(r"\D", "", one) for one in _NUMBER.findall(text[:1500]))
    told = [one for one in digits if len(one) > 2 and int(one) not in _YEARS]  # noqa: PLR2004
    return {hashed(Kind.NUMBER, one) for one in told[:_MOST]}


def kept(facts: Iterable[int]) -> Facts:
    """Give facts sorted, as they are compared."""
    return np.array(sorted(facts), np.uint32)

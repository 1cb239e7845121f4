"""What the tagger knows of one word, whatever stands beside it, as numbers.

An attribute is the CRC-32 of a short text such as ``x3=ine``; a model's weights are kept by such
numbers, so words that no training text held are described by the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from atalaya.reading.mentions.tagger.tables import RAREST, Tables

UNITS = frozenset(
    (
        *("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogrammes", "kilogramme"),
        *("g", "gr", "gm", "gms", "gram", "grams", "gramme", "grammes", "ton", "tons", "tonne"),
        *("tonnes", "lb", "lbs", "pound", "pounds", "oz", "ounce", "ounces", "mg", "milligrams"),
        *("ml", "litre", "litres", "liter", "liters", "gallon", "gallons", "l", "mgs", "milligram"),
    )
)
FORMS = frozenset(
    (
        *("pills", "pill", "tablets", "tablet", "tabs", "tab", "capsules", "powder", "resin"),
        *("plants", "plant", "leaves", "oil", "rocks", "crystals", "crystal", "base", "cakes"),
        *("paste", "wraps", "baggies", "bags", "bag", "balls", "bricks", "packets", "packet"),
        *("packages", "package", "doses", "dose", "pieces", "grains", "containers", "bottles"),
    )
)
NUMBERS = frozenset(
    (
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "thirteen", "fifteen", "twenty", "thirty", "forty", "fifty", "hundred"),
        *("hundreds", "thousand", "thousands", "million", "half", "dozen", "dozens", "several"),
    )
)
_FIGURES = re.compile(r"[\d.,]+")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_SHORT = 3
_EDGES = (1, 2, 3, 4)
_BITS = (4, 6, 8, 10, 18)


@dataclass(frozen=True, slots=True)
class Word:
    """A word's description.

    Args:
        word: Number of its folded form.
        shape: Number of its shape.
        kind: Number of its class (figure, unit, form, known name, capital ...).
        cluster: Number of its Brown cluster at eight bits, 0 where unknown.
        own: uint32 numbers of all its attributes, looked at from two words around it.
        far: uint32 numbers of those looked at from three words around it.
        usual: Whether it is a common English word; None where it is no word.
        opens: Whether names of several words begin with it.
        tail: Its folded form behind a space, as bytes: a name's number is counted on over it.
        bare: The same without the plural's s, or None.
    """

    word: int
    shape: int
    kind: int
    cluster: int
    own: npt.NDArray[np.uint32]
    far: npt.NDArray[np.uint32]
    usual: bool | None
    opens: bool
    tail: bytes
    bare: bytes | None


def number(text: str) -> int:
    """Give the number of an attribute."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def fold(word: str) -> str:
    """Give a word in lower case without accents."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.lower())
    return "".join(one for one in spread if not unicodedata.combining(one))


def shape(word: str) -> str:
    """Give a word with X for capitals, x for letters, d for digits; runs are cut at two."""
    said = "".join(
        "X" if one.isupper() else "x" if one.isalpha() else "d" if one.isdigit() else one
        for one in word
    )
    return _LONG_RUN.sub(r"\1\1", said)


def describe(word: str, tables: Tables) -> Word:
    """Describe a word.

    Args:
        word: As written.
        tables: What is known of words.
    """
    folded, form = fold(word), shape(word)
    kinds = tables.kinds(folded)
    kind = _kind(word, folded, kinds)
    cluster, rarity = tables.cluster(word)
    names = [f"w={folded}", f"s={form}", f"c={kind}", f"r={rarity}"]
    names += [f"p{size}={folded[:size]}" for size in _EDGES]
    names += [f"x{size}={folded[-size:]}" for size in _EDGES]
    names += [f"k={one}" for one in kinds]
    if cluster:
        names += [f"b{bits}={cluster & ((1 << bits) - 1)}" for bits in _BITS]
    near = np.array([number(one) for one in names], np.uint32)
    far = np.array([number(f"w={folded}"), number(f"c={kind}")], np.uint32)
    short = cluster & 0xFF if cluster else 0
    tail = f" {folded}".encode("utf-8", "surrogatepass")
    return Word(
        number(folded),
        number(form),
        number(kind),
        short,
        near,
        far,
        rarity < RAREST if word[0].isalpha() else None,
        tables.begins(folded),
        tail,
        tail[:-1] if folded.endswith("s") else None,
    )


def _kind(word: str, folded: str, kinds: tuple[str, ...]) -> str:
    """Give the class of a word, by which patterns of neighbours are learnt."""
    if _FIGURES.fullmatch(word):
        return "N"
    for name, words in (("W", NUMBERS), ("U", UNITS), ("F", FORMS)):
        if folded in words:
            return name
    for name in ("reg", "slang"):
        if name in kinds:
            return name
    if not word[0].isalnum():
        return word[0]
    if word[0].isupper():
        return "A" if word.isupper() and len(word) > 1 else "T"
    return folded if len(folded) <= _SHORT else "-"

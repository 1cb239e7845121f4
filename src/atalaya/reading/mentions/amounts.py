"""The amount before a unit or a currency: a number, a range, "half a", "two million"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from atalaya.reading.mentions import numerals
from atalaya.reading.mentions.folding import fold_name

_BACK = 64  # characters: the longest number in words of the development texts takes 41
_STOP = re.compile(r"[.;:!?\n]")
_STOPPED = r"(?:(?<=mio|mrd|mln)\.)?"  # their full stop is theirs, another ends the sentence
_DIGIT = re.compile(r"\d")
_PLAIN = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_NAMED = re.compile(rf"(?P<low>{_PLAIN})(?:\.\.(?P<high>{_PLAIN}))? (?P<unit>\S+)")
_ONE = 1.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range with its place.

    Args:
        start: Offset of its first character in the original text.
        low: The number, or the smaller end.
        high: The number, or the larger end.
        article: Whether it is but an article ("a kilo").
    """

    start: int
    low: float
    high: float
    article: bool = False

    def times(self, size: float) -> Amount:
        """Give the amount in another unit."""
        return Amount(self.start, self.low * size, self.high * size, self.article)


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a quantity or sum says.

    Args:
        low: The number, or the smaller end of a range.
        high: The number, or the larger end.
        unit: Its unit or currency.
    """

    low: float
    high: float
    unit: str


def named(name: str | None) -> Named | None:
    """Read the name of a QUANTITY or MONEY mention, or give None where it is none.

    >>> named("3000..5000 g")
    Named(low=3000.0, high=5000.0, unit='g')
    >>> named("12000 pills").high, named(None)
    (12000.0, None)
    """
    found = _NAMED.fullmatch(name or "")
    if found is None:
        return None
    low = float(found["low"])
    return Named(low, float(found["high"]) if found["high"] else low, found["unit"])


def before(text: str, start: int, mark: str) -> Amount | None:
    """Read the amount that ends where a unit begins.

    Args:
        text: The text.
        start: Offset of the unit in the original.
        mark: The decimal mark of the text.

    Returns:
        The amount, or None where none stands there.
    """
    begin = max(0, start - _BACK)
    gap = text[begin:start].rstrip(" \u00a0\u202f-\n")
    if not gap:
        return None
    if gap[-1].isdigit() or gap[-1].isalpha() or gap[-1] in ".'’":
        first = _DIGIT.search(text, begin, start)  # far cheaper than to try the pattern everywhere
        found = _figures().search(text[begin:start], first.start() - begin) if first else None
        if found is not None:
            return _figured(found, begin, mark)
    return _worded(text, begin, start) if gap[-1].isalpha() else None


def scale_behind(text: str, end: int) -> tuple[float, int]:
    """Read a scale behind figures ("5 million"): what it multiplies by, and where it ends."""
    found = _scale().match(text, end)
    return (_scaled(found["scale"]), found.end()) if found else (_ONE, end)


def _figured(found: re.Match[str], begin: int, mark: str) -> Amount | None:
    high = numerals.figure(found["high"], mark)
    if high is None:
        return None
    scale = _scaled(found["scale"])
    start = begin + found.start("high")
    low = numerals.figure(found["low"], mark) if found["low"] else None
    if (
        low is None
        or not _ranged(found)
        or low * _scaled(found["before"] or found["scale"]) >= high * scale
    ):
        return Amount(start, high * scale, high * scale)
    first = low * _scaled(found["before"] or found["scale"])
    return Amount(begin + found.start("low"), first, high * scale)


def _ranged(found: re.Match[str]) -> bool:
    """Whether what stands between two numbers makes a range: "3 and 5" does so behind "between"."""
    if _plain(found["between"]) not in numerals.words().paired:
        return True
    said = _plain(found.string[: found.start("low")]).split()
    return bool(said) and said[-1] in numerals.words().openings


def _worded(text: str, begin: int, start: int) -> Amount | None:
    stops = [found.end() for found in _STOP.finditer(text, begin, start)]
    begin = stops[-1] if stops else begin
    pieces = list(re.finditer(r"[^\W\d_]+", text[begin:start]))
    said = [_plain(one[0]) for one in pieces]
    read = numerals.trailing(said)
    if read is None:
        return None
    value, count = read
    first = pieces[len(pieces) - count]
    article = count == 1 and said[-1] in numerals.words().articles
    return Amount(begin + first.start(), value, value, article)


@cache
def _figures() -> re.Pattern[str]:
    known = numerals.words()
    between = "|".join(sorted(known.ranges | known.paired, key=len, reverse=True))
    gap = r"[ \u00a0\u202f\n]*"
    scale = _names()
    return re.compile(
        rf"(?<![\w.,])(?:(?P<low>{numerals.FIGURES})(?:{gap}(?P<before>{scale}))?"
        rf"{gap}(?P<between>[-–—]|\b(?:{between}|à|até)\b){gap})?"
        rf"(?P<high>{numerals.FIGURES})(?:{gap}-?(?P<scale>{scale}){_STOPPED}(?:{gap}(?:de|d'|d’|of))?)?{gap}-?{gap}\Z",
        re.IGNORECASE,
    )


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0\u202f\n-]?(?P<scale>{_names()})(?!\w){_STOPPED}", re.IGNORECASE)


@cache
def _names() -> str:
    accented = ["millón", "milhão", "milhões", "bilhão", "bilhões", "mil millones", "k"]
    names = sorted([*numerals.words().scales, *accented], key=len, reverse=True)
    return "|".join(names)


def _scaled(name: str | None) -> float:
    if name is None:
        return _ONE
    plain = _plain(name)
    if plain == "mil millones":
        return 1e9
    return 1000.0 if plain == "k" else numerals.words().scales[plain]


def _plain(name: str) -> str:
    return fold_name(name).strip()

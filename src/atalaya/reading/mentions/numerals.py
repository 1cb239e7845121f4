"""Numbers as five languages write them: figures with points, commas and blanks, and words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

FIGURES = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,']\d+)*"
_POINT = re.compile(r"\d[.]\d{1,2}(?!\d)|\d,\d{3}(?:[,.]\d|(?!\d))|(?<![\d.,])0\.\d")
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3}(?:[.,]\d|(?!\d))|(?<![\d.,])0,\d")
_LONGEST = 24  # digits and marks: a row of hundreds is no number, and would be infinite
_SIGN = 2  # letters of "m" and "bn", which stand behind figures only
# "Millions" alone is no number.
_MANY = frozenset(
    (
        *("dozens", "hundreds", "thousands", "millions", "billions", "docenas", "millones"),
        *("milhoes", "bilhoes", "millionen", "milliarden", "milliards", "cents", "lakhs", "crores"),
    )
)
_AND_HALF = ("and", "a", "half")
_GROUP = 3  # digits that a mark of thousands parts
_MARKED = re.compile(r"\d+(?:[.,]\d+)+")
_WITH_COMMA = frozenset({"es", "fr", "pt", "de", "it", "nl", "tr", "ru", "pl", "ro", "id"})


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that numbers are made of, folded.

    Args:
        ones: Word -> what it adds.
        scales: Word -> what it multiplies by.
        halves: Words before a unit -> what they are.
        behind: Words behind a unit -> what they add, in that unit.
        articles: Words that are one before a scale or a unit.
        joins: Words between parts of a number.
        ranges: Words between the two ends of a range.
        paired: Words between the two ends behind one of ``openings``.
        openings: "between" and its like.
    """

    ones: dict[str, float]
    scales: dict[str, float]
    halves: dict[str, float]
    behind: dict[str, float]
    articles: frozenset[str]
    joins: frozenset[str]
    ranges: frozenset[str]
    paired: frozenset[str]
    openings: frozenset[str]


@cache
def words() -> NumberWords:
    """Load the number words that ship with the package."""
    source = resources.files("atalaya.reading.mentions").joinpath("data", "numbers.toml")
    said = tomllib.loads(source.read_text(encoding="utf-8"))
    return NumberWords(
        ones=dict(said["ones"]),
        scales=dict(said["scales"]),
        halves=dict(said["halves"]),
        behind=dict(said["behind"]),
        articles=frozenset(said["articles"]),
        joins=frozenset(said["joins"]),
        ranges=frozenset(said["ranges"]),
        paired=frozenset(said["paired"]),
        openings=frozenset(said["openings"]),
    )


def decimal_mark(text: str, language: str | None) -> str:
    """Tell which mark parts the decimals of a text, by what it writes and else by its language.

    Spanish is written with a decimal comma from Spain to Argentina and with a point in Mexico and
    Central America, so the text's own unmistakable numbers ("3,5", "1,200.50") come first.

    Args:
        text: The whole text.
        language: ISO 639-1 code, or None where unknown.

    >>> decimal_mark("3,5 kg y 1.200 pastillas", "es"), decimal_mark("3,500 kg, 2.75 kg", "es")
    (',', '.')
    """
    usual = "," if language in _WITH_COMMA else "."
    if language not in (None, "es"):
        return usual
    marked = " ".join(_MARKED.findall(text))  # a short string: both patterns look slowly
    point, comma = len(_POINT.findall(marked)), len(_COMMA.findall(marked))
    if point != comma:
        return "." if point > comma else ","
    return usual


def figure(written: str, mark: str) -> float | None:
    """Read figures.

    Args:
        written: Digits with points, commas, apostrophes or blanks.
        mark: The decimal mark of the text.

    Returns:
        The number, or None where the marks contradict each other or nobody can mean so much.

    >>> figure("1.200", ","), figure("1.200", "."), figure("1,234,567.5", "."), figure("3,5", ".")
    (1200.0, 1.2, 1234567.5, 3.5)
    """
    plain = re.sub(r"[ \u00a0\u202f']", "", written)
    if len(plain) > _LONGEST:
        return None
    marks = [one for one in plain if one in ".,"]
    if not marks:
        return float(plain)
    last = marks[-1]
    whole, decimals = plain.rsplit(last, 1)
    if marks.count(last) > 1 or (len(set(marks)) == 1 and _groups(whole, decimals, last, mark)):
        groups = plain.replace(",", ".").split(".")
        grouped = all(len(one) == _GROUP for one in groups[1:])
        return float("".join(groups)) if grouped else None
    return float(f"{re.sub('[.,]', '', whole)}.{decimals}")


def _groups(whole: str, decimals: str, last: str, mark: str) -> bool:
    """Whether the one mark of a number parts thousands."""
    return last != mark and len(decimals) == _GROUP and whole.strip("0") != "" and len(whole) <= 3  # noqa: PLR2004


def trailing(folded: list[str]) -> tuple[float, int] | None:
    """Read the number with which a row of folded words ends.

    Args:
        folded: Words before a unit, in order.

    Returns:
        The number and how many words it takes, or None where the last word is of no number.

    >>> trailing("mas de doscientas treinta y cinco".split()), trailing(["half", "a"])
    ((235.0, 4), (0.5, 2))
    """
    known = words()
    if len(folded) > len(_AND_HALF) and tuple(folded[-len(_AND_HALF) :]) == _AND_HALF:
        whole = trailing(folded[: -len(_AND_HALF)])
        return (whole[0] + 0.5, whole[1] + len(_AND_HALF)) if whole else None
    for count in (2, 1):
        half = known.halves.get(" ".join(folded[-count:])) if len(folded) >= count else None
        if half is not None:
            return half, count
    count = _run(folded)
    if count == 1 and folded[-1] in _MANY:
        return None
    if not count:
        return (1.0, 1) if folded and folded[-1] in known.articles else None
    return _summed(folded[len(folded) - count :]), count


def _run(folded: list[str]) -> int:
    """Count the words at the end of a row that are of one number."""
    known = words()
    solid = 0
    for count, word in enumerate(reversed(folded), 1):
        if word in known.ones or (word in known.scales and len(word) > _SIGN):
            solid = count
        elif word in known.articles and solid and folded[-solid] in known.scales:
            return count
        elif word not in known.joins or not solid:
            break
    return solid


def _summed(said: list[str]) -> float:
    known = words()
    total, part = 0.0, 0.0
    for word in said:
        if word in known.scales:
            scale = known.scales[word]
            part = (part or 1.0) * scale
            if scale >= 1000:  # noqa: PLR2004 - what stands before a thousand is finished with it
                total, part = total + part, 0.0
        elif word == "vingt" and part == 4:  # noqa: PLR2004 - quatre-vingt
            part = 80.0
        elif word in known.ones:
            part += known.ones[word]
    return total + part

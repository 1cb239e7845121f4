"""Ordinal numbers in figures and words, in English, Spanish, French and Portuguese."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from atalaya.reading.reports import lexicon

STEMS = (
    "first|seconde?|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    "twelfth|\\w+teenth|\\w+tieth|"
    "primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[ée]ptim[oa]|"
    "octav[oa]|noven[oa]|d[ée]cim[oa]|"
    "und[ée]cim[oa]|duod[ée]cim[oa]|\\w+g[ée]sim[oa]|premi[eè]re?|\\w+i[eè]me"
)
ORDINAL = (
    r"(?:\d{1,3}[\x20\u00a0\u202f](?:e|ème|ᵉ)(?=[\x20\u00a0])|"
    r"\d{1,3}(?:\.?[ºª°]|\.o|\.a|\.er|\.ᵉʳ|ᵉʳ|st|nd|rd|th|e|ème|ᵉ|er|ère|[ao])?\.?"
    rf"|(?i:(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|vingt|trente|"
    rf"quarante|cinquante|soixante|quatre)[- ](?:et[- ])?(?:vingt[- ]|"
    rf"dix[- ])?)?(?:\w+g[ée]sim[oa] )?(?:{STEMS})))"
)

# "the fifth regular session": a line that says so is of a session, whatever else it says.
SITTING = re.compile(
    rf"(?<!\w)(?:{ORDINAL}|[IVXL]+)[ \u00a0](?:\w+[ \u00a0]){{0,2}}?(?:session|meeting|sesión|"
    rf"período|"
    rf"reunión|réunion)\b",
    re.IGNORECASE,
)


@cache
def _values() -> tuple[dict[str, int], dict[str, int]]:
    said = lexicon.said()["ordinals"]
    ones, tens = (
        {word: int(number) for number, words in said[kind].items() for word in words}
        for kind in ("ones", "tens")
    )
    return ones, tens


def ordinal(words: str) -> int | None:
    """Give the number of an ordinal, or None where it is none.

    >>> ordinal("68th"), ordinal("sexagésimo octavo"), ordinal("soixante-dix-septième")
    (68, 68, 77)
    """
    digits = re.match(r"\d+", words)
    if digits is not None:
        return int(digits[0])
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKD", words.lower())
        if not unicodedata.combining(one)
    )
    ones, tens = _values()
    tokens = [one for one in re.split(r"[-\s]+", plain) if one != "et"]
    if tokens[:2] == ["quatre", "vingt"]:
        return 80 + sum(ones.get(one, 10 if one == "dix" else 0) for one in tokens[2:])
    total = sum(tens.get(one, ones.get(one, 10 if one == "dix" else 0)) for one in tokens)
    return total or None

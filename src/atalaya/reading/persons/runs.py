"""Runs of capitalised words in a text, cut into stretches that may be names.

A text without small letters (a headline in capitals) is one run, a text without capitals is read
as if every word had one; then only well-known names count.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from atalaya.reading.persons.cues import Role, role_of
from atalaya.reading.persons.names import Known, known_as, plain

_LAST_CASED = 0xFFFF  # beyond, the engine would try ranges one by one
_PARTICLES = (
    r"(?:de la|de las|de los|de|del|da|do|dos|das|di|della|van der|van den|van de|van|von der|von|"
    r"zu|der|den|ter|ten|bin|ibn|ben|bint|abu|el|al|ul|ur|la|le|du|des|af|av|y)"
)
_STARTED = r"(?:d[’']|l[’']|al-|el-|as-|ul-)?"
# Behind their capital, the letters of short titles, whose full stop ends no sentence.
_SHORT = (
    r"(?:r|ra|t|rs|s|x|ic|ng|ral|gt|ol|pl|en|rof|ev|on|ov|ep|apt|mdr|et|nsp|upt|me|rta|rq|ob|res)\."
)
# Written with a capital in some names: "Hicham El Ouazzani", "Rosa De La Cruz".
_JOINING = frozenset(
    [
        "el",
        "al",
        "ben",
        "bin",
        "ibn",
        "de",
        "la",
        "le",
        "van",
        "von",
        "der",
        "di",
        "da",
        "du",
        "del",
        "los",
        "las",
        "san",
        "santa",
        "o",
        "mc",
    ]
)
_HEADLINE = 12  # letters of words in capitals, below which they are acronyms
_NO_NAME = (Role.BREAK, Role.BODY, Role.CUE, Role.SOFT_BREAK, Role.SOFT_BODY)
_PREFIX = re.compile(r"(?<!\w)(?:d[’']|l[’']|al-|el-|as-|ul-)$")
_SMALL = re.compile(r"[a-zà-öø-ÿ]")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")


class Word(NamedTuple):
    """A word of a run: where it stands, what it can be, what it is known as."""

    start: int
    end: int
    text: str
    role: Role
    known: int


class Stretch(NamedTuple):
    """Words side by side that may be a name.

    Args:
        words: One or more, in order.
        before: The word of the run before them, or None where the run begins with them.
        after: The word of the run behind them, or None where it ends with them.
        first: Whether a sentence or line begins with them, so that a capital says nothing.
        run: How many words the whole run has.
    """

    words: tuple[Word, ...]
    before: Word | None
    after: Word | None
    first: bool
    run: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.words[-1].end


def stretches(text: str) -> Iterator[Stretch]:
    """Find what may be names in a text, in order."""
    run, word = _patterns()
    if is_small(text):
        run, word = _small_patterns()
    for found in run.finditer(text):
        start = found.start()
        if start and text[start - 1].isalnum():
            continue  # a capital within a word
        whole = found[0]
        if " " not in whole and role_of(whole) in _NO_NAME:
            continue
        if start and text[start - 1] in "’'-":
            prefix = _PREFIX.search(text, max(0, start - 3), start)
            start = prefix.start() if prefix else start
        words = [
            Word(one.start(), one.end(), one[0], role_of(one[0]), known_as(one[0]))
            for one in word.finditer(text, start, found.end())
        ]
        yield from _cut(words, _begins(text, start))


def is_small(text: str) -> bool:
    """Whether a text is written without capitals, as in a chat.

    >>> is_small("i got it from john"), is_small("I got it from John")
    (True, False)
    """
    return not _CAPITAL.search(text) and bool(_SMALL.search(text))


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘«(¿¡-–—*•")
    return not before or before[-1] in ".!?…\n:|" or "\n" in text[max(0, start - 2) : start]


def _cut(words: list[Word], first: bool) -> Iterator[Stretch]:
    """Cut a run at words that are no names."""
    begin = 0
    for at, word in enumerate((*words, None)):
        owner = at > begin and words[at - 1].text.endswith(("’s", "'s"))
        if word is not None and not owner and _is_name(words, at, begin):
            continue
        if at > begin:
            before = words[begin - 1] if begin else None
            yield Stretch(tuple(words[begin:at]), before, word, first and not begin, len(words))
        begin = at if owner and word is not None and word.role == Role.NAME else at + 1


def _is_name(words: list[Word], at: int, begin: int) -> bool:
    """Whether a word goes on or begins a stretch; a soft one only behind a given name."""
    word = words[at]
    if word.role == Role.NAME:
        return not _is_acronym(word.text, words)
    if at > begin and plain(word.text) in _JOINING and at + 1 < len(words):
        return words[at + 1].role == Role.NAME and not words[at - 1].known & Known.PLACE
    if word.role not in (Role.SOFT_BODY, Role.SOFT_BREAK):
        return False
    if at == begin:  # "Bill Hunt", "April Jones"
        after = words[at + 1] if at + 1 < len(words) else None
        surname = after is not None and after.role == Role.NAME and after.known
        return bool(surname and surname & Known.COMMON_SURNAME and word.known & Known.COMMON_GIVEN)
    return _ends_name(words, at)


def _ends_name(words: list[Word], at: int) -> bool:
    """Whether a word of a place or of every day is the surname behind a given name."""
    known, own = words[at - 1].known, words[at].known
    last = at + 1 == len(words) or words[at + 1].role != Role.NAME
    given = known & Known.USUAL or not known & (Known.WORD | Known.PLACE)
    given = given and not words[at - 1].text.endswith(("’s", "'s"))
    return bool(last and given and known & Known.COMMON_GIVEN and own & Known.COMMON_SURNAME)


def _is_acronym(text: str, words: list[Word]) -> bool:
    if not text[1:] or not text.isupper() or text.endswith("."):
        return False
    capitals = all(word.text.isupper() for word in words)
    return not capitals or sum(len(word.text) for word in words) < _HEADLINE


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a run and of its words."""
    capital = f"[{_ranges()}]"
    # Begins with a class of characters, which the engine looks for fast; what may stand before
    # it ("al-", "d'") is added to the word afterwards.
    bare = rf"{capital}(?:{_SHORT}|\.(?:-?{capital}\.)*|\w*(?:[’'‐-]\w+)*)"
    word = f"{_STARTED}{bare}"
    gap = r"(?:[ \u00a0]{1,2}|[ ]?\n(?!\s))"
    nick = r"(?:[\"“'‘«(][^\"”'’»)\n]{2,25}[\"”'’»)]" + gap + ")?"
    joined = rf"{gap}{nick}(?:{_PARTICLES}{gap})?"
    return re.compile(rf"{bare}(?:{joined}{word})*"), re.compile(rf"(?<!\w){word}")


@cache
def _small_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    word = r"[^\W\d_]+(?:[’'-]\w+)*"
    return re.compile(rf"{word}(?: {word})*"), re.compile(word)


def _ranges() -> str:
    """Give every capital of Unicode, and letters of scripts without case but with gaps."""
    codes = [code for code in range(_LAST_CASED) if unicodedata.category(chr(code)) in {"Lu", "Lt"}]
    ranges, start = [], codes[0]
    for code, following in zip(codes, [*codes[1:], sys.maxunicode], strict=True):
        if following != code + 1:
            ranges.append(f"{chr(start)}-{chr(code)}" if code > start else chr(start))
            start = following
    return "".join(ranges) + "؀-ۿא-ת\u0900-\u0dff"

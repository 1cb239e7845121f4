"""What a place does in its sentence: where it happened, whence, whither, or whose people.

Only the few words beside the name are looked at, as sets of words: no pattern runs over the text.
"""

from __future__ import annotations

import re
from enum import StrEnum

from atalaya.reading.mentions.lexicon import Hit
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.words import words

_LOOKED_BACK = 48
_LOOKED_ON = 40
_DATELINE = re.compile(
    r"\s*(?:[,(][^()\n]{2,40}[,)])?\s*(?:\([A-Z][\w /]{1,20}\)|\d{1,2}\s+\w+\.?)?\s*[—–-]{1,2}\s"
)
_ENDS = frozenset(".!?;:")
_BORDERS = words("borders")
_GAP = 4  # characters before a name that may open a line
_ARTICLES = words("articles")
_DIRECTIONS = words("directions")
_HERE = words("here")
_WHENCE = words("whence")
_WHITHER = words("whither")
_PEOPLE = words("people")
_BODIES = words("bodies")
_NUMBERS = words("numbers")
_OF = words("of")
_TRAVELLED = words("travelled")
_DESTINED = words("destined")
_CAME = words("came")
_BESIDE = words("beside")
_CERTAIN = _WHENCE - {"from", "desde", "aus", "dal", "dalla"}
_EARLY = 30  # characters before a dateline's name, such as its agency's


class Role(StrEnum):
    """What a place does in its sentence."""

    DATELINE = "dateline"
    HERE = "here"
    BODY = "body"
    PLAIN = "plain"
    BORDER = "border"
    FROM = "from"
    WHENCE = "origin"
    WHITHER = "destination"
    PEOPLE = "people"


def role_of(page: Page, hit: Hit, kind: str) -> Role:
    """Tell what a place does.

    Args:
        page: Where it stands.
        hit: The name.
        kind: ``country``, ``division``, ``county``, ``city`` or ``demonym``.
    """
    text, folded = page.text, page.folded.text
    after = text[hit.end : hit.end + _LOOKED_ON]
    if kind != "demonym" and (_opens_dateline(text, hit, after) or _heads(hit, after)):
        return Role.DATELINE
    opens = hit.start == 0 or text[max(0, hit.start - 2) : hit.start].lstrip()[:1] in _ENDS
    before = [] if opens else folded[max(0, hit.at - _LOOKED_BACK) : hit.at].split()
    following = folded[hit.to : hit.to + _LOOKED_ON].split()[:2]
    if following[:1] == ["border"] or _BORDERS.intersection(before[-3:]):
        return Role.BORDER
    if after.startswith("-bound"):
        return Role.WHITHER
    if kind == "demonym":
        return _of_demonym(text[hit.start : hit.end], before, following)
    return _of_place(kind, before, following)


def _opens_dateline(text: str, hit: Hit, after: str) -> bool:
    before = text[max(0, hit.start - _GAP) : hit.start].rstrip(" \t*_")
    opening = hit.start < _EARLY or before.endswith(("\n", "."))
    return opening and not after.startswith("-") and bool(_DATELINE.match(after))


def _heads(hit: Hit, after: str) -> bool:
    """Tell whether a name heads its text, as in "Lima: ..."."""
    return hit.start == 0 and after.lstrip(" \u00a0")[:1] == ":"


def _of_demonym(written: str, before: list[str], following: list[str]) -> Role:
    near = {*following[:2], *before[-1:]}
    if near & _BODIES:
        return Role.BODY
    if near & _PEOPLE:
        return Role.PEOPLE
    if written.endswith("s") and not following[:1]:
        return Role.PEOPLE
    previous = before[-1:]
    return Role.PEOPLE if previous and previous[0] in _NUMBERS else Role.PLAIN


def _of_place(kind: str, before: list[str], following: list[str]) -> Role:
    words, people = _stripped([word for word in before if word not in _ARTICLES])
    if people:
        return Role.PEOPLE
    for role, said in (
        (Role.WHENCE, _comes(kind, words)),
        (Role.FROM, {*words[-2:]} & _WHENCE),
        (Role.WHITHER, _goes(kind, words)),
        (Role.BORDER if kind == "country" else Role.HERE, {*words[-1:]} & _BESIDE),
        (Role.BORDER, kind == "country" and words[-1:] == ["for"]),
        (Role.HERE, {*words[-1:]} & _HERE),
        (Role.BODY, {*following[:2], *words[-1:]} & _BODIES),
        (Role.PEOPLE, kind == "country" and {*following[:1]} & _PEOPLE),
    ):
        if said:
            return role
    return Role.PLAIN


def _stripped(words: list[str]) -> tuple[list[str], bool]:
    """Take the words of direction and kind off the end; tell whether they belong to people."""
    while words and words[-1] in _DIRECTIONS and words[-1] not in _HERE:
        if words[-1] in _OF:
            if set(words[-3:]) & (_WHENCE | _CAME):
                return [word for word in words if word not in _OF], False
            if set(words[-2:-1]) & _PEOPLE:
                return words, True
        words.pop()
    return words, False


def _comes(kind: str, words: list[str]) -> bool:
    """A country after "from" is an origin; a town is so only behind a word of coming."""
    if set(words[-3:]) & _CAME and not set(words[-2:]) & (_HERE | _WHITHER):
        return True
    if not set(words[-2:]) & _WHENCE:
        return False
    return kind == "country" or bool(set(words[-4:]) & _TRAVELLED) or words[-1] in _CERTAIN


def _goes(kind: str, words: list[str]) -> bool:
    last = words[-1] if words else ""
    if last == "for":
        return bool(set(words[-3:]) & _TRAVELLED)
    if last == "a":  # "a Napoli" is where, "a España" whither
        return kind == "country" or bool(set(words[-3:]) & _DESTINED)
    return last in _WHITHER

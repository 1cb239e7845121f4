"""What stands beside a stretch of words: cues of the scan, an age, a role in apposition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from atalaya.reading.mentions.lexicon import Hit
from atalaya.reading.mentions.page import Page
from atalaya.reading.persons.cues import CUE, Role, listed, role_of
from atalaya.reading.persons.names import plain

# Characters within which a role before, a role behind, and an age behind a name are looked for.
_NEAR = 90
_APPOSED_NEAR = 60
_AGE_NEAR = 16
_LINKED = re.compile(r"[\w-]+|[,(]|[^\s\w,('’]")
_TIGHT = re.compile(r"[\s\"'“”«‘(:,]{0,3}(?:(?:a|an|the|el|la|los|le|un|una)\s)?[\"'“«‘]?")
_APPOSED = re.compile(
    r"\s?[,(–—-]\s?(?:who (?:is|serves as) |que es )?(?:[\w’'áéíóúñçãõäöüß]+\s){0,6}"
    r"[\w’'áéíóúñçãõäöüß]*\s?|\s(?:is|was|es|est|ist|é) (?:\w+ ){0,3}"
)
_NEAR_HOUSE = 40
_OF = frozenset({"de", "del", "da", "do", "la", "du", "of", "des"})
_FORMER = re.compile(
    r"(?i)(?:former|ex|late|then|ancien|ancienne|ehemalige[rn]?|antigu[oa])[\s-]*$"
)
_VERB = re.compile(
    r",?(?:\s(?:was|were|is|are|had|has|have|been|also|later|who|que|quien|qui|fue|fueron|ha|sido|"
    r"a|été|est|foi|wurde|hat|had|be|being|to|será|sera|y|and|then|not|no|se|lo|que|had|already|"
    r"now|today|yesterday|ayer|hoy)){0,4}\s?"
)
# Full stops of short forms between a role and a name: "Sgt. Jane Roe", "examiner Dr. Roe".
_STOPS = re.compile(r"^\.|(?<=\b(?:Dr|Mr|Ms|Sr))\.|(?<=\b(?:Mrs|Dra|Lic|Ing))\.")
# What follows a verb that was done to the one before it: "Hobbs arrested in Toledo".
_SUFFERED = re.compile(
    r"\s?(?:[.,;:)!?\n]|$)|\s(?:in|on|for|with|over|after|by|at|to|of|when|while|during|near|as|from|"
    r"this|last|and|en|por|con|tras|cuando|para|el|durante|a|à|pour|avec|dans|après|de|em|com|após|"
    r"wegen|mit|nach|am|im|zu|not|guilty|again|\d)\b"
)
_NEXT = re.compile(r"\s[A-ZÀ-ÖØ-ÞА-Я]\w+")
_AGED = re.compile(
    r"\s?[,(]?\s?(?:de\s|aged\s|age\s|edad\s|âgée?\s(?:de\s)?)?(?:1\d|[2-9]\d)\b"
    r"(?!\s?(?:%|kg|kilo|gram|g\b|mg|people|personas|percent|million|pills|states|de\s(?:enero|febrero|marzo|"
    r"abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)))"
    r"\s?(?:[,).]|years?|ans|años|anos|Jahre|year)"
)


class Around(NamedTuple):
    """What is said of a stretch by the words beside it."""

    official: bool = False
    private: bool = False
    accused: bool = False
    said: bool = False
    several: bool = False


_NOTHING = Around()
# Before a single word these make it a place: "en Rafaela", "of Paducah".
_LOCATIVE = re.compile(
    r"(?i)\b(?:in|en|em|at|near|à|nach|aus|no|na|from|to|into|vers|hacia|al|l'|d'|of)\s$|['’]$"
)


class Cues:
    """The cues of a page, asked stretch by stretch."""

    def __init__(self, page: Page):
        self._text = self.text = page.text
        self._by_end: Sequence[Hit] = page.found(CUE)
        self._ends = [hit.end for hit in self._by_end]
        self._by_start = sorted(self._by_end, key=lambda hit: (hit.start, -hit.end))
        self._starts = [hit.start for hit in self._by_start]

    def is_where(self, start: int) -> bool:
        """Whether the word before a single word makes it a place."""
        return _LOCATIVE.search(self.text, max(0, start - 12), start) is not None

    def around(self, start: int, end: int) -> Around:
        """Tell what the words before and behind a stretch say of it."""
        if not self.near(start, end):
            return _NOTHING
        before, former = self._before(start)
        apposed = self._apposed(end)
        behind = self._behind(end)
        return Around(
            official=("official" in before or apposed) and not former and "accused" not in behind,
            private=bool({"private", "alias"} & before)
            or self._apposed(end, "private")
            or former
            or "aged" in behind
            or ("accused" in before),
            accused="accused" in behind or "aged" in behind,
            said="after" in behind,
            several="several" in before,
        )

    def near(self, start: int, end: int) -> bool:
        """Whether there is a cue or a number close enough to say anything of a stretch."""
        at = bisect_right(self._ends, start) - 1
        if at >= 0 and self._ends[at] >= start - _NEAR:
            return True
        at = bisect_left(self._starts, end)
        if at < len(self._starts) and self._starts[at] < end + _APPOSED_NEAR:
            return True
        return any(map(str.isdigit, self._text[end : end + _AGE_NEAR]))

    def _before(self, start: int) -> tuple[set[str], bool]:
        found: set[str] = set()
        former = False
        for at in range(bisect_right(self._ends, start) - 1, -1, -1):
            hit = self._by_end[at]
            if hit.end < start - _NEAR:
                break
            sort = str(hit.entry.value)
            between = self._text[hit.end : start]
            if sort == "official" and _is_link(between):
                found.add(sort)
                if hit.entry.name.endswith("s"):
                    found.add("several")
                former = former or bool(
                    _FORMER.search(self._text[max(0, hit.start - 14) : hit.start])
                )
            elif sort in {"private", "alias", "accused"} and _TIGHT.fullmatch(between):
                found.add(sort)
        return found, former

    def _behind(self, end: int) -> set[str]:
        found = {"aged"} if _AGED.match(self._text, end) else set()
        at = bisect_left(self._starts, end)
        while at < len(self._starts) and self._starts[at] < end + 30:
            hit = self._by_start[at]
            sort = str(hit.entry.value)
            between = self._text[end : hit.start]
            told = sort == "after" or (sort == "accused" and not self._acts(hit, between))
            if told and _VERB.fullmatch(between):
                found.add(sort)
            at += 1
        return found

    def _acts(self, hit: Hit, between: str) -> bool:
        """Whether the one before the verb did to somebody else what it says."""
        words = between.replace(",", " ").split()
        if words:
            return words[-1] in listed("doing")
        return hit.entry.name in listed("both") and _SUFFERED.match(self._text, hit.end) is None

    def _apposed(self, end: int, sort: str = "official") -> bool:
        """Whether a role follows in apposition: "Jane Roe, the county sheriff, said"."""
        at = bisect_left(self._starts, end)
        while at < len(self._starts) and self._starts[at] < end + _APPOSED_NEAR:
            hit = self._by_start[at]
            between = self._text[end : hit.start]
            if hit.entry.value == "after":
                return False
            if hit.entry.value == sort and _APPOSED.fullmatch(between):
                return not (_FORMER.search(between) or _NEXT.match(self._text, hit.end))
            at += 1
        return False


def names_a_house(text: str, start: int) -> bool:
    """Whether the word before a name in small letters is a house's, way's or law's.

    >>> names_a_house("el hospital Juan", 12), names_a_house("la calle de la Rosa", 15)
    (True, True)
    >>> names_a_house("el joven Juan", 9)
    False
    """
    before = text[max(0, start - _NEAR_HOUSE) : start].rstrip(' \t"“«')
    words = before.split()
    while words and words[-1].lower() in _OF:
        words.pop()
    last = words[-1].rpartition("’")[2].rpartition("'")[2] if words else ""
    if not last.isalpha() or plain(last) in listed("of_persons"):
        return False
    return role_of(last) in (Role.BODY, Role.SOFT_BODY)


def _is_link(between: str) -> bool:
    """Whether what stands between a role and a name binds them.

    With a comma the name must stand right behind it: "the minister of health, Jane Roe".

    >>> _is_link(" of the Interior, "), _is_link(" accused ")
    (True, False)
    """
    parts = _LINKED.findall(_STOPS.sub(" ", between))
    if "," in parts and parts.index(",") != len(parts) - 1:
        return False
    linking = listed("linking")
    return all(part in linking or part in ",(" or part[0].isupper() for part in parts)


def beside_body(before: str | None, after: str | None) -> bool:
    """Whether the words beside a stretch make it a body's, house's, place's or law's name."""
    bodies = (Role.BODY, Role.SOFT_BODY)
    return (before is not None and role_of(before) in bodies) or (
        after is not None and role_of(after) in bodies
    )

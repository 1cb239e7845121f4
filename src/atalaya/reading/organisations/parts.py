"""How a name is cut into its parts: at brackets, dashes, slashes, and commas before some words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.reading.organisations.lexicon import Word, words
from atalaya.registers import territories

_DASHED = re.compile(r"\s+[-–—|:]+\s*|\s*[–—|]\s*|(?<=[A-Z]{2})\s*[-:]\s+|:\s+|\s+-(?=\w)")
_KNOWN_AS = re.compile(
    r"^(?:(?:also|formerly|previously|better)\s+known\s+as|formerly|previously|a\.?k\.?a\.?|now"
    r"|doing business as|d/?b/?a|antes|anteriormente|antiguamente|anciennement|auparavant"
    r"|ehemals|vormals|früher|antigamente|anteriormente|già|ex)\s*[:-]?\s+",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TOWN = 2  # words of a town's name


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a name says who it is.

    Args:
        text: The words as they stand.
        words: Those that mean something, in order.
    """

    text: str
    words: tuple[Word, ...]

    def of(self, *kinds: str) -> tuple[Word, ...]:
        """Give the words of some kinds, in order."""
        return tuple(word for word in self.words if word.kind in kinds)


def segments(text: str) -> list[tuple[str, str]]:
    """Cut a name into its parts, each with the mark that stood before it."""
    found: list[tuple[str, str]] = []
    inside: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        inside.append((match[1].strip(), "("))
        return " | " if text[match.end() :].strip(" ,.") else " "

    outside = _BRACKET.sub(take, text)
    for half in _slashed(outside):
        mark = "/" if found else ""
        for part in _DASHED.split(half):
            pieces = _commas(part)
            for piece in pieces:
                if piece.strip(" ,;.-"):
                    found.append((piece.strip(" ,;.-"), mark))
                mark = ","
            mark = "-"
    return [*found, *(one for one in inside if one[0])]


def known_as(text: str) -> str:
    """Give the other name that a part of a name tells, or nothing.

    >>> known_as("formerly known as Lumo Trust"), known_as("former members of Lumo")
    ('Lumo Trust', '')
    """
    found = _KNOWN_AS.match(text)
    return text[found.end() :] if found else ""


def _slashed(text: str) -> list[str]:
    """Cut at a slash between two wordings, never inside HIV/AIDS."""
    spaced = re.split(r"\s+/\s*|\s*/\s+", text)
    if len(spaced) > 1:
        return spaced
    halves = text.split("/")
    if len(halves) == 2 and all(len(half.split()) > 1 for half in halves):  # noqa: PLR2004
        left, right = halves[0].split()[-1], halves[1].split()[0]
        if not (left.isupper() and right.isupper()):
            return halves
    return [text]


def _commas(text: str) -> list[str]:
    """Cut off what follows the last comma: a place, a legal form, what the body is or its host."""
    head, comma, tail = text.rpartition(",")
    if not comma or not head.strip():
        return [text]
    before, behind = Wording(head, words(head)), Wording(tail, words(tail))
    cut = (
        places(behind, before)
        or _is_place(behind)
        or _is_described(before, behind)
        or _is_host(before, behind)
    )
    return [*_commas(head), tail] if cut else [text]


def places(said: Wording, before: Wording) -> frozenset[str]:
    """Give the places that a part of a name is, and nothing more.

    Args:
        said: The part.
        before: What the name begins with.

    Returns:
        Identifiers of countries, and towns, for a part of a country the country; empty where the
        part says more.

    >>> weavers = Wording("Lumo Foundation", words("Lumo Foundation"))
    >>> sorted(places(Wording("Lisbon, Portugal", words("Lisbon, Portugal")), weavers))
    ['lisbon', 'territory:PRT']
    >>> sorted(places(Wording("Rivertown", words("Rivertown")), weavers))
    ['rivertown']
    """
    if _is_place(said):
        return frozenset(word.concept for word in said.words if word.kind not in ("legal", "state"))
    country = _division(said)
    if country is not None:
        return frozenset({country})
    return frozenset(word.concept for word in said.words) if _is_town(before, said) else frozenset()


def _is_town(before: Wording, behind: Wording) -> bool:
    """Tell whether a part is a town nobody lists, behind a name that is whole."""
    forms = behind.text.split()
    named = all(word.kind == "name" for word in behind.words) and len(behind.words) == len(forms)
    whole = before.of("form") and before.of("name") and not before.of("unit")
    town = named and len(forms) <= _TOWN and all(each[0].isupper() for each in forms)
    return bool(whole) and town


def _division(said: Wording) -> str | None:
    """Give the country of a part of a country: a suffix of that name says where a body is."""
    found = territories.load().find(said.text.strip())
    place = territories.load().get(found) if found else None
    return place.parent if place is not None and place.level == "division" else None


def _is_described(before: Wording, behind: Wording) -> bool:
    """Tell whether a proper name is followed by what the body is, a name without one of its own.

    >>> segments("Lumo Institute, Peruvian Centre for Mental Health")[0][0]
    'Lumo Institute'
    """
    proper = before.of("name") and not before.of("topic", "unit", "movement", "city")
    what = behind.of("form") and behind.of("topic", "place") and not behind.of("name", "unit")
    return bool(proper and what)


def _is_place(said: Wording) -> bool:
    return bool(said.words) and all(
        word.kind in ("place", "region", "city", "legal", "state") for word in said.words
    )


def _is_host(before: Wording, behind: Wording) -> bool:
    """Tell whether a body behind a comma is where the one before it sits, whose name is whole.

    A scope makes it whole: there is one *Global Observatory of Weaving*; an *Institute of Physics*
    is of its university.

    >>> segments("Global Weaving Observatory, Rivertown University")[0][0]
    'Global Weaving Observatory'
    """
    whole = before.of("form") and before.of("topic", "name") and before.of("scope", "region")
    return bool(whole) and bool(behind.of("form")) and bool(behind.of("name", "city"))

"""Mentions of places: the spans that name one, each with the territory it is or lies in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import zip_longest

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.country import RULE, found_in, shares
from atalaya.reading.mentions.places.finding import Found
from atalaya.reading.mentions.places.gazetteer import TYPE, Place
from atalaya.reading.mentions.places.words import words
from atalaya.registers import territories

_LEAST = 0.25  # weight below which a name is rather no place
_UNKNOWN = 0.6  # confidence of a place known by its kind only
_LONGEST = 40  # characters of a name before its kind
_NAMED = re.compile(r"((?:[A-ZÀ-Þ][\w’'-]+ ){1,3})$")
_KIND = re.compile(rf" (?:{'|'.join(sorted(words('kinds')))})\b", re.IGNORECASE)
_SURE = 0.6  # likelihood from which a territory is said


def mentions(page: Page, certain: Mapping[str, float] | None = None) -> list[Mention]:
    """Give the places named on a page.

    Args:
        page: A text whose lexicon holds ``gazetteer.entries()``.
        certain: Country -> what else speaks for it (``country.weigh(...).weights``); without it
            the page speaks for itself.

    Returns:
        Mentions by start; adjectives and people of a country are none. The identifier is a
        country's or a first-level division's (R4), or None where several remain.
    """
    return mentions_of(page, found_in(page), certain)


def mentions_of(
    page: Page, found: Sequence[Found], certain: Mapping[str, float] | None = None
) -> list[Mention]:
    """Give the mentions among the places and signs found on a page."""
    known = certain if certain is not None else _certain(found)
    told = [
        _mention(page.text, each, known, following)
        for each, following in zip_longest(found, found[1:])
        if each.places[0].kind != "demonym" and each.weight >= _LEAST and _names_a_place(each)
    ]
    longer = _by_kind(page, {mention.end for mention in told})
    kept = [m for m in told if not any(one.start < m.end and m.start < one.end for one in longer)]
    return sorted([*kept, *longer], key=lambda mention: mention.start)


def _names_a_place(found: Found) -> bool:
    return found.sign is None or found.sign.kind in {"region", "area"}


def _by_kind(page: Page, ends: set[int]) -> list[Mention]:
    """Give places nobody knows, named in capitals before what they are: "Tha Uthen district"."""
    found = []
    for hit in page.found(TYPE):
        named = _NAMED.search(page.text, max(0, hit.start - _LONGEST), hit.start)
        if named and hit.end not in ends and not _opens(page, named.start(1)):
            start = named.start(1)
            found.append(Mention(start, hit.end, Label.PLACE, confidence=_UNKNOWN, rule=RULE))
    return found


def _opens(page: Page, start: int) -> bool:
    return page.sentence_of(start)[0] == start


def _certain(found: Sequence[Found]) -> dict[str, float]:
    counted = defaultdict[str, float](float)
    for each in found:
        if len({place.iso3 for place in each.places}) == 1:
            counted[each.places[0].iso3] += each.weight
    return counted


def _mention(
    text: str, found: Found, certain: Mapping[str, float], following: Found | None
) -> Mention:
    likely = shares(found, certain, frozenset(), following)
    iso3, sure = max(likely.items(), key=lambda each: each[1])
    identifier = _territory(found.places, iso3) if sure >= _SURE else None
    return Mention(
        found.hit.start,
        _end(text, found),
        Label.PLACE,
        id=identifier,
        name=_name_of(identifier) if identifier else None,
        confidence=round(min(1.0, found.weight) * sure, 3),
        rule=RULE,
    )


@cache
def _name_of(territory: str) -> str:
    return territories.load().get(territory).name


def _end(text: str, found: Found) -> int:
    """Give where a name ends, with the full stop of "U.S." and the kind in "Salta province"."""
    end = found.hit.end
    if found.sign is not None and found.sign.name.endswith(".") and text[end : end + 1] == ".":
        return end + 1
    kind = _KIND.match(text, end) if found.sign is None else None
    return kind.end() if kind else end


def _territory(places: tuple[Place, ...], iso3: str) -> str:
    """Give the largest reading in a country; where two divisions are as likely, the country."""
    inside = [place for place in places if place.iso3 == iso3]
    first = inside[0]
    rivals = [p for p in inside[1:] if p.territory != first.territory and p.kind == first.kind]
    if first.kind == "city" and any(4 * rival.people > first.people for rival in rivals):
        return f"territory:{iso3}"
    return first.territory

"""Mentions of places: the spans that name one, each with the territory it is or lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import zip_longest

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.country import RULE, shares
from atalaya.reading.mentions.places.finding import Found, found_on
from atalaya.reading.mentions.places.foreign import found_in_scripts
from atalaya.reading.mentions.places.gazetteer import Place
from atalaya.registers import territories

_LEAST = 0.25  # weight below which a name is rather no place
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
    found = [*found_on(page), *found_in_scripts(page)]
    known = certain if certain is not None else _certain(found)
    told = [
        _mention(each, known, following)
        for each, following in zip_longest(found, found[1:])
        if each.places[0].kind != "demonym" and each.weight >= _LEAST and _names_a_place(each)
    ]
    return sorted(told, key=lambda mention: mention.start)


def _names_a_place(found: Found) -> bool:
    return found.sign is None or found.sign.kind == "region"


def _certain(found: list[Found]) -> dict[str, float]:
    counted = defaultdict[str, float](float)
    for each in found:
        if len({place.iso3 for place in each.places}) == 1:
            counted[each.places[0].iso3] += each.weight
    return counted


def _mention(found: Found, certain: Mapping[str, float], following: Found | None) -> Mention:
    likely = shares(found, certain, frozenset(), following)
    iso3, sure = max(likely.items(), key=lambda each: each[1])
    identifier = _territory(found.places, iso3) if sure >= _SURE else None
    entry = territories.load().known(identifier) if identifier else None
    return Mention(
        found.hit.start,
        found.hit.end,
        Label.PLACE,
        id=identifier,
        name=entry.name if entry else None,
        confidence=round(min(1.0, found.weight) * sure, 3),
        rule=RULE,
    )


def _territory(places: tuple[Place, ...], iso3: str) -> str:
    """Give the largest reading in a country; where two divisions are as likely, the country."""
    inside = [place for place in places if place.iso3 == iso3]
    first = inside[0]
    rivals = [p for p in inside[1:] if p.territory != first.territory and p.kind == first.kind]
    if first.kind == "city" and any(4 * rival.people > first.people for rival in rivals):
        return f"territory:{iso3}"
    return first.territory

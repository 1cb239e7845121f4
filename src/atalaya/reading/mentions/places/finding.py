"""Which of the names found on a page are places there, and how much each says.

A name counts as written: capital letters where its language wants them, not inside a longer name,
not a person's. What the words around it tell of its role is read in ``roles``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from atalaya.reading.mentions.lexicon import Hit, longest
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.gazetteer import KIND, SIGN, Name, Place, Sign
from atalaya.reading.mentions.places.roles import Role, role_of
from atalaya.reading.mentions.places.words import words

_WORD = re.compile(r"[^\W\d_]{3,}")
_HEADLINE = 240  # characters; longer texts are running text
_CAPITALISED = 0.7  # share of long words that begin with a capital in a headline of capitals
_CITY = 100_000  # people from which a town is known far away
_SHORTEST = 3  # letters of a name that is an abbreviation, which counts in capitals only
# Lower-case forms that are words of their own far from the country.
_NOT_LOWER = words("not_lower")
# Words of places that stand beside their names in capitals.
_TYPES = words("types")
_FOREIGN_BODIES = words("foreign_bodies")


class Found(NamedTuple):
    """A place or a sign of a country, as it stands on a page.

    Args:
        hit: Where.
        places: What it may stand for, likeliest first.
        weight: How much its writing lets it say, 0..1.
        role: What it does in its sentence.
        sign: The sign, where it is one.
    """

    hit: Hit
    places: tuple[Place, ...]
    weight: float
    role: Role
    sign: Sign | None = None


def found_on(page: Page) -> list[Found]:
    """Give the places and signs of a page in order; those that only look like one are left out."""
    hits = [*page.found(KIND), *page.found(SIGN)]
    if not hits:
        return []
    headline = _is_headline(page.text)
    shouted = page.text.isupper()
    found = []
    for hit in longest(hits):
        value = hit.entry.value
        if isinstance(value, Sign):
            if value.kind != "none" and _sign_written(page.text, hit, value):
                found.append(_sign_found(page, hit, value))
        elif isinstance(value, Name):
            weight = _weight(page, hit, value, headline, shouted)
            if weight > 0:
                role = role_of(page, hit, value.places[0].kind)
                found.append(Found(hit, value.places, _surer(weight, role, value), role))
    return found


def _sign_written(text: str, hit: Hit, sign: Sign) -> bool:
    written = text[hit.start : hit.end]
    letters = [c for c in sign.name if c.isalpha()]
    if all(c.isupper() for c in letters):
        return written.isupper()
    return written[:1].isupper() or not sign.name[:1].isupper()


def _sign_found(page: Page, hit: Hit, sign: Sign) -> Found:
    place = Place(sign.territory, sign.iso3, sign.kind, 1)
    role = role_of(page, hit, "country") if sign.kind == "region" else Role.PLAIN
    return Found(hit, (place,), sign.weight, role, sign)


def _is_headline(text: str) -> bool:
    if len(text) > _HEADLINE:
        return False
    words = _WORD.findall(text)
    return bool(words) and sum(w[0].isupper() for w in words) >= _CAPITALISED * len(words)


def _weight(page: Page, hit: Hit, name: Name, headline: bool, shouted: bool) -> float:
    """Give how much a name's writing lets it say; 0 where it is no place."""
    written = page.text[hit.start : hit.end]
    form = hit.entry.name
    kind = name.places[0].kind
    if len(form) <= _SHORTEST and kind in {"country", "demonym"}:
        return 0.0 if shouted or not written.isupper() else 1.0
    if not written[0].isupper() and written[0].lower() != written[0].upper():
        return 0.8 if kind == "demonym" and form not in _NOT_LOWER else 0.0
    if len(form) <= _SHORTEST and kind == "city":
        return 0.3 if not name.ordinary and not written.isupper() else 0.0
    weight = 1.0
    if kind == "city":
        weight = 0.9 if name.places[0].people > _CITY else 0.7
    if (name.ordinary or name.given) and kind in {"city", "division"}:
        opening = headline or hit.start == 0 or hit.start in page.sentences
        weight *= 0.35 if opening else 0.6
    return weight * _neighbours(page.text, hit, kind, headline)


def _neighbours(text: str, hit: Hit, kind: str, headline: bool) -> float:
    """Give what the words beside a name leave of it: inside a longer name it says little."""
    before = text[max(0, hit.start - 24) : hit.start]
    after = text[hit.end : hit.end + 24]
    first = _WORD.match(after[1:]) if after[:1] == " " else None
    last = before[:-1].rsplit(None, 1)[-1:] if before[-1:] == " " else []
    following = first.group() if first else ""
    preceding = last[0] if last else ""
    if following.lower() in _FOREIGN_BODIES or before.lower().endswith(
        ("university of ", "bank of ")
    ):
        return 0.3
    if headline or kind in {"country", "demonym"}:
        return 1.0 if kind != "country" or not _surname(following, headline) else 0.6
    if _capital(preceding) and preceding.lower() not in _TYPES and preceding[-1:].isalpha():
        return 0.3
    return 0.5 if _surname(following, headline) else 1.0


def _capital(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def _surname(word: str, headline: bool) -> bool:
    return not headline and _capital(word) and word.lower() not in _TYPES


def _surer(weight: float, role: Role, name: Name) -> float:
    """Raise a doubtful name that stands where only a place stands."""
    if role in {Role.HERE, Role.DATELINE} and (name.ordinary or name.given):
        return min(1.0, weight * 2.0)
    return weight

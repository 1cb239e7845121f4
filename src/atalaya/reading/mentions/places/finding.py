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
_ACRONYM = 4  # letters of a name that in capitals is rather an abbreviation
_METROPOLIS = 500_000  # people from which a town is meant though its name is a word as well
_COMMA = 3  # characters between a name and what holds it
_ELSEWHERE = frozenset((Role.FROM, Role.WHENCE, Role.WHITHER, Role.PEOPLE))
_KNOWN = ((1_000_000, 1.0), (300_000, 0.9), (100_000, 0.75), (50_000, 0.55), (0, 0.4))
_SHORTEST = 3  # letters of a name that is an abbreviation, which counts in capitals only
# Lower-case forms that are words of their own far from the country.
_NOT_LOWER = words("not_lower")
# Words of places that stand beside their names in capitals.
_TYPES = words("types")
_ALONE = words("alone")
_FOREIGN_BODIES = words("foreign_bodies")


class Found(NamedTuple):
    """A place or a sign of a country, as it stands on a page.

    Args:
        hit: Where.
        places: What it may stand for, likeliest first.
        weight: How much its writing lets it say, 0..1.
        role: What it does in its sentence.
        sign: The sign, where it is one.
        comma: Whether a comma or bracket follows, behind which a name of what holds it may stand.
    """

    hit: Hit
    places: tuple[Place, ...]
    weight: float
    role: Role
    sign: Sign | None = None
    comma: bool = False


def found_on(page: Page) -> list[Found]:
    """Give the places and signs of a page in order; those that only look like one are left out."""
    text = page.text
    named = [hit for hit in page.found(KIND) if _may_be(text[hit.start], hit)]
    hits = [*page.found(SIGN), *named]  # of equal spans the sign counts
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
                comma = page.text[hit.end : hit.end + 2].lstrip()[:1] in {",", "(", "/"}
                sure = _surer(weight, role, value)
                found.append(Found(hit, value.places, sure, role, None, comma))
    return _handed_on(found)


def _may_be(first: str, hit: Hit) -> bool:
    """Tell fast whether a name is written as one: most words in lower case are no place."""
    if first.isupper() or not first.islower():
        return True
    value = hit.entry.value
    return isinstance(value, Name) and value.places[0].kind == "demonym"


def _handed_on(found: list[Found]) -> list[Found]:
    """Give what holds a place the place's role: in "to Riyadh (KSA)" both are where it went."""
    for number in range(1, len(found)):
        before, each = found[number - 1 : number + 1]
        beside = before.comma and 0 < each.hit.start - before.hit.end <= _COMMA
        if beside and before.role in _ELSEWHERE and each.role is Role.PLAIN:
            found[number] = each._replace(role=before.role)
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
    if form in _ALONE:
        return 0.0
    if len(form) <= _SHORTEST and kind in {"country", "demonym"}:
        return 0.0 if shouted or not written.isupper() else 1.0
    if not written[0].isupper() and written[0].lower() != written[0].upper():
        return 0.8 if kind == "demonym" and form not in _NOT_LOWER else 0.0
    if len(form) <= _ACRONYM and kind in {"city", "division"} and written.isupper() and not shouted:
        return 0.5 if hit.start == 0 and len(form) == _ACRONYM else 0.0
    weight = min(_standing(name), _brief(form, name))
    if (name.ordinary or name.given) and kind in {"city", "division"}:
        opening = headline or hit.start == 0 or hit.start in page.sentences
        weight *= _doubt(name, opening=opening)
    return weight * _neighbours(page.text, hit, name, headline)


def _brief(form: str, name: Name) -> float:
    """Give what a very short name of a town or division says at most."""
    if len(form) > _SHORTEST or name.places[0].kind in {"country", "demonym"}:
        return 1.0
    if len(form) < _SHORTEST:
        return 0.0
    return 0.3 if name.ordinary else 0.7


def _standing(name: Name) -> float:
    """Give what a name says by how far away it is known."""
    if name.places[0].kind != "city":
        return 1.0
    people = max(place.people for place in name.places)
    return next(weight for least, weight in _KNOWN if people >= least)


def _doubt(name: Name, *, opening: bool) -> float:
    """Give what is left of a name that is a word or a person's name as well."""
    if max(place.people for place in name.places) >= _METROPOLIS:
        return 0.8
    if name.ordinary:
        return 0.1 if opening else 0.5
    return 0.5 if opening else 0.6


def _neighbours(text: str, hit: Hit, name: Name, headline: bool) -> float:
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
    kind = name.places[0].kind
    if kind == "country" and _capital(following) and following.lower() not in _TYPES:
        return _named_so(name, headline)
    if headline or kind in {"country", "demonym"}:
        return 1.0
    if _capital(preceding) and preceding.lower() not in _TYPES and preceding[-1:].isalpha():
        return 0.3
    return 0.5 if _surname(following) else 1.0


def _named_so(name: Name, headline: bool) -> float:
    """Give what is left of a country's name before a name: "Chad Smith", "Cuba Gooding"."""
    if headline:
        return 0.6 if name.given else 1.0
    return 0.15 if name.given else 0.5


def _capital(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def _surname(word: str) -> bool:
    return _capital(word) and word.lower() not in _TYPES


def _surer(weight: float, role: Role, name: Name) -> float:
    """Raise a doubtful name that stands where only a place stands."""
    if role in {Role.HERE, Role.DATELINE} and (name.ordinary or name.given):
        return min(1.0, weight * 2.0)
    return weight

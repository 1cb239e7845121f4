"""The names of places and the signs of countries, as entries of the one lexicon.

Source: ``data/names.csv.gz`` and ``data/scripts.csv.gz``, made by
``scripts/places/compile_places.py`` from the register of territories, CLDR, ISO 3166-2 in
iso-codes' translations and GeoNames (CC BY 4.0, geonames.org); ``data/signs.csv`` by hand.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from babel.languages import get_official_languages

from atalaya.reading.mentions.lexicon import Entry
from atalaya.reading.mentions.places.words import words
from atalaya.registers import territories

KIND = "place"
SIGN = "place-sign"
SCRIPT = "place-script"
TYPE = "place-type"
_LEAST = 20_000  # people taken for places whose number nobody gives
_WELL_KNOWN = 50_000  # people from which a town is looked for though its name is a word as well
_BRIEF = 2  # letters of a name that is none but of a country
_RANKS = {"country": 3, "division": 2, "county": 1, "city": 0, "demonym": 1}


class Place(NamedTuple):
    """One thing a name may stand for.

    Args:
        territory: Identifier of the country or first-level division it is or lies in.
        iso3: Its country.
        kind: ``country``, ``division``, ``county``, ``city`` or ``demonym``.
        people: How many live there.
    """

    territory: str
    iso3: str
    kind: str
    people: int


class Name(NamedTuple):
    """What a name may stand for.

    Args:
        places: The largest kind first, then the one with more people; one at least.
        ordinary: Whether some language writes it as a word of its own.
        given: Whether people are called so.
    """

    places: tuple[Place, ...]
    ordinary: bool
    given: bool


class Sign(NamedTuple):
    """A body, paper, currency or custom that speaks for a country.

    Args:
        name: As it is written; a sign in capitals counts only in capitals.
        territory: Identifier of the country or division it speaks for.
        iso3: Its country.
        kind: ``agency``, ``paper``, ``currency``, ``custom``, ``region``, ``people``, ``area`` (of
            several countries) or ``none`` (a name that holds a place's and speaks for none).
        weight: How strongly, 0..1.
    """

    name: str
    territory: str
    iso3: str
    kind: str
    weight: float


def entries() -> Iterator[Entry]:
    """Give the names of places in Latin letters and the signs of countries."""
    for form, name in names("names.csv.gz").items():
        if _worth_looking_for(form, name):
            yield Entry(form, KIND, name)
    for sign in (*areas(), *signs()):
        yield Entry(sign.name, SIGN, sign)
    for word in words("kinds"):
        yield Entry(word, TYPE)


@cache
def names(file: str) -> dict[str, Name]:
    """Give the folded names of a compiled file, each with what it may stand for."""
    found: dict[str, tuple[list[Place], str]] = {}
    for form, territory, kind, people, traits in _rows(file):
        if kind == "country" and form in words("not_countries"):
            continue
        places, _ = found.setdefault(form, ([], traits))
        places.append(Place(territory, iso3_of(territory), kind, max(int(people), _LEAST)))
    return {form: _named(places, traits) for form, (places, traits) in found.items()}


def _named(places: list[Place], traits: str) -> Name:
    ordered = sorted(places, key=lambda place: (-_RANKS[place.kind], -place.people))
    best: dict[str, Place] = {}
    for place in ordered:
        best.setdefault(place.territory, place)
    return Name(tuple(best.values()), "o" in traits, "g" in traits)


@cache
def signs() -> tuple[Sign, ...]:
    """Give the signs of countries that were gathered by hand."""
    text = (files(__package__) / "data" / "signs.csv").read_text("utf-8")
    return tuple(
        Sign(
            row["name"],
            f"territory:{row['territory']}",
            iso3_of(f"territory:{row['territory']}") if row["territory"] else "",
            row["kind"],
            float(row["weight"]),
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def _worth_looking_for(form: str, name: Name) -> bool:
    """Tell whether a name says more than it costs: "to", "of" and "man" are small towns as well."""
    if name.places[0].kind in {"country", "demonym"}:
        return True
    known = max(place.people for place in name.places) >= _WELL_KNOWN
    return len(form) > _BRIEF and form not in words("alone") and (known or not name.ordinary)


def areas() -> Iterator[Sign]:
    """Give the regions of the world, which are places and speak for no country."""
    for entry in territories.load().entries:
        if entry.level == "region":
            for name in {name for _, name in entry.names}:
                yield Sign(name, entry.id, "", "area", 1.0)


@cache
def _alpha() -> dict[str, str]:
    return {e.alpha2: e.code for e in territories.load().entries if e.alpha2}


@cache
def iso3_of(territory: str) -> str:
    """Give the country of a territory.

    >>> iso3_of("territory:AR-A"), iso3_of("territory:ARG")
    ('ARG', 'ARG')
    """
    code = territory.partition(":")[2]
    return _alpha()[code[:2]] if "-" in code else code


@cache
def official_in(language: str) -> frozenset[str]:
    """Give the countries in which a language is official, by CLDR.

    >>> sorted(official_in("th"))
    ['THA']
    """
    return frozenset(
        iso3 for alpha, iso3 in _alpha().items() if language in get_official_languages(alpha)
    )


@cache
def of_domain(ending: str) -> str | None:
    """Give the country of a web address's last part, or None.

    >>> of_domain("mx"), of_domain("uk"), of_domain("com")
    ('MEX', 'GBR', None)
    """
    if ending in _LENT:
        return None
    return _alpha().get({"uk": "GB"}.get(ending, ending).upper())


# Endings of small countries that anybody in the world rents for their letters.
_LENT = frozenset(
    [
        "ai",
        "co",
        "io",
        "me",
        "tv",
        "fm",
        "ws",
        "cc",
        "ly",
        "to",
        "am",
        "gg",
        "sh",
        "st",
        "vc",
        "ms",
        "la",
        "nu",
        "tk",
        "ml",
        "ga",
        "cf",
        "gq",
        "pw",
    ]
)


def _rows(file: str) -> Iterator[list[str]]:
    packed = (files(__package__) / "data" / file).read_bytes()
    lines = io.StringIO(gzip.decompress(packed).decode("utf-8"))
    next(lines)
    yield from csv.reader(lines)

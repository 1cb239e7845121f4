"""In which country something happened, told apart from where it came from and where it went.

Every place and sign adds to its countries by what its writing, role and standing let it say; the
share of the strongest country and the weight behind it give the confidence, fitted on the labelled
alerts of ``tests/material/open_sources/places.jsonl`` (``scripts/places/fit_country.py``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.finding import Found, found_on
from atalaya.reading.mentions.places.foreign import found_in_scripts
from atalaya.reading.mentions.places.gazetteer import Place, of_domain, official_in
from atalaya.reading.mentions.places.roles import Role

RULE = "places-1"
Weights = defaultdict[str, float]
# What each role lets a place say about where something happened.
ROLES: Mapping[Role, float] = {
    Role.DATELINE: 1.8,
    Role.HERE: 1.4,
    Role.BODY: 1.3,
    Role.PLAIN: 0.9,
    Role.BORDER: 0.6,
    Role.FROM: 0.55,
    Role.WHENCE: 0.2,
    Role.WHITHER: 0.25,
    Role.PEOPLE: 0.25,
}
KINDS = {"country": 1.0, "division": 1.0, "county": 0.7, "city": 0.9, "demonym": 0.6}
TITLE = 1.5
FIRST = 1.8  # of a name that opens the title
AGAIN = 0.3  # what every later mention of one name adds of the first
DOMAIN = 0.5
TONGUE = 0.3  # of a language that is official in one country
KINSHIP = 5.0  # how much likelier a place is where the text's language is official
CONTEXT = 12.0  # how much likelier a reading is for each unit of other evidence for its country
SYMBOLS = {"₹": "IND", "R$": "BRA", "₱": "PHL", "₦": "NGA", "฿": "THA", "₺": "TUR", "₩": "KOR"}
DOUBT = 0.35  # weight that a country nobody named is taken to have
LEAST = 0.85  # confidence below which no country is said
_NEARLY_ALL = 0.75  # share of what speaks for divisions
_AWAY = frozenset((Role.FROM, Role.WHENCE, Role.WHITHER, Role.PEOPLE, Role.BORDER))
_COMMA = 3  # characters between a name and what holds it
# Constant, log1p of the weight, share. Fitted, but for the constant (1.2), which is lowered: texts
# by others are harder than those of the rules' own author.
_COEFFICIENTS = (0.5, 0.56, 4.1)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something happened.

    Args:
        iso3: The country.
        confidence: How sure, 0..1.
        because: The words it rests on.
        territory: The division that nearly all its places lie in, where there is one, else the
            country.
    """

    iso3: str
    confidence: float
    because: str
    territory: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence of a text.

    Args:
        weights: Country -> what speaks for it.
        names: Country -> the name that added most.
        divisions: Country -> its first-level divisions, each with what speaks for it.
    """

    weights: Weights
    names: Mapping[str, str]
    divisions: Mapping[str, Weights]


def country(
    title: Page | None, text: Page, language: str | None = None, url: str | None = None
) -> Placed | None:
    """Tell in which country a document happens.

    Args:
        title: Its title, if it has one.
        text: Its text.
        language: Its language, ISO 639-1.
        url: Its address, whose ending speaks weakly.

    Returns:
        The country, or None where nothing says it or too much speaks for another.
    """
    placed = likeliest(title, text, language, url)
    return placed if placed is not None and placed.confidence >= LEAST else None


def likeliest(
    title: Page | None, text: Page, language: str | None = None, url: str | None = None
) -> Placed | None:
    """Give the country most evidence speaks for, however weakly; None where there is none."""
    return strongest(weigh(title, text, language, url))


def strongest(weighed: Weighed) -> Placed | None:
    """Give the country that weighs most, however little; None where none weighs anything."""
    if not weighed.weights:
        return None
    (best, most), *others = sorted(weighed.weights.items(), key=lambda each: -each[1])
    share = most / (most + (others[0][1] if others else 0.0) + DOUBT)
    confidence = 1 / (1 + math.exp(-_score(most, share)))
    because = weighed.names.get(best, "")
    territory = _division(weighed.divisions.get(best, {})) or f"territory:{best}"
    return Placed(best, round(confidence, 3), because, territory)


def _division(weights: Mapping[str, float]) -> str | None:
    most = max(weights, key=lambda each: weights[each], default="")
    total = sum(weights.values())
    return most if most and weights[most] >= _NEARLY_ALL * total else None


def _score(most: float, share: float) -> float:
    constant, heavy, shared = _COEFFICIENTS
    return constant + heavy * math.log1p(3 * most) + shared * (2 * share - 1)


def weigh(title: Page | None, text: Page, language: str | None, url: str | None) -> Weighed:
    """Add up what speaks for each country."""
    return weigh_found((found_in(title), found_in(text)), (title, text), language, url)


def weigh_found(
    parts: tuple[Sequence[Found], Sequence[Found]],
    pages: tuple[Page | None, Page],
    language: str | None,
    url: str | None,
) -> Weighed:
    """Add up what the places found in title and text say for each country."""
    title, text = pages
    prior = _prior(title, text, language, url)
    found = [(each, TITLE if each.hit.start else FIRST) for each in parts[0] if _speaks(each)]
    found += [(each, 1.0) for each in parts[1] if _speaks(each)]
    certain = Weights(float, prior)
    for each, factor in found:
        if len({place.iso3 for place in each.places}) == 1:
            certain[each.places[0].iso3] += factor * _worth(each)
    kin = official_in(language) if language and language != "en" else frozenset[str]()
    return _added(found, prior, certain, kin)


def _added(
    found: Sequence[tuple[Found, float]],
    prior: Weights,
    certain: Weights,
    kin: frozenset[str],
) -> Weighed:
    weights, strongest = Weights(float, prior), Weights(float)
    names: dict[str, str] = {}
    divisions: dict[str, Weights] = {}
    seen: set[str] = set()
    for number, (each, factor) in enumerate(found):
        name = each.hit.entry.name
        worth = factor * _worth(each) * (AGAIN if name in seen else 1.0)
        seen.add(name)
        inside = found[number + 1][0] if number + 1 < len(found) else None
        likely = shares(each, certain, kin, inside)
        _add_division(divisions, each, likely, worth)
        for iso3, part in likely.items():
            weights[iso3] += worth * part
            if worth * part > strongest[iso3]:
                strongest[iso3], names[iso3] = worth * part, name
    return Weighed(weights, names, divisions)


def _add_division(
    divisions: dict[str, Weights], found: Found, likely: Mapping[str, float], worth: float
) -> None:
    """Note the division a place is or lies in, where it lies in one only and speaks for it."""
    if found.role in _AWAY:
        return
    for iso3, part in likely.items():
        inside = {place.territory for place in found.places if place.iso3 == iso3}
        only = inside.pop() if len(inside) == 1 else ""
        if "-" in only:
            divisions.setdefault(iso3, Weights(float))[only] += worth * part


def shares(
    found: Found, certain: Mapping[str, float], kin: frozenset[str], following: Found | None = None
) -> dict[str, float]:
    """Give how likely a name means each country, summing to 1.

    A country or division that follows behind a comma and holds one of its readings decides.
    """
    odds: Weights = Weights(float)
    for place in found.places:
        odds[place.iso3] += _odds(place, certain, kin)
    if following is not None and found.comma and 0 < following.hit.start - found.hit.end <= _COMMA:
        held = {place.iso3 for place in following.places} & odds.keys()
        if held and following.places[0].kind in {"country", "division", "region"}:
            odds = Weights(float, {iso3: odds[iso3] for iso3 in held})
    total = sum(odds.values())
    return {iso3: each / total for iso3, each in odds.items()}


def _odds(place: Place, certain: Mapping[str, float], kin: frozenset[str]) -> float:
    size = {"country": 3.0, "division": 1.5}.get(place.kind, 1.0) * math.pow(place.people, 0.8)
    related = KINSHIP if place.iso3 in kin else 1.0
    return size * related * (1 + CONTEXT * certain.get(place.iso3, 0.0))


def _worth(found: Found) -> float:
    kind = found.places[0].kind
    return found.weight * ROLES[found.role] * KINDS.get(kind, 1.0)


def found_in(page: Page | None) -> list[Found]:
    """Give the places and signs of a page in all scripts."""
    return [] if page is None else [*found_on(page), *found_in_scripts(page)]


def _speaks(found: Found) -> bool:
    return bool(found.places[0].iso3)


def _prior(title: Page | None, text: Page, language: str | None, url: str | None) -> Weights:
    """Give what is known beside the names: address, language, signs of money."""
    prior: Weights = Weights(float)
    host = (urlsplit(url).hostname or "") if url else ""
    if domain := of_domain(host.rpartition(".")[2]):
        prior[domain] += DOMAIN
    spoken = official_in(language) if language else frozenset[str]()
    if len(spoken) == 1:
        prior[next(iter(spoken))] += TONGUE
    both = f"{title.text if title else ''}\n{text.text}"
    for symbol, iso3 in SYMBOLS.items():
        if symbol in both:
            prior[iso3] += 0.7
    return prior

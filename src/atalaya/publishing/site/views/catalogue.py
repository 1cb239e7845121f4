"""The catalogue of sources that ships: all of them, or those of one language, kind or place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale

from atalaya.evidence.catalogue import load_catalogue
from atalaya.model.catalogued import FACTS, Catalogued, Fact, Group
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.site.catalogue_terms import CATALOGUE_TERMS
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.views.choices import Choice
from atalaya.publishing.site.visits import Visit
from atalaya.registers import territories

FILTERS = ("group", "language", "place")
_SHOWN = {"slug", "publisher", "homepage", "language", "cadence", "territory", "licence"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A source that may be taken.

    Args:
        source: What it declares of itself, key by key.
        title: Its title in the page's language.
        gives: What it gives, in the page's language.
        place: Name of the place it is about.
        tongue: Name of its language.
        group: What kind of source it is.
        official: Whether a public authority publishes it.
        addresses: Where it is asked.
        verified: Facts that are verified.
        missing: Facts that are not.
        seen: Where facts were seen, key by key; on the page of all sources alone.
    """

    source: Mapping[str, Any]
    title: str
    gives: str
    place: str
    tongue: str
    group: Group
    official: bool
    addresses: tuple[str, ...]
    verified: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    seen: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """The page of the catalogue.

    Args:
        key: The filter's value that is shown, or empty for all.
        title: Its name, or empty.
        filters: Filter -> its values, by name.
        sources: The sources, by title.
        total: How many sources the catalogue has.
    """

    key: str
    title: str
    filters: dict[str, tuple[Choice, ...]]
    sources: tuple[Offered, ...]
    total: int


def catalogue(_edition: Edition, visit: Visit, key: str) -> CatalogueView:
    """Build the page of the catalogue: of all sources, or of one language, kind or place.

    Raises:
        WrongUse: No source has that language, kind or place.
    """
    found = load_catalogue()
    filters = {name: _choices(name, found, visit.language) for name in FILTERS}
    titles = {one.key: one.title for choices in filters.values() for one in choices}
    if key and key not in titles:
        raise WrongUse(
            sentence("the catalogue has no sources under {key!r}", key=key),
            do=sentence("the page of the catalogue lists them all"),
        )
    shown = [
        _offered(one, entry, visit.language, whole=not key)
        for one, entry in _entries(found)
        if not key or key in _keys(one, entry)
    ]
    shown.sort(key=lambda one: (one.title.casefold(), one.source["slug"]))
    return CatalogueView(key, titles.get(key, ""), filters, tuple(shown), len(found))


def keys(_edition: Edition) -> tuple[str, ...]:
    """Give every value of every filter."""
    return tuple(
        sorted({key for one, entry in _entries(load_catalogue()) for key in _keys(one, entry)})
    )


def _entries(
    found: tuple[SourceDeclaration, ...],
) -> list[tuple[SourceDeclaration, Catalogued]]:
    return [(one, one.catalogue) for one in found if one.catalogue is not None]


def _keys(one: SourceDeclaration, entry: Catalogued) -> tuple[str, str, str]:
    place = (one.territory or "").removeprefix("territory:")
    return (f"group-{entry.group}", f"language-{one.language}", f"place-{place.lower()}")


def _choices(name: str, found: tuple[SourceDeclaration, ...], code: str) -> tuple[Choice, ...]:
    at = FILTERS.index(name)
    titles: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one, entry in _entries(found):
        key = _keys(one, entry)[at]
        counts[key] += 1
        titles[key] = _titles(one, entry, code)[at]
    choices = [Choice(key, titles[key], counts[key]) for key in titles]
    return tuple(sorted(choices, key=lambda one: (one.title.casefold(), one.key)))


def _titles(one: SourceDeclaration, entry: Catalogued, code: str) -> tuple[str, str, str]:
    group = language(code).say(CATALOGUE_TERMS[f"group-{entry.group}"])
    tongue = str(Locale.parse(code).languages.get(one.language, one.language))
    place = territories.load().get(one.territory).name_in(code) if one.territory else ""
    return group, tongue, place


def _offered(one: SourceDeclaration, entry: Catalogued, code: str, *, whole: bool) -> Offered:
    _group, tongue, place = _titles(one, entry, code)
    verified = entry.verified
    return Offered(
        source=one.model_dump(mode="json", include=_SHOWN),
        title=str(getattr(one.title, code)),
        gives=str(getattr(entry.gives, code)),
        place=place,
        tongue=tongue,
        group=entry.group,
        official=entry.official,
        addresses=(
            *(fetch.address for fetch in one.fetch),
            *(listing.file or listing.address for listing in one.listing),
        ),
        verified=verified,
        missing=tuple(fact for fact in FACTS if fact not in verified),
        seen=tuple(seen.model_dump(mode="json") for seen in entry.seen if whole),
    )

"""Country search, and what is known of one country or region."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.site.bodies import bodies_of
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.viewing import Place
from atalaya.publishing.site.views.advocacy import Advocacy, advocacy
from atalaya.publishing.site.views.blindspots import BlindCell, blind_country
from atalaya.publishing.site.views.cards import SignalCard, signal_card
from atalaya.publishing.site.views.coverage import PREDICATE as COVERAGE
from atalaya.publishing.site.views.coverage import Coverage, coverage_in
from atalaya.publishing.site.views.facts import Fact
from atalaya.publishing.site.views.promises import facts_of
from atalaya.publishing.site.views.series import SeriesCard, series_card
from atalaya.publishing.site.views.stories import newest_in
from atalaya.publishing.site.views.telling import StoryCard
from atalaya.publishing.site.visits import Visit
from atalaya.registers.areas import Usage

_VOTE = "vote"


@dataclass(frozen=True, slots=True)
class CountryCard:
    """A territory in a list, with how much is known of it."""

    code: str
    name: str
    series: int
    facts: int
    blind: int

    @property
    def known(self) -> bool:
        """Whether a figure or a fact about it is held."""
        return bool(self.series or self.facts)


@dataclass(frozen=True, slots=True)
class CountriesView:
    """Countries found by a search; all of them when nothing was asked.

    Args:
        asked: What was searched for.
        found: Territories one of whose names holds it or whose code it is, A to Z.
    """

    asked: str
    found: tuple[CountryCard, ...]

    @property
    def known(self) -> tuple[CountryCard, ...]:
        """Those of which a figure or a fact is held."""
        return tuple(card for card in self.found if card.known)

    @property
    def unseen(self) -> tuple[CountryCard, ...]:
        """Those of which nothing is held but their blind spots."""
        return tuple(card for card in self.found if not card.known)


@dataclass(frozen=True, slots=True)
class CountryView:
    """One territory.

    Args:
        code: ISO code.
        name: Its name.
        note: How lists differ on it; empty where nobody contests it.
        names: Where it is contested, each name it goes by and who uses it.
        parts: Parts of it that have series of their own.
        signals: Signals there, known at the page's date.
        series: What is counted there, but for what is only coverage.
        votes: How it voted, each with the text, newest first.
        advocacy: Meetings with it beside its votes.
        facts: What else the record says of it: sponsorship, statements, events.
        blind: Its blind cells.
        coverage: How much of what was read mentions a substance there.
        stories: The newest stories of it or a part of it.
        hosts: Key of its page among those who hold side events; None where it holds none.
    """

    code: str
    name: str
    note: str
    names: tuple[Usage, ...]
    parts: tuple[CountryCard, ...]
    signals: tuple[SignalCard, ...]
    series: tuple[SeriesCard, ...]
    votes: tuple[Fact, ...]
    advocacy: Advocacy
    facts: tuple[Fact, ...]
    blind: tuple[BlindCell, ...]
    coverage: tuple[Coverage, ...]
    stories: tuple[StoryCard, ...]
    hosts: str | None


def countries(edition: Edition, visit: Visit, _key: str) -> CountriesView:
    """Build the list of countries, searched when the visit asks for something."""
    asked = visit.query.get("q", "").strip()[:100]
    places = [place for place in _places(edition) if not asked or _goes_by(place, asked)]
    found = [_card(edition, visit, place) for place in places]
    return CountriesView(asked, tuple(sorted(found, key=lambda card: plain(card.name))))


def country(edition: Edition, visit: Visit, key: str) -> CountryView:
    """Build one territory's page.

    Raises:
        WrongUse: Nothing is known of such a place.
    """
    places = {place.code: place for place in _places(edition)}
    if key not in places:
        raise WrongUse(
            sentence("nothing is known here of {key!r}", key=key),
            do=sentence("the list of countries shows them"),
        )
    place = places[key]
    as_of = visit.as_of or edition.months[1]
    facts = sorted(facts_of(edition, visit, place.id), key=lambda one: one.period or "")[::-1]
    body = bodies_of(edition).found.get(place.id)
    blind = [row for row in edition.rows("blind_spots") if row["territory"] == place.id]
    return CountryView(
        code=place.code,
        name=place.name(visit.language),
        note=place.note(visit.language),
        names=place.usages if place.notes else (),
        parts=tuple(
            _card(edition, visit, one) for one in places.values() if one.part_of == place.id
        ),
        signals=tuple(
            signal_card(edition, visit, one)
            for one in edition.standing_signals(as_of)
            if one.territory == place.id
        ),
        series=tuple(
            series_card(edition, visit, facts)
            for facts in edition.series.values()
            if facts.territory == place.id and facts.predicate != COVERAGE
        ),
        votes=tuple(one for one in facts if one.predicate == _VOTE),
        advocacy=advocacy(edition, visit, state=place.id),
        facts=tuple(one for one in facts if one.predicate != _VOTE),
        blind=blind_country(edition, visit, place.id, blind).cells,
        coverage=coverage_in(edition, visit, place.id),
        stories=newest_in(edition, visit, place.id),
        hosts=body.key if body else None,
    )


def codes(edition: Edition) -> tuple[str, ...]:
    """Give the code of every territory that has a page."""
    return tuple(place.code for place in _places(edition))


def _places(edition: Edition) -> tuple[Place, ...]:
    """Every territory that a series, a fact or a blind spot names."""
    return tuple(edition.names.place(one) for one in sorted(edition.counts_by_place))


def _card(edition: Edition, visit: Visit, place: Place) -> CountryCard:
    counts = edition.counts_by_place.get(place.id, (0, 0, 0))
    return CountryCard(place.code, place.name(visit.language), *counts)


def _goes_by(place: Place, asked: str) -> bool:
    names = (*place.names.values(), *(usage.name for usage in place.usages))
    return asked.upper() == place.code or any(plain(asked) in plain(name) for name in names)


def plain(text: str) -> str:
    """Fold case and accents, so that ``peru`` finds ``Perú``.

    >>> plain("Perú")
    'peru'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

"""A session in full, with its side events, and who holds such events with whom."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.promises.alliances import Body, Pair, alliances
from atalaya.promises.following import LOOKED_FOR, Kind
from atalaya.promises.sessions import Event, Session
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.advocacy import Advocacy, advocacy
from atalaya.publishing.site.views.countries import codes
from atalaya.publishing.site.views.facts import Fact, Teller
from atalaya.publishing.site.views.following import Ground, MatterCard, whole
from atalaya.publishing.site.views.promises import ResolutionCard, resolution_cards
from atalaya.publishing.site.visits import Visit

_APART = frozenset({LOOKED_FOR, "agenda-item", "document", "statement"})
_MATRIX = 12  # bodies in the matrix: more do not fit beside each other on a page


@dataclass(frozen=True, slots=True)
class EventCard:
    """A side event; None is what nobody in the record says."""

    key: str
    title: Fact | None
    organisers: tuple[Fact, ...]
    co_hosts: tuple[Fact, ...]
    attendance: Fact | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session in full.

    Args:
        key: Last part of its address.
        name: What it is called.
        facts: Everything said of it but searches.
        standing: Whether it took place, by dated evidence.
        grounds: What that rests on, searches included, oldest first.
        agenda: Items of its agenda, in their order.
        documents: Its documents by their symbols.
        statements: What States and organisations stated, each with who.
        advocacy: Which States were met, and how they voted.
        resolutions: The resolutions followed.
        events: Its side events.
        others: What is said of meetings, achievements and substances.
        attended: Sum of the attendances on record, and of how many events.
        countries: Codes of those that have a page.
    """

    key: str
    name: str
    facts: tuple[Fact, ...]
    standing: MatterCard
    grounds: tuple[Ground, ...]
    agenda: tuple[Fact, ...]
    documents: tuple[Fact, ...]
    statements: tuple[Fact, ...]
    advocacy: Advocacy
    resolutions: tuple[ResolutionCard, ...]
    events: tuple[EventCard, ...]
    others: tuple[Fact, ...]
    attended: tuple[int, int]
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A body's row of the matrix: events shared with each body of the heading."""

    body: Body
    shared: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class AlliancesView:
    """Who holds side events with whom.

    Args:
        bodies: Every body, most events first.
        pairs: Pairs that share more than one event, most first.
        single: How many further pairs share one event.
        matrix: Those with the most events, each against each.
        events: How many events there are.
        names: Identifier of a body -> its name.
        keys: Identifier of an event -> the session's key.
        countries: Codes of those that have a page.
    """

    bodies: tuple[Body, ...]
    pairs: tuple[Pair, ...]
    single: int
    matrix: tuple[Row, ...]
    events: int
    names: dict[str, str]
    keys: dict[str, str]
    countries: frozenset[str]


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every session."""
    return tuple(_key(one.id) for one in edition.sessions)


def session(edition: Edition, visit: Visit, key: str) -> SessionView:
    """Build one session's page.

    Raises:
        WrongUse: The record holds no such session.
    """
    found = next((one for one in edition.sessions if _key(one.id) == key), None)
    if found is None:
        raise WrongUse(
            sentence("the record holds no session {key!r}", key=key),
            do=sentence("the list of promises shows those it holds"),
        )
    teller = Teller(edition, visit, found)
    own = {_key(one.id) for one in found.resolutions}
    events = tuple(_event(one, teller) for one in found.events)
    counts = [
        int(one.attendance.number) for one in events if one.attendance and one.attendance.number
    ]
    standing, grounds = whole(edition, visit, Kind.SESSION, key)
    return SessionView(
        key=key,
        name=_name(found, teller),
        facts=tuple(
            teller.fact(one, disputed=one.disputed)
            for one in found.facts
            if teller.known(one) and one.predicate not in _APART
        ),
        agenda=teller.facts(found.fact("agenda-item", several=True)),
        documents=teller.facts(found.fact("document", several=True)),
        statements=teller.facts(found.fact("statement", several=True)),
        advocacy=advocacy(edition, visit, session=found.id),
        standing=standing,
        grounds=grounds,
        resolutions=tuple(card for card in resolution_cards(edition, visit) if card.key in own),
        events=events,
        others=tuple(
            teller.fact(one, disputed=one.disputed)
            for other in found.others
            for one in other.said
            if teller.known(one)
        ),
        attended=(sum(counts), len(counts)),
        countries=frozenset(codes(edition)),
    )


def alliances_page(edition: Edition, _visit: Visit, _path: str) -> AlliancesView:
    """Build the page of alliances."""
    found = alliances(edition.sessions)
    often = tuple(one for one in found.pairs if one.together > 1)
    shared = {frozenset((one.one, one.two)): one.together for one in found.pairs}
    head = found.bodies[:_MATRIX]
    matrix = tuple(
        Row(
            one,
            tuple(
                None if one.id == two.id else shared.get(frozenset((one.id, two.id)), 0)
                for two in head
            ),
        )
        for one in head
    )
    return AlliancesView(
        bodies=found.bodies,
        pairs=often,
        single=len(found.pairs) - len(often),
        matrix=matrix,
        events=found.events,
        names={one.id: one.name for one in found.bodies},
        keys={event.id: _key(one.id) for one in edition.sessions for event in one.events},
        countries=frozenset(codes(edition)),
    )


def _event(event: Event, teller: Teller) -> EventCard:
    return EventCard(
        key=_key(event.id),
        title=teller.first(event.title),
        organisers=teller.facts(event.organiser),
        co_hosts=teller.facts(event.co_hosts),
        attendance=teller.first(event.attendance),
    )


def _name(found: Session, teller: Teller) -> str:
    fact = teller.first(found.fact("name"))
    return _key(found.id) if fact is None else fact.own_words or fact.text


def _key(identifier: str) -> str:
    return identifier.partition(":")[2]

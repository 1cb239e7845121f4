"""A session in full, with its side events."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.promises.following import LOOKED_FOR, Kind
from atalaya.promises.sessions import Event
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.advocacy import Advocacy, advocacy
from atalaya.publishing.site.views.countries import codes
from atalaya.publishing.site.views.facts import Fact, Teller, key_of, session_name
from atalaya.publishing.site.views.following import Ground, MatterCard, whole
from atalaya.publishing.site.views.promises import ResolutionCard, resolution_cards
from atalaya.publishing.site.visits import Visit

_APART = frozenset({LOOKED_FOR, "agenda-item", "document", "statement"})


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


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every session."""
    return tuple(key_of(one.id) for one in edition.sessions)


def session(edition: Edition, visit: Visit, key: str) -> SessionView:
    """Build one session's page.

    Raises:
        WrongUse: The record holds no such session.
    """
    found = next((one for one in edition.sessions if key_of(one.id) == key), None)
    if found is None:
        raise WrongUse(
            sentence("the record holds no session {key!r}", key=key),
            do=sentence("the list of promises shows those it holds"),
        )
    teller = Teller(edition, visit, found)
    own = {key_of(one.id) for one in found.resolutions}
    events = tuple(_event(one, teller) for one in found.events)
    counts = [
        int(one.attendance.number) for one in events if one.attendance and one.attendance.number
    ]
    standing, grounds = whole(edition, visit, Kind.SESSION, key)
    return SessionView(
        key=key,
        name=session_name(found, teller),
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


def _event(event: Event, teller: Teller) -> EventCard:
    return EventCard(
        key=key_of(event.id),
        title=teller.first(event.title),
        organisers=teller.facts(event.organiser),
        co_hosts=teller.facts(event.co_hosts),
        attendance=teller.first(event.attendance),
    )

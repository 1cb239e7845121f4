"""One side event: who organised it, who co-hosted it in which order, and how many came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.promises.fields import Field, Said
from atalaya.promises.sessions import Event, Session
from atalaya.publishing.site.bodies import Bodies, bodies_of
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.bodies import BodyLink, body_link, events_by_id
from atalaya.publishing.site.views.facts import Fact, Teller, key_of, session_name
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Host:
    """A host as the source prints it, and the body it is; None where no body is known."""

    fact: Fact
    body: BodyLink | None


@dataclass(frozen=True, slots=True)
class EventView:
    """One side event.

    Args:
        key: Last part of its address.
        session: Key of its session.
        session_name: What the session is called.
        titles: Its title, or each that a source gives.
        organisers: Who organised it.
        co_hosts: Who co-hosted it, in the order of the source.
        attendance: How many came, or each number that a source gives; empty where none does.
        again: Bodies that the source names more than once, under one name or several.
    """

    key: str
    session: str
    session_name: str
    titles: tuple[Fact, ...]
    organisers: tuple[Host, ...]
    co_hosts: tuple[Host, ...]
    attendance: tuple[Fact, ...]
    again: tuple[BodyLink, ...]


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every side event."""
    return tuple(key_of(one) for one in events_by_id(edition))


def event(edition: Edition, visit: Visit, key: str) -> EventView:
    """Build one side event's page.

    Raises:
        WrongUse: The record holds no such event.
    """
    known = {key_of(name): found for name, found in events_by_id(edition).items()}
    if key not in known:
        raise WrongUse(
            sentence("the record holds no side event {key!r}", key=key),
            do=sentence("the page of its session lists those it holds"),
        )
    return _view(edition, visit, *known[key])


def _view(edition: Edition, visit: Visit, session: Session, found: Event) -> EventView:
    teller, bodies = Teller(edition, visit, session), bodies_of(edition)

    def hosts(field: Field) -> tuple[Host, ...]:
        return tuple(
            Host(
                teller.fact(said, disputed=said.disputed),
                _link(edition, visit, bodies, said),
            )
            for said in field.said
            if teller.known(said)
        )

    organisers, co_hosts = hosts(found.organiser), hosts(found.co_hosts)
    times = Counter(one.body for one in (*organisers, *co_hosts) if one.body)
    return EventView(
        key=key_of(found.id),
        session=key_of(session.id),
        session_name=session_name(session, teller),
        titles=teller.facts(found.title),
        organisers=organisers,
        co_hosts=co_hosts,
        attendance=teller.facts(found.attendance),
        again=tuple(body for body, number in times.items() if number > 1),
    )


def _link(edition: Edition, visit: Visit, bodies: Bodies, said: Said) -> BodyLink | None:
    body = bodies.of(said)
    return body_link(edition, visit, body) if body else None

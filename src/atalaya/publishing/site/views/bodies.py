"""States and bodies as pages link to them, and the events of the record by their key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from atalaya.promises.sessions import Event, Session
from atalaya.publishing.site.bodies import BodyFacts
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.facts import key_of
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A body: the key of its page, and what it is called in the page's language."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class EventLink:
    """A side event: the key of its page, and its title as the source prints it."""

    key: str
    title: str


def body_link(edition: Edition, visit: Visit, body: BodyFacts) -> BodyLink:
    """Give the link of a body; a State has its name in the page's language."""
    if body.state:
        return BodyLink(body.key, edition.names.place(body.id).name(visit.language))
    return BodyLink(body.key, body.name)


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def events_by_id(edition: Edition) -> Mapping[str, tuple[Session, Event]]:
    """Give every side event of the record by identifier, with its session."""
    return {event.id: (session, event) for session in edition.sessions for event in session.events}


def event_link(event: Event) -> EventLink:
    """Give the link of an event; one without a title is called by its key."""
    key = key_of(event.id)
    return EventLink(key, event.title.said[0].value if event.title.said else key)

"""The list of States and bodies on record, and one of them in full."""

from __future__ import annotations

from dataclasses import dataclass, replace

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.promises.named import HOSTS, Mention, Part
from atalaya.promises.sessions import Session
from atalaya.publishing.site.bodies import Bodies, BodyFacts, BodyName, bodies_of
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.viewing import RegisterEntry
from atalaya.publishing.site.views.bodies import (
    BodyLink,
    EventLink,
    body_link,
    event_link,
    events_by_id,
)
from atalaya.publishing.site.views.countries import codes, plain
from atalaya.publishing.site.views.facts import Fact, Teller, about
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class BodyCard:
    """A body in a list.

    Args:
        link: The key of its page, and its name.
        facts: Its figures, each with its row.
        country_name: Of the country that a name or the register says; empty where none does.
    """

    link: BodyLink
    facts: BodyFacts
    country_name: str


@dataclass(frozen=True, slots=True)
class OrganisationsView:
    """The bodies found by a search, A to Z; all of them when nothing was asked.

    Args:
        asked: What was searched for.
        organisations: Those that are no State.
        states: States that held an event.
        events: How many events are on record.
    """

    asked: str
    organisations: tuple[BodyCard, ...]
    states: tuple[BodyCard, ...]
    events: int


@dataclass(frozen=True, slots=True)
class HostedEvent:
    """An event of a body: in which part, with what names it there."""

    link: EventLink
    part: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """With whom it holds events, and how many of how many."""

    link: BodyLink
    together: int
    of: int
    reference: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What says that it was met: by its name, or by that of a unit of it."""

    fact: Fact
    counted: bool


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """One State or body in full.

    Args:
        card: Its name and figures.
        names: Every name under which it is printed, and why they are one body's.
        events: Its events, in the order of the record.
        partners: With whom, most together first.
        drafts: What says that it sponsored a draft.
        met: What says that it was met.
        register: Rows of the register that hold one of its names.
        country_page: Whether its country has a page.
    """

    card: BodyCard
    names: tuple[BodyName, ...]
    events: tuple[HostedEvent, ...]
    partners: tuple[PartnerLine, ...]
    drafts: tuple[Fact, ...]
    met: tuple[Meeting, ...]
    register: tuple[RegisterEntry, ...]
    country_page: bool


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every State and body that has a page."""
    return tuple(one.key for one in bodies_of(edition).found.values())


def organisations(edition: Edition, visit: Visit, _key: str) -> OrganisationsView:
    """Build the list, searched when the visit asks for something."""
    asked = visit.query.get("q", "").strip()[:100]
    every = bodies_of(edition).found.values()
    cards = [body_card(edition, visit, one) for one in every]
    found = [card for card in cards if not asked or _goes_by(card, asked)]
    found.sort(key=lambda card: plain(card.link.name))
    return OrganisationsView(
        asked=asked,
        organisations=tuple(card for card in found if not card.facts.state),
        states=tuple(card for card in found if card.facts.state),
        events=len(events_by_id(edition)),
    )


def organisation(edition: Edition, visit: Visit, key: str) -> OrganisationView:
    """Build one body's page.

    Raises:
        WrongUse: The record names no such body.
    """
    bodies = bodies_of(edition)
    body = next((one for one in bodies.found.values() if one.key == key), None)
    if body is None:
        raise WrongUse(
            sentence("the record names no organisation {key!r}", key=key),
            do=sentence("the list of organisations shows those it names"),
        )
    said = bodies.mentions[body.id]
    tellers = {id(one): teller for one, teller in _told_by(edition, visit, said)}

    def facts(*parts: Part) -> tuple[tuple[Mention, Fact], ...]:
        named = (one for one in said if one.part in parts)
        return tuple(
            (one, tellers[id(one)].fact(one.said, disputed=one.said.disputed)) for one in named
        )

    return OrganisationView(
        card=body_card(edition, visit, body),
        names=body.names,
        events=_events(edition, body, facts(*HOSTS)),
        partners=_partners(edition, visit, bodies, body),
        drafts=tuple(
            _sponsored(edition, one, fact, visit.language) for one, fact in facts(Part.SPONSOR)
        ),
        met=tuple(Meeting(fact, fact.number is not None) for _, fact in facts(Part.MET)),
        register=() if body.state else edition.names.organisation([n.text for n in body.names]),
        country_page=body.country in codes(edition),
    )


def body_card(edition: Edition, visit: Visit, body: BodyFacts) -> BodyCard:
    """Give a body as lists show it."""
    country = body.country and edition.names.place(f"territory:{body.country}")
    name = country.name(visit.language) if country else ""
    return BodyCard(body_link(edition, visit, body), body, name)


def _goes_by(card: BodyCard, asked: str) -> bool:
    names = (card.link.name, card.facts.name, *(name.text for name in card.facts.names))
    own_country = card.country_name and plain(asked) == plain(card.country_name)
    return bool(own_country) or any(plain(asked) in plain(name) for name in names)


def _told_by(
    edition: Edition, visit: Visit, said: tuple[Mention, ...]
) -> list[tuple[Mention, Teller]]:
    """Give each mention with the teller of the session whose record it stands in."""
    found = []
    for session in edition.sessions:
        teller, own = Teller(edition, visit, session), _subjects(session)
        found += [(one, teller) for one in said if one.of in own]
    return found


def _subjects(session: Session) -> set[str]:
    events, drafts = (one.id for one in session.events), (one.id for one in session.resolutions)
    return {*events, *drafts, *(one.id for one in session.others)}


def _events(
    edition: Edition, body: BodyFacts, said: tuple[tuple[Mention, Fact], ...]
) -> tuple[HostedEvent, ...]:
    known = events_by_id(edition)
    found = []
    for name in body.events:
        own = [(one, fact) for one, fact in said if one.of == name]
        organised = any(one.part is Part.ORGANISER for one, _ in own)
        part = Part.ORGANISER if organised else Part.CO_HOST
        link = event_link(known[name][1])
        found.append(HostedEvent(link, part.value, tuple(fact for _, fact in own)))
    return tuple(found)


def _partners(
    edition: Edition, visit: Visit, bodies: Bodies, body: BodyFacts
) -> tuple[PartnerLine, ...]:
    lines = [
        PartnerLine(
            body_link(edition, visit, bodies.found[one.body]), one.together, one.of, one.reference
        )
        for one in bodies.partners[body.id]
    ]
    return tuple(sorted(lines, key=lambda one: (-one.together, one.of, plain(one.link.name))))


def _sponsored(edition: Edition, one: Mention, fact: Fact, language: str) -> Fact:
    """Give what says that it sponsored, with the draft it sponsored."""
    drafts = (each for session in edition.sessions for each in session.resolutions)
    found = next(each for each in drafts if each.id == one.of)
    return replace(fact, about=about(found, language))

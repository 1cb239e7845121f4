"""Who holds side events with whom: a list and a matrix of bodies first, then a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.publishing.site.bodies import Bodies, BodyFacts, Partner, bodies_of
from atalaya.publishing.site.charts import Spec
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.ties import Tie, ties_chart
from atalaya.publishing.site.views.bodies import (
    BodyLink,
    EventLink,
    body_link,
    event_link,
    events_by_id,
    key_of,
    session_name,
)
from atalaya.publishing.site.views.countries import plain
from atalaya.publishing.site.views.facts import Teller
from atalaya.publishing.site.visits import Visit

_MATRIX = 16  # bodies in the matrix: more do not fit beside each other on a page
_OFTEN = 2  # events from which a body can be among the most connected, or a pair "often" together
_SAID = 3  # pairs that the picture's description names


@dataclass(frozen=True, slots=True)
class SessionEvents:
    """A session with its side events: the denominator."""

    key: str
    name: str
    events: tuple[EventLink, ...]


@dataclass(frozen=True, slots=True)
class HostLine:
    """A body with its figures and its events."""

    link: BodyLink
    facts: BodyFacts
    events: tuple[EventLink, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Events that two bodies share; without a row where they share none."""

    together: int
    reference: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A body's row of the matrix; None where it meets itself."""

    link: BodyLink
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two bodies, the events they share and those that either held."""

    one: BodyLink
    other: BodyLink
    together: int
    of: int
    events: tuple[EventLink, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class CohostingView:
    """Who holds side events with whom.

    Args:
        sessions: The sessions with their side events.
        events: How many events there are altogether.
        bodies: How many States and bodies hold them.
        often: The bodies with most events, all of those that have as many.
        least: From how many events on a body is among them.
        rest: The other bodies, A to Z.
        matrix: Those with most events, each against each.
        pairs: Pairs of those with most events that share more than one, most first.
        further: How many further pairs share an event.
        picture: The ties among those with most events; None where there are none.
    """

    sessions: tuple[SessionEvents, ...]
    events: int
    bodies: int
    often: tuple[HostLine, ...]
    least: int
    rest: tuple[HostLine, ...]
    matrix: tuple[MatrixRow, ...]
    pairs: tuple[PairLine, ...]
    further: int
    picture: Spec | None

    @property
    def strongest(self) -> tuple[PairLine, ...]:
        """The pairs that share most events, a few of them."""
        return self.pairs[:_SAID]


def cohosting(edition: Edition, visit: Visit, _key: str) -> CohostingView:
    """Build the page of who holds side events with whom."""
    bodies = bodies_of(edition)
    hosts = [one for one in bodies.found.values() if one.events]
    least = _least([one.held for one in hosts])
    head = [one for one in hosts if least and one.held >= least]
    head.sort(key=lambda one: (-one.held, plain(one.name)))
    lines = [_line(edition, visit, one) for one in head]
    rest = [_line(edition, visit, one) for one in hosts if one not in head]
    every = _pairs(bodies)
    often = [
        pair for pair in every if pair[2].together >= _OFTEN and pair[0] in head and pair[1] in head
    ]
    return CohostingView(
        sessions=_sessions(edition, visit),
        events=len(events_by_id(edition)),
        bodies=len(hosts),
        often=tuple(lines),
        least=least,
        rest=tuple(sorted(rest, key=lambda line: plain(line.link.name))),
        matrix=_matrix(lines, bodies),
        pairs=tuple(_pair(edition, visit, *pair) for pair in often),
        further=len(every) - len(often),
        picture=_picture(lines, bodies),
    )


def _least(held: Sequence[int]) -> int:
    """Give from how many events on the bodies fit the matrix, ties kept whole; 0 where none do."""
    for least in range(_OFTEN, max(held, default=0) + 1):
        fitting = sum(number >= least for number in held)
        if fitting <= _MATRIX:
            return least if fitting > 1 else 0
    return 0


def _line(edition: Edition, visit: Visit, body: BodyFacts) -> HostLine:
    known = events_by_id(edition)
    events = tuple(event_link(known[one][1]) for one in body.events)
    return HostLine(body_link(edition, visit, body), body, events)


def _sessions(edition: Edition, visit: Visit) -> tuple[SessionEvents, ...]:
    return tuple(
        SessionEvents(
            key_of(one.id),
            session_name(one, Teller(edition, visit, one)),
            tuple(map(event_link, one.events)),
        )
        for one in edition.sessions
        if one.events
    )


def _pairs(bodies: Bodies) -> list[tuple[BodyFacts, BodyFacts, Partner]]:
    """Give each pair once, in the order of the release's rows: most together first."""
    order = {name: place for place, name in enumerate(bodies.found)}
    found = [
        (one, bodies.found[partner.body], partner)
        for one in bodies.found.values()
        for partner in bodies.partners[one.id]
        if order[one.id] < order[partner.body]
    ]
    return sorted(found, key=lambda pair: (-pair[2].together, pair[2].of, plain(pair[0].name)))


def _pair(
    edition: Edition, visit: Visit, one: BodyFacts, other: BodyFacts, shared: Partner
) -> PairLine:
    known = events_by_id(edition)
    return PairLine(
        body_link(edition, visit, one),
        body_link(edition, visit, other),
        shared.together,
        shared.of,
        tuple(event_link(known[name][1]) for name in shared.events),
        shared.reference,
    )


def _shared(one: HostLine, other: HostLine, bodies: Bodies) -> Cell:
    partners = {each.body: each for each in bodies.partners[one.facts.id]}
    found = partners.get(other.facts.id)
    return Cell(found.together, found.reference) if found else Cell(0, "")


def _matrix(lines: Sequence[HostLine], bodies: Bodies) -> tuple[MatrixRow, ...]:
    return tuple(
        MatrixRow(
            one.link,
            tuple(None if one is other else _shared(one, other, bodies) for other in lines),
        )
        for one in lines
    )


def _picture(lines: Sequence[HostLine], bodies: Bodies) -> Spec | None:
    shared = [
        Tie(at, at + 1 + further, _shared(one, other, bodies).together)
        for at, one in enumerate(lines)
        for further, other in enumerate(lines[at + 1 :])
    ]
    ties = [tie for tie in shared if tie.together >= _OFTEN]
    return ties_chart([one.link.name for one in lines], ties) if ties else None

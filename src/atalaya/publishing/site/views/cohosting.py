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
)
from atalaya.publishing.site.views.countries import plain
from atalaya.publishing.site.views.facts import Teller, key_of, session_name
from atalaya.publishing.site.visits import Visit

_MATRIX = 20  # bodies in the matrix: more do not fit beside each other on a page
_PAIRS = 40  # pairs in the table and the picture: of more arcs none could be followed
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
        pairs: The pairs that share most events, all of those that share as many, most first.
        shared: From how many shared events on a pair is among them.
        further: How many further pairs share an event.
        picture: The same pairs; None where there are none.
    """

    sessions: tuple[SessionEvents, ...]
    events: int
    bodies: int
    often: tuple[HostLine, ...]
    least: int
    rest: tuple[HostLine, ...]
    matrix: tuple[MatrixRow, ...]
    pairs: tuple[PairLine, ...]
    shared: int
    further: int
    picture: Spec | None

    @property
    def strongest(self) -> tuple[PairLine, ...]:
        """The first few of the pairs."""
        return self.pairs[:_SAID]

    @property
    def tied(self) -> int:
        """How many bodies the picture holds."""
        return len({link for pair in self.pairs for link in (pair.one, pair.other)})


def cohosting(edition: Edition, visit: Visit, _key: str) -> CohostingView:
    """Build the page of who holds side events with whom."""
    bodies = bodies_of(edition)
    hosts = [one for one in bodies.found.values() if one.events]
    least = _least([one.held for one in hosts], _MATRIX, fewest=2)
    head = [one for one in hosts if least and one.held >= least]
    head.sort(key=lambda one: (-one.held, plain(one.name)))
    lines = [_line(edition, visit, one) for one in head]
    rest = [_line(edition, visit, one) for one in hosts if one not in head]
    every = _pairs(bodies)
    shared = _least([pair[2].together for pair in every], _PAIRS, fewest=1)
    often = [pair for pair in every if shared and pair[2].together >= shared]
    return CohostingView(
        sessions=_sessions(edition, visit),
        events=len(events_by_id(edition)),
        bodies=len(hosts),
        often=tuple(lines),
        least=least,
        rest=tuple(sorted(rest, key=lambda line: plain(line.link.name))),
        matrix=_matrix(lines, bodies),
        pairs=tuple(_pair(edition, visit, *pair) for pair in often),
        shared=shared,
        further=len(every) - len(often),
        picture=_picture(edition, visit, often),
    )


def _least(numbers: Sequence[int], most: int, fewest: int) -> int:
    """Give from which number on there are few enough, ties kept whole.

    Args:
        numbers: Events of each body, or shared by each pair.
        most: How many there may be at most.
        fewest: How many there have to be.

    Returns:
        The lowest such number of at least two; 0 where there is none.
    """
    for least in range(_OFTEN, max(numbers, default=0) + 1):
        fitting = sum(number >= least for number in numbers)
        if fitting <= most:
            return least if fitting >= fewest else 0
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


def _picture(
    edition: Edition, visit: Visit, pairs: Sequence[tuple[BodyFacts, BodyFacts, Partner]]
) -> Spec | None:
    tied = {body.id: body for one, other, _ in pairs for body in (one, other)}
    column = sorted(tied.values(), key=lambda body: (-body.held, plain(body.name)))
    at = {body.id: place for place, body in enumerate(column)}
    ties = [Tie(at[one.id], at[other.id], shared.together) for one, other, shared in pairs]
    names = [body_link(edition, visit, body).name for body in column]
    return ties_chart(names, ties) if ties else None

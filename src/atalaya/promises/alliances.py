"""Who holds side events with whom, as the record names them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from atalaya.promises.fields import Said
from atalaya.promises.sessions import Event, Session
from atalaya.registers.spelling import key


@dataclass(frozen=True, slots=True)
class Body:
    """A State or body that organised or co-hosted.

    Args:
        id: Under which its names are taken together.
        name: The name it is printed under most often.
        names: Every name it is printed under.
        territory: Register identifier of the State, or None.
        events: Identifiers of its events, in order.
        organised: How many of them it organised.
        said: What names it, one for each event.
    """

    id: str
    name: str
    names: tuple[str, ...]
    territory: str | None
    events: tuple[str, ...]
    organised: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies that share events, and how many of how many.

    Args:
        one: Identifier of the first.
        two: Identifier of the second.
        together: Events of both.
        either: Events of at least one of them: the denominator.
    """

    one: str
    two: str
    together: int
    either: int


@dataclass(frozen=True, slots=True)
class Alliances:
    """Bodies, most events first, and pairs, most shared events first.

    Args:
        bodies: The bodies.
        pairs: Every pair that shares at least one event.
        events: How many events there are.
    """

    bodies: tuple[Body, ...]
    pairs: tuple[Pair, ...]
    events: int


def printed(name: str) -> str:
    """Take names together that differ in case, accents and marks alone."""
    return key(name)


def alliances(sessions: Iterable[Session], same: Callable[[str], str] = printed) -> Alliances:
    """Count who organised and co-hosted side events with whom.

    Args:
        sessions: The record.
        same: Gives the identifier under which a name counts. By default only names that are printed
            alike are one body; nothing is guessed.

    Returns:
        Bodies and pairs; ties are in order of their names.
    """
    found = [event for session in sessions for event in session.events]
    hosts = {event.id: _hosts(event, same) for event in found}
    said: dict[str, dict[str, Said]] = defaultdict(dict)
    organised: Counter[str] = Counter()
    for event in found:
        for body, (one, first) in hosts[event.id].items():
            said[body][event.id] = one
            organised[body] += first
    bodies = sorted(
        (_body(body, named, organised[body]) for body, named in said.items()),
        key=lambda one: (-len(one.events), one.name),
    )
    order = {one.id: place for place, one in enumerate(bodies)}
    together = Counter(
        pair
        for named in hosts.values()
        for pair in combinations(sorted(named, key=order.get), 2)  # type: ignore[arg-type]
    )
    pairs = sorted(
        (Pair(one, two, n, len({*said[one], *said[two]})) for (one, two), n in together.items()),
        key=lambda pair: (-pair.together, pair.either, order[pair.one], order[pair.two]),
    )
    return Alliances(tuple(bodies), tuple(pairs), len(found))


def _hosts(event: Event, same: Callable[[str], str]) -> dict[str, tuple[Said, bool]]:
    """Give each body of an event once, with whether it organised it."""
    found: dict[str, tuple[Said, bool]] = {}
    for first, field in ((True, event.organiser), (False, event.co_hosts)):
        for one in field.said:
            found.setdefault(one.territory or same(one.value), (one, first))
    return found


def _body(name: str, said: dict[str, Said], organised: int) -> Body:
    names = Counter(one.value for one in said.values())
    ordered = sorted(names, key=lambda one: (-names[one], one))
    territory = next((one.territory for one in said.values()), None)
    return Body(
        name, ordered[0], tuple(ordered), territory, tuple(said), organised, tuple(said.values())
    )

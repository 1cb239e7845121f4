"""Who holds side events with whom: bodies with all that names them, and pairs with a denominator.

Which names are one body's is not decided here: whoever asks hands it in. Without it, only names
that are printed alike are one body.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from atalaya.promises.named import HOSTS, Mention, Part
from atalaya.registers.spelling import key


@dataclass(frozen=True, slots=True)
class Body:
    """A State or body that the record names.

    Args:
        id: Under which its names are taken together.
        names: Every name it is printed under, the most frequent first.
        territory: Register identifier of the State, or None.
        mentions: Every place that names it, in order.
    """

    id: str
    names: tuple[str, ...]
    territory: str | None
    mentions: tuple[Mention, ...]

    @property
    def events(self) -> tuple[str, ...]:
        """Identifiers of the events it organised or co-hosted, each once."""
        return self._of(*HOSTS)

    @property
    def organised(self) -> tuple[str, ...]:
        """Those it organised."""
        return self._of(Part.ORGANISER)

    @property
    def co_hosted(self) -> tuple[str, ...]:
        """Those it co-hosted and did not organise: named twice, it took part once."""
        own = set(self.organised)
        return tuple(one for one in self.events if one not in own)

    @property
    def drafts(self) -> tuple[str, ...]:
        """Identifiers of the drafts it sponsored."""
        return self._of(Part.SPONSOR)

    @property
    def met(self) -> tuple[Mention, ...]:
        """What says that it was met."""
        return tuple(one for one in self.mentions if one.part is Part.MET)

    def claims(self, events: Iterable[str] | None = None) -> tuple[str, ...]:
        """Give the claims that name it, ordered.

        Args:
            events: Only those that name it as a host of these events; None for all.
        """
        wanted = None if events is None else set(events)
        named = (
            one
            for one in self.mentions
            if wanted is None or (one.part in HOSTS and one.of in wanted)
        )
        return tuple(sorted({claim for one in named for claim in one.said.claims}))

    def _of(self, *parts: Part) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.of for one in self.mentions if one.part in parts))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies that share events, and how many of how many.

    Args:
        one: Identifier of the first, in the order of bodies.
        other: Identifier of the second.
        events: Identifiers of the events that both organised or co-hosted.
        of: How many events at least one of them did: the denominator.
        claims: The claims that name both there, ordered.
    """

    one: str
    other: str
    events: tuple[str, ...]
    of: int
    claims: tuple[str, ...]

    @property
    def together(self) -> int:
        """How many events they share."""
        return len(self.events)


def printed(mention: Mention) -> str:
    """Take names together that differ in case, accents and marks alone; a State by its code."""
    return mention.territory or key(mention.name)


def bodies(
    said: Iterable[Mention], same: Callable[[Mention], str | None] = printed
) -> tuple[Body, ...]:
    """Take what names one body together.

    Args:
        said: From ``mentions``.
        same: Gives the identifier under which a mention counts; None for one that names nobody.

    Returns:
        Bodies, those with most events first, ties in order of identifiers.
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in said:
        name = same(mention)
        if name:
            found[name].append(mention)
    made = (_body(name, each) for name, each in found.items())
    return tuple(sorted(made, key=lambda one: (-len(one.events), one.id)))


def pairs(found: Sequence[Body]) -> tuple[Pair, ...]:
    """Count the events that each two bodies share.

    Args:
        found: From ``bodies``.

    Returns:
        Every pair that shares at least one event, most shared first; ties in order of bodies.
    """
    hosts: dict[str, list[int]] = defaultdict(list)
    for place, body in enumerate(found):
        for event in body.events:
            hosts[event].append(place)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for event, places in hosts.items():
        for pair in combinations(places, 2):
            shared[pair].append(event)
    order = sorted(shared, key=lambda pair: (-len(shared[pair]), pair))
    return tuple(_pair(found[one], found[other], shared[one, other]) for one, other in order)


def _body(name: str, said: Sequence[Mention]) -> Body:
    often = Counter(one.name for one in said)
    names = sorted(often, key=lambda one: (-often[one], one))
    territory = next((one.territory for one in said if one.territory), None)
    return Body(name, tuple(names), territory, tuple(said))


def _pair(one: Body, other: Body, events: Sequence[str]) -> Pair:
    either = {*one.events, *other.events}
    claims = sorted({*one.claims(events), *other.claims(events)})
    return Pair(one.id, other.id, tuple(events), len(either), tuple(claims))

"""Who votes alike and who sponsors together: pairs of States, each with its denominator and years.

A share alone says little: two States that voted alike once agree "always". So every pair keeps the
number of votes both took part in, and a pair that never met is absent, not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from atalaya.promises.fields import Said
from atalaya.promises.named import state_of
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session

TOOK_PART = ("in favour", "against", "abstained")


@dataclass(frozen=True, slots=True)
class Cast:
    """How one State voted in one vote.

    Args:
        ballot: Identifier of the vote, such as that of the draft.
        year: Its year, or None where nobody says it.
        state: The State.
        vote: ``in favour``, ``against`` or ``abstained``; anything else took no part.
        claims: The claims that say it.
    """

    ballot: str
    year: int | None
    state: str
    vote: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sponsored:
    """That one State sponsored one draft; ``disputed`` where a source contradicts it."""

    draft: str
    year: int | None
    state: str
    disputed: bool = False
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """What two States did together.

    Args:
        one: The State that comes first in the alphabet of identifiers.
        other: The other one.
        together: Votes cast alike, or drafts sponsored by both.
        of: The denominator: votes both took part in, or drafts that either sponsored.
        years: The years of what ``of`` counts, ascending; what has no year is left out of them.
        disputed: How many of ``together`` rest on what a source contradicts.
        claims: The claims it rests on, ordered.
    """

    one: str
    other: str
    together: int
    of: int
    years: tuple[int, ...]
    disputed: int = 0
    claims: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """``together`` as a share of ``of``, from 0 to 1."""
        return self.together / self.of


@dataclass(slots=True)
class _Sum:
    together: int = 0
    of: int = 0
    disputed: int = 0
    years: set[int] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)


def casts(sessions: Iterable[Session]) -> tuple[Cast, ...]:
    """Give every named vote on record, in the order of sessions and drafts."""
    return tuple(
        Cast(one.id, _year(one, said), said.territory, said.value, said.claims)
        for session in sessions
        for one in session.resolutions
        for tally in one.tallies
        for said in tally.named
        if said.territory is not None
    )


def sponsors(sessions: Iterable[Session]) -> tuple[Sponsored, ...]:
    """Give every State that sponsored a draft; a body is left out, its country given or not."""
    return tuple(
        Sponsored(one.id, _year(one, said), state, said.disputed, said.claims)
        for session in sessions
        for one in session.resolutions
        for said in one.sponsors.said
        if (state := state_of(said)) is not None
    )


def _year(one: Resolution, said: Said) -> int | None:
    if said.period is not None and said.period[:4].isdecimal():
        return int(said.period[:4])
    return one.draft_symbol.year if one.draft_symbol else None


def agreement(cast: Iterable[Cast]) -> tuple[Pair, ...]:
    """Count how often each two States voted alike.

    Args:
        cast: In any order. A State listed twice the same way counts once; one listed two ways in
            a vote took a part that nobody can tell, and is left out of that vote.

    Returns:
        One pair for every two States that took part in one vote at least, ordered. Votes alike
        are the same word: to abstain together is to agree.

    >>> (one,) = agreement([Cast("a", 2025, "PER", "in favour"), Cast("a", 2025, "OMN", "against"),
    ...     Cast("b", 2026, "PER", "abstained"), Cast("b", 2026, "OMN", "abstained")])
    >>> one.one, one.other, one.together, one.of, one.years
    ('OMN', 'PER', 1, 2, (2025, 2026))
    """
    sums: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    for ballot in _by_ballot(cast).values():
        for one, other in combinations(sorted(ballot), 2):
            total = sums[one, other]
            total.of += 1
            total.together += ballot[one].vote == ballot[other].vote
            _note(total, (ballot[one], ballot[other]))
    return _pairs(sums)


def _by_ballot(cast: Iterable[Cast]) -> dict[str, dict[str, Cast]]:
    said: dict[str, dict[str, list[Cast]]] = defaultdict(lambda: defaultdict(list))
    for one in cast:
        if one.vote in TOOK_PART:
            said[one.ballot][one.state].append(one)
    return {
        ballot: {
            state: each[0] for state, each in states.items() if len({one.vote for one in each}) == 1
        }
        for ballot, states in said.items()
    }


def sponsorship(given: Iterable[Sponsored]) -> tuple[Pair, ...]:
    """Count how many drafts each two States sponsored together.

    Args:
        given: In any order; one State counts once a draft.

    Returns:
        One pair for every two States with a draft in common, ordered. The denominator counts the
        drafts that either of them sponsored.
    """
    drafts: dict[str, dict[str, Sponsored]] = defaultdict(dict)
    for said in given:
        known = drafts[said.draft].get(said.state)
        if known is None or known.disputed:
            drafts[said.draft][said.state] = said
    own = _own_drafts(drafts)
    sums: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    for states in drafts.values():
        for one, other in combinations(sorted(states), 2):
            total = sums[one, other]
            total.together += 1
            total.disputed += states[one].disputed or states[other].disputed
            _note(total, (states[one], states[other]))
    for (one, other), total in sums.items():
        either = {**own[one], **own[other]}
        total.of = len(either)
        total.years |= {year for year in either.values() if year is not None}
    return _pairs(sums)


def _own_drafts(
    drafts: Mapping[str, Mapping[str, Sponsored]],
) -> Mapping[str, dict[str, int | None]]:
    own: dict[str, dict[str, int | None]] = defaultdict(dict)
    for draft, states in drafts.items():
        for state, one in states.items():
            own[state][draft] = one.year
    return own


def _note(total: _Sum, both: tuple[Cast | Sponsored, Cast | Sponsored]) -> None:
    for one in both:
        total.claims.update(one.claims)
        if one.year is not None:
            total.years.add(one.year)


def _pairs(sums: Mapping[tuple[str, str], _Sum]) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            one,
            other,
            total.together,
            total.of,
            tuple(sorted(total.years)),
            total.disputed,
            tuple(sorted(total.claims)),
        )
        for (one, other), total in sorted(sums.items())
    )


def ties(pairs: Iterable[Pair], state: str) -> Iterator[tuple[str, Pair]]:
    """Give the pairs of one State, each with the other State of it."""
    for pair in pairs:
        if state in (pair.one, pair.other):
            yield (pair.other if state == pair.one else pair.one), pair


@dataclass(frozen=True, slots=True)
class Bloc:
    """States that voted the same way in every vote on record.

    Args:
        votes: Vote -> how they voted; a vote they took no part in is absent.
        states: Their identifiers, ordered.
    """

    votes: Mapping[str, str]
    states: tuple[str, ...]

    def alike(self, other: Bloc) -> tuple[int, int]:
        """Give in how many votes both voted alike, and how many both took part in."""
        both = self.votes.keys() & other.votes.keys()
        return sum(self.votes[one] == other.votes[one] for one in both), len(both)


def blocs(cast: Iterable[Cast]) -> tuple[Bloc, ...]:
    """Group States by how they voted, the largest group first.

    A group says that its States voted alike in these votes and nothing more.
    """
    own: dict[str, dict[str, str]] = defaultdict(dict)
    for ballot, states in _by_ballot(cast).items():
        for state, one in states.items():
            own[state][ballot] = one.vote
    groups: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for state, votes in own.items():
        groups[tuple(sorted(votes.items()))].append(state)
    found = [Bloc(dict(votes), tuple(sorted(states))) for votes, states in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.states), one.states)))

"""Who votes alike and who sponsors together: lists and a matrix, each with its denominator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.model.periods import Period
from atalaya.promises.networks import (
    TOOK_PART,
    Bloc,
    Cast,
    Pair,
    Sponsored,
    blocs,
    casts,
    sponsors,
    sponsorship,
)
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.facts import about
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class State:
    """A State: its code, for its page, and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote of which names are on record.

    Args:
        key: Key of the resolution's page.
        symbol: What the text is called.
        years: When it was voted on, as sources date it; empty where none does.
        named: How many States' parts in it are on record.
    """

    key: str
    symbol: str
    years: tuple[int, ...]
    named: int


@dataclass(frozen=True, slots=True)
class Alike:
    """In how many votes two groups voted alike, of how many both took part in."""

    together: int
    of: int


@dataclass(frozen=True, slots=True)
class Group:
    """States that voted the same way in every vote.

    Args:
        label: A letter.
        ways: How they voted, in the order of the votes; None where nobody's record says.
        states: Who they are.
        alike: With each group, in their order.
    """

    label: str
    ways: tuple[str | None, ...]
    states: tuple[State, ...]
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Two States that sponsored together, see ``promises.networks.Pair``."""

    one: State
    other: State
    together: int
    of: int
    years: tuple[int, ...]
    disputed: int
    reference: str


@dataclass(frozen=True, slots=True)
class AlliancesView:
    """What the page says.

    Args:
        ballots: The votes of which names are on record, in order.
        years: Their years.
        groups: Groups of States by their votes, the largest first.
        pairs: Pairs of sponsors, those with the most drafts together first.
    """

    ballots: tuple[Ballot, ...]
    years: tuple[int, ...]
    groups: tuple[Group, ...]
    pairs: tuple[Together, ...]


def alliances(edition: Edition, visit: Visit, _key: str) -> AlliancesView:
    """Build the page from what was on record at its date."""
    cast = [one for one in casts(edition.sessions) if _known(one, visit)]
    given = [one for one in sponsors(edition.sessions) if _known(one, visit)]
    found = blocs(cast)
    ballots = tuple(sorted({ballot for one in found for ballot in one.votes}))
    pairs = sorted(sponsorship(given), key=lambda one: (-one.together, one.one, one.other))
    return AlliancesView(
        ballots=tuple(_ballot(edition, one, cast, visit.language) for one in ballots),
        years=tuple(sorted({one.year for one in cast if one.year is not None})),
        groups=tuple(
            _group(edition, visit, (at, one), found, ballots) for at, one in enumerate(found)
        ),
        pairs=tuple(_together(edition, visit, one) for one in pairs),
    )


def _ballot(edition: Edition, draft: str, cast: Sequence[Cast], language: str) -> Ballot:
    found = (one for session in edition.sessions for one in session.resolutions if one.id == draft)
    told = about(next(found), language)
    own = [one for one in cast if one.ballot == draft and one.vote in TOOK_PART]
    return Ballot(
        key=told.key,
        symbol=told.symbol,
        years=tuple(sorted({one.year for one in own if one.year is not None})),
        named=len({one.state for one in own}),
    )


def _known(one: Cast | Sponsored, visit: Visit) -> bool:
    if visit.as_of is None or one.year is None:
        return True
    return Period.parse(str(one.year)).start <= visit.as_of.end


def _group(
    edition: Edition,
    visit: Visit,
    placed: tuple[int, Bloc],
    every: Sequence[Bloc],
    ballots: Sequence[str],
) -> Group:
    at, one = placed
    return Group(
        label=_label(at),
        ways=tuple(one.votes.get(ballot) for ballot in ballots),
        states=tuple(_state(edition, visit, state) for state in one.states),
        alike=tuple(Alike(*one.alike(other)) for other in every),
    )


def _label(at: int) -> str:
    """Give A ... Z, AA, AB ..."""
    before, letter = divmod(at, 26)
    return (_label(before - 1) if before else "") + chr(ord("A") + letter)


def _state(edition: Edition, visit: Visit, state: str) -> State:
    name = edition.names.place(state).name(visit.language)
    return State(state.partition(":")[2], name)


def _together(edition: Edition, visit: Visit, one: Pair) -> Together:
    return Together(
        one=_state(edition, visit, one.one),
        other=_state(edition, visit, one.other),
        together=one.together,
        of=one.of,
        years=one.years,
        disputed=one.disputed,
        reference=one.claims[0],
    )

"""What is followed: each ask with its status, the dated evidence and searches it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period
from atalaya.model.sentences import sentence
from atalaya.promises.fields import Said
from atalaya.promises.following import LOOKED_FOR, Kind, Matter, due, matters, terms
from atalaya.promises.sessions import Session
from atalaya.publishing.marking import _
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.views.facts import About, Fact, Teller, about, key_of, session_name
from atalaya.publishing.site.visits import Visit

AT_SESSION = _("session {n}")
NOTHING = _("Nothing published since %(since)s was found. Searched for “%(words)s” in: %(where)s")
FOUND = _("Searched for “%(words)s” since %(since)s in: %(where)s. Found: %(found)s")


@dataclass(frozen=True, slots=True)
class Looked:
    """A search: where, since when something would count, and what it found.

    Args:
        where: In what, in the page's language where the record has it.
        since: From when on something would have been found.
        found: None where nothing was, else what it came upon.
    """

    where: str
    since: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A row that bears on what is followed.

    Args:
        fact: What it says.
        bears: ``done``, ``under way``, ``not done``, ``funded`` or ``unfunded``; None for a search.
        looked: The search it is, or None.
        counts: Whether it moves the status: checked, and dated.
    """

    fact: Fact
    bears: str | None
    looked: Looked | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Side:
    """An ask as one page has it, where pages differ.

    Args:
        fact: What it says, with its page.
        by: By when, or None where it sets no date.
        terms: What else it says of when.
    """

    fact: Fact
    by: str | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatterCard:
    """Something followed, in a list.

    Args:
        key: Last part of its address.
        kind: ``ask``, ``resolution`` or ``session``.
        n: Position of the ask, from 1.
        asks: What is asked.
        of_whom: Who is asked, as the source says it.
        by: By when, or None where the text sets no date or pages differ on it.
        terms: What else the text says of when, such as a session.
        sides: The ask as each page has it, where they differ; empty where they do not.
        overdue: Whether it was due before the day of the page and is not known to be done.
        money: What the text says of money, or None.
        status: One of ``asks.Status``.
        funded: True, False, or None for unknown.
        dated: Day or month of the newest evidence.
        searched: Day of the newest search that found nothing.
        about: The resolution it belongs to; None for a session.
        name: What its session is called.
    """

    key: str
    kind: str
    n: int | None
    asks: Fact | None
    of_whom: str | None
    by: str | None
    terms: tuple[str, ...]
    sides: tuple[Side, ...]
    overdue: bool
    money: str | None
    status: str
    funded: bool | None
    dated: str | None
    searched: str | None
    about: About | None
    name: str


@dataclass(frozen=True, slots=True)
class FollowedView:
    """Everything that is followed.

    Args:
        asks: Each ask, in the order of the sessions and resolutions.
        wholes: Resolutions and sessions as wholes.
        counted: Status -> how many asks have it, the commonest first.
    """

    asks: tuple[MatterCard, ...]
    wholes: tuple[MatterCard, ...]
    counted: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AskView:
    """One ask in full: its card, and what bears on it, oldest first."""

    card: MatterCard
    grounds: tuple[Ground, ...]


def followed(edition: Edition, visit: Visit, _key: str) -> FollowedView:
    """Build the list of what is followed, as known at the page's date."""
    cards = [_card(one, teller, visit) for one, teller in _found(edition, visit).values()]
    asks = tuple(one for one in cards if one.kind == Kind.ASK)
    said = [one.status for one in asks]
    counted = sorted(dict.fromkeys(said), key=lambda status: (-said.count(status), status))
    return FollowedView(
        asks=asks,
        wholes=tuple(one for one in cards if one.kind != Kind.ASK),
        counted=tuple((status, said.count(status)) for status in counted),
    )


def ask(edition: Edition, visit: Visit, key: str) -> AskView:
    """Build the page of one ask.

    Raises:
        WrongUse: No such ask is followed.
    """
    found = _found(edition, visit).get(key)
    if found is None or found[0].kind is not Kind.ASK:
        raise WrongUse(
            sentence("no ask {key!r} is followed here", key=key),
            do=sentence("the list of asks shows those that are"),
        )
    matter, teller = found
    return AskView(_card(matter, teller, visit), grounds(matter, teller))


def cards_of(edition: Edition, visit: Visit, resolution: str) -> tuple[MatterCard, ...]:
    """Give the asks of a resolution, by the key of its page."""
    return tuple(
        _card(one, teller, visit)
        for one, teller in _found(edition, visit).values()
        if one.kind is Kind.ASK and one.resolution and key_of(one.resolution.id) == resolution
    )


def whole(
    edition: Edition, visit: Visit, kind: Kind, key: str
) -> tuple[MatterCard, tuple[Ground, ...]]:
    """Give what became of a resolution or session as a whole, and what that rests on.

    Raises:
        WrongUse: The record holds none of that key.
    """
    found = _found(edition, visit).get(key)
    if found is None or found[0].kind is not kind:
        raise WrongUse(sentence("nothing is followed under {key!r}", key=key))
    matter, teller = found
    return _card(matter, teller, visit), grounds(matter, teller)


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every ask."""
    return tuple(one.key for one in _matters(edition, None) if one.kind is Kind.ASK)


def grounds(matter: Matter, teller: Teller) -> tuple[Ground, ...]:
    """Give what bears on a matter and is known at the page's date, oldest first."""
    counted = {claim for one in matter.standing.evidence for claim in one.claims}
    searched = {(one.on, one.words) for one in matter.standing.searches}
    known = [one for one in matter.bearing if teller.known(one)]
    return tuple(
        Ground(
            fact=teller.fact(said, disputed=said.disputed),
            bears=said.notes.get("bears") or None,
            looked=looked_in(said, teller.language),
            counts=bool(counted.intersection(said.claims)) or (said.period, said.value) in searched,
        )
        for said in sorted(known, key=lambda one: one.period or "")
    )


def _looked(notes: Mapping[str, str], code: str) -> Looked:
    found = notes.get("found", "nothing")
    return Looked(
        where=notes.get(f"where-{code}", notes.get("where", "")),
        since=notes.get("since", ""),
        found=None if found == "nothing" else notes.get(f"found-{code}", found),
    )


def search_words(fact: Fact, looked: Looked, code: str) -> str:
    """Say a search in a sentence: for what, where, since when, and what came of it."""
    tongue = language(code)
    return tongue.say(FOUND if looked.found else NOTHING) % {
        "words": fact.own_words or fact.text,
        "where": looked.where,
        "since": tongue.period(looked.since),
        "found": looked.found,
    }


def looked_in(said: Said, code: str) -> Looked | None:
    """Give the search that a row is, or None."""
    return _looked(said.notes, code) if said.predicate == LOOKED_FOR else None


@lru_cache(maxsize=64)  # a page asks several times, and readers share their dates
def _matters(edition: Edition, as_of: Period | None) -> tuple[Matter, ...]:
    return matters(edition.sessions, None if as_of is None else str(as_of))


def _found(edition: Edition, visit: Visit) -> dict[str, tuple[Matter, Teller]]:
    by_name: dict[str, Session] = {one.id: one for one in edition.sessions}
    tellers = {name: Teller(edition, visit, one) for name, one in by_name.items()}
    return {
        one.key: (one, tellers[one.session])
        for one in _matters(edition, visit.as_of)
        if one.asks is None or tellers[one.session].known(one.asks)
    }


def _card(matter: Matter, teller: Teller, visit: Visit) -> MatterCard:
    evidence, searches = matter.standing.evidence, matter.standing.searches
    asked, resolution = matter.asks, matter.resolution
    day = visit.today if visit.as_of is None else visit.as_of.end
    return MatterCard(
        key=matter.key,
        kind=str(matter.kind),
        n=matter.n,
        asks=teller.fact(asked, disputed=asked.disputed) if asked else None,
        of_whom=matter.of_whom,
        by=str(matter.by) if matter.by else None,
        terms=tuple(_when(one, teller.language) for one in matter.terms),
        sides=tuple(_side(one, teller) for one in matter.told) if matter.sides else (),
        overdue=matter.overdue(day),
        money=matter.money,
        status=str(matter.standing.status),
        funded=matter.funding.funded,
        dated=evidence[-1].when if evidence else None,
        searched=searches[-1].on if searches else None,
        about=about(resolution, teller.language) if resolution else None,
        name=session_name(teller.session, teller),
    )


def _side(said: Said, teller: Teller) -> Side:
    date = due(said)
    return Side(
        fact=teller.fact(said, disputed=said.disputed),
        by=None if date is None else str(date),
        terms=tuple(_when(one, teller.language) for one in terms(said)),
    )


def _when(term: str, code: str) -> str:
    """Give a term in the page's language where it is a session, else in the text's own words."""
    kind, _space, number = term.partition(" ")
    known = kind == "session" and number.isdigit()
    return language(code).say(AT_SESSION).format(n=number) if known else term

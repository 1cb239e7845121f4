"""What States promised: each resolution with what is known, disputed and unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.promises.fields import Field
from atalaya.promises.following import Kind
from atalaya.promises.resolutions import Resolution
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.differences import Difference, differences
from atalaya.publishing.site.views.facts import Fact, Teller, about, key_of
from atalaya.publishing.site.views.following import Ground, MatterCard, cards_of, whole
from atalaya.publishing.site.views.money import MoneyYear, money
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many voted one way, as declared (None: nobody says), and who did, as named.

    Args:
        vote: Which way.
        own_words: The same in the page's language, where the record has it.
        declared: The number declared first.
        others: Further numbers that are declared.
        named: How many different members are named.
        unequal: Whether that is another number than the one declared.
        members: Those named, doubles kept.
    """

    vote: str
    own_words: str | None
    declared: Fact | None
    others: tuple[Fact, ...]
    named: int
    unequal: bool
    members: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ResolutionCard:
    """A resolution in a list; None is what nobody in the record says."""

    key: str
    kind: str | None
    number: Fact | None
    draft: Fact | None
    topic: Fact | None
    sponsors: tuple[Fact, ...]
    tallies: tuple[Tallied, ...]
    followed: int
    disputed: int

    @property
    def voted(self) -> bool:
        """Whether any tally is on record."""
        return any(tally.declared for tally in self.tallies)


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """One resolution in full.

    Args:
        card: What the list says.
        titles: Every title found: as adopted, of the draft, as reported.
        effects: What it is to bring about, as sources report it.
        searched: What was looked for and not found.
        amended_by: Amendments on record.
        adopted_on: Day of adoption.
        adopted_how: By a vote or without one, as sources say.
        amendments: What was moved to change it.
        vote_called_by: Who asked for the vote.
        explanations: Explanations of vote, each with its State.
        asks: What it asks, of whom, and what became of it.
        standing: What became of it as a whole.
        grounds: What that rests on, searches included, oldest first.
        followed: What happened after, oldest first.
        disputed: Facts on which sources disagree.
        differences: By how much their numbers differ.
    """

    card: ResolutionCard
    titles: tuple[Fact, ...]
    effects: tuple[Fact, ...]
    searched: tuple[Fact, ...]
    amended_by: tuple[Fact, ...]
    adopted_on: tuple[Fact, ...]
    adopted_how: tuple[Fact, ...]
    amendments: tuple[Fact, ...]
    vote_called_by: tuple[Fact, ...]
    explanations: tuple[Fact, ...]
    asks: tuple[MatterCard, ...]
    standing: MatterCard
    grounds: tuple[Ground, ...]
    followed: tuple[Fact, ...]
    disputed: tuple[Fact, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session in a list, with its resolutions.

    Args:
        key: Last part of its address.
        name: What it is called; None where nobody says.
        opened: Its first day.
        closed: Its last day.
        resolutions: Those known at the page's date, most followed first.
    """

    key: str
    name: Fact | None
    opened: Fact | None
    closed: Fact | None
    resolutions: tuple[ResolutionCard, ...]


@dataclass(frozen=True, slots=True)
class PromisesView:
    """Every session with its resolutions, and the money.

    Args:
        resolutions: The resolutions known at the page's date, the worked example first.
        sessions: The sessions known at the page's date, the latest first.
        followed: How many resolutions are followed altogether.
        money: The income of UNODC, the latest year first.
    """

    resolutions: tuple[ResolutionCard, ...]
    sessions: tuple[SessionCard, ...]
    followed: int
    money: tuple[MoneyYear, ...]


def resolution_cards(edition: Edition, visit: Visit) -> tuple[ResolutionCard, ...]:
    """Give a card for each resolution known at the page's date, most followed first."""
    found = [_card(one, teller) for one, teller in _found(edition, visit).values()]
    cards = [card for card in found if card.draft or card.number or card.topic]
    return tuple(sorted(cards, key=lambda card: (-card.followed, card.key)))


def promises(edition: Edition, visit: Visit, _key: str) -> PromisesView:
    """Build the list of promises."""
    resolutions = resolution_cards(edition, visit)
    return PromisesView(
        resolutions=resolutions,
        sessions=_sessions(edition, visit, resolutions),
        followed=len(keys(edition)),
        money=money(edition, visit),
    )


def _sessions(
    edition: Edition, visit: Visit, resolutions: tuple[ResolutionCard, ...]
) -> tuple[SessionCard, ...]:
    cards = []
    for one in edition.sessions:
        teller = Teller(edition, visit, one)
        if not any(teller.known(said) for said in one.facts):
            continue
        own = {key_of(each.id) for each in one.resolutions}
        cards.append(
            SessionCard(
                key=key_of(one.id),
                name=teller.first(one.fact("name")),
                opened=teller.first(one.fact("opened-on")),
                closed=teller.first(one.fact("closed-on")),
                resolutions=tuple(card for card in resolutions if card.key in own),
            )
        )
    return tuple(sorted(cards, key=lambda card: card.opened.text if card.opened else "")[::-1])


def resolution(edition: Edition, visit: Visit, key: str) -> ResolutionView:
    """Build one resolution's page.

    Raises:
        WrongUse: The release follows no such resolution.
    """
    found = _found(edition, visit)
    if key not in found:
        raise WrongUse(
            sentence("no promise {key!r} is followed here", key=key),
            do=sentence("the list shows those that are"),
        )
    return _view(edition, visit, *found[key])


def worked_example(edition: Edition, visit: Visit) -> ResolutionView | None:
    """Give in full the resolution of which most is known; None before any was made."""
    cards = resolution_cards(edition, visit)
    return resolution(edition, visit, cards[0].key) if cards else None


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every resolution."""
    return tuple(key_of(one.id) for session in edition.sessions for one in session.resolutions)


def facts_of(edition: Edition, visit: Visit, place: str) -> tuple[Fact, ...]:
    """Give what the record says of a place, known at the page's date."""
    tellers = {session.id: Teller(edition, visit, session) for session in edition.sessions}
    return tuple(
        replace(
            teller.fact(said, disputed=said.disputed),
            about=None if one is None else about(one, visit.language),
        )
        for session, one, said in edition.said_of_place.get(place, ())
        if (teller := tellers[session.id]).known(said)
    )


def _found(edition: Edition, visit: Visit) -> Mapping[str, tuple[Resolution, Teller]]:
    return {
        key_of(one.id): (one, Teller(edition, visit, session))
        for session in edition.sessions
        for one in session.resolutions
    }


def _everything_of(found: Resolution, teller: Teller) -> dict[str, tuple[Fact, ...]]:
    return {name: teller.facts(field) for name, field in found.properties()}


def _card(found: Resolution, teller: Teller) -> ResolutionCard:
    everything = _everything_of(found, teller)
    tallies = tuple(
        Tallied(
            vote=tally.vote,
            own_words=teller.words(tally.named),
            declared=teller.first(tally.declared),
            others=teller.facts(tally.declared)[1:],
            named=tally.distinct,
            unequal=tally.agrees is False,
            members=teller.facts(Field(tally.named, several=True)),
        )
        for tally in found.tallies
    )
    return ResolutionCard(
        key=key_of(found.id),
        kind=found.kind.value,
        number=teller.first(found.number),
        draft=teller.first(found.draft),
        topic=teller.first(found.topic),
        sponsors=everything["sponsor"],
        tallies=tallies,
        followed=len(everything["follow-up"]),
        disputed=len(_disputed(everything)),
    )


def _disputed(everything: Mapping[str, tuple[Fact, ...]]) -> tuple[Fact, ...]:
    return tuple(fact for facts in everything.values() for fact in facts if fact.disputed)


def _view(edition: Edition, visit: Visit, found: Resolution, teller: Teller) -> ResolutionView:
    everything = _everything_of(found, teller)
    standing, grounds = whole(edition, visit, Kind.RESOLUTION, key_of(found.id))
    return ResolutionView(
        card=_card(found, teller),
        titles=_joined(everything, ("title", "draft-title", "title-as-reported")),
        effects=everything.get("effect", ()),
        searched=(*everything.get("searched", ()), *everything.get("draft-searched", ())),
        amended_by=everything["amended-by"],
        adopted_on=everything["adopted-on"],
        adopted_how=everything.get("adopted-how", ()),
        amendments=everything.get("amendment", ()),
        vote_called_by=everything["vote-called-by"],
        explanations=everything.get("explained-vote", ()),
        asks=cards_of(edition, visit, key_of(found.id)),
        standing=standing,
        grounds=grounds,
        followed=everything["follow-up"],
        disputed=_disputed(everything),
        differences=differences(everything),
    )


def _joined(facts: Mapping[str, tuple[Fact, ...]], names: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(fact for name in names for fact in facts[name])

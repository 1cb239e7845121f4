"""The log of advocacy: which States were met, and how each voted in the same session."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.promises.advocacy import Contact, contacts
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.facts import About, Fact, Teller, about, key_of
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A meeting with a State beside its vote on one text.

    Args:
        territory: Register identifier of the State.
        name: Its name.
        session: Key of the session's page.
        meeting: What says that they met.
        purpose: What it was about.
        about: The text; None where no vote of that State is on record.
        vote: How the State voted on it, likewise.
        order: Whether the meeting came first; None where there is no vote.
    """

    territory: str
    name: str
    session: str
    meeting: Fact
    purpose: tuple[Fact, ...]
    about: About | None
    vote: Fact | None
    order: str | None


@dataclass(frozen=True, slots=True)
class Advocacy:
    """The log, and how many of the States met voted which way, text by text.

    Args:
        cards: The meetings, in the order of the record.
        counted: Text -> vote -> how many of the States met cast it.
    """

    cards: tuple[ContactCard, ...]
    counted: tuple[tuple[About, tuple[tuple[str, int], ...]], ...]


def advocacy(
    edition: Edition, visit: Visit, *, session: str | None = None, state: str | None = None
) -> Advocacy:
    """Give the log as known at the page's date.

    Args:
        edition: The release.
        visit: Who reads, as of when.
        session: Identifier of the session to keep to, or None for all.
        state: Register identifier of the State to keep to, or None for all.
    """
    wanted = [one for one in edition.sessions if session in (None, one.id)]
    tellers = {one.id: Teller(edition, visit, one) for one in wanted}
    cards = tuple(
        _card(one, tellers[one.session])
        for one in contacts(wanted)
        if state in (None, one.meeting.territory) and tellers[one.session].known(one.meeting)
    )
    return Advocacy(cards, _counted(cards))


def _card(one: Contact, teller: Teller) -> ContactCard:
    meeting = teller.fact(one.meeting, disputed=one.meeting.disputed)
    vote = one.vote if one.vote and teller.known(one.vote) else None
    return ContactCard(
        territory=one.meeting.territory or "",
        name=meeting.territory_name,
        session=key_of(one.session),
        meeting=meeting,
        purpose=tuple(teller.fact(said, disputed=said.disputed) for said in one.purpose),
        about=about(one.resolution, teller.language) if one.resolution and vote else None,
        vote=teller.fact(vote, disputed=vote.disputed) if vote else None,
        order=str(one.order) if vote and one.order else None,
    )


def _counted(
    cards: tuple[ContactCard, ...],
) -> tuple[tuple[About, tuple[tuple[str, int], ...]], ...]:
    counts: dict[About, dict[str, int]] = {}
    for card in cards:
        if card.about and card.vote:
            ways = counts.setdefault(card.about, {})
            ways[card.vote.text] = ways.get(card.vote.text, 0) + 1
    return tuple((about, tuple(ways.items())) for about, ways in counts.items())

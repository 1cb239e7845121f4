"""What a page's feed tells: the dated facts behind it; and the days that its calendar holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.promises.sessions import Session
from atalaya.publishing.marking import _
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.following.calendar import Day
from atalaya.publishing.site.following.feed import UNVERIFIED
from atalaya.publishing.site.languages import Language, language
from atalaya.publishing.site.terms import term
from atalaya.publishing.site.views.facts import About, Fact, Teller, about, key_of, session_name
from atalaya.publishing.site.views.following import (
    Looked,
    MatterCard,
    ask,
    followed,
    looked_in,
    search_words,
)
from atalaya.publishing.site.views.promises import facts_of
from atalaya.publishing.site.visits import Visit

_EVERY_MEMBER = "vote"  # told by the tally; one entry for each State would bury the rest
RECORD = _("what States promised, and what followed")
DUE = _("Due under {text}: {asks}")
SET_BY_TEXT = _("The text asks for it by {period}.")
STANDS = _("Status on the day of this calendar: {status}.")
SESSION = _("Days of the session, as its record says.")


@dataclass(frozen=True, slots=True)
class News:
    """What a feed tells: its name, and the facts behind it, dated or not."""

    title: str
    facts: tuple[Fact, ...]


def of_record(edition: Edition, visit: Visit, _path: str) -> News:
    """Everything dated in the record of every session."""
    every = (one for session in edition.sessions for one in _facts(edition, visit, session))
    return News(language(visit.language).say(RECORD), tuple(every))


def of_session(edition: Edition, visit: Visit, key: str) -> News:
    """Everything dated in the record of one session."""
    for session in edition.sessions:
        if key_of(session.id) == key:
            title = session_name(session, Teller(edition, visit, session))
            return News(title, tuple(_facts(edition, visit, session)))
    return News(key, ())


def of_resolution(edition: Edition, visit: Visit, key: str) -> News:
    """Everything dated that is said of a resolution."""
    own = tuple(
        one
        for session in edition.sessions
        for one in _facts(edition, visit, session, of=key)
        if one.about and one.about.key == key
    )
    return News(next((one.about.symbol for one in own if one.about), key), own)


def of_ask(edition: Edition, visit: Visit, key: str) -> News:
    """The evidence and searches that bear on an ask."""
    view = ask(edition, visit, key)
    facts = (
        _searched(replace(one.fact, about=view.card.about), one.looked, visit)
        for one in view.grounds
    )
    return News(_asked(view.card), tuple(facts))


def of_country(edition: Edition, visit: Visit, code: str) -> News:
    """What is said of a State, its votes too."""
    place = edition.names.place(f"territory:{code}")
    return News(place.name(visit.language), facts_of(edition, visit, place.id))


def days(edition: Edition, visit: Visit) -> Iterator[Day]:
    """Give the days of sessions, and those by which asks are due; disputed ones are in none."""
    tongue = language(visit.language)
    for session in edition.sessions:
        yield from _session(edition, visit, session)
    for card in followed(edition, visit, "").asks:
        if card.by and card.asks and not card.asks.disputed:
            yield _due(card, tongue)


def _session(edition: Edition, visit: Visit, session: Session) -> Iterator[Day]:
    teller, tongue = Teller(edition, visit, session), language(visit.language)
    first, last = (_day(session, name) for name in ("opened-on", "closed-on"))
    if first is None:
        return
    title = session_name(session, teller)
    yield Day(session.id, first.start, (last or first).end, title, tongue.say(SESSION))


def _day(session: Session, predicate: str) -> Period | None:
    """Give a day of the record; disputed ones are in no calendar."""
    value = session.fact(predicate).value
    try:
        return Period.parse(value) if value else None
    except BadInput:
        return None


def _due(card: MatterCard, tongue: Language) -> Day:
    period = Period.parse(card.by or "")
    about = card.about.symbol if card.about else card.key
    says = [
        tongue.say(SET_BY_TEXT).format(period=tongue.period(card.by)),
        tongue.say(STANDS).format(status=term(card.status, tongue)),
    ]
    if card.asks and not card.asks.checked:
        says.append(tongue.say(UNVERIFIED))
    title = tongue.say(DUE).format(text=about, asks=_asked(card))
    return Day(card.key, period.end, period.end, title, "\n".join(says))


def _asked(card: MatterCard) -> str:
    return (card.asks.own_words or card.asks.text) if card.asks else card.key


def _facts(
    edition: Edition, visit: Visit, session: Session, of: str | None = None
) -> Iterator[Fact]:
    """Everything dated in a session's record, or only what is said of one of its texts."""
    teller = Teller(edition, visit, session)
    own = About("", session_name(session, teller), session.id)
    others = {
        said.claims[0]: About("", edition.names.subject(other.id, visit.language), other.id)
        for other in session.others
        for said in other.said
    }
    for text, said in session.everything():
        if of is not None and (text is None or key_of(text.id) != of):
            continue
        if said.period and said.predicate != _EVERY_MEMBER and teller.known(said):
            subject = about(text, visit.language) if text else others.get(said.claims[0], own)
            fact = replace(teller.fact(said, disputed=said.disputed), about=subject)
            yield _searched(fact, looked_in(said, visit.language), visit)


def _searched(fact: Fact, looked: Looked | None, visit: Visit) -> Fact:
    """Have a search say what came of it: its words alone read like something that was found."""
    if looked is None:
        return fact
    return replace(fact, own_words=search_words(fact, looked, visit.language))

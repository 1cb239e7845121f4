"""Who the record names as a State or body: hosts of events, sponsors of drafts, whom was met.

A source may say whom was met by its predicate alone (``meetings-with-interpol``), or name a unit of
it (``met-unit-of-unodc``); how the body is written is then read off the quotation, and a row whose
quotation does not hold it names nobody. A State is known by its whole name: a code beside the name
of a foundation says in which country it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from atalaya.promises.fields import Field, Said
from atalaya.promises.sessions import About, Session
from atalaya.reading.organisations.states import state

_COUNTED, _MET, _OF = "meetings-with-", "met-", "-of"


class Part(StrEnum):
    """The part in which somebody is named."""

    ORGANISER = "organiser"
    CO_HOST = "co-host"
    SPONSOR = "sponsor"
    MET = "met"


HOSTS = frozenset({Part.ORGANISER, Part.CO_HOST})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the record that names a State or body.

    Args:
        name: As it is printed.
        territory: Register identifier of the State, or None for any other body.
        part: The part in which it is named.
        of: Identifier of the event, the draft or the meetings.
        said: What names it.
    """

    name: str
    territory: str | None
    part: Part
    of: str
    said: Said


def mentions(sessions: Iterable[Session]) -> tuple[Mention, ...]:
    """Give every place of the record that names a State or body.

    Args:
        sessions: The record.

    Returns:
        In the order of sessions, events, drafts and meetings; of an event the organisers first. A
        name stands as often as it is printed.
    """
    return tuple(mention for session in sessions for mention in _of_session(session))


def _of_session(session: Session) -> Iterator[Mention]:
    for event in session.events:
        yield from _each(Part.ORGANISER, event.id, event.organiser)
        yield from _each(Part.CO_HOST, event.id, event.co_hosts)
    for draft in session.resolutions:
        yield from _each(Part.SPONSOR, draft.id, draft.sponsors)
    for other in session.others:
        yield from _met(other)


def _each(part: Part, of: str, field: Field) -> Iterator[Mention]:
    return (Mention(said.value, state_of(said), part, of, said) for said in field.said)


def _met(other: About) -> Iterator[Mention]:
    for said in other.said:
        name = met_body(said)
        if name is not None:
            yield Mention(name, state(name, said.territory), Part.MET, other.id, said)


def state_of(said: Said) -> str | None:
    """Give the State that a row names by its value, or None where it names another body."""
    return state(said.value, said.territory)


def met_body(said: Said) -> str | None:
    """Give the name of the body that a row says was met, or None where it names none.

    A unit is met as a part of its body: the row counts for the body, and keeps the unit's name.
    """
    if said.predicate.startswith(_COUNTED):
        return _written(said.predicate.removeprefix(_COUNTED), said.quote)
    if not said.predicate.startswith(_MET):
        return None
    _, of, whole = said.predicate.partition(f"{_OF}-")
    return _written(whole, said.quote) if of else said.value


def _written(slug: str, quote: str) -> str | None:
    """Give the words of a quotation that a slug is made of, or None.

    A quotation may be a whole row of a table, the slug and addresses included: a name has capitals
    and stands by itself.

    >>> _written("red-cross", "meetings-with-red-cross,1,https://red-cross.org,met the Red Cross")
    'Red Cross'
    """
    words = r"[\W_]+".join(map(re.escape, slug.split("-")))
    found = re.findall(rf"(?<![\w/.-]){words}(?![\w/-])", quote, re.IGNORECASE)
    return next((name for name in found if name != name.lower()), None)

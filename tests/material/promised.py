"""Small records of a session, made by hand: what is said, events, a session."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from atalaya.model.records import Checked
from atalaya.promises.fields import Field, Said
from atalaya.promises.resolutions import Resolution, resolution
from atalaya.promises.sessions import About, Event, Session

_NUMBERS = count(1)


def said(
    name: str,
    code: str | None = None,
    predicate: str = "co-host",
    *,
    quote: str = "",
    number: float | None = None,
) -> Said:
    """Say something, each time with a claim of its own."""
    place = f"territory:{code}" if code else None
    return Said(
        predicate,
        name,
        number,
        None,
        place,
        None,
        "https://report.example/page",
        Checked.VERIFIED,
        "read",
        claims=(f"claim:{next(_NUMBERS):016x}",),
        quote=quote,
    )


def event(name: str, organisers: Sequence[Said], hosts: Sequence[Said]) -> Event:
    """Make an event of its organisers and co-hosts."""
    nobody = Field()
    return Event(
        name, nobody, Field(tuple(organisers), several=True), Field(tuple(hosts), True), nobody
    )


def draft(name: str, *sponsors: Said) -> Resolution:
    """Make a draft of its sponsors."""
    return resolution(name, sponsors)


def session(
    *events: Event, drafts: Sequence[Resolution] = (), others: Sequence[About] = ()
) -> Session:
    """Make the record of a session."""
    return Session("session:x1", "x", (), tuple(drafts), events, tuple(others))

"""A report of a meeting as statements of its session, resolutions, events and meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from atalaya.model.errors import BadInput
from atalaya.model.identifiers import slugify
from atalaya.promises.texts.stated import Stated, place, territory
from atalaya.reading.reports.names import country
from atalaya.reading.symbols.symbol import Symbol

_SESSION = {  # field of the record -> predicate, unit of a number
    "name": ("name", None),
    "body": ("body", None),
    "number": ("number", None),
    "date_start": ("opened-on", None),
    "date_end": ("closed-on", None),
    "city": ("place", None),
    "days": ("days", "days"),
    "representatives_min": ("participants-more-than", "persons"),
    "member_states_min": ("member-states-more-than", "states"),
}
_RESOLUTION = {"topic": "topic", "effect": "effect", "caveat": "doubt"}
_LONGEST = 60  # letters of a title in an address
Record = Mapping[str, Any]


def of_report(record: Record, session: str) -> Iterator[Stated]:
    """Give what a record of ``reading.reports`` states.

    Args:
        record: ``MeetingReport.content()``.
        session: Identifier of the session, ``session:...``.
    """
    key = session.partition(":")[2]
    for name, (predicate, unit) in _SESSION.items():
        yield from _one(session, predicate, record["session"].get(name), unit)
    for n, one in enumerate(record["resolutions"], 1):
        yield from _resolution(one, f"draft:{key}-{text_key(one, n)}")
    for n, one in enumerate(record["events"], 1):
        yield from _event(one, f"event:{key}-{event_key(one, n)}")
    for one in record["meetings"]:
        yield from _meeting(one, f"meetings:{key}")
    for one in record["achievements"]:
        yield from _achievement(one, session)
    for one in record["challenges"]:
        yield from _one(session, "challenge", one.get("says") or one.get("name"))
    for one in record["demands"]:
        yield from _one(session, "call", one)


def _one(
    subject: str, predicate: str, leaf: Any, unit: str | None = None, place_of: str | None = None
) -> Iterator[Stated]:
    """Give a leaf as a statement; nothing of one that the report leaves open."""
    if leaf is not None:
        value = leaf["value"]
        number = isinstance(value, int) and unit is not None
        said = float(value) if number else str(value)
        yield Stated(subject, predicate, said, place(leaf), unit if number else None, place_of)


def _resolution(one: Record, subject: str) -> Iterator[Stated]:
    symbol, draft = one.get("symbol"), one.get("symbol_is_draft")
    is_draft = draft is None or bool(draft["value"])
    yield from _one(subject, "draft" if is_draft else "number", symbol)
    for name, predicate in _RESOLUTION.items():
        yield from _one(subject, predicate, one.get(name))
    for each in one["sponsors"]:
        yield from _named(subject, "sponsor", each)


def text_key(one: Record, n: int) -> str:
    """Give the last part of a text's identifier, so that two reports of one text name it alike.

    Args:
        one: A resolution of a report's record.
        n: Its place in the report, from 1, for one without a symbol.

    >>> text_key({"symbol": {"value": "E/CN.7/2031/L.6/Rev.1"}}, 1)
    'l6'
    >>> text_key({"symbol": {"value": "74/3"}}, 1), text_key({"symbol": None}, 2)
    ('r3', 'n2')
    """
    said = one.get("symbol")
    words = str(said["value"]) if said else ""
    number = re.fullmatch(r"\d{1,3}/(\d{1,3})", words)
    if number is not None:
        return f"r{number[1]}"
    try:
        symbol = Symbol.parse(words) if words else None
    except BadInput:
        symbol = None  # no symbol that is known: the place in the report names it
    if symbol is None or symbol.series is None or symbol.number is None:
        return f"n{n}"
    return f"{slugify(symbol.series)}{symbol.number}"


def event_key(one: Record, n: int) -> str:
    """Give the last part of an event's identifier: its title, else its place in the report.

    >>> event_key({"title": {"value": "Who counts the dead?"}}, 1), event_key({"title": None}, 2)
    ('who-counts-the-dead', '2')
    """
    title = one.get("title")
    slug = slugify(str(title["value"])) if title else ""
    return slug[:_LONGEST].strip("-") or str(n)


def _named(subject: str, predicate: str, each: Record) -> Iterator[Stated]:
    yield from _one(subject, predicate, each["name"], place_of=_acting(each))


def _acting(each: Record) -> str | None:
    """Give the State that a name is, or whose office it is.

    A body that only gives its country - "Open Kitchen (Chile)" - is no State: what it hosts or says
    is not Chile's.
    """
    name = str(each["name"]["value"])
    _, own = country(name)
    return territory(each["iso3"]) if own is None or own == name else None


def _hosting(each: Record) -> str | None:
    """Give the State that a host is; a ministry hosts in its own name."""
    return None if each["organisation"] else territory(each["iso3"])


def _event(one: Record, subject: str) -> Iterator[Stated]:
    yield from _one(subject, "title", one.get("title"))
    yield from _one(subject, "organiser", one.get("organiser"))
    for each in one["cohosts"]:
        yield from _one(subject, "co-host", each["name"], place_of=_hosting(each))
    yield from _one(subject, "attendance", one.get("attendance"), "persons")


def _meeting(one: Record, subject: str) -> Iterator[Stated]:
    yield from _one(subject, "meetings-held", one.get("count"), "meetings")
    states = _states(one["counterparts"])
    for each in one["counterparts"]:
        predicate = "met-government-of" if _acting(each) else "met-body"
        yield from _named(subject, predicate, each)
    topic = "topic-with-governments" if states else "topic-with-others"
    yield from _one(subject, topic, one.get("purpose"))


def _states(counterparts: Sequence[Record]) -> bool:
    return any(_acting(each) for each in counterparts)


def _achievement(one: Record, session: str) -> Iterator[Stated]:
    count, what, unit = one.get("count"), one.get("what"), one.get("unit")
    if count is not None:
        said = unit["value"] if unit else what["value"] if what else None
        yield from _one(session, "achievement", count, said or "times")
    elif what is not None:
        yield from _one(session, "achievement", what)

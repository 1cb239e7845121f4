"""A report of a meeting as statements of its session, resolutions, events and meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from atalaya.promises.texts.stated import Stated, place, territory
from atalaya.reading.reports.names import country

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
        yield from _resolution(one, f"draft:{key}-{_number(one, n)}")
    for n, one in enumerate(record["events"], 1):
        yield from _event(one, f"event:{key}-{n}")
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


def _number(one: Record, n: int) -> str:
    """Give the last part of a resolution's identifier: its printed number, else its place."""
    given = one.get("n")
    return f"r{given['value'] if given else n}"


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

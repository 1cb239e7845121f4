"""The calendar of what is followed: sessions by their days, asks by when they are due.

Source: RFC 5545, iCalendar; written by the library ``icalendar``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from atalaya import __version__
from atalaya.publishing.site.languages import Language
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or days, of the calendar.

    Args:
        key: What names it for ever.
        first: Its first day.
        last: Its last day, which belongs to it.
        title: What happens.
        says: What is known of it, where from, and how sure.
    """

    key: str
    first: date
    last: date
    title: str
    says: str


def calendar(title: str, days: Iterable[Day], visit: Visit, tongue: Language) -> bytes:
    """Write a calendar.

    Args:
        title: Its name.
        days: What it holds, in any order.
        visit: Who reads, and when.
        tongue: Its language.

    Returns:
        An iCalendar stream in UTF-8; its events take no time of the reader's day.
    """
    made = Calendar()
    made.add("prodid", f"-//Atalaya {__version__}//follow-up//{tongue.code.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    stamp = datetime.combine(visit.today, time(), UTC)
    for one in sorted(days, key=lambda day: (day.first, day.key)):
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'atalaya-follow:{one.key}')}")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.first)
        event.add("dtend", one.last + timedelta(days=1))  # the day after, by RFC 5545, 3.6.1
        event.add("summary", one.title)
        event.add("description", one.says)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    written: bytes = made.to_ical()
    return written

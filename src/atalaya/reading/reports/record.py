"""The record of a report: every value with its place, and null where the document does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from atalaya.reading.reports.announced import announced
from atalaya.reading.reports.blocks import blocks, unwrapped
from atalaya.reading.reports.demands import demands
from atalaya.reading.reports.document import About, about
from atalaya.reading.reports.event_drafts import Event
from atalaya.reading.reports.events import events
from atalaya.reading.reports.faults import Fault, Read, faults, in_order, of_print
from atalaya.reading.reports.forms import formed
from atalaya.reading.reports.fused import regained
from atalaya.reading.reports.labelled import records
from atalaya.reading.reports.leaves import Named
from atalaya.reading.reports.meetings import Meeting, meetings
from atalaya.reading.reports.outcomes import Achievement, Challenge, achievements, challenges
from atalaya.reading.reports.outlines import outlined
from atalaya.reading.reports.printed import printed
from atalaya.reading.reports.resolution_units import Resolution
from atalaya.reading.reports.resolutions import resolutions
from atalaya.reading.reports.sections import placed
from atalaya.reading.reports.session import SessionFacts, session
from atalaya.reading.reports.spans import Leaf, Span

READ = ("en", "es", "fr", "pt")  # the languages whose words are known


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """What a report of a meeting says.

    Args:
        text: The document's text, to which all places refer.
        about: What it says of itself.
        session: The session it is about.
        resolutions: In the order of the document, as all that follows.
        events: Side events.
        meetings: Meetings held beside the session.
        achievements: What is listed as achieved.
        challenges: What is listed as a challenge.
        demands: What is asked for.
        faults: What was found wrong.
    """

    text: str
    about: About
    session: SessionFacts
    resolutions: tuple[Resolution, ...]
    events: tuple[Event, ...]
    meetings: tuple[Meeting, ...]
    achievements: tuple[Achievement, ...]
    challenges: tuple[Challenge, ...]
    demands: tuple[Leaf, ...]
    faults: tuple[Fault, ...]

    def content(self) -> dict[str, Any]:
        """Give it as the file holds it."""
        return {
            "document": self._fields(self.about),
            "session": self._fields(self.session),
            "resolutions": [
                self._fields(one) | {"sponsors": self._names(one.sponsors)}
                for one in self.resolutions
            ],
            "events": [
                self._fields(one) | {"cohosts": [self._host(each) for each in one.cohosts]}
                for one in self.events
            ],
            "meetings": [
                self._fields(one) | {"counterparts": self._names(one.counterparts)}
                for one in self.meetings
            ],
            "achievements": [self._fields(one) for one in self.achievements],
            "challenges": [self._fields(one) for one in self.challenges],
            "demands": [self._value(one) for one in self.demands],
            "issues": [self._issue(one) for one in self.faults],
        }

    def _fields(self, one: Any) -> dict[str, Any]:
        return {name: self._value(getattr(one, name)) for name in one.__slots__}

    def _value(self, one: Any) -> Any:
        if isinstance(one, Leaf):
            return one.content(self.text)
        if isinstance(one, tuple):
            return [self._value(each) for each in one]
        return one

    def _names(self, found: Sequence[Named]) -> list[dict[str, Any]]:
        return [{"name": self._value(one.name), "iso3": one.iso3} for one in found]

    def _host(self, one: Named) -> dict[str, Any]:
        return {
            "n": self._value(one.n),
            "name": self._value(one.name),
            "organisation": self._value(one.organisation),
            "iso3": one.iso3,
        }

    def _issue(self, one: Fault) -> dict[str, Any]:
        start, end = one.span
        quote = self.text[start:end]
        return {
            "kind": one.kind,
            "says": str(one.says),
            "span": {"start": start, "end": end, "quote": quote},
        }


def read_report(text: str) -> MeetingReport:
    """Read a report of a meeting.

    Args:
        text: The document's text; every place given back is an offset in it.

    Returns:
        What it says. What it does not say is None; nothing is taken from anywhere else.
    """
    running = printed(text)
    if running is None:
        return _read(text)
    made: MeetingReport = running.placed(_read(running.text))
    return replace(made, text=text, faults=in_order((*made.faults, *of_print(running))))


def _read(text: str) -> MeetingReport:
    given, parts = text, outlined(text, regained(text, blocks(text)))
    text = unwrapped(given, parts)
    found = formed(text, placed(text, parts))
    grids = records(text, found)
    own = about(text, [one.block for one in found])
    counted = announced(text, found)
    read = Read(
        own,
        resolutions(text, found, grids, counted),
        events(text, found, grids, counted),
        meetings(text, found, grids),
    )
    return MeetingReport(
        text=given,
        about=own,
        session=session(text, found, _said_elsewhere(read)),
        resolutions=tuple(read.resolutions),
        events=tuple(read.events),
        meetings=tuple(read.meetings),
        achievements=achievements(text, found),
        challenges=challenges(text, found),
        demands=demands(text, found, own.publisher),
        faults=faults(text, found, read),
    )


def _said_elsewhere(read: Read) -> list[Span]:
    """Give what is said of other things than the session: tags, and how many came to events."""
    counts = [one.attendance.span for one in read.events if one.attendance is not None]
    return [*(one.span for one in read.about.tags), *counts]


def unread_language(report: MeetingReport) -> str | None:
    """Give the language of a document where it is none of those that are read, else None."""
    language = report.about.language
    return None if language is None or language.value in READ else str(language.value)


def is_report(report: MeetingReport) -> Sequence[str]:
    """Give the parts of a meeting's report that a document has; none, and it is no report."""
    parts = {
        "session": report.session.body,
        "resolutions": report.resolutions,
        "events": report.events,
        "meetings": report.meetings,
    }
    return [name for name, said in parts.items() if said]

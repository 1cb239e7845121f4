"""Side events: title, who organised and co-hosted, how many came; in prose, lists and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from atalaya.reading.reports.announced import Counted
from atalaya.reading.reports.event_drafts import Event
from atalaya.reading.reports.event_filling import held_with
from atalaya.reading.reports.event_reader import Reader
from atalaya.reading.reports.event_titles import titled
from atalaya.reading.reports.grids import Record
from atalaya.reading.reports.leaves import named, several
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, leaf


def events(
    text: str,
    found: Sequence[Placed],
    records: Sequence[Record],
    counted: Mapping[int, Counted],
) -> tuple[Event, ...]:
    """Read every side event, in the order of the document.

    Args:
        text: The document.
        found: Its blocks.
        records: Rows of tables, and groups of labelled lines.
        counted: Start of a sentence -> what it tells one of, see ``announced.py``.
    """
    taken = {at for one in records for at in one.blocks}
    tabled = [event for one in records if one.part == "events" and (event := _of_record(text, one))]
    told = Reader(text, found, taken, counted).read()
    every = sorted((*tabled, *told), key=_place)
    return tuple(replace(one, n=one.n or _ordinal(at, one)) for at, one in enumerate(every, 1))


def _place(one: Event) -> int:
    return min(value.span.start for value in (one.title, one.organiser, one.attendance) if value)


def _ordinal(at: int, one: Event) -> Leaf | None:
    return None if one.title is None else Leaf(at, one.title.span)


def _of_record(text: str, record: Record) -> Event | None:
    title = record.leaf(text, "title", article=False)
    if title is None:
        return None
    start = title.span.start
    while start and text[start - 1] in "*_":  # its marks were trimmed, and set the title apart
        start -= 1
    apart = titled(text, Span(start, title.span.end), counted=record.counted)
    cohosts = tuple(one for span in record.spans("cohosts") for one in several(text, span))
    cohosts = (*cohosts, *(one for span, n in record.items if (one := named(text, span, n))))
    organiser = record.leaf(text, "organiser", article=True)
    if organiser is not None and ";" in str(organiser.value):  # the first of several hosts
        first, *others = several(text, organiser.span)
        organiser, cohosts = first.name, (*others, *cohosts)
    if organiser is None and apart.rest is not None and not cohosts:
        organiser, cohosts = held_with(text, apart.rest)
    elif organiser is not None and not cohosts:
        organiser, cohosts = held_with(text, organiser.span)
    count = record.number(text, "attendance") or apart.attendance
    own = None if apart.title is None else leaf(text, apart.title)
    return Event(own or title, organiser, cohosts, count, record.n)

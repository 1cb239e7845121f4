"""Side events: title, who organised and co-hosted, how many came; in prose, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from atalaya.reading.reports.clauses import quoted
from atalaya.reading.reports.event_drafts import Event
from atalaya.reading.reports.event_reader import Reader
from atalaya.reading.reports.grids import Record
from atalaya.reading.reports.leaves import named, several
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, leaf


def events(text: str, found: Sequence[Placed], records: Sequence[Record]) -> tuple[Event, ...]:
    """Read every side event, in the order of the document.

    Args:
        text: The document.
        found: Its blocks.
        records: Rows of tables, and groups of labelled lines.
    """
    taken = {at for one in records for at in one.blocks}
    tabled = [event for one in records if one.part == "events" and (event := _of_record(text, one))]
    told = Reader(text, found, taken).read()
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
    cohosts = tuple(one for span in record.spans("cohosts") for one in several(text, span))
    cohosts = (*cohosts, *(one for span, n in record.items if (one := named(text, span, n))))
    count = record.number(text, "attendance")
    inner = quoted(text, title.span)
    if inner is not None:
        title = leaf(text, inner) or title
    return Event(title, record.leaf(text, "organiser", article=True), cohosts, count, record.n)

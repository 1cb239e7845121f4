"""Fills in a side event from what tells of it: who held it, with whom, how many came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from atalaya.reading.reports.clauses import Role, sentences
from atalaya.reading.reports.event_drafts import Draft
from atalaya.reading.reports.event_voices import active, hosts_of, shorn
from atalaya.reading.reports.event_words import WITH, attended
from atalaya.reading.reports.leaves import Named, several
from atalaya.reading.reports.names import state
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.spans import Leaf, Span, leaf

_BESIDE = re.compile(
    r"[^\w(]*\((?:together |jointly |junto )?(?:with|con|avec)[ \u00a0](?P<all>[^()]+)\)",
    re.IGNORECASE,
)
_AND_LAST = re.compile(r",?[ \u00a0](?:and|y|e|et)[ \u00a0](?P<last>[^,;]+)$")


def held(text: str, draft: Draft, span: Span, phrases: Sequence[Role]) -> None:
    """Read "the Guild held ... with Peru": who stands before the verb, and after "with"."""
    title = draft.event.title
    beside = None if title is None else _BESIDE.match(text, title.span.end, span.end)
    if beside is not None and not draft.event.cohosts:  # "the event “T” (with Norway and X)"
        draft.event = replace(draft.event, cohosts=several(text, beside.span("all")))
    subject = active(text, span)
    if subject is None or draft.event.organiser is not None:
        return
    alone = not draft.event.cohosts
    subject = _joined(text, draft, subject) or subject
    draft.event = replace(draft.event, organiser=leaf(text, subject, article=True))
    title = draft.event.title
    at = max(subject.end, title.span.end if title is not None else 0)
    if alone:
        end = min([one.span.start for one in phrases if one.span.start > at], default=span.end)
        cohosts = (*draft.event.cohosts, *hosts_of(text, Span(subject.end, end)))
        draft.event = replace(draft.event, cohosts=cohosts)


def fill(text: str, draft: Draft, phrases: Sequence[Role]) -> None:
    """Add who phrases such as "organised by" and "co-hosted with" name."""
    for one in phrases:
        filled = shorn(text, one.filled)
        filled = _parted(text, draft, filled) if one.name == "organised" else filled
        filled = _joined(text, draft, filled) if one.name == "organised" else filled
        if one.name == "organised" and draft.event.organiser is None and filled is not None:
            draft.event = replace(draft.event, organiser=leaf(text, filled, article=True))
        elif one.name == "cohosts" and filled is not None:
            cohosts = (*draft.event.cohosts, *_others(text, draft, filled))
            draft.event = replace(draft.event, cohosts=cohosts)


def _others(text: str, draft: Draft, span: Span) -> Iterator[Named]:
    """Give the names in a stretch; what holds the title is none of them."""
    title = draft.event.title
    for one in several(text, span):
        start, end = one.name.span
        if title is None or not start <= title.span.start < end:
            yield one


def _parted(text: str, draft: Draft, span: Span | None) -> Span | None:
    """Part "X with Y and Z": who else is named after "with" co-hosts."""
    found = None if span is None else WITH.search(text, *span)
    if span is None or found is None:
        return span
    if not draft.event.cohosts:
        hosts = several(text, (found.end(), span.end))
        draft.event = replace(draft.event, cohosts=hosts)
    return Span(span.start, found.start())


def _joined(text: str, draft: Draft, span: Span | None) -> Span | None:
    """Part "the Network and Jordan": a State named after "and" is a co-host."""
    found = None if span is None else _AND_LAST.search(text, *span)
    if span is None or found is None or state(found["last"]) is None:
        return span
    if state(text[span.start : found.start()]) is not None:
        return span
    cohosts = (*draft.event.cohosts, *several(text, found.span("last")))
    draft.event = replace(draft.event, cohosts=cohosts)
    return Span(span.start, found.start())


def count_people(text: str, draft: Draft, span: Span) -> None:
    """Add how many came, if a sentence says it and none before it did."""
    if draft.event.attendance is not None:
        return
    title = draft.event.title
    inside = title is not None and span.start <= title.span.start < span.end
    stretches = [span]
    if inside and title is not None:
        stretches = [Span(title.span.end, span.end), Span(span.start, title.span.start)]
    found = (attended(text, one) for one in stretches)
    count = next((one for one in found if one is not None), None)
    if count is not None:
        draft.event = replace(draft.event, attendance=count)


def held_with(text: str, span: Span) -> tuple[Leaf | None, tuple[Named, ...]]:
    """Read "the Guild with Peru and the Union": who organised, and with whom."""
    found = WITH.search(text, *span)
    kept = shorn(text, Span(span.start, found.start() if found else span.end))
    organiser = None if kept is None or not is_proper(kept.of(text)) else leaf(text, kept)
    if organiser is None or found is None:
        return organiser, ()
    return organiser, several(text, (found.end(), span.end))


def behind(text: str, title: Span, span: Span) -> Span:
    """Give what follows a title, without the marks that close it."""
    marks = re.compile(r"[^\w(]*").match(text, title.end, span.end)
    return Span(marks.end() if marks else title.end, span.end)


def said_by(text: str, draft: Draft, span: Span) -> None:
    """Add who held an event from a sentence behind its title that names them and no more."""
    for one in sentences(text, span):
        if draft.event.organiser is None and WITH.search(text, *one) is not None:
            organiser, cohosts = held_with(text, one)
            if organiser is not None:
                draft.event = replace(draft.event, organiser=organiser, cohosts=cohosts)

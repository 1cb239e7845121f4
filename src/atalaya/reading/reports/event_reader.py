"""Reads side events that lists and running text tell of, block after block."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from atalaya.reading.reports.announced import Counted
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import Role, roles
from atalaya.reading.reports.event_drafts import Draft, Event
from atalaya.reading.reports.event_filling import behind, count_people, fill, held, said_by
from atalaya.reading.reports.event_sentences import (
    ROLES,
    is_event,
    is_text,
    is_titling,
    speaks_of_event,
    titled_in,
    whole_sentences,
)
from atalaya.reading.reports.event_titles import is_meta, titled
from atalaya.reading.reports.event_voices import hosts_of
from atalaya.reading.reports.event_words import (
    DASH,
    WITH_FIRST,
    attendance_label,
    came_at,
)
from atalaya.reading.reports.leaves import counted, named, number_leaf, several
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_FEW = 3  # words after a count: "68 people present"


def _own(phrases: tuple[Role, ...]) -> tuple[Role, ...]:
    """Leave out what a title says: "Services Led by Peers Organised by X" was organised by X."""
    held = [at for at, one in enumerate(phrases) if one.name == "organised"]
    return phrases[held[-1] :] if len(held) > 1 and held[0] == 0 else phrases


class Reader:
    """Reads one document; a block may belong to the event before it.

    Args:
        text: The document.
        found: Its blocks.
        taken: Numbers of blocks that tables and labelled lines have used.
        counted: Start of a sentence -> what it tells one of.
    """

    def __init__(
        self,
        text: str,
        found: Sequence[Placed],
        taken: set[int],
        counted: Mapping[int, Counted],
    ) -> None:
        self._text, self._found, self._taken, self._one_of = text, found, taken, counted
        self._drafts: list[Draft] = []
        self._title: tuple[int, Span] | None = None
        self._count: Leaf | None = None  # said above the title: "12 March | 40 attendees"

    def read(self) -> list[Event]:
        """Give the events, in the order of the document."""
        for at in range(len(self._found)):
            if at not in self._taken:
                self._block(at)
        return [one.event for one in self._drafts if one.event.title or one.event.organiser]

    def _block(self, at: int) -> None:
        placed, block = self._found[at], self._found[at].block
        if block.kind in (Kind.DEBRIS, Kind.ROW):
            self._title = None
            return
        draft = self._drafts[-1] if self._drafts else None
        if draft is not None and draft.open and block.kind is Kind.ITEM and draft.last >= at - 1:
            self._cohost(draft, at)
            return
        if self._with(draft, at):
            return
        span = self._counted(at, placed.says)
        if span is None or placed.part not in ("events", None, "achievements"):
            return
        heading = placed.heads and block.kind is Kind.HEADING
        if not heading and self._told(at, span):
            self._title = None
        elif not placed.heads:
            self._alone(at, span)

    def _with(self, draft: Draft | None, at: int) -> bool:
        """Read "with Peru and the Union" under an event as its co-hosts; tell whether it was so."""
        placed = self._found[at]
        found = WITH_FIRST.match(self._text, *placed.says)
        fresh = draft is not None and not draft.event.cohosts and draft.last >= at - 1
        if draft is None or not fresh or found is None or placed.part != "events":
            return False
        hosts = several(self._text, (found.end(), placed.says.end))
        draft.event, draft.last = replace(draft.event, cohosts=hosts), at
        return True

    def _cohost(self, draft: Draft, at: int) -> None:
        block = self._found[at].block
        n = None
        if block.number is not None and block.marker is not None:
            digits = re.search(r"\d+(?=\D*$)", block.marker.of(self._text))
            begin = block.marker.start + (digits.start() if digits else 0)
            n = Leaf(block.number, Span(begin, begin + len(str(block.number))))
        one = named(self._text, block.span, n)
        if one is not None:
            draft.event = replace(draft.event, cohosts=(*draft.event.cohosts, one))
        draft.last = at

    def _counted(self, at: int, span: Span) -> Span | None:
        """Take the attendance at the head of a block for the event before it; give the rest."""
        draft = self._drafts[-1] if self._drafts else None
        marker = self._found[at].block.marker
        found = came_at(self._text, span, marker) or attendance_label().match(self._text, *span)
        if found is None:
            return span
        rest = trimmed(self._text, (found.end(), span.end))
        # The colon before a list of co-hosts stays.
        rest = None if rest is None else Span(rest.start, span.end)
        in_list = self._found[at].part not in ("events", None)
        after = "" if rest is None else rest.of(self._text)
        sentence = after[:1].islower() and len(after.split()) > _FEW
        if in_list or draft is None or sentence or draft.event.attendance is not None:
            return span
        draft.event = replace(draft.event, attendance=number_leaf(found))
        draft.open = False
        return None if after[:1].islower() else rest

    def _told(self, at: int, span: Span) -> bool:
        """Read the events that the sentences of a block tell of; tell whether there was one."""
        any_told = False
        for one in whole_sentences(self._text, span):
            one_of = self._one_of.get(one.start)
            if one_of is not None and one_of.part != "events":
                continue
            phrases = _own(roles(self._text, one, ROLES))
            title = titled_in(self._text, one)
            if one_of is not None and title is not None:
                self._next(at, one, phrases, title, one_of)
                any_told = True
                continue
            if self._found[at].part == "achievements" and title is None:
                continue
            if phrases and self._opens(at, one, phrases, title):
                self._event(at, one, phrases, title)
                any_told = True
            elif title is not None and is_event(self._text, one):
                self._drafts.append(Draft(Event(leaf(self._text, title)), at))
                self._whole(at, one, phrases)
                any_told = True
            elif any_told or (self._drafts and self._drafts[-1].last >= at - 1):
                self._more(at, one, phrases)
        return any_told

    def _next(
        self, at: int, span: Span, phrases: Sequence[Role], title: Span, one_of: Counted
    ) -> None:
        """Read one of several events that the report counted before."""
        self._drafts.append(Draft(Event(leaf(self._text, title)), at))
        self._whole(at, span, phrases)
        draft = self._drafts[-1]
        if draft.event.organiser is None and one_of.by is not None:
            by = leaf(self._text, one_of.by, article=True)
            draft.event = replace(draft.event, organiser=by)
        if not draft.event.cohosts:
            hosts = hosts_of(self._text, Span(title.end, span.end))
            draft.event = replace(draft.event, cohosts=hosts)

    def _opens(self, at: int, span: Span, phrases: Sequence[Role], title: Span | None) -> bool:
        """Whether a sentence with such a phrase is about an event and not about the work."""
        part = self._found[at].part
        if part == "events":
            return True
        if title is not None:
            return speaks_of_event(self._text, span) or not is_text(self._text, span)
        before = self._text[span.start : phrases[0].span.start].strip()
        named_event = speaks_of_event(self._text, span)
        if not before and self._title is not None and phrases[0].name == "organised":
            return True
        listed = self._text[span.start : span.end].rstrip().endswith(":")
        return (listed and (bool(before) or self._title is not None)) or (
            named_event and phrases[0].name == "organised"
        )

    def _event(self, at: int, span: Span, phrases: Sequence[Role], title: Span | None) -> None:
        text = self._text
        before = Span(span.start, phrases[0].span.start)
        found = title or titled(text, before).title
        if found is not None and not is_titling(text, found):
            found = None
        if found is None and self._more(at, span, phrases, only_missing=True):
            return
        count = None
        if found is None and self._title is not None:
            apart = titled(text, self._title[1])
            found, count = apart.title, apart.attendance
        own = None if found is None else leaf(text, found)
        self._drafts.append(
            Draft(Event(own, n=self._number(at), attendance=count or self._count), at)
        )
        self._count = None
        self._whole(at, span, phrases)

    def _whole(self, at: int, span: Span, phrases: Sequence[Role]) -> None:
        """Read who held an event and how many came from the sentence that names it."""
        self._fill(at, span, phrases)
        held(self._text, self._drafts[-1], span, phrases)
        count_people(self._text, self._drafts[-1], span)

    def _fill(self, at: int, span: Span, phrases: Sequence[Role]) -> None:
        draft = self._drafts[-1]
        fill(self._text, draft, phrases)
        draft.last = at
        if phrases:
            listed = self._text[: span.end].rstrip()[-1] == ":"
            draft.open = phrases[-1].name == "cohosts" and listed

    def _number(self, at: int) -> Leaf | None:
        place = at if self._title is None else self._title[0]
        block = self._found[place].block
        paragraph = block.kind is Kind.LINE  # of an official report: no number of the event
        if block.number is None or block.marker is None or paragraph:
            return None
        return Leaf(block.number, block.marker)

    def _more(
        self, at: int, span: Span, phrases: Sequence[Role], *, only_missing: bool = False
    ) -> bool:
        """Add what a further sentence or line says of the event before; tell whether it did."""
        if not self._drafts:
            return False
        draft = self._drafts[-1]
        if draft.last < at - 1:
            return False
        has = {"organised": draft.event.organiser is not None, "cohosts": bool(draft.event.cohosts)}
        fresh = [one for one in phrases if not has[one.name]]
        if only_missing and (len(fresh) < len(phrases) or self._title is not None):
            return False
        if fresh:
            self._fill(at, span, fresh)
        if not only_missing or fresh:
            count_people(self._text, self._drafts[-1], span)
            draft.last = at if fresh else draft.last
        return bool(fresh)

    def _alone(self, at: int, span: Span) -> None:
        """A block without such a phrase: the title of what follows, or an event of a bare list."""
        placed = self._found[at]
        count = is_meta(self._text, span)
        if count is not None and placed.part == "events":
            self._count = count
            return
        follows = at + 1 < len(self._found) and self._leads(at + 1)
        if follows or placed.block.kind is Kind.HEADING:
            self._title = (at, span)
            return
        self._title = None
        if placed.part == "events" and placed.block.kind is Kind.ITEM:
            self._bare(at, span)

    def _leads(self, at: int) -> bool:
        """Whether a block begins with who organised or co-hosted something."""
        text, span = self._text, self._found[at].says
        phrases = roles(text, span, ROLES)
        if not phrases:
            return False
        before = text[span.start : phrases[0].span.start].strip(" *_\u00a0•-")
        return not before

    def _bare(self, at: int, span: Span) -> None:
        text = self._text
        apart = titled(text, span)
        title, count = apart.title, apart.attendance
        if apart.rest is None:
            cut = DASH.search(text, *span)
            stop = counted("people").search(text, *span)
            ends = [one.start() for one in (cut, stop) if one is not None]
            title = titled(text, Span(span.start, min(ends, default=span.end))).title
        if title is not None:
            event = Event(leaf(text, title), n=self._number(at), attendance=count)
            self._drafts.append(Draft(event, at))
            count_people(self._text, self._drafts[-1], span)
            said_by(self._text, self._drafts[-1], behind(self._text, title, span))

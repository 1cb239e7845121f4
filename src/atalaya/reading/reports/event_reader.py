"""Reads side events that lists and running text tell of, block after block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import Role, quoted, roles, sentences
from atalaya.reading.reports.event_drafts import Draft, Event
from atalaya.reading.reports.event_words import (
    AND_END,
    DASH,
    LEAD,
    NUMBERED,
    TRAIL,
    WITH,
    attendance_label,
    came,
    fused_header,
)
from atalaya.reading.reports.leaves import counted, named, number_leaf, several
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_ROLES = ("organised", "cohosts")


class Reader:
    """Reads one document; a block may belong to the event before it.

    Args:
        text: The document.
        found: Its blocks.
        taken: Numbers of blocks that tables and labelled lines have used.
    """

    def __init__(self, text: str, found: Sequence[Placed], taken: set[int]) -> None:
        self._text, self._found, self._taken = text, found, taken
        self._drafts: list[Draft] = []
        self._title: tuple[int, Span] | None = None

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
        span = self._counted(at, placed.says)
        if span is None or placed.part not in ("events", None, "achievements"):
            return
        if self._told(at, span):
            self._title = None
            return
        if placed.heads:
            return
        self._alone(at, span)

    def _cohost(self, draft: Draft, at: int) -> None:
        block = self._found[at].block
        n = None
        if block.number is not None and block.marker is not None:
            digits = re.search(r"\d+", block.marker.of(self._text))
            begin = block.marker.start + (digits.start() if digits else 0)
            n = Leaf(block.number, Span(begin, begin + len(str(block.number))))
        one = named(self._text, block.span, n)
        if one is not None:
            draft.event = replace(draft.event, cohosts=(*draft.event.cohosts, one))
        draft.last = at

    def _counted(self, at: int, span: Span) -> Span | None:
        """Take the attendance at the head of a block for the event before it; give the rest."""
        draft = self._drafts[-1] if self._drafts else None
        found = came().match(self._text, *span) or attendance_label().match(self._text, *span)
        if found is None:
            return span
        rest = trimmed(self._text, (found.end(), span.end))
        in_list = self._found[at].part not in ("events", None)
        sentence = rest is not None and rest.of(self._text)[:1].islower()
        if in_list or draft is None or sentence or draft.event.attendance is not None:
            return span
        draft.event = replace(draft.event, attendance=number_leaf(found))
        draft.open = False
        return rest

    def _told(self, at: int, span: Span) -> bool:
        """Read the events that the sentences of a block tell of; tell whether there was one."""
        any_told = False
        for one in self._sentences(span):
            phrases = roles(self._text, one, _ROLES)
            title = quoted(self._text, one)
            if self._found[at].part == "achievements" and title is None:
                continue
            if phrases and self._opens(at, one, phrases, title):
                self._event(at, one, phrases, title)
                any_told = True
            elif title is not None and self._speaks_of_event(one):
                self._drafts.append(Draft(Event(leaf(self._text, title)), at))
                self._in_sentence(one)
                any_told = True
            elif any_told or (self._drafts and self._drafts[-1].last >= at - 1):
                self._more(at, one, phrases)
        return any_told

    def _sentences(self, span: Span) -> Iterator[Span]:
        """A title may end like a sentence: what names nobody goes with the phrase after it."""
        held: Span | None = None
        for one in sentences(self._text, span):
            joined = one if held is None else Span(held.start, one.end)
            phrases = roles(self._text, one, _ROLES)
            lead = phrases and not self._text[one.start : phrases[0].span.start].strip()
            if held is not None and not lead:
                yield held
                held = one
            elif held is not None:
                yield joined
                held = None
            else:
                held = one
        if held is not None:
            yield held

    def _opens(self, at: int, span: Span, phrases: Sequence[Role], title: Span | None) -> bool:
        """Whether a sentence with such a phrase is about an event and not about the work."""
        if self._found[at].part == "events" or title is not None:
            return True
        before = self._text[span.start : phrases[0].span.start].strip()
        named_event = self._speaks_of_event(span)
        listed = self._text[span.start : span.end].rstrip().endswith(":")
        return (listed and (bool(before) or self._title is not None)) or (
            named_event and phrases[0].name == "organised"
        )

    def _speaks_of_event(self, span: Span) -> bool:
        return lexicon.load().sections["events"].search(self._text, *span) is not None

    def _event(self, at: int, span: Span, phrases: Sequence[Role], title: Span | None) -> None:
        text = self._text
        found = title or self._before(Span(span.start, phrases[0].span.start))
        if found is None and self._more(at, span, phrases, only_missing=True):
            return
        if found is None and self._title is not None:
            found = self._clean(self._title[1])
        event = Event(None if found is None else leaf(text, found), n=self._number(at))
        self._drafts.append(Draft(event, at))
        self._fill(at, span, phrases)
        self._in_sentence(span)

    def _number(self, at: int) -> Leaf | None:
        place = at if self._title is None else self._title[0]
        block = self._found[place].block
        if block.number is None or block.marker is None:
            return None
        return Leaf(block.number, block.marker)

    def _fill(self, at: int, span: Span, phrases: Sequence[Role]) -> None:
        draft = self._drafts[-1]
        for one in phrases:
            filled = self._shorn(one.filled)
            filled = self._parted(filled) if one.name == "organised" else filled
            if one.name == "organised" and draft.event.organiser is None and filled is not None:
                draft.event = replace(draft.event, organiser=leaf(self._text, filled, article=True))
            elif one.name == "cohosts" and filled is not None:
                cohosts = (*draft.event.cohosts, *several(self._text, filled))
                draft.event = replace(draft.event, cohosts=cohosts)
        draft.last = at
        draft.open = phrases[-1].name == "cohosts" and self._text[: span.end].rstrip()[-1] == ":"

    def _parted(self, span: Span | None) -> Span | None:
        """Part "X with Y and Z": who else is named after "with" co-hosts."""
        found = None if span is None else WITH.search(self._text, *span)
        if span is None or found is None:
            return span
        draft = self._drafts[-1]
        if not draft.event.cohosts:
            hosts = several(self._text, (found.end(), span.end))
            draft.event = replace(draft.event, cohosts=hosts)
        return Span(span.start, found.start())

    def _shorn(self, span: Span) -> Span | None:
        """Cut what follows names: the number that came, a day, the joining word."""
        text, (start, end) = self._text, span
        for pattern in (
            counted("people"),
            lexicon.compiled(
                r",? (?:with|and|which|that|gathered|drew|brought|attracted|attended|"
                r"con|que|reunió|convocó|y contó|avec|qui|a réuni|"
                r"a rassemblé) (?=[^,;]*\d)"
            ),
            lexicon.compiled(
                r"[,;]? (?:drew|brought|gathered|attracted|was attended|reunió|"
                r"convocó|contó|tuvo|had|a réuni|a rassemblé|a attiré|which|que|qui|addressed|"
                r"explored|discussed|on \d|el \d|le \d)(?!\w)"
            ),
            re.compile(r"[ \u00a0][–—-][ \u00a0](?=\D{0,15}\d)|[ \u00a0]?\((?=[^)]*\d)"),
        ):
            found = pattern.search(text, start, end)
            if found is not None:
                end = found.start()
        end -= len((AND_END.search(text[start:end]) or [""])[0])
        return trimmed(text, (start, end), article=True)

    def _in_sentence(self, span: Span) -> None:
        draft = self._drafts[-1]
        found = counted("people").search(self._text, *span) or attendance_label().search(
            self._text, *span
        )
        if found is None or draft.event.attendance is not None:
            return
        title = draft.event.title
        if title is None or not title.span.start <= found.start() < title.span.end:
            draft.event = replace(draft.event, attendance=number_leaf(found))

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
            self._in_sentence(span)
            draft.last = at if fresh else draft.last
        return bool(fresh)

    def _before(self, span: Span) -> Span | None:
        """The title before a phrase, without the words that introduce it."""
        kept = self._clean(span)
        return kept if kept is not None and any(map(str.isalpha, kept.of(self._text))) else None

    def _clean(self, span: Span) -> Span | None:
        text, (start, end) = self._text, span
        header = fused_header(text, (start, end))
        start = header.end if header else start
        inner = quoted(text, (start, end))
        if inner is not None:
            return inner
        for pattern in (NUMBERED, LEAD):
            found = pattern.match(text, start, end)
            start = found.end() if found else start
        end -= len((TRAIL.search(text[start:end]) or [""])[0])
        return trimmed(text, (start, end))

    def _alone(self, at: int, span: Span) -> None:
        """A block without such a phrase: the title of what follows, or an event of a bare list."""
        placed = self._found[at]
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
        phrases = roles(text, span, _ROLES)
        if not phrases:
            return False
        before = text[span.start : phrases[0].span.start].strip(" *_\u00a0•-")
        return not before

    def _bare(self, at: int, span: Span) -> None:
        text = self._text
        title = quoted(text, span)
        if title is None:
            cut = DASH.search(text, *span)
            stop = counted("people").search(text, *span)
            ends = [one.start() for one in (cut, stop) if one is not None]
            title = self._clean(Span(span.start, min(ends, default=span.end)))
        if title is not None:
            self._drafts.append(Draft(Event(leaf(text, title), n=self._number(at)), at))
            self._in_sentence(span)

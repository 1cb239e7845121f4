"""Faults of a document: what was found wrong on the way, with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.model.sentences import Sentence, sentence
from atalaya.reading.reports import lexicon
from atalaya.reading.reports.anchored import Anchored
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.document import About, is_interface
from atalaya.reading.reports.event_drafts import Event
from atalaya.reading.reports.event_words import fused_count, fused_header
from atalaya.reading.reports.furniture import is_placeholder
from atalaya.reading.reports.fused import is_glued
from atalaya.reading.reports.leaves import Named
from atalaya.reading.reports.meetings import Meeting
from atalaya.reading.reports.outcomes import glued_name
from atalaya.reading.reports.printed import Printed
from atalaya.reading.reports.resolution_units import Resolution
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Span
from atalaya.registers.spelling import key

_DEBRIS = re.compile(
    r"<[^>\n]{0,120}(?:class|style|id)[^>\n]{0,120}>|</?(?:div|span|p|br|h\d|li|"
    r"ul)\b[^>\n]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);"
)
_NBSP = re.compile(r"[\u00a0\u2007\u202f]")
_FUSED = re.compile(
    r"(?<![\w@/.])(?:the|by|of|and|por|de|del|par)(?=[A-ZÀ-Ý][a-zà-ÿ]{2,})|"
    r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Ý][a-zà-ÿ]{2,} [a-zà-ÿ])"
)
_PAIR = 2  # "three meetings with A and B" may be two of them with A
_VARIANT = 92  # likeness from which two names of a report may be one body; the resolver decides


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its kind, what it says, and where."""

    kind: str
    says: Sentence
    span: Span


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, for the faults that show only in the whole."""

    about: About
    resolutions: Sequence[Resolution]
    events: Sequence[Event]
    meetings: Sequence[Meeting]


def faults(text: str, found: Sequence[Placed], read: Read) -> tuple[Fault, ...]:
    """Give every fault, in the order of the document."""
    every = [
        *_of_text(text),
        *_of_blocks(text, found),
        *_of_interface(text, found, read.about),
        *_of_events(read.events),
        *_of_resolutions(read.resolutions),
        *_of_counts(text, read),
        *_variants(read.events),
    ]
    return in_order(every)


def in_order(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Give faults in the order of the document."""
    return tuple(sorted(found, key=lambda one: (one.span, one.kind)))


def of_print(running: Printed) -> Iterator[Fault]:
    """Give what was taken out of a printed document before it was read."""
    if running.broken:
        says = sentence(
            "{n} words are broken at the end of a line and were read whole; the first is here",
            n=len(running.broken),
        )
        yield Fault("broken-words", says, running.broken[0])
    if running.heads:
        says = sentence(
            "{n} heads or numbers of pages were left out; the first is here", n=len(running.heads)
        )
        yield Fault("page-heads", says, running.heads[0])


def _of_text(text: str) -> Iterator[Fault]:
    for found in _DEBRIS.finditer(text):
        yield Fault(
            "markup-debris",
            sentence("this is debris of a page's markup, no text"),
            Span(*found.span()),
        )
    spaces = [*_NBSP.finditer(text)]
    if spaces:
        says = sentence("{n} no-break spaces; the first is here", n=len(spaces))
        yield Fault("no-break-space", says, Span(*spaces[0].span()))
    for found in re.finditer(r"\ufffd+|Ã[\x80-\xbf©±³­]|â€[™œ\x9d“”]", text):
        yield Fault(
            "broken-letters",
            sentence("these letters were read in a wrong encoding"),
            Span(*found.span()),
        )


def _of_blocks(text: str, found: Sequence[Placed]) -> Iterator[Fault]:
    last = 0
    for one in found:
        span, words = one.block.span, one.block.span.of(text)
        if is_placeholder(words):
            yield Fault(
                "placeholder", sentence("this looks like a placeholder that was left in"), span
            )
        header = fused_header(text, span)
        if header is not None:
            yield Fault(
                "fused-header", sentence("headings of columns are glued to the first cell"), header
            )
        if is_glued(one.block):
            yield Fault("fused-cell", sentence("the cells of a row are glued together"), span)
        yield from _fused(text, span)
        number = one.block.number
        if number == 1 and last > 1 and one.block.kind is Kind.ITEM:
            says = sentence("the numbering begins anew after {n}", n=last)
            yield Fault("numbering-restarts", says, one.block.marker or span)
        last = number if number is not None else last
        if (
            one.part == "challenges"
            and one.block.kind is Kind.ITEM
            and glued_name(text, span) is not None
        ):
            at = glued_name(text, span) or span.start
            yield Fault(
                "fused-words",
                sentence("a name and its sentence meet without a mark"),
                Span(max(span.start, at - 12), min(span.end, at + 12)),
            )


def _fused(text: str, span: Span) -> Iterator[Fault]:
    count = fused_count(text, span)
    if count is not None and count.end() < span.end and text[count.end()] not in " .,;:)\u00a0":
        says = sentence("a count is glued to what follows; it was read as of the event before")
        yield Fault("fused-cell", says, Span(*count.span()))
    for found in _FUSED.finditer(text, *span):
        if found[0]:
            end = re.compile(r"\w*").match(text, found.end())
            says = sentence("two words stand without a space between them")
            yield Fault("fused-words", says, Span(found.start(), end.end() if end else found.end()))


def _of_interface(text: str, found: Sequence[Placed], about: About) -> Iterator[Fault]:
    if about.language is None:
        return
    for one in found:
        if is_interface(text, one.block) and _language_of(one.block.span.of(text)) not in (
            None,
            about.language.value,
        ):
            says = sentence(
                "a word of the page around the text is in another language than the text"
            )
            yield Fault("interface-language", says, one.block.span)


def _language_of(words: str) -> str | None:
    plain = words.lower()
    if re.search(r"lectura|etiquetas|palabras clave", plain):
        return "es"
    if re.search(r"lecture|étiquettes|mots[- ]clés", plain):
        return "fr"
    return "en" if re.search(r"\bread\b|tags|keywords", plain) else None


def _of_events(events: Sequence[Event]) -> Iterator[Fault]:
    known = [one for one in events if one.attendance is not None]
    for one in events:
        anchor = one.title or one.organiser
        if one.attendance is None and known and anchor is not None:
            says = sentence("no attendance is given for this event, though it is for others")
            yield Fault("missing-attendance", says, anchor.span)


def _of_resolutions(found: Sequence[Resolution]) -> Iterator[Fault]:
    for one in found:
        if one.symbol is not None and one.symbol_is_draft is not None and one.symbol_is_draft.value:
            says = sentence(
                "{symbol} is the symbol of a draft: what was adopted may read otherwise",
                symbol=str(one.symbol.value),
            )
            yield Fault("draft-as-adopted", says, one.symbol.span)


def _of_counts(text: str, read: Read) -> Iterator[Fault]:
    words = lexicon.load()
    for kind, number in (("events", len(read.events)), ("resolutions", len(read.resolutions))):
        said = _declared(kind).search(text)
        if said is None or not number or said["n"].lower() in ("a", "un", "una", "une", "one"):
            continue
        declared = words.value(said["n"])
        if declared != number and 1 < declared < 200:  # noqa: PLR2004 - no year, no article
            says = sentence(
                "{declared} are declared here, and {listed} were found",
                declared=declared,
                listed=number,
            )
            yield Fault("count-differs", says, Span(*said.span()))
    for one in read.meetings:
        if (
            one.count is not None
            and len(one.counterparts) > _PAIR
            and one.count.value != len(one.counterparts)
        ):
            says = sentence(
                "{declared} are declared here, and {listed} were found",
                declared=one.count.value,
                listed=len(one.counterparts),
            )
            yield Fault("count-differs", says, one.count.span)


@cache
def _declared(kind: str) -> Anchored:
    words = lexicon.load()
    pattern = lexicon.compiled(
        rf"(?<![\w.,])(?P<n>{words.number}) (?:\w+ )?{words.sections[kind].pattern}"
    )
    return Anchored(pattern, words.sections[kind])


def _variants(events: Sequence[Event]) -> Iterator[Fault]:
    """Name what may be one body under two names: twice in a list, or across the report."""
    from rapidfuzz import fuzz

    seen: dict[str, Named] = {}
    for event in events:
        names = {str(one.name.value): one for one in event.cohosts if one.organisation is not None}
        for words, count in Counter(key(str(one.name.value)) for one in event.cohosts).items():
            if count > 1:
                one = next(each for each in event.cohosts if key(str(each.name.value)) == words)
                yield Fault("listed-twice", sentence("this body is listed twice"), one.name.span)
        for words, one in names.items():
            if words in seen:
                continue
            near = next(
                (other for other in seen if _alike(words, other, fuzz.token_set_ratio)), None
            )
            if near is not None:
                says = sentence(
                    "this may be the body that is called {other!r} elsewhere", other=near
                )
                yield Fault("two-names", says, one.name.span)
            seen[words] = one


def _alike(one: str, other: str, ratio: object) -> bool:
    if not callable(ratio) or key(one) == key(other):
        return False
    return float(ratio(one.lower(), other.lower())) >= _VARIANT

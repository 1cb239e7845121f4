"""Meetings that a report counts or names: of what kind, how many, with whom, what for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.anchored import Anchored
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.counterparts import counterparts, purpose_of
from atalaya.reading.reports.grids import Record
from atalaya.reading.reports.leaves import Named, number_leaf, several
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.sections import Placed, is_item
from atalaya.reading.reports.spans import Leaf, Span, leaf

_WITH = r"(?:with|con|avec|com)"
_MET = re.compile(
    r"(?<!\w)(?:met|sat down|spoke|talked|held talks|held consultations|exchanged|"
    r"nos (?:reunimos|encontramos|sentamos)|se reunió|"
    r"se reunieron|hablamos|conversamos|conversó|dialogó|(?:mantuvo|mantuvimos|sostuvo|sostuvimos) "
    r"(?:encuentros|conversaciones|diálogos)|a (?:\w+[ \u00a0])?rencontré|s['’]est "
    r"(?:entretenue?|réunie?)|"
    r"(?:nous[ \u00a0])?nous sommes (?:entretenue?s|réunie?s)|avons (?:\w+[ "
    r"\u00a0])?(?:rencontré|échangé|"
    r"discuté)|a échangé)[ \u00a0]"
    r"(?:(?:bilaterally|también|also|separately|además|également|"
    r"aussi)[ \u00a0])?(?:with[ \u00a0]|to[ \u00a0]|con[ \u00a0]|avec[ \u00a0])?(?P<rest>.+)",
    re.IGNORECASE,
)
_AND_MET = re.compile(
    r",?[ \u00a0](?:and|y|et)[ \u00a0](?:(?:we|also|también|además|aussi)[ \u00a0])*"
    r"(?P<met>(?:met|spoke|sat down|talked|nos reunimos|hablamos|conversamos|avons rencontré)"
    r"[ \u00a0])"
)
_HELD = re.compile(
    r"(?:held|had|having|mantuv\w+|sostuv\w+|tuv(?:o|ieron|imos)|celebr(?:ó|aron|amos)|"
    r"(?:a|ont|avons)[ \u00a0](?:tenu|eu|mené))[ \u00a0](?:\w+[ \u00a0]){0,2}$"
)
_LEAD = re.compile(rf"{_WITH}[ \u00a0]+", re.IGNORECASE)
_COUNTED = re.compile(r"[ \u00a0]?\((?P<all>[^()]*)\)")
_AND_WITH = re.compile(
    r",?[ \u00a0](?:and|y|e|et|as well as|así como|ainsi que)[ \u00a0](?:with|con|avec)[ \u00a0]"
)
_DASH = re.compile(r"[ \u00a0][–—-][ \u00a0]|[ \u00a0]?:[ \u00a0]")


@dataclass(frozen=True, slots=True)
class Meeting:
    """Meetings of one kind, each value or None."""

    kind: Leaf | None
    count: Leaf | None
    counterparts: tuple[Named, ...]
    purpose: Leaf | None


@cache
def _number_and_kind() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?P<n>{lexicon.load().number}) (?P<kind>{_kind()})")


@cache
def _bilateral() -> re.Pattern[str]:
    return lexicon.compiled(lexicon.load().phrases["bilateral"])


@cache
def _labelled() -> re.Pattern[str]:
    """Give the pattern of "Meetings held: 4 (Ecuador, Italy)"."""
    number = lexicon.load().number
    return lexicon.compiled(
        rf"(?<!\w)(?P<kind>{_kind()})(?: \w+)? ?: (?P<n>{number}) ?[(:–—-] ?(?P<all>[^()]+)"
    )


@cache
def _numbered() -> re.Pattern[str]:
    """Give the pattern of "3 bilateral meetings: Ecuador, Italy and Peru"."""
    return lexicon.compiled(
        rf"(?P<n>{lexicon.load().number}) (?P<kind>{_kind()}) ?[:–—-] (?P<all>\S.*)"
    )


@cache
def _uncounted() -> re.Pattern[str]:
    """Give the pattern of "Bilateral meetings: Ecuador, Italy"."""
    return lexicon.compiled(rf"(?P<kind>{_kind()})(?: \w+)? ?: (?P<all>\S.*)")


@cache
def _kind() -> str:
    words = lexicon.load()
    return (
        rf"(?:(?:{words.phrases['bilateral']}|working|high-level|informal|formal|technical|"
        rf"de trabajo|de travail|técnicas?|"
        rf"informales) )*{words.units['meetings']}(?: (?:{words.phrases['bilateral']}|"
        rf"de trabajo|de travail|técnicas?|informales))*"
    )


@cache
def _meeting() -> Anchored:
    words, kind = lexicon.load(), _kind()
    pattern = lexicon.compiled(
        rf"(?:(?<!\w)(?P<n>{words.number}|an?) )?(?<!\w)(?P<kind>{kind}),? (?:(?:was|were|"
        rf"fue|fueron|se|ont été|a été|a eu lieu|ont eu lieu|took place|tuvo lugar|tuvieron lugar)"
        rf" ?(?:\w+ ){{0,2}}?)?,? ?(?:{_WITH} |(?:(?P<bracket>\()|: "
        rf")(?=(?-i:[A-ZÀ-Ý])))(?P<rest>[^\n]+)"
    )
    return Anchored(pattern, lexicon.compiled(rf"(?<!\w){words.units['meetings']}(?!\w)"))


def meetings(text: str, found: Sequence[Placed], records: Sequence[Record]) -> tuple[Meeting, ...]:
    """Read the meetings that a report counts or names."""
    taken = {at for one in records for at in one.blocks}
    made = [_of_record(text, one) for one in records if one.part == "meetings"]
    for at, one in enumerate(found):
        if at in taken or one.block.kind in (Kind.DEBRIS, Kind.ROW, Kind.HEADING):
            continue
        if one.part in ("resolutions", "events", "challenges", "demands") and (
            one.block.kind is Kind.ITEM or _bilateral().search(text, *one.says) is None
        ):
            continue
        span = one.block.span if one.part == "meetings" else one.says
        listed = one.part in ("meetings", "achievements")
        told = [
            m
            for each in sentences(text, span)
            for clause in _clauses(text, each)
            for m in _of_sentence(text, clause, listed=listed)
        ]
        if not told and one.part == "meetings" and is_item(text, found, at):
            told = [*_of_item(text, one.says)]
        elif not told and one.part == "meetings" and one.block.kind is Kind.LINE and not one.heads:
            states = [*_of_item(text, one.says)]  # "Norway; Canada; Mexico – all on early warning."
            told = [m for m in states if all(each.iso3 for each in m.counterparts)]
        made.extend(told)
    return tuple(made)


def _clauses(text: str, span: Span) -> Iterator[Span]:
    """Part "met Norway on funding, and spoke with UNODC about badges"."""
    at = span.start
    for found in _AND_MET.finditer(text, *span):
        yield Span(at, found.start())
        at = found.start("met")
    yield Span(at, span.end)


def _of_item(text: str, span: Span) -> Iterator[Meeting]:
    """Read "Ireland – prison needle exchange": with whom, and what for."""
    lead = _LEAD.match(text, *span)  # "With Uruguay, on medical cannabis"
    mark = _DASH.search(text, *span)
    begin, end = lead.end() if lead else span.start, mark.start() if mark else span.end
    kind = count = None
    for one in _COUNTED.finditer(text, begin, end):  # "Malta (2 bilateral meetings): ..."
        said = _number_and_kind().fullmatch(text, *one.span("all"))
        if said is not None:
            kind, count, end = leaf(text, said.span("kind")), number_leaf(said), one.start()
            break
    with_, purpose = counterparts(text, Span(begin, end))
    if with_ and all(map(_is_named, with_)):
        told = leaf(text, (mark.end(), span.end)) if mark else None
        yield Meeting(kind, count, with_, told or purpose)


def _is_named(one: Named) -> bool:
    words = str(one.name.value)
    acronym = re.match(r"[A-Z]{3,}\b", words) is not None  # "UNODC civil society team"
    return words[:1].isupper() and (is_proper(words) or acronym)


def _of_record(text: str, record: Record) -> Meeting:
    with_ = tuple(one for span in record.spans("counterparts") for one in several(text, span))
    kind, count = record.leaf(text, "kind"), record.number(text, "count")
    told = [one for span in record.spans("title") for one in _in_part(text, span)]
    if told and not with_:  # "Bilateral meeting with Norway. Subject: ..."
        kind, count, with_ = kind or told[0].kind, count or told[0].count, told[0].counterparts
    return Meeting(kind, count, with_, record.leaf(text, "purpose"))


def _in_part(text: str, span: Span) -> Iterator[Meeting]:
    return _of_sentence(text, span, listed=True)


def _of_sentence(text: str, span: Span, *, listed: bool) -> Iterator[Meeting]:
    at = span.start
    any_found = False
    while (found := _meeting().search(text, at, span.end)) is not None:
        after = _meeting().search(text, found.start("rest"), span.end)
        end = after.start() if after is not None else span.end
        held = _HELD.search(text, span.start, found.start("kind")) is not None
        sided = held or _bilateral().search(found["kind"]) is not None
        if found["n"] is not None or listed or sided:
            begin = found.start("bracket") if found["bracket"] else found.start("rest")
            with_, purpose = counterparts(text, Span(begin, end))
            told = any(map(_is_named, with_)) and (found["n"] is not None or listed)
            if told or (with_ and all(map(_is_named, with_))):
                n = None if found["n"] is None else number_leaf(found)
                yield Meeting(leaf(text, found.span("kind")), n, with_, purpose)
                any_found = True
        at = end if end > at else span.end
    counted = None if any_found else _labelled().search(text, *span)
    if counted is not None:
        with_, _ = counterparts(text, Span(*counted.span("all")))
        yield Meeting(leaf(text, counted.span("kind")), number_leaf(counted), with_, None)
        return
    labelled = None if any_found else _listed(text, span, listed=listed)
    if labelled is not None:
        yield labelled
        return
    met = _MET.search(text, *span)
    if not any_found and met is not None:
        yield from _met(text, Span(*met.span("rest")))


def _listed(text: str, span: Span, *, listed: bool) -> Meeting | None:
    """Read "3 bilateral meetings: Ecuador, Italy"; without a number in a list of meetings alone."""
    found = _numbered().match(text, *span) or (_uncounted().match(text, *span) if listed else None)
    if found is None:
        return None
    names, purpose = counterparts(text, Span(*found.span("all")))
    if not names or not all(_is_named(one) for one in names):
        return None
    n = number_leaf(found) if "n" in found.groupdict() else None
    return Meeting(leaf(text, found.span("kind")), n, names, purpose)


def _met(text: str, span: Span) -> Iterator[Meeting]:
    """Read "met with Norway and Canada (4 bilateral meetings) to talk about funding"."""
    kind = count = None
    for mark in _AND_WITH.finditer(text, *span):  # "... to discuss A, and with Peru to discuss B"
        if purpose_of(text, Span(span.start, mark.start())) is not None:
            yield from _met(text, Span(mark.end(), span.end))
            span = Span(span.start, mark.start())
            break
    with_, purpose = counterparts(text, span)
    for one in _COUNTED.finditer(text, *span):
        said = _number_and_kind().fullmatch(text, *one.span("all"))
        if said is not None:
            kind, count = leaf(text, said.span("kind")), number_leaf(said)
            with_, _ = counterparts(text, Span(span.start, one.start()))
            break
    if with_ and all(_is_named(one) for one in with_):
        yield Meeting(kind, count, with_, purpose)

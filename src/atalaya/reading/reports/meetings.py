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
from atalaya.reading.reports.grids import Record
from atalaya.reading.reports.leaves import Named, number_leaf, several
from atalaya.reading.reports.names import BODY, is_proper
from atalaya.reading.reports.sections import Placed, is_item
from atalaya.reading.reports.spans import Leaf, Span, leaf

_WITH = r"(?:with|con|avec|com)"
_DELEGATIONS = re.compile(
    r"(?:(?:the|las|los|les|des|a|representatives|representantes|"
    r"représentants)[ \u00a0]+)*(?:(?:of|de|from)[ \u00a0]+)?(?:(?:the|las|los|les|"
    r"des)[ \u00a0]+)?(?:(?:government|national|official|state)[ \u00a0]+)?"
    r"(?:delegations?|delegaciones|delegación|délégations?|permanent missions?|"
    r"misiones permanentes|missions permanentes|representatives|representantes|représentants?|"
    r"(?:(?:ses|leurs|sus|their|his|her|our|nos)[ \u00a0])?(?:homologues|homólogos|counterparts|"
    r"colleagues)|"
    r"gobiernos|governments?|gouvernements)"
    r"(?:[ \u00a0]+(?:gubernamentales|gouvernementales|oficiales|nationales|"
    r"permanentes|officielles))?[ \u00a0]+(?:of the|of|from|de los|de las|del|de|des|"
    r"du|d['’])[ \u00a0]*(?:(?:gobiernos|governments|gouvernements) (?:of|"
    r"de)[ \u00a0])?",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:,?[ \u00a0](?P<lead>focus(?:ing|ed) on|cent(?:er|r)(?:ed|ing) on|on|about|"
    r"regarding|concerning|to (?:discuss|address|talk about)|aimed at|devoted to|"
    r"centrad[oa]s? en|enfocad[oa]s? en|"
    r"dedicad[oa]s? a|sobre|acerca de|en torno a|para (?:tratar|abordar|discutir|hablar del?|"
    r"conversar sobre)|"
    r"pour (?:parler|discuter|traiter|échanger) (?:de|sur)|pour (?:aborder|évoquer)|"
    r"axée?s? sur|portant sur|consacrée?s? à|(?:au sujet|à propos|autour) (?:de|des|du)|"
    r"concernant|sur|to|para|afin d(?:e|"
    r"['’])|pour|con el fin de|in order to)(?:[ \u00a0]+|(?<=['’]))|"
    r"(?P<comma>,)[ \u00a0](?=[a-z]+ing\b|\w+(?:ando|iendo|endo)\b|en \w+ant\b))(?=\w)"
)
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
_LEAD = re.compile(rf"{_WITH}[ \u00a0]+", re.IGNORECASE)
_COUNTED = re.compile(r"[ \u00a0]?\((?P<all>[^()]*)\)")
_LISTED = re.compile(
    r"(?:(?:the|las|los|les|des|de)[ \u00a0]+)?(?:(?:\w+[ \u00a0])?(?:delegations?|missions?|"
    r"countries|"
    r"governments|states|delegaciones|misiones|países|gobiernos|estados|délégations|missions|pays|"
    r"gouvernements|états)[ \u00a0]+)?\((?P<all>[A-ZÀ-Ý][^()]+)\)",
    re.IGNORECASE,
)
_AND_WITH = re.compile(
    r",?[ \u00a0](?:and|y|e|et|as well as|así como|ainsi que)[ \u00a0](?:with|con|avec)[ \u00a0]"
)
_DASH = re.compile(r"[ \u00a0][–—-][ \u00a0]|[ \u00a0]?:[ \u00a0]")
_STOP = re.compile(
    r"[;](?=[ \u00a0])|\.(?=[\s\u00a0]|$)|,?[ \u00a0](?:took place|(?:was|were) held|tuvo lugar|"
    r"tuvieron lugar|"
    r"se celebr(?:ó|aron)|(?:a|ont) eu lieu)(?!\w)"
)
_AND_END = re.compile(r",?[ \u00a0](?:and|y|et|e)[ \u00a0]*$")


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
        rf" ?(?:\w+ ){{0,2}}?)?,? ?(?:{_WITH} |(?P<bracket>\()(?=(?-i:[A-ZÀ-Ý])))(?P<rest>[^\n]+)"
    )
    return Anchored(pattern, lexicon.compiled(rf"(?<!\w){words.units['meetings']}(?!\w)"))


def meetings(text: str, found: Sequence[Placed], records: Sequence[Record]) -> tuple[Meeting, ...]:
    """Read the meetings that a report counts or names."""
    taken = {at for one in records for at in one.blocks}
    made = [_of_record(text, one) for one in records if one.part == "meetings"]
    for at, one in enumerate(found):
        if at in taken or one.block.kind in (Kind.DEBRIS, Kind.ROW, Kind.HEADING):
            continue
        if one.part in ("resolutions", "events", "challenges", "demands"):
            continue
        span = one.block.span if one.part == "meetings" else one.says
        told = [m for each in sentences(text, span) for m in _of_sentence(text, each, one)]
        if not told and one.part == "meetings" and is_item(text, found, at):
            told = [*_of_item(text, one.says)]
        made.extend(told)
    return tuple(made)


def _of_item(text: str, span: Span) -> Iterator[Meeting]:
    """Read "Ireland – prison needle exchange": with whom, and what for."""
    lead = _LEAD.match(text, *span)
    if lead is not None:  # "With Uruguay, on medical cannabis"
        with_, purpose = _counterparts(text, Span(lead.end(), span.end))
        if with_ and all(map(_is_named, with_)):
            yield Meeting(None, None, with_, purpose)
        return
    mark = _DASH.search(text, *span)
    end = mark.start() if mark else span.end
    kind = count = None
    for one in _COUNTED.finditer(text, span.start, end):  # "Malta (2 bilateral meetings): ..."
        said = _number_and_kind().fullmatch(text, *one.span("all"))
        if said is not None:
            kind, count, end = leaf(text, said.span("kind")), number_leaf(said), one.start()
            break
    of = _DELEGATIONS.match(text, span.start, end)
    with_ = several(text, (of.end() if of else span.start, end))
    if with_ and all(_is_named(one) for one in with_):
        yield Meeting(kind, count, with_, leaf(text, (mark.end(), span.end)) if mark else None)


def _is_named(one: Named) -> bool:
    words = str(one.name.value)
    return words[:1].isupper() and is_proper(words)


def _of_record(text: str, record: Record) -> Meeting:
    with_ = tuple(one for span in record.spans("counterparts") for one in several(text, span))
    return Meeting(
        record.leaf(text, "kind"), record.number(text, "count"), with_, record.leaf(text, "purpose")
    )


def _of_sentence(text: str, span: Span, placed: Placed) -> Iterator[Meeting]:
    at = span.start
    any_found = False
    while (found := _meeting().search(text, at, span.end)) is not None:
        after = _meeting().search(text, found.start("rest"), span.end)
        end = after.start() if after is not None else span.end
        own = placed.part in ("meetings", "achievements")
        sided = _bilateral().search(found["kind"]) is not None
        if found["n"] is not None or own or sided:
            begin = found.start("bracket") if found["bracket"] else found.start("rest")
            with_, purpose = _counterparts(text, Span(begin, end))
            if with_ and (found["n"] is not None or own or all(map(_is_named, with_))):
                n = None if found["n"] is None else number_leaf(found)
                yield Meeting(leaf(text, found.span("kind")), n, with_, purpose)
                any_found = True
        at = end if end > at else span.end
    counted = None if any_found else _labelled().search(text, *span)
    if counted is not None:
        with_, _ = _counterparts(text, Span(*counted.span("all")))
        yield Meeting(leaf(text, counted.span("kind")), number_leaf(counted), with_, None)
        return
    met = _MET.search(text, *span)
    if not any_found and met is not None:
        yield from _met(text, Span(*met.span("rest")))


def _met(text: str, span: Span) -> Iterator[Meeting]:
    """Read "met with Norway and Canada (4 bilateral meetings) to talk about funding"."""
    kind = count = None
    for mark in _AND_WITH.finditer(text, *span):  # "... to discuss A, and with Peru to discuss B"
        if _purpose(text, Span(span.start, mark.start())) is not None:
            yield from _met(text, Span(mark.end(), span.end))
            span = Span(span.start, mark.start())
            break
    with_, purpose = _counterparts(text, span)
    for one in _COUNTED.finditer(text, *span):
        said = _number_and_kind().fullmatch(text, *one.span("all"))
        if said is not None:
            kind, count = leaf(text, said.span("kind")), number_leaf(said)
            with_, _ = _counterparts(text, Span(span.start, one.start()))
            break
    if with_ and all(_is_named(one) for one in with_):
        yield Meeting(kind, count, with_, purpose)


def _counterparts(text: str, span: Span) -> tuple[tuple[Named, ...], Leaf | None]:
    lead = _DELEGATIONS.match(text, *span)
    start = lead.end() if lead else span.start
    inner = _LISTED.match(text, start, span.end)
    if inner is not None:  # "delegations (Chile, Peru) about ..."
        after = _PURPOSE.match(text, inner.end(), span.end)
        stop = _STOP.search(text, inner.end(), span.end)
        tail = _AND_END.search(text, inner.end(), span.end)
        end = min([one.start() for one in (stop, tail) if one is not None], default=span.end)
        purpose = None if after is None else leaf(text, (after.end(), max(end, after.end())))
        return several(text, inner.span("all")), purpose
    cut = _purpose(text, Span(start, span.end))
    stop = _STOP.search(text, start, span.end)
    end = min([one.start() for one in (cut, stop) if one is not None], default=span.end)
    tail = _AND_END.search(text, start, span.end)
    last = tail.start() if tail else span.end
    purpose = None if cut is None else leaf(text, (cut.end(), last))
    return several(text, (start, end)), purpose


def _purpose(text: str, span: Span) -> re.Match[str] | None:
    """Give the phrase behind which stands what a meeting was for, or None."""
    found = [one for one in _PURPOSE.finditer(text, *span) if _is_purpose(text, span.start, one)]
    first = found[0] if found else None
    second = found[1] if len(found) > 1 else None
    named = first is not None and BODY.search(text, span.start, first.start()) is not None
    aimed = second is not None and re.match(r"to |para |pour |afin", second["lead"] or "")
    if first and second and (named or aimed) and first["lead"] in ("on", "sobre", "sur"):
        return second  # "the Agency on drugs about indicators"
    return first


def _is_purpose(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a phrase ends a list of names: "Commission on Narcotic Drugs" goes on after "on"."""
    if text[start : found.start()].count("(") > text[start : found.start()].count(")"):
        return False
    if found["lead"] in ("on", "to", "sobre", "sur", "para", "pour"):
        return not text[found.end()].isupper()
    return True

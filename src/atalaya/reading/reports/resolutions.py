"""Resolutions: topic, symbol, whether it is a draft's, sponsors, effect, and what is doubted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.announced import Counted
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.caveats import caveat_of, is_caveat, split_caveat
from atalaya.reading.reports.clauses import quoted, roles, sentences
from atalaya.reading.reports.continuing import IT, goes_on
from atalaya.reading.reports.grids import Record
from atalaya.reading.reports.leaves import Named, only_states, several
from atalaya.reading.reports.resolution_units import (
    Resolution,
    of_lines,
    of_unit,
    predicate,
    sets_apart,
)
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, leaf
from atalaya.reading.reports.sponsoring import sponsors, subject_of
from atalaya.reading.reports.symbols import SYMBOL, symbol_of
from atalaya.reading.reports.topics import (
    ADOPTS,
    NAMED,
    concerned,
    matter,
    without_brackets,
    without_symbol,
)

_ONE = re.compile(
    r"[ \u00a0]*(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as|[Cc]elui|[Cc]elle|[Tt]hat|[Tt]he one)[ \u00a0]"
    r"(?:(?:relativ[oa]s?[ \u00a0]al?|del?|sur|sobre|on)[ \u00a0]|d['’])"
)
_PARTED = re.compile(r"[*_]*[ \u00a0]?[:：][*_]*[ \u00a0]+")
_DOES = re.compile(r"(?!is|has|was|lacks|remains|leaves|needs|omits|does)[a-z]{3,}s[ \u00a0]\w")
_ELSEWHERE = ("events", "meetings", "achievements", "challenges", "demands")


def resolutions(
    text: str,
    found: Sequence[Placed],
    records: Sequence[Record],
    counted: Mapping[int, Counted],
) -> tuple[Resolution, ...]:
    """Read every resolution, in the order of the document; one told twice is told once."""
    under = {at: lines for at in range(len(found)) if (lines := [*_facts_under(text, found, at)])}
    told = [_of_heading(text, found[at], lines) for at, lines in under.items()]
    taken = {by for at, lines in under.items() for by in range(at, at + 1 + len(lines))}
    others = [one for one in records if not taken.intersection(one.blocks)]
    told += [_of_record(text, one) for one in others if one.part == "resolutions"]
    taken |= {at for one in others for at in one.blocks}
    heading: Placed | None = None
    for at, one in enumerate(found):
        if at in taken or one.block.kind in (Kind.DEBRIS, Kind.ROW):
            continue
        if one.part == "resolutions" and (
            one.block.kind is Kind.ITEM or sets_apart(text, one.says)
        ):
            told.append(_of_item(text, one))
        elif one.block.kind is Kind.LINE and NAMED.match(text, *one.says):
            told.append(of_unit(text, one.says))
        elif one.block.kind in (Kind.LINE, Kind.ITEM) and one.part not in _ELSEWHERE:
            told.extend(_of_prose(text, one, heading, counted))
        heading = one if one.block.kind is Kind.HEADING else None
    every = sorted((one for one in told if _anchor(one) is not None), key=_place)
    return tuple(_once(every))


def _facts_under(text: str, found: Sequence[Placed], at: int) -> Iterator[Span]:
    """Give the lines under the title of a text where they begin "A/HRC/54/L.3 · Chile, Peru"."""
    one, after = found[at], found[at + 1 : at + 2]
    if one.part != "resolutions" or one.heads or one.block.kind is not Kind.HEADING:
        return
    if not after or SYMBOL.match(text, *after[0].block.span) is None:
        return
    for two in itertools.islice(found, at + 1, None):
        if two.block.kind is not Kind.LINE or (two.block.gap and two is not after[0]):
            return
        yield two.block.span


def _of_heading(text: str, heading: Placed, lines: Sequence[Span]) -> Resolution:
    made = of_lines(text, leaf(text, heading.block.span), lines)
    block = heading.block
    if block.number is None or block.marker is None:
        return made
    return replace(made, n=Leaf(block.number, block.marker))


def _place(one: Resolution) -> int:
    said = (one.topic, one.symbol, one.effect)
    return min(value.span.start for value in said if value is not None)


def _anchor(one: Resolution) -> Leaf | None:
    """Give what shows that a resolution was told, or None where nothing does."""
    return one.topic or one.symbol or (one.effect if one.sponsors else None)


def _once(every: Sequence[Resolution]) -> Iterator[Resolution]:
    kept: list[Resolution] = []
    for one in every:
        same = next((at for at, two in enumerate(kept) if _same(one, two)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = _joined(kept[same], one)
    for at, one in enumerate(kept, 1):
        anchor = _anchor(one)
        yield one if one.n or anchor is None else replace(one, n=Leaf(at, anchor.span))


def _same(one: Resolution, two: Resolution) -> bool:
    if one.symbol is not None and two.symbol is not None:
        return one.symbol.value == two.symbol.value
    if one.topic is None or two.topic is None:
        return False
    return str(one.topic.value).lower() == str(two.topic.value).lower()


def _joined(one: Resolution, two: Resolution) -> Resolution:
    """Fill what one telling leaves out from another."""
    filled = {name: getattr(one, name) or getattr(two, name) for name in Resolution.__slots__}
    return Resolution(**filled)


def _of_record(text: str, record: Record) -> Resolution:
    symbol, draft = (
        symbol_of(text, record.spans("symbol")[0]) if record.spans("symbol") else (None, None)
    )
    topic = record.leaf(text, "title")
    if topic is not None:
        inside = symbol_of(text, topic.span)
        if symbol is None:
            symbol, draft = inside
        topic = leaf(text, (without_symbol(text, topic.span), topic.span.end)) or topic
        inner = quoted(text, topic.span)
        topic = topic if inner else matter(text, topic)
        topic = leaf(text, inner) if inner else leaf(text, without_brackets(text, topic.span))
    parted = None if topic is None else _PARTED.search(text, *topic.span)
    led: tuple[Named, ...] = ()
    if topic is not None and parted and only_states(text, Span(parted.end(), topic.span.end)):
        led = several(text, (parted.end(), topic.span.end))  # "Title: Chile, Peru"
        topic = leaf(text, (topic.span.start, parted.start()))
    sponsors = tuple(one for span in record.spans("sponsors") for one in several(text, span))
    remark = record.leaf(text, "caveat")
    doubt = caveat_of(text, remark.span) if remark and is_caveat(text, remark.span) else remark
    # A column of notes may say what a text does: "sets up a working group".
    says = remark is not None and _DOES.match(str(remark.value)) is not None and doubt is remark
    made = Resolution(
        n=record.n,
        topic=topic,
        symbol=symbol,
        symbol_is_draft=draft,
        sponsors=sponsors or led,
        effect=record.leaf(text, "effect") or (remark if says else None),
        caveat=None if says else doubt,
    )
    told = record.leaf(text, "title")
    if told is None or not _tells_more(text, told.span):
        return made
    unit = of_unit(text, told.span)
    return _joined(replace(made, topic=unit.topic or topic), unit)


def _tells_more(text: str, title: Span) -> bool:
    """Whether what stands before a label tells more than the topic: sentences, or who tabled it."""
    first, *rest = sentences(text, title)
    return bool(rest) or bool(roles(text, first, ("sponsors",)))


def _of_item(text: str, placed: Placed) -> Resolution:
    made = of_unit(text, placed.says)
    block = placed.block
    if block.number is None or block.marker is None:
        return made
    return replace(made, n=Leaf(block.number, block.marker))


def _of_prose(
    text: str, placed: Placed, heading: Placed | None, counted: Mapping[int, Counted]
) -> Iterator[Resolution]:
    """Read resolutions that sentences tell of; a caveat follows in a sentence of its own."""
    last: Resolution | None = None
    told = False
    for one in sentences(text, placed.says):
        if last is not None and is_caveat(text, one):
            yield replace(last, caveat=last.caveat or caveat_of(text, one))
            last = None
            continue
        one_of = counted.get(one.start)
        units = [*_told(text, one, placed, follows=told)]
        if one_of is not None:
            units = [one] if one_of.part == "resolutions" and _tells(text, one) else []
        more = None if last is None or units else _further(text, last, one)
        if more is not None:
            last = more
            continue
        if last is not None:
            yield last
            last = None
        told = told or bool(units) or _text_noun().search(text, *one) is not None
        for unit in units[:-1]:
            yield of_unit(text, unit)
        if units:
            last = of_unit(text, units[-1])
            if last.topic is None and heading is not None and len(units) == 1:
                last = replace(last, topic=leaf(text, heading.block.span))
    if last is not None:
        yield last


def _further(text: str, last: Resolution, one: Span) -> Resolution | None:
    """Add what a sentence goes on to say of a text: "It was put forward by X", "It asks"."""
    tabled = sponsors(text, one) if IT.match(text, *one) and not last.sponsors else ()
    if tabled:
        return replace(last, sponsors=tabled, effect=last.effect or predicate(text, one))
    if last.effect is not None or not goes_on(text, one):
        return None
    kept, doubt = split_caveat(text, one)
    return replace(last, effect=leaf(text, kept), caveat=last.caveat or doubt)


def _tells(text: str, span: Span) -> bool:
    """Whether a sentence on one of several texts says which one it is, or whose."""
    return (
        quoted(text, span) is not None
        or SYMBOL.search(text, *span) is not None
        or bool(roles(text, span, ("sponsors",)))
        or concerned(text, span) is not None
    )


@cache
def _text_noun() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['text_noun']}(?!\w)")


def _told(text: str, span: Span, placed: Placed, *, follows: bool = False) -> Iterator[Span]:
    """Give the stretches of a sentence that tell of one resolution each."""
    symbols = [*SYMBOL.finditer(text, *span)]
    named = _text_noun().search(text, *span) is not None
    subject = subject_of(text, span)
    phrase = bool(roles(text, span, ("sponsors",))) or subject is not None
    inside = placed.part == "resolutions"
    passed = bool(symbols) and _adopted().search(text, *span) is not None
    about = (symbols and (named or inside or phrase or passed)) or (
        named and quoted(text, span) is not None and (phrase or inside)
    )
    told = phrase and (named or follows)
    texts = told and lexicon.load().roles["text"].search(text, *span) is not None
    one = _ONE.match(text, subject[1] if subject else span.start, span.end)
    led = follows and phrase and one is not None
    led = led or (phrase and ADOPTS.search(text, *span) is not None and _by_states(text, span))
    if not about and not led and not texts:
        return
    if len(symbols) < 2:  # noqa: PLR2004 - one resolution
        yield span
        return
    edges = [span.start]
    for one, two in pairwise(symbols):
        cut = _between(text, one.end(), two.start())
        edges.append(cut)
    edges.append(span.end)
    yield from (Span(a, b) for a, b in pairwise(edges) if a < b)


@cache
def _adopted() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['adopted']}(?!\w)")


def _by_states(text: str, span: Span) -> bool:
    return any(one.iso3 is not None for one in sponsors(text, span))


def _between(text: str, start: int, end: int) -> int:
    """Where the telling of one resolution ends and the next begins, between two symbols."""
    for mark in ("; ", ";", ", and ", ", y ", " et ", " and ", " y ", ", "):
        at = text.find(mark, start, end)
        if at >= 0:
            return at + len(mark)
    return start

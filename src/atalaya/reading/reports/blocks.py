"""A document's text in blocks: lines, headings, items of lists, rows of tables, debris of markup.

Every block keeps where it stands, so that what is read from it can be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from atalaya.reading.reports.furniture import is_furniture
from atalaya.reading.reports.spans import Span, trimmed

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_MARKER = re.compile(
    r"[ \t\u00a0]*(?:(?P<bullet>[•·▪◦‣●○■□➢►✓✔*+–—-])|(?P<number>\d{1,3})(?:[.)º°](?!\d)|"
    r"\ufe0f?\u20e3)|\((?P<round>\d{1,3})\)|\(?(?P<letter>[a-z]|[ivx]{2,4})\)|"
    r"(?:\d{1,2}\.){1,3}(?P<nested>\d{1,2})[.)]?(?=[ \t\u00a0]+[*_“«\"¿¡]*[A-ZÀ-Ý]))"
    r"[ \t\u00a0]+(?:\[[ xX]\][ \t\u00a0]+)?(?=\S)"
)
_QUOTE = re.compile(r"[ \t\u00a0\u202f\u200b\ufeff]*(?:>(?:[ \t]+|$))*", re.MULTILINE)
_PICTURE = re.compile(
    r"(?:[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+[ \t\u00a0]+(?=\S)"
)
_TICKED = re.compile(rf"(?:\[[ xX]\][ \t]+|{_PICTURE.pattern})(?=\S)")
_HASH = re.compile(r"[ \t]*#{1,6}[ \t]+(?=\S)")
_BOLD_LINE = re.compile(r"[ \t]*(\*\*|__)(?P<words>[^*_]+)\1:?[ \t]*")
_DECORATED = re.compile(
    r"(?P<mark>[=~+–—-])(?P=mark)+[ \t]*(?P<words>[^=~+\n]{2,80}?)[ \t]*(?P=mark){2,}"
)
_ENDS = re.compile(r"[\n\r\f\v\x85\u2028\u2029]")
_RULE = re.compile(r"[\s|:+=_*~-]+")
_DEBRIS = re.compile(
    r"\s*(?:</?\s*[a-z]*\s*(?:class|style|id)\s*=[^>]*>|</?[a-z][a-z0-9]*\s*/?>|<!--.*?-->|"
    r"(?:\[/?[a-z]+(?:_[a-z_]+[^\]]*|[^\]]*=[^\]]*)\])+|\{\{?%?[^}]*%?\}\}?|&[a-z]+;|[.·])\s*",
    re.IGNORECASE,
)
_SPACES = " \t\u00a0\u202f\u200b\ufeff"
FEWEST_WRAPPED, _WIDEST, _MOST_HEADING = 55, 120, 14
LOWEST = 6
_LABELLED = re.compile(r"(?:\*\*|__)?[A-ZÀ-Ý][\w \u00a0’'°º/-]{1,30}(?:\*\*|__)?[ \u00a0]?:")
_KEYED = re.compile(r"\w{2,20}: ")  # fields above a page: "title: ...", "author: ..."
_MINUTES = re.compile(r"\d{1,2}[ \u00a0-]?min", re.IGNORECASE)  # "4 min read" begins anew
_MADE = re.compile(
    r"(?:prepared|compiled|written|drafted|published|elaborad[oa]|preparad[oa]|redactad[oa]|"
    r"publiée?|"
    r"rédigée?|préparée?|établie?)[ \u00a0](?:by|por|par)[ \u00a0]"
)
_TABS = re.compile(r"\t|\u00a0{3,}| {4,}")


class Kind(StrEnum):
    """What a block is."""

    LINE = "line"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    DEBRIS = "debris"


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Args:
        kind: What it is.
        span: Its words, without marker and spaces around.
        marker: Where the bullet or number stands, or None.
        number: The number printed before it, or None.
        indent: Spaces before it.
        cells: Cells of a row, else nothing.
        gap: Whether an empty line stands before it.
        level: Of a heading: 1 is the highest, 6 one that only stands out; else 0.
    """

    kind: Kind
    span: Span
    marker: Span | None = None
    number: int | None = None
    indent: int = 0
    cells: tuple[Span, ...] = ()
    gap: bool = False
    level: int = 0


def blocks(text: str) -> tuple[Block, ...]:
    """Take a text apart, in order; empty lines are left out, and lines that were wrapped joined."""
    return tuple(_joined(text, _lines(text), _wrapped_at(text)))


def unwrapped(text: str, found: Sequence[Block]) -> str:
    """Give the text with spaces for the line ends inside blocks, every place as it was."""
    pieces, at = [], 0
    for block in found:
        start, end = block.span
        if block.kind in (Kind.LINE, Kind.ITEM) and _ENDS.search(text, start, end):
            pieces += [text[at:start], _ENDS.sub(" ", text[start:end])]
            at = end
    return "".join([*pieces, text[at:]])


def _lines(text: str) -> Iterator[Block]:
    last = 0
    for found in _LINE.finditer(text):
        gap = text.count("\n", last, found.start()) > 1
        start, end = found.span()
        quote = _QUOTE.match(text, start, end)
        start = quote.end() if quote else start
        while end > start and text[end - 1] in _SPACES:
            end -= 1
        if start == end:
            continue
        last = found.end()
        yield replace(_block(text, found.start(), Span(start, end)), gap=gap)


def _block(text: str, begin: int, span: Span) -> Block:
    indent = span.start - begin
    rule = _RULE.fullmatch(text, *span) is not None
    heading = _HASH.match(text, *span)
    words = Span(heading.end() if heading else span.start, span.end)
    if rule or _DEBRIS.fullmatch(text, *span) or is_furniture(text, words):
        drawn = rule and "|" in span.of(text)
        return Block(Kind.ROW if drawn else Kind.DEBRIS, span, indent=indent)
    cells = _cells(text, span)
    if cells:
        return Block(Kind.ROW, span, cells=cells)
    if heading is not None:
        level = heading[0].count("#")
        return _heading(text, trimmed(text, (heading.end(), span.end)) or span, level)
    drawn_around = _DECORATED.fullmatch(text, *span)
    if drawn_around is not None:
        return _heading(text, Span(*drawn_around.span("words")), 2)
    return _line(text, span, indent)


def _line(text: str, span: Span, indent: int) -> Block:
    """Tell an item, a line in bold, which is a heading, and any other line."""
    found = _MARKER.match(text, *span)
    picture = _PICTURE.match(text, *span) if found is None else None
    span = Span(picture.end(), span.end) if picture else span
    bold = _BOLD_LINE.fullmatch(text, *span)
    if bold is not None and len(bold["words"].split()) <= _MOST_HEADING:
        return _heading(text, trimmed(text, bold.span("words")) or span, LOWEST)
    if found is None:
        marker = Span(*picture.span()) if picture else None
        return Block(Kind.LINE, span, marker, indent=indent)
    number = found["number"] or found["round"] or found["nested"]
    drawn = _PICTURE.match(text, found.end(), span.end)
    return Block(
        Kind.ITEM,
        Span(drawn.end() if drawn else found.end(), span.end),
        Span(*found.span()),
        int(number) if number else None,
        indent,
    )


def _heading(text: str, span: Span, level: int) -> Block:
    picture = _PICTURE.match(text, *span)
    span = Span(picture.end(), span.end) if picture else span
    found = _MARKER.match(text, *span)
    said = found and (found["number"] or found["nested"])
    if found is None or not said:
        return Block(Kind.HEADING, span, level=level)
    marker, number = Span(*found.span()), int(said)
    return Block(Kind.HEADING, Span(found.end(), span.end), marker, number, level=level)


def _cells(text: str, span: Span) -> tuple[Span, ...]:
    """Give the cells of a row drawn with bars, or set apart by tabs."""
    words = span.of(text)
    if words.count("|") > 1 or (words.startswith("|")):
        edges = [found.start() for found in re.finditer(r"(?<!\\)\|", words)]
        begins = [at + 1 for at in edges] if words.startswith("|") else [0, *(a + 1 for a in edges)]
        ends = [*begins[1:], len(words) + 1]
        stripped = words.rstrip().endswith("|")
        pairs = [(b, e - 1) for b, e in zip(begins, ends, strict=True)]
        pairs = pairs[:-1] if stripped and len(pairs) > 1 else pairs
        return tuple(Span(span.start + b, span.start + e) for b, e in pairs)
    marks = [*_TABS.finditer(words)]
    if not marks or not ("\t" in words or len(marks) > 1):
        return ()
    begins = [0, *(one.end() for one in marks)]
    ends = [*(one.start() for one in marks), len(words)]
    return tuple(Span(span.start + b, span.start + e) for b, e in zip(begins, ends, strict=True))


def _wrapped_at(text: str) -> int:
    """Give the width lines were wrapped at; 0 where paragraphs are lines of their own."""
    widths = [len(one.strip()) for one in text.splitlines()]
    widest = max(widths, default=0)
    return widest if widest <= _WIDEST else 0


def _joined(text: str, lines: Iterator[Block], width: int) -> Iterator[Block]:
    held: Block | None = None
    for line in lines:
        if held is not None and _continues(text, held, line, width):
            held = replace(held, span=Span(held.span.start, line.span.end))
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _continues(text: str, held: Block, line: Block, width: int) -> bool:
    """Whether a line goes on with the one before: it was wrapped, not begun anew."""
    if line.kind is not Kind.LINE or line.gap or held.kind not in (Kind.LINE, Kind.ITEM):
        return False
    labelled = _LABELLED.match(text, *held.span)
    if labelled and text[held.span.end - 1] in ",;" and not _LABELLED.match(text, *line.span):
        return True  # "Partners: Peru, the Union," goes on whatever its width
    if (
        line.marker is not None
        or _MINUTES.match(text, *line.span)
        or (_MADE.match(text, *line.span) and held.span.of(text).isupper())
        or _LABELLED.match(text, *line.span)
        or (_KEYED.match(text, *line.span) and _KEYED.match(text, *held.span))
    ):
        return False
    words, before = line.span.of(text), held.span.of(text)
    last = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :].strip()
    small = words[0].islower() or words[0] in "(,;0123456789"
    small = small or (words[0] in "«“\"'" and (last[-1].isalpha() or last[-1] == ","))
    if held.kind is Kind.ITEM and line.indent > held.indent and last[-1] not in ".:;":
        return True
    if last[-1] == ":" or (last[-1] in ".!?" and not small and len(last) < FEWEST_WRAPPED):
        return False
    full = len(last) >= (width * 3 // 4 if width else len(last) + 1)
    return len(last) >= FEWEST_WRAPPED and (small or (full and last[-1] not in ".!?;"))

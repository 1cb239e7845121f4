"""Groups of labelled lines, and lines of labelled sentences, as records of named fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.caveats import is_caveat
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.event_voices import shorn
from atalaya.reading.reports.event_words import attended, came_at
from atalaya.reading.reports.grids import (
    EMPTY,
    FIELDS,
    OWN,
    Record,
    columns_of,
    part_of_fields,
    tables,
)
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, trimmed

_LABEL = re.compile(
    r"[*_]{0,3}(?P<label>[^\n:|*_]{1,40}?)[*_]{0,3}[ \u00a0]?[:：][*_]{0,3}[ \u00a0]*"
)

_MARK = re.compile(
    r"(?:\A|(?<![^\n])|(?<=[.;|–—•(:] )|(?<=[*_] )|(?<= - )|(?<=, ))[*_]{0,3}"
    r"(?P<label>[^\W\d_][^\n:;.,|*_()–—]{0,38}?)[*_]{0,3}[ \u00a0]?[:：][*_]{0,3}[ \u00a0]*"
)
_MARKS = 4  # signs of emphasis and quotation before a title
_MOST_LABEL = 4  # words


def records(text: str, found: Sequence[Placed]) -> tuple[Record, ...]:
    """Read every table and every group of labelled lines."""
    inline = [*_inline(text, found)]
    taken = {at for one in inline for at in one.blocks}
    groups = (one for one in _groups(text, found) if not taken.intersection(one.blocks))
    return (*tables(text, found), *groups, *inline)


def _inline(text: str, found: Sequence[Placed]) -> Iterator[Record]:
    """Read blocks that hold labels: "Title. Organiser: A. Partners: B; public: 28"."""
    for at, one in enumerate(found):
        if one.block.kind not in (Kind.LINE, Kind.ITEM) or one.part not in OWN:
            continue
        fields: dict[str, tuple[Span, ...]] = {}
        rest: list[Span] = []
        for sentence in sentences(text, one.block.span):
            marks = [*_marks(text, sentence, one.part)]
            ends = [*(mark.start for _, mark in marks[1:]), sentence.end]
            before = trimmed(text, (sentence.start, marks[0][1].start if marks else sentence.end))
            if before is not None:
                rest.append(before if marks else sentence)
            for (name, mark), end in zip(marks, ends, strict=False):
                fields[name] = (*fields.get(name, ()), *_given(text, name, Span(mark.end, end)))
        begins = bool(rest) and rest[0].start <= one.block.span.start + _MARKS
        if begins and len(rest) > 1 and _ordered().fullmatch(text, *rest[0]):
            rest = rest[1:]  # "Resolution 1. Title. Sponsors: ..."
        if fields.keys() - {"attendance"} and "title" not in fields and begins:
            fields["title"] = (rest[0],)
            if one.part == "resolutions":
                _said(text, fields, rest[1:])
            count = None if one.part != "events" else attended(text, one.block.span)
            if count is not None:
                fields.setdefault("attendance", (count.span,))
            yield Record(one.part, fields, (at,), _marker(text, one))


def _marks(text: str, sentence: Span, part: str) -> Iterator[tuple[str, Span]]:
    """Give the labels in a sentence with the fields they name: at its head, or behind a mark."""
    for found in _MARK.finditer(text, *sentence):
        names = columns_of(text, found.span("label"))
        name = next((name for name in FIELDS[part] if name in names), None)
        introduces = found.end() >= sentence.end and found.start() > sentence.start
        if name is not None and not introduces:  # "..., co-hosted by:" and a list
            yield name, Span(*found.span())


def _given(text: str, name: str, span: Span) -> tuple[Span, ...]:
    """Give what stands behind a label; a number of people behind names is none of them."""
    kept = trimmed(text, span)
    if kept is not None and name in ("organiser", "cohosts"):
        kept = shorn(text, kept)
    return () if kept is None or EMPTY.fullmatch(kept.of(text)) else (kept,)


@cache
def _ordered() -> re.Pattern[str]:
    """Give the pattern of what only counts a text or an event: "Resolution 1.", "Acto 2."."""
    words = lexicon.load().phrases
    return lexicon.compiled(
        rf"(?:{words['text_noun']}|{words['event_noun']}) (?:n[o°º.]* ?)?\d{{1,2}}[.:)]?"
    )


def _said(text: str, fields: dict[str, tuple[Span, ...]], rest: Sequence[Span]) -> None:
    """Add what sentences without a label say of a text: what it does, and what is doubted."""
    doubts = [one for one in rest if is_caveat(text, one)]
    does = [one for one in rest if one not in doubts]
    if doubts:
        fields.setdefault("caveat", (doubts[0],))
    if does:
        fields.setdefault("effect", (Span(does[0].start, does[-1].end),))


@dataclass
class _Group:
    fields: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)
    items: list[tuple[Span, Leaf | None]] = field(default_factory=list)
    n: Leaf | None = None
    last: str = ""
    first: Block | None = None
    """Its first labelled line: what is set deeper is under one of its labels."""
    listed: Block | None = None
    """The first item of a list under a label."""
    rest: list[Span] = field(default_factory=list)
    """What stands behind labels that name no field."""


def _groups(text: str, found: Sequence[Placed]) -> Iterator[Record]:
    group = _Group()
    for at, one in enumerate(found):
        label = _labelled(text, one)
        if label is None:
            if _goes_with(text, group, found, at):
                group.blocks.append(at)
                continue
            yield from _closed(group, found)
            group = _Group()
            continue
        name, rest = label
        if name in group.fields or (name == "title" and group.fields):
            yield from _closed(group, found)
            group = _Group()
        _begin(text, found, group, at)
        rest, more = _first_sentence(text, name, rest)
        if more is not None and "effect" not in group.fields:
            group.fields["effect"] = (more,)
        kept = trimmed(text, rest)
        empty = kept is None or EMPTY.fullmatch(kept.of(text))
        group.fields[name] = () if empty or kept is None else (kept,)
        group.blocks.append(at)
        group.last = name
    yield from _closed(group, found)


def _first_sentence(text: str, name: str, span: Span) -> tuple[Span, Span | None]:
    """Part "Sponsors: Jordan and Panama. Asks for a report": names end with their sentence."""
    first, *rest = [*sentences(text, span)] or [span]
    if name not in ("sponsors", "cohosts", "organiser", "attendance") or not rest:
        return span, None
    return first, Span(rest[0].start, span.end) if name == "sponsors" else None


def _begin(text: str, found: Sequence[Placed], group: _Group, at: int) -> None:
    """A group without a label for its title takes the line above it."""
    group.first = group.first or found[at].block
    if group.blocks or at == 0:
        return
    place = _over_labels(text, found, at)
    above = found[place]
    label = _labelled(text, found[at])
    if label is not None and label[0] == "title":
        return
    if above.block.kind in (Kind.HEADING, Kind.LINE, Kind.ITEM) and not above.heads and at > 1:
        group.fields["title"] = (above.block.span,)
        group.blocks += range(place, at)
        group.n = _marker(text, above)


def _over_labels(text: str, found: Sequence[Placed], at: int) -> int:
    """Give the line above a group: over lines with labels of their own, up to a heading."""
    place = at - 1
    while place > 0 and found[place].block.kind is found[at].block.kind:
        label = _LABEL.match(text, *found[place].block.span)
        if label is None or label.end() >= found[place].block.span.end:
            break
        place -= 1
    return place if found[place].block.kind is Kind.HEADING else at - 1


def _labelled(text: str, one: Placed) -> tuple[str, Span] | None:
    """Give the field that a line "label: value" or a row of two cells names, and its value."""
    if one.block.kind is Kind.ROW:
        label, rest = _pair(text, one)
    else:
        label, rest = _line(text, one)
    names = () if label is None else columns_of(text, label)
    if not names or rest is None or (names[0] == "title" and one.heads):
        return None
    own = FIELDS.get(one.part or "", ())
    return next((name for name in own if name in names), names[0]), rest


def _pair(text: str, one: Placed) -> tuple[Span | None, Span | None]:
    cells = one.block.cells
    if len(cells) != 2 or one.part not in OWN or columns_of(text, cells[1]):  # noqa: PLR2004 - a pair
        return None, None
    return cells[0], cells[1]


def _line(text: str, one: Placed) -> tuple[Span | None, Span | None]:
    if one.block.kind not in (Kind.LINE, Kind.ITEM):
        return None, None
    label = _LABEL.match(text, *one.block.span)
    if label is None:
        return None, None
    return Span(*label.span("label")), Span(label.end(), one.block.span.end)


def _goes_with(text: str, group: _Group, found: Sequence[Placed], at: int) -> bool:
    """Add a line that names no field to the group it stands in; tell whether it did."""
    one = found[at]
    if _listed(group, one.block):
        group.listed = group.listed or one.block
        group.items.append((one.block.span, _marker(text, one)))
        return True
    first, block = group.first, one.block
    if first is None or (block.kind, block.indent) != (first.kind, first.indent) or block.gap:
        return False
    count = came_at(text, block.span, block.marker)
    if count is not None and count.end() == block.span.end and "attendance" not in group.fields:
        group.fields["attendance"] = (block.span,)
        return True
    if one.part == "resolutions" and block.kind is Kind.LINE and text[block.span.end - 1] == ".":
        _said(text, group.fields, [*sentences(text, block.span)])
        return True
    label = _LABEL.match(text, *block.span)
    after = _labelled(text, found[at + 1]) if at + 1 < len(found) else None
    begins_anew = after is not None and after[0] in group.fields
    if label is None or len(label["label"].split()) > _MOST_LABEL or begins_anew:
        return False
    group.rest.append(Span(label.end(), block.span.end))
    return True


def _listed(group: _Group, block: Block) -> bool:
    """Whether an item is one of the list under a label: set deeper, or of another kind."""
    if group.last != "cohosts" or group.fields["cohosts"] or block.kind is not Kind.ITEM:
        return False
    if group.listed is not None:
        return _same_list(group.listed, block)
    first = group.first
    return first is None or first.kind is not Kind.ITEM or not _same_list(first, block)


def _same_list(one: Block, two: Block) -> bool:
    return (one.number is None) == (two.number is None) and two.indent >= one.indent


def _marker(text: str, one: Placed) -> Leaf | None:
    if one.block.number is None or one.block.marker is None:
        return None
    digits = re.compile(r"\d+(?=\D*$)").search(text, *one.block.marker)
    return None if digits is None else Leaf(one.block.number, Span(*digits.span()))


def _closed(group: _Group, found: Sequence[Placed]) -> Iterator[Record]:
    labels = {name for name in group.fields if name != "title"}
    about = found[group.blocks[-1]].part if group.blocks else None
    part = part_of_fields([(name,) for name in group.fields], about)
    weak = about not in OWN and len(labels) == 1  # "title: ..., author: ..." of a page
    untitled = "title" not in group.fields and part != "meetings"
    if part is None or weak or untitled or not labels:
        return
    if labels == {"attendance"}:  # how many came is of the event told above, which is no label
        return
    fields = dict(group.fields)
    if part == "resolutions" and group.rest:  # what else is said of a text is what it does
        fields.setdefault("effect", (group.rest[0],))
    if part == "events" and "sponsors" in fields:
        fields.setdefault("cohosts", fields.pop("sponsors"))
    yield Record(part, fields, tuple(group.blocks), group.n, tuple(group.items))

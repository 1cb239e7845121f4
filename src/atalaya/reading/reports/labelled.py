"""Groups of labelled lines, and lines of labelled sentences, as records of named fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import sentences
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
    r"(?:\*\*|__)?(?P<label>[^\n:|]{1,40}?)(?:\*\*|__)?[ \u00a0]?[:：](?:\*\*|__)?[ \u00a0]*"
)


def records(text: str, found: Sequence[Placed]) -> tuple[Record, ...]:
    """Read every table and every group of labelled lines."""
    inline = [*_inline(text, found)]
    taken = {at for one in inline for at in one.blocks}
    groups = (one for one in _groups(text, found) if not taken.intersection(one.blocks))
    return (*tables(text, found), *groups, *inline)


def _inline(text: str, found: Sequence[Placed]) -> Iterator[Record]:
    """Read blocks whose sentences are labelled: "Title. Organiser: A. Partners: B. Public: 28"."""
    for at, one in enumerate(found):
        if one.block.kind not in (Kind.LINE, Kind.ITEM) or one.part not in OWN:
            continue
        fields: dict[str, tuple[Span, ...]] = {}
        rest: list[Span] = []
        for sentence in sentences(text, one.block.span):
            label = _LABEL.match(text, *sentence)
            names = () if label is None else columns_of(text, label.span("label"))
            name = next((name for name in FIELDS[one.part] if name in names), None)
            if label is None or name is None:
                rest.append(sentence)
                continue
            kept = trimmed(text, (label.end(), sentence.end))
            empty = kept is None or EMPTY.fullmatch(kept.of(text))
            given = () if empty or kept is None else (kept,)
            fields[name] = (*fields.get(name, ()), *given)
        begins = bool(rest) and rest[0].start == one.block.span.start
        if fields.keys() - {"attendance"} and "title" not in fields and begins:
            fields["title"] = (rest[0],)
            if one.part == "resolutions" and len(rest) > 1:
                fields.setdefault("effect", (Span(rest[1].start, rest[-1].end),))
            yield Record(one.part, fields, (at,), _marker(text, one))


@dataclass
class _Group:
    fields: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)
    items: list[tuple[Span, Leaf | None]] = field(default_factory=list)
    n: Leaf | None = None
    last: str = ""


def _groups(text: str, found: Sequence[Placed]) -> Iterator[Record]:
    group = _Group()
    for at, one in enumerate(found):
        label = _labelled(text, one)
        if label is None:
            if _listed(group, one):
                group.items.append((one.block.span, _marker(text, one)))
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
    if group.blocks or at == 0:
        return
    above = found[at - 1]
    label = _labelled(text, found[at])
    if label is not None and label[0] == "title":
        return
    if above.block.kind in (Kind.HEADING, Kind.LINE, Kind.ITEM) and not above.heads and at > 1:
        group.fields["title"] = (above.block.span,)
        group.blocks.append(at - 1)
        group.n = _marker(text, above)


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


def _listed(group: _Group, one: Placed) -> bool:
    return group.last == "cohosts" and not group.fields["cohosts"] and one.block.kind is Kind.ITEM


def _marker(text: str, one: Placed) -> Leaf | None:
    if one.block.number is None or one.block.marker is None:
        return None
    digits = re.compile(r"\d+").search(text, *one.block.marker)
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
    if part == "events" and "sponsors" in fields:
        fields.setdefault("cohosts", fields.pop("sponsors"))
    yield Record(part, fields, tuple(group.blocks), group.n, tuple(group.items))

"""Rows of tables, and groups of labelled lines, as records of named fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\n:|]{1,40}?)(?:\*\*|__)?[ \u00a0]?[:：](?:\*\*|__)?[ \u00a0]*"
)
_OWN = {
    "events": {"organiser", "cohosts", "attendance"},
    "resolutions": {"symbol", "sponsors", "effect", "caveat"},
    "meetings": {"kind", "counterparts", "purpose", "count"},
}
_FIELDS = {
    "events": ("number", "title", "organiser", "cohosts", "attendance"),
    "resolutions": ("number", "symbol", "title", "sponsors", "effect", "caveat"),
    "meetings": ("kind", "count", "counterparts", "purpose"),
}
_AND = re.compile(r" (?:and|y|et|e|&) | ?/ ?")
_EMPTY = re.compile(
    r"[\s–—-]*|n/?[ad]\.?|s/?[dr]\.?|n/?[cd]\.?|none|not (?:recorded|known|available|counted)|"
    r"unknown|"
    r"sin (?:dato|datos|registro|registrar|información)|no (?:consta|disponible|registrad[oa])|"
    r"ningun[oa]|se desconoce|inconnu|non (?:communiqué|connu|disponible|compté)e?s?|néant|aucune?|"
    r"nc|\?+|…|\.\.\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row or group.

    Args:
        part: What it is about: ``events``, ``resolutions`` or ``meetings``.
        fields: Field -> where it is said.
        blocks: Numbers of the blocks it was read from.
        n: Its number as printed, or None.
        items: Items of a list under one of its labels, each with its number.
    """

    part: str
    fields: Mapping[str, tuple[Span, ...]]
    blocks: tuple[int, ...]
    n: Leaf | None = None
    items: tuple[tuple[Span, Leaf | None], ...] = ()

    def spans(self, name: str) -> tuple[Span, ...]:
        """Give where a field is said; nothing where it is empty."""
        return self.fields.get(name, ())

    def leaf(self, text: str, name: str, *, article: bool = False) -> Leaf | None:
        """Give a field's words, or None."""
        found = (leaf(text, span, article=article) for span in self.spans(name))
        return next((one for one in found if one is not None), None)

    def number(self, text: str, name: str) -> Leaf | None:
        """Give the first number of a field, or None."""
        for span in self.spans(name):
            found = re.compile(rf"(?<!\w){lexicon.load().number}(?!\w)", re.IGNORECASE).search(
                text, *span
            )
            if found is not None:
                return Leaf(lexicon.load().value(found[0]), Span(*found.span()))
        return None


def records(text: str, found: Sequence[Placed]) -> tuple[Record, ...]:
    """Read every table and every group of labelled lines."""
    return (*_tables(text, found), *_groups(text, found))


def _columns(text: str, span: tuple[int, int]) -> tuple[str, ...]:
    """Give every field that a label may stand for: "with" is a partner or who was met."""
    kept = trimmed(text, span)
    if kept is None:
        return ()
    bracket = text.find("(", *kept)  # "Event (number of participants)" is the event
    kept = trimmed(text, (kept.start, bracket)) or kept if bracket > kept.start else kept
    return _names(" ".join(kept.of(text).split()))


@cache
def _names(label: str) -> tuple[str, ...]:
    columns = lexicon.load().columns
    whole = tuple(name for name, pattern in columns.items() if pattern.fullmatch(label))
    if whole:
        return whole
    first = _AND.split(label, maxsplit=1)[0]  # "Title and organisers" begins with the title
    return tuple(name for name, pattern in columns.items() if pattern.fullmatch(first))


def _tables(text: str, found: Sequence[Placed]) -> Iterator[Record]:
    head: list[str | None] = []
    part: str | None = None
    for at, one in enumerate(found):
        if one.block.kind is not Kind.ROW:
            head = []
            continue
        cells = one.block.cells
        names = [_columns(text, cell) for cell in cells]
        if sum(bool(name) for name in names) > 1 and not (head and cells and _repeats(names)):
            part = _part(names, one.part)
            head = _settled(names, part)
        elif head and cells and part is not None:
            yield _row(text, at, dict_of(text, head, cells), part)


def _repeats(names: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row under a heading only happens to hold words that also head columns."""
    return not all(names)


def _settled(names: Sequence[Sequence[str]], part: str | None) -> list[str | None]:
    """Name columns for what the table is about: a sponsor of an event is a co-host."""
    order = _FIELDS.get(part or "", ())
    settled: list[str | None] = []
    for given in names:
        own = next((name for name in order if name in given and name not in settled), None)
        if own is None and part == "events" and "sponsors" in given:
            own = "cohosts"
        settled.append(own)
    return settled


def _part(names: Sequence[Sequence[str]], part: str | None) -> str | None:
    """Tell what fields are of: the part of the report where its own are among them."""
    scores = {
        about: sum(any(name in own for name in given) for given in names)
        for about, own in _OWN.items()
    }
    if scores.get(part or ""):
        return part
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else part if part in scores else None


def dict_of(
    text: str, head: Sequence[str | None], cells: Sequence[Span]
) -> dict[str, tuple[Span, ...]]:
    """Give the cells of a row by column; empty ones are left out."""
    fields: dict[str, tuple[Span, ...]] = {}
    for name, cell in zip(head, cells, strict=False):
        kept = trimmed(text, cell)
        if name and kept is not None and not _EMPTY.fullmatch(kept.of(text)):
            fields.setdefault(name, (kept,))
    return fields


def _row(text: str, at: int, fields: dict[str, tuple[Span, ...]], part: str) -> Record:
    n = None
    if "number" in fields:
        digits = re.compile(r"\d+").search(text, *fields["number"][0])
        n = Leaf(int(digits[0]), Span(*digits.span())) if digits else None
    return Record(part, fields, (at,), n)


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
        kept = trimmed(text, rest)
        empty = kept is None or _EMPTY.fullmatch(kept.of(text))
        group.fields[name] = () if empty or kept is None else (kept,)
        group.blocks.append(at)
        group.last = name
    yield from _closed(group, found)


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
    names = () if label is None else _columns(text, label)
    if not names or rest is None or (names[0] == "title" and one.heads):
        return None
    own = _FIELDS.get(one.part or "", ())
    return next((name for name in own if name in names), names[0]), rest


def _pair(text: str, one: Placed) -> tuple[Span | None, Span | None]:
    cells = one.block.cells
    if len(cells) != 2 or one.part not in _OWN or _columns(text, cells[1]):  # noqa: PLR2004 - a pair
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
    part = _part(
        [(name,) for name in group.fields], found[group.blocks[-1]].part if group.blocks else None
    )
    if part is None or "title" not in group.fields and part != "meetings" or not labels:  # noqa: RUF021
        return
    if labels == {"attendance"}:  # how many came is of the event told above, which is no label
        return
    fields = dict(group.fields)
    if part == "events" and "sponsors" in fields:
        fields.setdefault("cohosts", fields.pop("sponsors"))
    yield Record(part, fields, tuple(group.blocks), group.n, tuple(group.items))

"""Rows of tables as records of named fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.leaves import counted, only_states, several
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed
from atalaya.reading.reports.symbols import NUMBER, SYMBOL

OWN = {
    "events": {"organiser", "cohosts", "attendance"},
    "resolutions": {"symbol", "sponsors", "effect", "caveat"},
    "meetings": {"kind", "counterparts", "purpose", "count"},
}
FIELDS = {
    "events": ("number", "title", "organiser", "cohosts", "attendance"),
    "resolutions": ("number", "symbol", "title", "sponsors", "effect", "caveat"),
    "meetings": ("kind", "count", "counterparts", "purpose"),
}
# What the cells of a row without a heading say one after the other, and how many it has at least.
_IN_ORDER = {
    "resolutions": ("title", "effect", "caveat"),
    "events": ("title", "organiser", "cohosts"),
}
_FEWEST_CELLS = 3
_MANY = 40  # rows of a table that show what a column holds
_AND = re.compile(r" (?:and|y|et|e|&) | ?/ ?")
# "Our reservations", "Lead sponsors": what stands before the word says whose or which.
_OWNED = re.compile(
    r"(?:our|their|its|the|main|key|lead|nos|notre|leurs?|nuestr[oa]s?|sus?|las?|los|el|les?|"
    r"principal(?:es)?|who|qui[eé]n(?:es)?|qui(?: a| ont)?) ",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"[ \u00a0](?:principal(?:es)?|principaux|total(?:es)?|aprox\w*\.?|estimad[oa]s?|estimée?s?)$",
    re.IGNORECASE,
)
_OF_ROLE = {"organised": "organiser", "cohosts": "cohosts", "sponsors": "sponsors"}
EMPTY = re.compile(
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
        counted: Whether the column of titles says that brackets in it give how many came.
    """

    part: str
    fields: Mapping[str, tuple[Span, ...]]
    blocks: tuple[int, ...]
    n: Leaf | None = None
    items: tuple[tuple[Span, Leaf | None], ...] = ()
    counted: bool = False

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
            words = span.of(text)  # a cell by itself: the one before may be glued to it
            found = re.compile(rf"(?<!\w){lexicon.load().number}(?!\w)", re.IGNORECASE).search(
                words
            )
            if found is not None:
                place = Span(span.start + found.start(), span.start + found.end())
                return Leaf(lexicon.load().value(found[0]), place)
        return None


def columns_of(text: str, span: tuple[int, int]) -> tuple[str, ...]:
    """Give every field that a label may stand for: "with" is a partner or who was met."""
    kept = trimmed(text, span)
    if kept is None:
        return ()
    bracket = text.find("(", *kept)  # "Event (number of participants)" is the event
    kept = trimmed(text, (kept.start, bracket)) or kept if bracket > kept.start else kept
    return _names(" ".join(kept.of(text).split()))


@cache
def _names(label: str) -> tuple[str, ...]:
    first = _AND.split(label, maxsplit=1)[0]  # "Title and organisers" begins with the title
    for words in (label, _OWNED.sub("", label), first, _MORE.sub("", label)):
        whole = tuple(_named(words))
        if whole:
            return whole
    return ()


def _named(label: str) -> Iterator[str]:
    """Give the fields a label is a heading of, or the role that a phrase such as "led by" gives."""
    words = lexicon.load()
    yield from (name for name, pattern in words.columns.items() if pattern.fullmatch(label))
    if lexicon.compiled(words.phrases["made_by"]).fullmatch(label):
        return  # who wrote the report has tabled nothing
    for role, name in _OF_ROLE.items():  # some phrases end with a space: "avec l'appui de "
        if words.roles[role].fullmatch(label) or words.roles[role].fullmatch(f"{label} "):
            yield name


def tables(text: str, found: Sequence[Placed]) -> Iterator[Record]:
    """Read the rows of every table."""
    head: list[str | None] = []
    part: str | None = None
    counts = False
    for at, one in enumerate(found):
        if one.block.kind is not Kind.ROW:
            head = []
            continue
        cells = one.block.cells
        names = [columns_of(text, cell) for cell in cells]
        after = found[at + 1].block if at + 1 < len(found) else one.block
        rule = after.kind is Kind.ROW and not after.cells
        ruled = not head and rule and one.part in OWN
        if (ruled or sum(bool(name) for name in names) > 1) and not (
            head and cells and _repeats(names)
        ):
            part = part_of_fields(names, one.part)
            rows = [*_below(found, at)]
            head = _settled(_symbols(text, names, rows, part), part)
            head = _guessed(text, head, rows, part)
            counts = any(_counts(text, cell) for cell in cells)
        elif head and cells and part is not None:
            row = _row(text, at, dict_of(text, head, cells), part)
            yield replace(row, counted=counts)
        elif not head and one.part in _IN_ORDER and len(cells) >= _FEWEST_CELLS:
            fields = _by_content(text, cells, one.part)
            if fields:
                yield _row(text, at, fields, one.part)


def _symbols(
    text: str, names: Sequence[tuple[str, ...]], rows: Sequence[Sequence[Span]], part: str | None
) -> list[tuple[str, ...]]:
    """Know a column of symbols under any words: "No.", "Resolution"."""
    made = [*names]
    for column in range(len(names) if part == "resolutions" else 0):
        cells = [kept for row in rows[:_MANY] if (kept := _cell(text, row, column)) is not None]
        if cells and all(SYMBOL.fullmatch(text, *cell) for cell in cells):
            made[column] = ("symbol",)
    return made


def _cell(text: str, row: Sequence[Span], column: int) -> Span | None:
    """Give a cell of a row, or None where it is empty."""
    kept = trimmed(text, row[column]) if column < len(row) else None
    return None if kept is None or EMPTY.fullmatch(kept.of(text)) else kept


def _by_content(text: str, cells: Sequence[Span], part: str) -> dict[str, tuple[Span, ...]]:
    """Name the cells of a row without a heading by what they hold, the rest in the usual order."""
    fields: dict[str, tuple[Span, ...]] = {}
    rest = [*_IN_ORDER[part]]
    for cell in cells:
        kept = trimmed(text, cell)
        if kept is None or EMPTY.fullmatch(kept.of(text)):
            continue
        name = _shown(text, kept, part) or next(iter(rest), None)
        if name is not None and name not in fields:
            fields[name] = (kept,)
            rest = [one for one in rest if one != name]
    known = {"resolutions": {"symbol", "sponsors"}, "events": {"attendance"}}[part]
    return fields if known & fields.keys() else {}


def _shown(text: str, cell: Span, part: str) -> str | None:
    """Give the field that a cell shows by itself: a symbol, States, a number of people."""
    words = cell.of(text)
    if part == "events":
        people = counted("people").pattern.fullmatch(words) or words.isdecimal()
        return "attendance" if people else None
    if SYMBOL.fullmatch(words) or NUMBER.fullmatch(words):
        return "symbol"
    return "sponsors" if only_states(text, cell) else None


def _below(found: Sequence[Placed], at: int) -> Iterator[tuple[Span, ...]]:
    """Give the cells of the rows under a heading."""
    for by in range(at + 1, len(found)):
        if found[by].block.kind is not Kind.ROW:
            return
        if found[by].block.cells:
            yield found[by].block.cells


def _guessed(
    text: str, head: list[str | None], rows: Sequence[Sequence[Span]], part: str | None
) -> list[str | None]:
    """Name the columns whose headings say nothing known by what all of their cells hold."""
    made = [*head]
    for column, name in enumerate(head):
        cells = [kept for row in rows if (kept := _cell(text, row, column)) is not None]
        if name is None and cells:
            told = _told_by(text, cells, part)
            made[column] = None if told in made else told
    return made


def _told_by(text: str, cells: Sequence[Span], part: str | None) -> str | None:
    names = [several(text, cell) for cell in cells]
    said = [str(one.name.value) for each in names for one in each]
    proper = all(is_proper(one) and not any(map(str.isdigit, one)) for one in said)
    if part == "events":
        if all(cell.of(text).isdigit() for cell in cells):
            return "attendance"
        many = any(len(each) > 1 for each in names)
        return ("cohosts" if many else "organiser") if proper else None
    if part == "resolutions":
        if all(SYMBOL.search(cell.of(text)) for cell in cells):
            return "symbol"
        return "sponsors" if all(only_states(text, cell) for cell in cells) else None
    return ("counterparts" if proper else "purpose") if part == "meetings" else None


def _counts(text: str, cell: Span) -> bool:
    """Whether a heading says "Event (number of participants)"."""
    found = re.compile(r"\(([^()]+)\)").search(text, *cell)
    return found is not None and "attendance" in _names(found[1])


def _repeats(names: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row under a heading only happens to hold words that also head columns."""
    return not all(names)


def _settled(names: Sequence[Sequence[str]], part: str | None) -> list[str | None]:
    """Name columns for what the table is about: a sponsor of an event is a co-host of it."""
    order = FIELDS.get(part or "", ())
    settled: list[str | None] = []
    for given in names:
        own = next((name for name in order if name in given and name not in settled), None)
        if own is None and part == "events" and "sponsors" in given:
            own = "cohosts"
        if own is None and part == "resolutions" and "cohosts" in given:
            own = "sponsors"
        settled.append(own)
    return settled


def part_of_fields(names: Sequence[Sequence[str]], part: str | None) -> str | None:
    """Tell what fields are of: the part of the report where its own are among them."""
    scores = {
        about: sum(any(name in own for name in given) for given in names)
        for about, own in OWN.items()
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
        if name and kept is not None and not EMPTY.fullmatch(kept.of(text)):
            fields.setdefault(name, (kept,))
    return fields


def _row(text: str, at: int, fields: dict[str, tuple[Span, ...]], part: str) -> Record:
    n = None
    if "number" in fields:
        digits = re.compile(r"\d+").search(text, *fields["number"][0])
        plain = digits is not None and "/" not in fields["number"][0].of(text)  # "66/1" is a symbol
        n = Leaf(int(digits[0]), Span(*digits.span())) if digits and plain else None
    return Record(part, fields, (at,), n)

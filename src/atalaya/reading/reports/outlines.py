"""The outline of a report: which lines head what follows, and which only look like items.

Blocks are told apart line by line; what a line is shows only beside its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from atalaya.reading.reports.blocks import LOWEST, Block, Kind
from atalaya.reading.reports.spans import Span

_UNDERLINE = re.compile(r"[ \t]*(?:(?P<high>={3,})|-{3,})[ \t]*")
_LETTERED = re.compile(
    r"(?P<mark>[A-Z]|[IVX]{1,5}|[A-ZÁÉÍÓÚ]{5,9}O)[.)][ \t\u00a0]+(?=[A-ZÀ-Ý¿¡«“\"'])"
)
_MOST_WORDS = 9  # of a heading
_FEWEST_PARTS = 3  # two numbers with text between may be two items
_LONG_WORD = 6  # letters of a heading of one word: shorter ones may be names
_LABEL = 2  # words of a label such as "Co-hosts:", which is no sentence
_PARAGRAPH = 12  # words from which a numbered block may be a paragraph of an official report


def outlined(text: str, found: Sequence[Block]) -> tuple[Block, ...]:
    """Give the blocks with headings, items and numbered paragraphs told from their neighbours."""
    kept = [*_underlined(text, found)]
    kept = [*_pictured(text, kept)]
    kept = [*_lettered(text, kept)]
    kept = [*_capital(text, kept)]
    parts = _numbered_parts(text, kept)
    kept = [
        replace(one, kind=Kind.HEADING, level=LOWEST) if at in parts else one
        for at, one in enumerate(kept)
    ]
    continued = _continued(text, kept)
    return tuple(_placed(text, kept, at, continued=continued) for at in range(len(kept)))


def _numbered_parts(text: str, found: Sequence[Block]) -> frozenset[int]:
    """Give the blocks that number the parts of the whole: 1, 2, 3, with other text between.

    Lists inside the parts begin anew; what counts on over them heads the parts.
    """
    parts: list[int] = []
    for at, one in enumerate(found):
        apart = not parts or at - parts[-1] > 1
        numbered = one.kind is Kind.ITEM and one.number is not None and not one.indent
        if not numbered or one.number != len(parts) + 1 or not apart:
            continue
        if _alone(text, found, at) or _divided(text, found, at):
            parts.append(at)
    return frozenset(parts if len(parts) >= _FEWEST_PARTS else ())


def _divided(text: str, found: Sequence[Block], at: int) -> bool:
    """Whether the numbers that follow divide this one: 2.1 under 2."""
    after = found[at + 1].marker if at + 1 < len(found) else None
    return after is not None and after.of(text).strip().startswith(f"{found[at].number}.1")


def _underlined(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """A line with a rule right under it is a heading."""
    for at, one in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        rule = _rule(text, one, after)
        if rule is not None:
            yield replace(one, kind=Kind.HEADING, level=1 if rule["high"] else 2)
        elif at == 0 or _rule(text, found[at - 1], one) is None:
            yield one


def _rule(text: str, one: Block, after: Block | None) -> re.Match[str] | None:
    begins = one.gap or not one.span.start or after is None or after.span.start == 0
    short = one.kind is Kind.LINE and begins and len(one.span.of(text).split()) <= _PARAGRAPH
    if not short or after is None or after.kind is not Kind.DEBRIS or after.gap:
        return None
    return _UNDERLINE.fullmatch(text, *after.span)


def _pictured(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """Lines that begin with the same kind of small picture one after the other are a list."""
    marks = [
        one.marker.of(text).strip() if one.kind is Kind.LINE and one.marker is not None else ""
        for one in found
    ]
    for at, one in enumerate(found):
        listed = marks[at] and marks[at] in (*marks[max(at - 1, 0) : at], *marks[at + 1 : at + 2])
        yield replace(one, kind=Kind.ITEM) if listed else one


def _capital(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """Short lines in capitals, each behind an empty line, head what follows them."""
    heads = [at > 0 and _in_capitals(text, one) for at, one in enumerate(found)]
    several = sum(heads) > 1
    for one, head in zip(found, heads, strict=True):
        yield replace(one, kind=Kind.HEADING, level=LOWEST) if head and several else one


def _in_capitals(text: str, one: Block) -> bool:
    words = one.span.of(text)
    return (
        one.kind is Kind.LINE
        and one.gap
        and words.isupper()
        and 1 < len(words.split()) + (len(words) > _LONG_WORD) <= _MOST_WORDS
        and words[-1] not in ".:;,!"
    )


def _lettered(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """Lines "A. ...", "B. ..." one after the other are a list; "II. Attendance" alone a heading."""
    marks = [_LETTERED.match(text, *one.span) if one.kind is Kind.LINE else None for one in found]
    for at, one in enumerate(found):
        mark = marks[at]
        near = [_follow(mark, marks[by]) for by in (at - 1, at + 1) if 0 <= by < len(found)]
        if mark is None or not (any(near) or _alone(text, found, at)):
            yield one
            continue
        span = Span(mark.end(), one.span.end)
        kind = Kind.ITEM if any(near) else Kind.HEADING
        yield replace(one, kind=kind, span=span, marker=Span(*mark.span()), level=LOWEST)


def _follow(one: re.Match[str] | None, two: re.Match[str] | None) -> bool:
    """Whether two letters or words of order are next to each other: A and B, PRIMERO, SEGUNDO."""
    if one is None or two is None:
        return False
    marks = one["mark"], two["mark"]
    if all(len(mark) == 1 for mark in marks):
        return abs(ord(marks[0]) - ord(marks[1])) == 1
    roman = [re.fullmatch(r"[IVX]+", mark) is not None for mark in marks]
    return all(roman) or (not any(roman) and all(len(mark) > 1 for mark in marks))


def _alone(text: str, found: Sequence[Block], at: int) -> bool:
    """Whether a short line stands by itself, with text and no item after it."""
    words = found[at].span.of(text)
    after = found[at + 1] if at + 1 < len(found) else None
    return (
        after is not None
        and found[at].gap
        and after.gap
        and len(words.split()) <= _MOST_WORDS
        and words[-1] not in ".:;,!)"
    )


def _continued(text: str, found: Sequence[Block]) -> bool:
    """Whether numbers go on from section to section: then they number paragraphs, not items."""
    last, headed, went_on = 0, False, 0
    for at, one in enumerate(found):
        if _heads(text, found, at):
            headed = True
        elif one.kind is Kind.ITEM and one.number is not None and one.gap:
            if one.number != last + 1:
                return False
            went_on += headed and last > 0
            last, headed = one.number, False
    return went_on > 1


def _heads(text: str, found: Sequence[Block], at: int) -> bool:
    one = found[at]
    return one.kind is Kind.HEADING or (one.kind is Kind.LINE and _alone(text, found, at))


def _placed(text: str, found: Sequence[Block], at: int, *, continued: bool) -> Block:
    one = found[at]
    if one.kind is not Kind.ITEM or one.number is None:
        return one
    words = one.span.of(text)
    after = found[at + 1] if at + 1 < len(found) else None
    nested = after is not None and after.kind is Kind.ITEM and after.number is None
    if words[-1] == ":" and nested and len(words.split()) > _LABEL:
        return replace(one, kind=Kind.LINE)
    if continued and one.gap and words[-1] in ".:;" and len(words.split()) > _LABEL:
        return replace(one, kind=Kind.LINE)
    return _numbered_heading(text, found, at)


def _depth(text: str, one: Block) -> int:
    """How deep a number goes: "2." one, "2.1" two."""
    return 0 if one.marker is None else len(re.findall(r"\d+", one.marker.of(text)))


def _numbered_heading(text: str, found: Sequence[Block], at: int) -> Block:
    """A line "2. Parallel sessions" between paragraphs is a heading; in a list it is an item."""
    one = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    listed = any(
        two is not None
        and two.kind is Kind.ITEM
        and two.number is not None
        and _depth(text, two) == _depth(text, one)
        for two in (before, after)
    )
    if listed or not _alone(text, found, at) or one.indent:
        return one
    return replace(one, kind=Kind.HEADING, level=LOWEST)

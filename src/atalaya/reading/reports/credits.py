"""What the lines of credits say beside who made a report: how long it takes to read, its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

PROSE = 60  # letters from which a block is running text
_PAIR = 2
_LONGEST_TAGS = 400  # letters: a list of tags is no paragraph
LONGEST_CREDIT = 120  # letters of the longest line of credits
CREDITS = re.compile(
    r"[ \u00a0]+[|·•–—][ \u00a0]+|"
    r"(?:,|[ \u00a0](?:on|el|"
    r"le))[ \u00a0](?=\d{1,2}[ \u00a0](?:de[ \u00a0])?\w+[ \u00a0](?:de[ \u00a0])"
    r"?\d{4})|[ \u00a0]on[ \u00a0](?=[A-Z][a-z]+[ \u00a0]\d{1,2},?[ \u00a0]\d{4})|"
    r"\.[ \u00a0]+(?=[A-ZÀ-Ý][\w’' \u00a0]{1,25}?[ \u00a0]?:[ \u00a0])|"  # "X. Reading time: 3 min"
    r"[ \u00a0]*<[^<>\s]+@[^<>\s]+>"
)
_HASHED = re.compile(r"(?<![\w&#/])#(?=[^\W\d_])")
_TAG = re.compile(r"#(?!\s)([^#\n\r,;|]+)")
_MINUTES = re.compile(r"(?P<n>\d{1,2})[ \u00a0]?(?:min\.?|mins|minut[eo]s?)", re.IGNORECASE)


def pieces(text: str, span: Span) -> Iterator[Leaf]:
    """Give what stands between the bars and dashes of a line of credits."""
    at = span.start
    for mark in (*CREDITS.finditer(text, *span), None):
        end = span.end if mark is None else mark.start()
        piece = leaf(text, (at, end), article=True)
        if piece is not None:
            yield piece
        at = end if mark is None else mark.end()


@cache
def reading_time_said() -> re.Pattern[str]:
    """Give the pattern of how many minutes a page says it takes to read."""
    words = lexicon.load()
    return lexicon.compiled(
        rf"(?:{words.phrases['reading_label']}[*_:\x20\u00a0]{{0,6}}"
        rf"(?:[^\W\d]+\.? )?(?P<m>\d{{1,3}}) ?min\w*|"
        rf"(?<!\w)(?P<n>\d{{1,3}})[\x20\u00a0-]?(?:{words.phrases['reading']}))"
    )


def reading_time(text: str, found: Sequence[Block]) -> Leaf | None:
    """Give the minutes that a report takes to read, as it says itself, or None."""
    said = reading_time_said().search(text)
    if said is not None:
        return Leaf(int(said["n"] or said["m"]), Span(*said.span()))
    for block in found:  # "3 April 2024 · 5 minutes": a piece of a line of credits
        parts = [*pieces(text, block.span)] if len(block.span.of(text)) <= LONGEST_CREDIT else []
        for piece in parts if len(parts) > 1 else ():
            alone = _MINUTES.fullmatch(text, *piece.span)
            if alone is not None:
                return Leaf(int(alone["n"]), Span(*alone.span("n")))
    return None


@cache
def generic() -> re.Pattern[str]:
    """What kind of document it is, set above its title."""
    return lexicon.compiled(rf"[*_]{{0,2}}{lexicon.load().phrases['generic_title']}[*_:]{{0,3}}")


@cache
def _tag_label(kind: str) -> re.Pattern[str]:
    words = lexicon.load().phrases[kind]
    return lexicon.compiled(
        rf"[*_]{{0,2}}(?:(?P<said>tagged|filed under|posted in|classé dans)(?= )|{words})"
        rf"[*_]{{0,2}} ?:?[*_]{{0,2}} ?"
    )


def tags(text: str, found: Sequence[Block]) -> tuple[Leaf, ...]:
    """Give the tags of a line of #tags, or of the line after or behind the word for them."""
    for place, block in enumerate(found):
        words = block.span.of(text)
        hashed = [*_HASHED.finditer(text, *block.span)] if block.kind is not Kind.HEADING else []
        if len(hashed) > 1 and (words.startswith("#") or len(words) <= LONGEST_CREDIT):
            return _all_tags(text, Span(hashed[0].start(), block.span.end))
        given = _labelled(text, found, place, "tags")
        if given is not None:
            listed = [*_items_from(found, place + 1)] if given.start > block.span.end else []
            every = (_all_tags(text, one) for one in listed or (given,))
            return tuple(tag for one in every for tag in one)
    sorts = (_labelled(text, found, place, "categories") for place in range(len(found)))
    given = next((one for one in sorts if one is not None), None)
    return () if given is None else _all_tags(text, given)


def _items_from(found: Sequence[Block], at: int) -> Iterator[Span]:
    """Give the items of a list that begins at a block."""
    for block in found[at:]:
        if block.kind is not Kind.ITEM:
            return
        yield block.span


def _labelled(text: str, found: Sequence[Block], place: int, kind: str) -> Span | None:
    """Give what stands behind the word for tags, or in the line after it."""
    block = found[place]
    if len(block.cells) == _PAIR:  # a table of facts: "Tags | a, b"
        named = trimmed(text, block.cells[0])
        told = named is not None and _tag_label(kind).fullmatch(text, *named)
        return block.cells[1] if told else None
    label = _tag_label(kind).match(text, *block.span)
    if label is None or len(block.span.of(text)) > _LONGEST_TAGS:
        return None
    rest = Span(label.end(), block.span.end)
    if (":" in label[0] or label["said"]) and rest.of(text).strip():
        return rest
    if not rest.of(text).strip() and place + 1 < len(found):
        return found[place + 1].span
    return None


def _all_tags(text: str, span: Span) -> tuple[Leaf, ...]:
    words = span.of(text)
    marks = (
        r"([^,;·|\[\]]+)"
        if re.search(r"[,;·|]", words)
        else r"((?:(?![ \u00a0][–—-][ \u00a0])[^\[\]])+)"
    )
    pattern = _TAG if "#" in words else re.compile(marks)
    found = (leaf(text, one.span(1)) for one in pattern.finditer(text, *span))
    return tuple(
        one for one in found if one is not None and not reading_time_said().search(text, *one.span)
    )

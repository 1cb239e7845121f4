"""What a report says of itself: title, publisher, language, tags, reading time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.spans import Leaf, Span, leaf

_FIRST = 12  # blocks among which a page says what it is and whose
_MOST_WORDS = 8
_PROSE = 60  # letters from which a block is running text
_TAG = re.compile(r"#(?!\s)([^#\n\r,;]+)")
_SAMPLE = 4000
LANGUAGES = ("en", "es", "fr", "pt")
_NEVER = re.compile(r"[.!?:;]$|\d{4}|@|https?:|www\.")


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself, each value or None."""

    title: Leaf | None
    publisher: Leaf | None
    language: Leaf | None
    tags: tuple[Leaf, ...]
    reading_time: Leaf | None


def about(text: str, found: Sequence[Block]) -> About:
    """Read it from the first and the last blocks."""
    title = _title(text, found)
    reading = _reading_time(text)
    return About(
        title=title,
        publisher=_publisher(text, found, title),
        language=_language(text, found),
        tags=_tags(text, found),
        reading_time=reading,
    )


@cache
def _label(kind: str) -> re.Pattern[str]:
    return lexicon.compiled(
        rf"(?:\*\*|__)?{lexicon.load().phrases[kind]}(?:\*\*|__)? ?[:：](?:\*\*|__)? ?"
    )


@cache
def _reading() -> re.Pattern[str]:
    words = lexicon.load()
    return lexicon.compiled(rf"(?<!\w)(?P<n>\d{{1,3}})[\x20\u00a0-]?(?:{words.phrases['reading']})")


def is_interface(text: str, block: Block) -> bool:
    """Whether a block is a word of the page around a report and not of the report."""
    words = lexicon.load()
    label = lexicon.compiled(rf"{words.phrases['tags']} ?:?")
    return bool(_reading().search(text, *block.span) or label.fullmatch(text, *block.span))


def _title(text: str, found: Sequence[Block]) -> Leaf | None:
    for block in found[:_FIRST]:
        if block.kind is Kind.DEBRIS or is_interface(text, block):
            continue
        if block.kind is Kind.ROW:
            return None
        label = _label("title").match(text, *block.span)
        return leaf(text, (label.end() if label else block.span.start, block.span.end))
    return None


def _reading_time(text: str) -> Leaf | None:
    found = _reading().search(text)
    return None if found is None else Leaf(int(found["n"]), Span(*found.span()))


def _publisher(text: str, found: Sequence[Block], title: Leaf | None) -> Leaf | None:
    own = [one for one in found[:_FIRST] if title is None or one.span.end > title.span.end]
    for block in (*own, *found[-_FIRST:]):
        label = lexicon.compiled(
            rf"[*_]{{0,2}}(?:{lexicon.load().phrases['publisher']})[*_]{{0,2}} ?(?::|"
            rf" )[*_]{{0,2}} ?(?=[A-ZÀ-Ý])"
        ).match(text, *block.span)
        if label is None or block.kind is Kind.ROW:
            continue
        named = leaf(text, (label.end(), block.span.end), article=True)
        if named is not None and _is_name(text, named.span):
            return named
    for block in own:
        if len(block.span.of(text)) > _PROSE or block.kind in (Kind.HEADING, Kind.ITEM, Kind.ROW):
            break
        if block.kind is Kind.LINE and not is_interface(text, block) and _is_name(text, block.span):
            return leaf(text, block.span, article=True)
    return None


def _is_name(text: str, span: tuple[int, int]) -> bool:
    words = text[span[0] : span[1]]
    return (
        words[:1].isupper()
        and len(words.split()) <= _MOST_WORDS
        and _NEVER.search(words) is None
        and (" " in words or words.isupper())
        and not re.search(
            r"\b(?:report|informe|rapport|session|sesi[oó]n|sesiones|réunion|reunión|meeting)\b",
            words,
            re.IGNORECASE,
        )
    )


def _tags(text: str, found: Sequence[Block]) -> tuple[Leaf, ...]:
    """Give the tags of a line of #tags, or of the line after or behind the word for them."""
    for place, block in enumerate(found):
        words = block.span.of(text)
        if words.startswith("#") and block.kind is not Kind.HEADING and words.count("#") > 1:
            return _all_tags(text, block.span)
        label = lexicon.compiled(
            rf"(?:\*\*|__)?{lexicon.load().phrases['tags']}(?:\*\*|__)? ?:?(?:\*\*|__)? ?"
        ).match(text, *block.span)
        if label is None or len(words) > 400:  # noqa: PLR2004 - a list of tags, no paragraph
            continue
        rest = Span(label.end(), block.span.end)
        if ":" in label[0] and rest.of(text).strip():
            return _all_tags(text, rest)
        if not rest.of(text).strip() and place + 1 < len(found):
            return _all_tags(text, found[place + 1].span)
    return ()


def _all_tags(text: str, span: Span) -> tuple[Leaf, ...]:
    pattern = _TAG if "#" in span.of(text) else re.compile(r"([^,;·|]+)")
    found = (leaf(text, one.span(1)) for one in pattern.finditer(text, *span))
    return tuple(one for one in found if one is not None)


def _language(text: str, found: Sequence[Block]) -> Leaf | None:
    """Tell the language from the running text alone: pages put words of another around it."""
    prose = [
        one for one in found if len(one.span.of(text)) >= _PROSE and one.kind is not Kind.DEBRIS
    ]
    chosen = prose or [one for one in found if one.kind is not Kind.DEBRIS]
    if not chosen:
        return None
    sample = " ".join(one.span.of(text) for one in chosen)[:_SAMPLE]
    if sum(letter.isalpha() for letter in sample) < 20:  # noqa: PLR2004 - too little to tell
        return None
    import py3langid

    return Leaf(
        py3langid.classify(sample)[0],
        max((one.span for one in chosen), key=lambda s: s.end - s.start),
    )

"""What a report says of itself: title, publisher, language, tags, reading time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.spans import Leaf, Span, leaf

_FIRST = 12  # blocks among which a page says what it is and whose
_MOST_WORDS = 8
_PROSE = 60  # letters from which a block is running text
_TAG = re.compile(r"#(?!\s)([^#\n\r,;]+)")
_CREDITS = re.compile(
    r"[ \u00a0]+[|·•–—][ \u00a0]+|"
    r"(?:,|[ \u00a0](?:on|el|"
    r"le))[ \u00a0](?=\d{1,2}[ \u00a0](?:de[ \u00a0])?\w+[ \u00a0](?:de[ \u00a0])"
    r"?\d{4})"
)
_TOLD_APART = [
    *("ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it"),
    *("ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sr", "sv", "th", "tr", "uk", "vi", "zh"),
]
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
        rf"[*_]{{0,2}}{lexicon.load().phrases[kind]}[*_]{{0,2}} ?[:：][*_]{{0,2}} ?"
    )


@cache
def _reading() -> re.Pattern[str]:
    words = lexicon.load()
    return lexicon.compiled(
        rf"(?:{words.phrases['reading_label']}[*_:\x20\u00a0]{{0,6}}(?P<m>\d{{1,3}}) ?min\w*|"
        rf"(?<!\w)(?P<n>\d{{1,3}})[\x20\u00a0-]?(?:{words.phrases['reading']}))"
    )


def is_interface(text: str, block: Block) -> bool:
    """Whether a block is a word of the page around a report and not of the report."""
    words = lexicon.load()
    label = lexicon.compiled(rf"{words.phrases['tags']} ?:?")
    return bool(_reading().search(text, *block.span) or label.fullmatch(text, *block.span))


def _title(text: str, found: Sequence[Block]) -> Leaf | None:
    first = [one for one in found[:_FIRST] if one.kind is Kind.HEADING and is_top(text, one)]
    for block in (*first[:1], *found[:_FIRST]):
        if block.kind is Kind.DEBRIS or is_interface(text, block):
            continue
        if block.kind is Kind.ROW:
            return None
        if _generic().fullmatch(text, *block.span) or _is_credits(text, block, found):
            continue
        label = _label("title").match(text, *block.span)
        return leaf(text, (label.end() if label else block.span.start, block.span.end))
    return None


@cache
def _generic() -> re.Pattern[str]:
    """What kind of document it is, set above its title."""
    return lexicon.compiled(rf"[*_]{{0,2}}{lexicon.load().phrases['generic_title']}[*_:]{{0,3}}")


def _is_credits(text: str, block: Block, found: Sequence[Block]) -> bool:
    """Whether a line above the title says only who and when: "House — 16 March 2025"."""
    words = block.span.of(text)
    first = found[0].span
    return (
        block.span != first
        and _generic().fullmatch(text, *first) is not None
        and len(words) <= _PROSE
        and re.search(r"\d{4}", words) is not None
        and _CREDITS.search(words) is not None
    )


def is_top(text: str, block: Block) -> bool:
    """Whether a heading is marked as the highest: ``# Title``."""
    return text[max(0, block.span.start - 2) : block.span.start].strip() == "#" and (
        text[max(0, block.span.start - 3)] != "#"
    )


def _reading_time(text: str) -> Leaf | None:
    found = _reading().search(text)
    return None if found is None else Leaf(int(found["n"] or found["m"]), Span(*found.span()))


def _publisher(text: str, found: Sequence[Block], title: Leaf | None) -> Leaf | None:
    own = [
        one
        for one in found[:_FIRST]
        if title is None
        or one.span.end > title.span.end
        or (one.span.end < title.span.start and not _generic().fullmatch(text, *one.span))
    ]
    for block in (*own, *found[-_FIRST:]):
        label = _by().match(text, *block.span)
        if label is not None and block.kind is not Kind.ROW:
            named = next(_pieces(text, Span(label.end(), block.span.end)), None)
            if named is not None and _is_name(text, named.span):
                return named
    for at, block in enumerate(own):
        after = own[at + 1].kind if at + 1 < len(own) else None
        row = block.kind is Kind.ROW and after is not Kind.ROW  # "A | March | 5 min", no table
        if len(block.span.of(text)) > _PROSE or not (row or block.kind is Kind.LINE):
            break
        for piece in _pieces(text, block.span):
            if not _reading().search(text, *piece.span) and _is_name(text, piece.span):
                return piece
    return None


@cache
def _by() -> re.Pattern[str]:
    return lexicon.compiled(
        rf"[*_]{{0,2}}(?:{lexicon.load().phrases['publisher']})[*_]{{0,2}} ?(?::|"
        rf" )[*_]{{0,2}} ?(?=[A-ZÀ-Ý])"
    )


def _pieces(text: str, span: Span) -> Iterator[Leaf]:
    """Give what stands between the bars and dashes of a line of credits."""
    at = span.start
    for mark in (*_CREDITS.finditer(text, *span), None):
        end = span.end if mark is None else mark.start()
        piece = leaf(text, (at, end), article=True)
        if piece is not None:
            yield piece
        at = end if mark is None else mark.end()


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
            rf"[*_]{{0,2}}{lexicon.load().phrases['tags']}[*_]{{0,2}} ?:?[*_]{{0,2}} ?"
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
    language = _identifier().classify(sample)[0]
    longest = max((one.span for one in chosen), key=lambda span: span.end - span.start)
    return Leaf(str(language), longest)


@cache
def _identifier() -> Any:
    """Tell apart the languages of such reports; rarer ones are guessed too often."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(_TOLD_APART)
    return found

"""What is listed as achieved, and what is listed as standing in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.leaves import number_leaf
from atalaya.reading.reports.sections import Placed, is_item
from atalaya.reading.reports.spans import Leaf, Span, leaf

_SPLIT = re.compile(
    r"(?:\*\*|__)?[ \u00a0]*(?:[–—]|[:：]|(?<=[ \u00a0])-(?=[ \u00a0])|"
    r"(?<=\w)\.(?=[ \u00a0][A-ZÀ-Ý]))(?:\*\*|__)?[ \u00a0]*"
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý][a-zà-ÿ])")
_UNIT_END = re.compile(
    r"[ \u00a0](?=(?:with|organi[sz]ed|co-?organi[sz]ed|co-?hosted|held|led|for|of|in|"
    r"on|at|by|from|to|and|that|which|attended|con|organizad\w+|coorganizad\w+|"
    r"[a-zé]{3,}[ai]d[oa]s?|para|de|en|sobre|por|y|que|avec|organis\w+|"
    r"coorganis\w+|tenue?s?|menée?s?|[a-z]+ed|signée?s?|adoptée?s?|publiée?s?|\w+aron|"
    r"\w+ieron|pour|dans|sur|et|par|"
    r"du|des|d['’]|com)\b)|,|:|[ \u00a0][–—-][ \u00a0]|[ \u00a0]\("
)
_BOLD = re.compile(
    r"(\*{1,3}|_{1,3})([^*_]{2,60}?)[:.]?\1[ \u00a0]*[:.,–—-]?[ \u00a0]+(?=\w|[¿¡«“\"(])"
)
_COMMAS = re.compile(r",?[ \u00a0](?:and|y|e|et)[ \u00a0]|[,;][ \u00a0]")
_ARTICLE = re.compile(
    r"(?:(?:the|an?|el|la|los|las|le|les|une?|una|un)[ \u00a0]|l['’])(?=\S)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|several|dos|tres|cuatro|cinco|seis|varios|varias|deux|trois|"
    r"quatre|cinq|plusieurs|\d|main|principal\w*|principaux|structural|key)\b",
    re.IGNORECASE,
)
_MOST_NAME, _FEW, _MOST_PLAIN = 12, 5, 30


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved, with its number where one is said."""

    count: Leaf | None
    unit: Leaf | None
    what: Leaf | None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What stands in the way, and what is said of it."""

    name: Leaf | None
    says: Leaf | None


def achievements(text: str, found: Sequence[Placed]) -> tuple[Achievement, ...]:
    """Read what is listed as achieved."""
    return tuple(
        _achievement(text, one.says)
        for at, one in enumerate(found)
        if one.part == "achievements" and is_item(text, found, at)
    )


@cache
def _counted_first() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?:\*\*|__)?(?P<n>{lexicon.load().number})(?:\*\*|__)? (?=\w)")


def _achievement(text: str, span: Span) -> Achievement:
    found = _counted_first().match(text, *span)
    if found is None:
        return Achievement(None, None, leaf(text, span))
    end = _UNIT_END.search(text, found.end(), span.end)
    if end is None:
        return Achievement(number_leaf(found), leaf(text, (found.end(), span.end)), None)
    unit = leaf(text, (found.end(), end.start()))
    return Achievement(number_leaf(found), unit, leaf(text, (end.start(), span.end)))


def challenges(text: str, found: Sequence[Placed]) -> tuple[Challenge, ...]:
    """Read what is listed as a challenge: its name, and what is said of it."""
    made: list[Challenge] = []
    itemised = any(one.part == "challenges" and one.block.kind is Kind.ITEM for one in found)
    for at, one in enumerate(found):
        listed = one.part == "challenges" and one.block.kind is Kind.ITEM
        if listed or (one.part == "challenges" and not one.heads and _is_named(text, one)):
            made.append(_challenge(text, one.says))
        elif not itemised and one.block.kind is Kind.LINE and _is_headed(found, at):
            told = [*sentences(text, one.says)]
            named = [each for sentence in told for each in _in_sentence(text, sentence)]
            plain = [Challenge(None, leaf(text, each)) for each in told if _is_plain(text, each)]
            made += named or plain
        elif one.block.kind is Kind.LINE and one.part in (None, "other", "challenges"):
            made += [
                one for each in sentences(text, one.block.span) for one in _in_sentence(text, each)
            ]
    return tuple(made)


def _is_headed(found: Sequence[Placed], at: int) -> bool:
    """Whether a paragraph stands right under the heading of the challenges."""
    above = found[at - 1] if at else None
    headed = above is not None and above.heads and above.part == "challenges"
    return headed and found[at].part == "challenges" and found[at].says == found[at].block.span


def _is_plain(text: str, span: Span) -> bool:
    """Whether a sentence of a section of challenges states one by itself, and leads to no list."""
    words = span.of(text)
    return words.endswith(".") and len(words.split()) <= _MOST_PLAIN


def _in_sentence(text: str, span: Span) -> Iterator[Challenge]:
    """Read "Three challenges remain: the lack of data, late visas and language"."""
    mark = re.compile(r"[ \u00a0]?:[ \u00a0]").search(text, *span)
    if mark is None or not _COUNTED.search(text, span.start, mark.start()):
        return
    word = lexicon.load().sections["challenges"].search(text, span.start, mark.start())
    pieces = [*_COMMAS.split(text[mark.end() : span.end])]
    if word is None or len(pieces) == 1:
        return
    at = mark.end()
    for piece in pieces:
        at = text.index(piece, at)
        yield Challenge(_without_article(text, Span(at, at + len(piece))), None)
        at += len(piece)


def _without_article(text: str, span: Span) -> Leaf | None:
    article = _ARTICLE.match(text, *span)
    return leaf(text, (article.end() if article else span.start, span.end))


def _is_named(text: str, one: Placed) -> bool:
    """Whether a line says a challenge as an item of a list would: "Money: no budget"."""
    if _BOLD.match(text, *one.says):
        return True
    mark = _SPLIT.search(text, *one.says)
    if mark is None or one.block.kind is not Kind.LINE:
        return False
    words = len(text[one.says.start : mark.start()].split())
    return words <= (_FEW if ":" in mark[0] else _FEW - 1 if "." in mark[0] else 0)


def glued_name(text: str, span: tuple[int, int]) -> int | None:
    """Where a name and the sentence after it meet without a mark between, or None."""
    found = _GLUED.search(text, *span)
    if found is None or len(text[span[0] : found.start()].split()) > _MOST_NAME:
        return None
    return found.start() if " " in text[found.start() : span[1]] else None


def _challenge(text: str, span: Span) -> Challenge:
    bold = _BOLD.match(text, *span)
    if bold is not None:
        return Challenge(leaf(text, bold.span(2)), leaf(text, (bold.end(), span.end)))
    mark = _SPLIT.search(text, *span)
    if mark is not None and len(text[span.start : mark.start()].split()) <= _MOST_NAME:
        return Challenge(leaf(text, (span.start, mark.start())), leaf(text, (mark.end(), span.end)))
    glued = glued_name(text, span)
    if glued is not None:
        return Challenge(leaf(text, (span.start, glued)), leaf(text, (glued, span.end)))
    if len(span.of(text).split()) <= _MOST_NAME and not span.of(text).endswith("."):
        return Challenge(leaf(text, span), None)
    return Challenge(None, leaf(text, span))

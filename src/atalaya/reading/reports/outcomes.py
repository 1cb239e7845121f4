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
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_SPLIT = re.compile(
    r"(?:\*\*|__)?[ \u00a0]*(?:[–—→⇒]|[:：]|(?<=[ \u00a0])-(?=[ \u00a0])|"
    r"(?<=\w)\.(?=[ \u00a0][A-ZÀ-Ý]))(?:\*\*|__)?[ \u00a0]*"
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý][a-zà-ÿ])")
_UNIT_END = re.compile(
    r"[ \u00a0](?=(?:with|organi[sz]ed|co-?organi[sz]ed|co-?hosted|held|led|for|of|in|"
    r"on|at|by|from|to|and|that|which|attended|con|organizad\w+|coorganizad\w+|"
    r"[a-zé]{3,}[ai]d[oa]s?|para|de|en|sobre|por|y|que|avec|organis\w+|"
    r"coorganis\w+|tenue?s?|menée?s?|[a-z]+ed|signée?s?|adoptée?s?|publiée?s?|\w+aron|"
    r"\w+ieron|pour|dans|sur|et|par|"
    r"[a-záéíóúñ]+[aií]d[oa]s?|(?:propuest|abiert|escrit|hech)[oa]s?|e|du|des|d['’]|com)\b)|"
    r",|:|[ \u00a0][–—-][ \u00a0]|[ \u00a0]\("
)
_BOLD = re.compile(
    r"(\*{1,3}|_{1,3})([^*_]{2,60}?)[:.]?\1[ \u00a0]*[:.,–—-]?[ \u00a0]+(?=\w|[¿¡«“\"(])"
)
_COMMAS = re.compile(r",?[ \u00a0](?:and|y|e|et)[ \u00a0]|[,;][ \u00a0]")
_SEMICOLONS = re.compile(r";[ \u00a0](?:(?:and|y|e|et)[ \u00a0])?")
_CLAUSE = re.compile(
    r"[ \u00a0]?:[ \u00a0]|,[ \u00a0](?=(?:which|who|whose|where|as|because|since|que|cuy[oa]s?|"
    r"donde|porque|ya que|pues|puesto que|qui|dont|où|car|parce que|puisque)[ \u00a0])|"
    r"[ \u00a0](?=(?:because|porque|parce que|parce qu['’])[ \u00a0]?)"
)
_ARTICLE = re.compile(
    r"(?:(?:the|an?|el|la|los|las|le|les|une?|una|un)[ \u00a0]|l['’])(?=\S)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|several|dos|tres|cuatro|cinco|seis|varios|varias|deux|trois|"
    r"quatre|cinq|plusieurs|\d|main|principal\w*|principaux|structural|key)\b",
    re.IGNORECASE,
)
_MOST_NAME, _FEW, _MOST_PLAIN = 12, 5, 30
_PAIR = 2  # pieces of a list that may be one sentence
_TERSE = 3  # words of a name with a full stop behind: more may be a sentence


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
    made: list[Achievement] = []
    for at, one in enumerate(found):
        if one.part != "achievements":
            continue
        if is_item(text, found, at):
            made.append(_achievement(text, one.says))
        elif one.block.kind is Kind.LINE and one.says.start > one.block.span.start:
            made += [_achievement(text, each) for each in cut(text, one.says, _SEMICOLONS)]
    return tuple(made)


def cut(text: str, span: Span, marks: re.Pattern[str]) -> Iterator[Span]:
    """Give the pieces of a stretch between marks."""
    at = span.start
    for found in marks.finditer(text, *span):
        yield Span(at, found.start())
        at = found.end()
    yield Span(at, span.end)


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
    what = trimmed(text, (end.start(), span.end))
    if what is not None and what.of(text)[0] == "(" and what.of(text)[-1] == ")":
        what = Span(what.start + 1, what.end - 1)
    return Achievement(number_leaf(found), unit, None if what is None else leaf(text, what))


def challenges(text: str, found: Sequence[Placed]) -> tuple[Challenge, ...]:
    """Read what is listed as a challenge: its name, and what is said of it."""
    made: list[Challenge] = []
    itemised = any(one.part == "challenges" and one.block.kind is Kind.ITEM for one in found)
    for at, one in enumerate(found):
        listed = one.part == "challenges" and one.block.kind is Kind.ITEM and not one.heads
        row = _of_row(text, one) if one.part == "challenges" and one.block.cells else None
        if row is not None:
            made.append(row)
            continue
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


def _of_row(text: str, one: Placed) -> Challenge | None:
    """Read a row of a table of challenges: what it is called, and what is said of it."""
    cells = [kept for cell in one.block.cells if (kept := trimmed(text, cell)) is not None]
    if len(cells) != 2 or lexicon.load().sections["challenges"].match(text, *cells[0]):  # noqa: PLR2004 - a heading of columns
        return None
    return Challenge(leaf(text, cells[0]), leaf(text, cells[1]))


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
    if mark is None:
        return
    word = lexicon.load().sections["challenges"].search(text, span.start, mark.start())
    marks = _SEMICOLONS if ";" in text[mark.end() : span.end] else _COMMAS
    pieces = [*cut(text, Span(mark.end(), span.end), marks)]
    short = len(text[span.start : mark.start()].split()) <= _FEW and len(pieces) > _PAIR
    told = short or _COUNTED.search(text, span.start, mark.start())
    if word is None or len(pieces) == 1 or not told:
        return
    yield from (_piece(text, one) for one in pieces)


def _piece(text: str, span: Span) -> Challenge:
    """Read "the death penalty, which is still applied": a name, and what a clause says of it."""
    mark = _CLAUSE.search(text, *span)
    name = _without_article(text, Span(span.start, mark.start() if mark else span.end))
    return Challenge(name, leaf(text, (mark.end(), span.end)) if mark else None)


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

"""What a report says of itself: title, publisher, language, tags, reading time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.credits import (
    CREDITS,
    LONGEST_CREDIT,
    PROSE,
    generic,
    pieces,
    reading_time,
    reading_time_said,
    tags,
)
from atalaya.reading.reports.furniture import is_placeholder
from atalaya.reading.reports.ordinals import SITTING
from atalaya.reading.reports.publishers import is_credit, is_house, publisher
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_FIRST = 12  # blocks among which a page says what it is and whose
_TOLD_APART = [
    *("ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it"),
    *("ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sr", "sv", "th", "tr", "uk", "vi", "zh"),
]
_SAMPLE = 4000
LANGUAGES = ("en", "es", "fr", "pt")
# What official documents print above their title.
_OFFICIAL = re.compile(
    r"(?:distr(?:ibution)?\.?|original|languages?|idiomas?|langues?|agenda item|fecha|"
    r"date|from|to|cc|sent|de|para|à|enviado|envoyé)[ \u00a0]?:.*|"
    r"(?:general|limited|restricted)|\d{1,2}[ \u00a0][^\W\d]+[ \u00a0]\d{4}",
    re.IGNORECASE,
)
_REPORT_OF = re.compile(
    r"(?:draft[ \u00a0])?(?:report|summary|notes?|minutes|record|proceedings|informe|acta|"
    r"relatoría|resumen|memoria|"
    r"nota|rapport|compte[- ]rendu|procès-verbal|synthèse|relevé|"
    r"note)[ \u00a0](?:\w+[ \u00a0]){0,2}?"
    r"(?:of|on|from|del?|sobre|du|des|de|sur)[ \u00a0]",
    re.IGNORECASE,
)
# "the 67th session of": it says of what, as the house above it does not.
_WHOLE_SITTING = re.compile(rf"{SITTING.pattern}[ \u00a0](?:of|del?|des|du|d['’])", re.IGNORECASE)
_LONGEST_TITLE = 120  # letters
_FEWEST_TITLE = 5  # words
_MOST_MENU = 3  # words of an entry of a menu
_FEWEST_MENU = 3  # entries; a title and who wrote it may stand under one word of the page
_MOST_KIND = 3  # words for a kind of document: "Quarterly bulletin 12"
_BANNER = 8  # words of the longest line that a document prints above its title


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
    lines = [*_unrolled(text, found)]
    return About(
        title=title,
        publisher=publisher(text, lines, title),
        language=_language(text, found),
        tags=tags(text, lines),
        reading_time=reading_time(text, lines[:_FIRST]),
    )


def _unrolled(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """Give a row that is no table's, "Author: A | Tags: #b #c | 5 min", as the lines it holds."""
    for at, one in enumerate(found):
        near = [found[by].kind for by in (at - 1, at + 1) if 0 <= by < len(found)]
        if one.kind is not Kind.ROW or Kind.ROW in near:
            yield one
            continue
        cells = (trimmed(text, cell) for cell in one.cells)
        for cell in cells:
            if cell is not None:
                hashed = text[cell.start - 1] == "#"
                span = Span(cell.start - 1, cell.end) if hashed else cell
                yield replace(one, kind=Kind.LINE, span=span, cells=())


@cache
def _label(kind: str) -> re.Pattern[str]:
    return lexicon.compiled(
        rf"[*_]{{0,2}}{lexicon.load().phrases[kind]}[*_]{{0,2}} ?[:：][*_]{{0,2}} "
        rf"?(?:\[[^\]\n]*\] ?)?"
    )


def is_interface(text: str, block: Block) -> bool:
    """Whether a block is a word of the page around a report and not of the report."""
    if len(block.span.of(text)) > LONGEST_CREDIT:
        return False
    return bool(
        reading_time_said().search(text, *block.span) or _tagged().fullmatch(text, *block.span)
    )


@cache
def _dateline() -> re.Pattern[str]:
    """Give the pattern of "Quito, 3 November 2023" alone on a line."""
    month = lexicon.any_of(lexicon.load().months)
    return lexicon.compiled(
        rf"(?:[^\d,.:]{{3,30}}, )?(?:\d{{1,2}} (?:de )?)?{month}(?: \d{{1,2}},| de)? \d{{4}}"
    )


@cache
def _tagged() -> re.Pattern[str]:
    return lexicon.compiled(rf"{lexicon.load().phrases['tags']} ?:?")


def _title(text: str, found: Sequence[Block]) -> Leaf | None:
    first = [one for one in found[:_FIRST] if one.kind is Kind.HEADING and one.level == 1]
    rest = found[_menu(text, found) : _FIRST]
    said = (one for one in found[:_FIRST] if one.kind is Kind.LINE and not first)
    labelled = next((one for one in said if _label("title").match(text, *one.span)), None)
    first = [labelled] if labelled is not None else first
    for block in (*first[:1], *_under_banner(text, found), *rest):
        if (
            block.kind is Kind.DEBRIS
            or is_interface(text, block)
            or is_placeholder(block.span.of(text))
        ):
            continue
        if block.kind is Kind.ROW:
            return None
        if generic().fullmatch(text, *block.span) or _is_credits(text, block, found):
            continue
        if _OFFICIAL.fullmatch(text, *block.span) or _dateline().fullmatch(text, *block.span):
            continue
        if first == [] and (_titled_below(text, block, found) or _is_masthead(text, block)):
            continue
        label = _label("title").match(text, *block.span)
        return leaf(text, (label.end() if label else block.span.start, block.span.end))
    return None


def _menu(text: str, found: Sequence[Block]) -> int:
    """Give how many blocks at the head are a menu: short lines close together, some known as such.

    The words of a page's menu are its own; that it is one shows in its form.
    """
    run = 0
    for run, one in enumerate(found[:_FIRST]):
        short = one.kind is Kind.LINE and len(one.span.of(text).split()) <= _MOST_MENU
        if (one.gap and run) or not (short or one.kind is Kind.DEBRIS):
            break
    plain = sum(one.kind is Kind.LINE for one in found[:run])
    known = run - plain
    return run if known and known + plain > _FEWEST_MENU and plain > 1 else 0


def _is_masthead(text: str, block: Block) -> bool:
    """Whether a line says only who and what kind of document: "The House – Quarterly bulletin"."""
    said = [str(one.value) for one in pieces(text, block.span)]
    if len(said) < 2 or not is_house(said[0]):  # noqa: PLR2004 - who, and what
        return False
    return all(
        len(words) <= _MOST_KIND and any(generic().fullmatch(word) for word in words)
        for words in map(str.split, said[1:])
    )


def _tells_kind(text: str, block: Block) -> bool:
    """Whether a line under a house says what kind of document it is: "Press note | 22 May 2025"."""
    kind = next(pieces(text, block.span), None)
    brief = len(block.span.of(text).split()) <= _MOST_KIND * 2 and not block.gap
    dated = brief and re.search(r"\d", block.span.of(text)) is not None
    return dated or (kind is not None and generic().fullmatch(text, *kind.span) is not None)


def _titled_below(text: str, block: Block, found: Sequence[Block]) -> bool:
    """Whether a line is the name of a house, set above a title that stands by itself."""
    words = block.span.of(text)
    if not is_house(words) or _is_met(text, words):
        return False
    below = [one for one in found[:_FIRST] if one.span.start > block.span.end]
    for one in below:
        said = one.span.of(text)
        if _WHOLE_SITTING.search(said) and len(said) <= _LONGEST_TITLE:
            return True
        if one.kind in (Kind.ROW, Kind.DEBRIS) or _tells_kind(text, one):
            continue
        if one.kind not in (Kind.LINE, Kind.HEADING) or said[-1] in ".:":
            return False
        if is_credit(text, one):
            continue
        if len(said.split()) >= _FEWEST_TITLE and CREDITS.search(said) is None:
            return True
    return False


def _is_met(text: str, words: str) -> bool:
    """Whether a name is that of the body whose session the text is about."""
    sits = (
        r"(?:session|meeting|sesi[oó]n|sesiones|réunion)\s+(?:of|del?|des|du|de la|de l['’])\s*"
        r"(?:the\s+)?"
    )
    return re.search(sits + re.escape(words), text, re.IGNORECASE) is not None


def _under_banner(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """Give "Report of ..." where it begins a paragraph under nothing but names of bodies."""
    for at, one in enumerate(found[:_FIRST]):
        if at and one.gap and one.kind is Kind.LINE and _REPORT_OF.match(text, *one.span):
            yield one
            return
        words = one.span.of(text)
        if one.kind is not Kind.LINE or len(words.split()) > _BANNER or words[-1] in ".:":
            return


def _is_credits(text: str, block: Block, found: Sequence[Block]) -> bool:
    """Whether a line above the title says only who and when: "House — 16 March 2025"."""
    words = block.span.of(text)
    first = found[0].span
    return (
        block.span != first
        and generic().fullmatch(text, *first) is not None
        and len(words) <= PROSE
        and re.search(r"\d{4}", words) is not None
        and CREDITS.search(words) is not None
    )


def _language(text: str, found: Sequence[Block]) -> Leaf | None:
    """Tell the language from the running text alone: pages put words of another around it."""
    prose = [
        one for one in found if len(one.span.of(text)) >= PROSE and one.kind is not Kind.DEBRIS
    ]
    chosen = prose or [one for one in found if one.kind is not Kind.DEBRIS]
    if not chosen:
        return None
    sample = " ".join(one.span.of(text) for one in chosen)[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < 20:  # noqa: PLR2004 - too little to tell
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

"""What the lines of credits say: who made a report, how long it takes to read, its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.furniture import is_placeholder
from atalaya.reading.reports.ordinals import SITTING
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_FIRST = 12  # blocks among which a page says whose it is
PROSE = 60  # letters from which a block is running text
LONGEST_CREDIT = 120  # letters of the longest line of credits
_MOST_WORDS = 8
CREDITS = re.compile(
    r"[ \u00a0]+[|·•–—][ \u00a0]+|"
    r"(?:,|[ \u00a0](?:on|el|"
    r"le))[ \u00a0](?=\d{1,2}[ \u00a0](?:de[ \u00a0])?\w+[ \u00a0](?:de[ \u00a0])"
    r"?\d{4})"
)
_TAG = re.compile(r"#(?!\s)([^#\n\r,;|]+)")
_NEVER = re.compile(r"[.!?;]$|:|\d{4}|@|https?:|www\.|^\W*$")
_MINUTES = re.compile(r"(?P<n>\d{1,2})[ \u00a0]?(?:min\.?|mins|minut[eo]s?)", re.IGNORECASE)
_TEAM = re.compile(
    r"(?:the|el|l['’]|la)?[ \u00a0]?(?:team|staff|equipo|équipe|rédaction|"
    r"redacción)[ \u00a0](?:of|at|del?|du|des|d['’])[ \u00a0]?"
    r"(?:(?:the|la|el|l['’])[ \u00a0]?)?",
    re.IGNORECASE,
)
_FOR = re.compile(
    r",[ \u00a0](?:for|para|pour|of|from|on behalf of)[ \u00a0](?:the[ \u00a0]|la[ \u00a0]|"
    r"el[ \u00a0])?(?=[A-ZÀ-Ý])"
)


def publisher(text: str, found: Sequence[Block], title: Leaf | None) -> Leaf | None:
    """Give who made a report, from its first and last lines, or None."""
    own = [one for one in found[:_FIRST] if _may_credit(text, one, title)]
    for block in (*own, *found[-_FIRST:]):
        named = _credited(text, block)
        if named is not None:
            return named
    below = [one for one in own if title is None or one.span.start > title.span.start]
    above = [one for one in own if title is not None and one.span.start < title.span.start]
    for at, block in enumerate((*above, *below)):
        after = own[at + 1].kind if at + 1 < len(own) else None
        row = block.kind is Kind.ROW and after is not Kind.ROW  # "A | March | 5 min", no table
        words = block.span.of(text)
        if not (row or block.kind is Kind.LINE) or (len(words) > PROSE and words[-1] in ".!?:"):
            break
        if SITTING.search(text, *block.span):
            continue  # "Commission on X - 67th session": what the report is about
        said = reading_time_said().search(text, *block.span)
        own_words = Span(block.span.start, said.start() if said else block.span.end)
        for piece in _pieces(text, own_words if own_words.start < own_words.end else block.span):
            if not reading_time_said().search(text, *piece.span) and _is_name(text, piece.span):
                return piece
    return None


def _may_credit(text: str, block: Block, title: Leaf | None) -> bool:
    words = block.span.of(text)
    if block.kind is Kind.DEBRIS or is_placeholder(words) or generic().fullmatch(words):
        return False
    above = title is not None and block.span.end < title.span.start
    told = CREDITS.search(words) or ":" in words
    return not (above and not told) and (title is None or above or block.span.end > title.span.end)


def _credited(text: str, block: Block) -> Leaf | None:
    """Read "By X", "Prepared by | X", "..., prepared by X": who a line says made the report."""
    if block.kind is Kind.ROW and (pair := _in_row(text, block)) is not None:
        return pair
    found = _by().match(text, *block.span)
    if found is None and len(block.span.of(text)) <= LONGEST_CREDIT:
        found = _made().search(text, *block.span)
    if found is None:
        return None
    team = _TEAM.match(text, found.end(), block.span.end)
    start = team.end() if team else found.end()
    named = next(_pieces(text, Span(start, block.span.end)), None)
    if named is None or not _is_name(text, named.span):
        return None
    for_ = _FOR.search(text, *named.span)
    return named if for_ is None else leaf(text, (for_.end(), named.span.end))


def _in_row(text: str, block: Block) -> Leaf | None:
    cells = [kept for cell in block.cells if (kept := trimmed(text, cell)) is not None]
    said = lexicon.load().phrases
    label = lexicon.compiled(rf"(?:{said['publisher']}|{said['made_by']})")
    pair = len(cells) == 2 and label.fullmatch(text, *cells[0])  # noqa: PLR2004 - label, value
    return leaf(text, cells[1], article=True) if pair else None


@cache
def _by() -> re.Pattern[str]:
    said = lexicon.load().phrases
    return lexicon.compiled(
        rf"[*_]{{0,3}}(?:(?:{said['publisher']})[*_]{{0,2}} ?:|"
        rf"(?:{said['made_by']})[*_]{{0,2}} ?(?::|"
        rf" ))[*_]{{0,2}} ?(?=(?-i:[A-ZÀ-Ý])|(?:the|el|la|l['’]|le|les|los) ?)"
    )


@cache
def _made() -> re.Pattern[str]:
    """Words by which a line of credits says who made a report, wherever in it they stand."""
    return lexicon.compiled(
        r"(?:(?:published|prepared|written|compiled|drafted|issued|produced) by|"
        r"(?:publicad|elaborad|preparad|redactad|escrit|compilad)[oa] por|"
        r"(?:publié|préparé|rédigé|établi|élaboré)e? par|"
        r"(?:published on|publié le|publicado el) [^·|,]{4,30}? (?:by|par|"
        r"por))[*_]{0,2} ?:?[*_]{0,2} ?"
        r"(?=(?-i:[A-ZÀ-Ý])|(?:the|el|la|l['’]|le|les|los) ?)"
    )


def _pieces(text: str, span: Span) -> Iterator[Leaf]:
    """Give what stands between the bars and dashes of a line of credits."""
    at = span.start
    for mark in (*CREDITS.finditer(text, *span), None):
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
        pieces = [*_pieces(text, block.span)] if len(block.span.of(text)) <= LONGEST_CREDIT else []
        for piece in pieces if len(pieces) > 1 else ():
            alone = _MINUTES.fullmatch(text, *piece.span)
            if alone is not None:
                return Leaf(int(alone["n"]), Span(*alone.span("n")))
    return None


@cache
def generic() -> re.Pattern[str]:
    """What kind of document it is, set above its title."""
    return lexicon.compiled(rf"[*_]{{0,2}}{lexicon.load().phrases['generic_title']}[*_:]{{0,3}}")


@cache
def _tag_label() -> re.Pattern[str]:
    tags = lexicon.load().phrases["tags"]
    return lexicon.compiled(rf"[*_]{{0,2}}{tags}[*_]{{0,2}} ?:?[*_]{{0,2}} ?")


def tags(text: str, found: Sequence[Block]) -> tuple[Leaf, ...]:
    """Give the tags of a line of #tags, or of the line after or behind the word for them."""
    for place, block in enumerate(found):
        words = block.span.of(text)
        if words.startswith("#") and block.kind is not Kind.HEADING and words.count("#") > 1:
            return _all_tags(text, block.span)
        label = _tag_label().match(text, *block.span)
        if label is None or len(words) > 400:  # noqa: PLR2004 - a list of tags, no paragraph
            continue
        rest = Span(label.end(), block.span.end)
        if ":" in label[0] and rest.of(text).strip():
            return _all_tags(text, rest)
        if not rest.of(text).strip() and place + 1 < len(found):
            return _all_tags(text, found[place + 1].span)
    return ()


def _all_tags(text: str, span: Span) -> tuple[Leaf, ...]:
    words = span.of(text)
    marks = (
        r"([^,;·|\[\]]+)"
        if re.search(r"[,;·|]", words)
        else r"((?:(?![ \u00a0][–—-][ \u00a0])[^\[\]])+)"
    )
    pattern = _TAG if "#" in words else re.compile(marks)
    found = (leaf(text, one.span(1)) for one in pattern.finditer(text, *span))
    return tuple(one for one in found if one is not None)

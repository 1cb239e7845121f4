"""Who made a report: a line of credits says it, a by-line, its copyright, the house above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.credits import (
    CREDITS,
    LONGEST_CREDIT,
    PROSE,
    generic,
    pieces,
    reading_time_said,
)
from atalaya.reading.reports.furniture import is_placeholder
from atalaya.reading.reports.leaves import only_states
from atalaya.reading.reports.names import BODY
from atalaya.reading.reports.ordinals import SITTING
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.sections import part_of
from atalaya.reading.reports.sittings import CAPITAL, JOIN
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_FIRST = 12  # blocks among which a page says whose it is
_MOST_WORDS, _LONGEST_HOUSE = 8, 12
_NEVER = re.compile(r"[.!?;]$|[:#]|\d{4}|[Nn][o°º][ \u00a0.]*\d|@|https?:|www\.|^\W*$")
_OUR = re.compile(r"(?:our|my|nuestr[oa]s?|mis?|notre|nos|mon|ma|mes)\b", re.IGNORECASE)
_KIND = re.compile(
    r"(?:reports?|informe|acta|rapport|compte|relatoría|resumen|bilan|balance|summary|notes?|"
    r"notas?|"
    r"crónica|minutes|proceedings)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"(?:our|we|nos|notre|nuestr[oa]s?|photos?|fotos?)\b", re.IGNORECASE)
_TEAM = re.compile(
    r"(?:the|el|l['’]|la)?[ \u00a0]?(?:team|staff|equipo|équipe|rédaction|"
    r"redacción)[ \u00a0](?:of|at|del?|du|des|d['’])[ \u00a0]?"
    r"(?:(?:the|la|el|l['’])[ \u00a0]?)?",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:,[ \u00a0](?:of|from)|,?[ \u00a0](?:for|para|pour|on behalf of))[ \u00a0]"
    r"(?:the[ \u00a0]|la[ \u00a0]|el[ \u00a0])?(?=[A-ZÀ-Ý])"
)
_NEWSLETTER = re.compile(
    r"(?:(?:the|la|le|el|l['’])[ \u00a0]?)?(?:newsletter|bulletin|lettre|infolettre|gazette|"
    r"boletín|"
    r"gaceta|carta)(?:[ \u00a0]\w+)?[ \u00a0](?:of|from|by|de(?: la| l['’])?|du|des|del|d['’])"
    r"(?:[ \u00a0]the)?[ \u00a0]*(?P<name>(?-i:[A-ZÀ-Ý])[^\n.:|]{3,60})",
    re.IGNORECASE,
)
_MARKS = ("©", "(c)", "copyright")
_THERE = re.compile(
    rf"(?P<name>{CAPITAL}(?:[ \u00a0](?:{JOIN}[ \u00a0]?)*{CAPITAL})+)(?=[ \u00a0][a-zà-ÿ])"
)
_GOES_ON = re.compile(r"[ \u00a0](?:for|para|pour|on|with|con|avec)[ \u00a0](?=[a-zà-ÿ])")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HOLDER = re.compile(
    r"(?P<before>[A-ZÀ-Ý][^\n|·•.;©]{3,80}?)[,\s\u00a0]+©[\s\u00a0]*\d{4}|"
    r"(?:©|\(c\)|copyright)[\s\u00a0]*(?:©|"
    r"\(c\))?[\s\u00a0]*(?:\d{4}(?:[-–]\d{2,4})?,?)?[\s\u00a0]*"
    r"(?:by[ \u00a0])?(?P<name>[A-ZÀ-Ý][^\n|·•.;©]{3,80}?)"
    r"(?=,?[\s\u00a0]*(?:\d{4}|[|·•.;]|[–—-][\s\u00a0]|all rights|todos los|tous droits|$))",
    re.IGNORECASE,
)


def publisher(text: str, found: Sequence[Block], title: Leaf | None) -> Leaf | None:
    """Give who made a report, from its first and last lines, or None."""
    own = [one for one in found[:_FIRST] if _may_credit(text, one, title)]
    said = (_credited(text, block) for block in (*own, *found[-_FIRST:]))
    credited = next((one for one in said if one is not None), None)
    if credited is not None and BODY.search(str(credited.value)):
        return credited
    house = _holder(text, found) or _masthead(text, found) or _above(text, found, title)
    if credited is not None:  # who wrote it is named, and whose page it is
        return house or credited
    own = [*_up_to_prose(text, own)]
    dated = (one for one in own if _tells_when(text, one))
    named = _in_lines(text, dated) or _holder(text, found) or _beside(text, own, title)
    inside = house and named and house.span.start <= named.span.start < house.span.end
    named = house if inside else named or house
    return named or _in_title(text, title)


def _up_to_prose(text: str, own: Sequence[Block]) -> Iterator[Block]:
    """Give the short lines above and below the title that are not about the session itself."""
    for one in own:
        words = one.span.of(text)
        if len(words) > PROSE and words[-1] in ".!?:":
            return
        if len(words) > LONGEST_CREDIT or SITTING.search(words) is None:
            yield one


def is_house(words: str) -> bool:
    """Whether words are the name of a body and nothing else.

    >>> is_house("Institute for Penal Research"), is_house("Our week at the Institute")
    (True, False)
    """
    return (
        words[:1].isupper()
        and _OUR.match(words) is None
        and _KIND.match(words) is None
        and len(words.split()) <= _LONGEST_HOUSE
        and BODY.search(words) is not None
        and (is_proper(words) or BODY.match(words) is not None)
        and _NEVER.search(words) is None
        and SITTING.search(words) is None
        and (CREDITS.search(words) is None or words.isupper())
    )


def is_credit(text: str, block: Block) -> bool:
    """Whether a line says who made a report."""
    return _credited(text, block) is not None


def _holder(text: str, found: Sequence[Block]) -> Leaf | None:
    """Give who holds the copyright of the page."""
    for block in found[-_FIRST:]:
        words = block.span.of(text).lower()
        if not any(mark in words for mark in _MARKS):
            continue
        held = _HOLDER.search(text, *block.span)
        name = None if held is None else held.span("before" if held["before"] else "name")
        if name is not None and _is_name(text, name):
            return leaf(text, name, article=True)
    return None


def _masthead(text: str, found: Sequence[Block]) -> Leaf | None:
    """Give whose newsletter it is: "The newsletter of the Coastlines Initiative"."""
    for block in found[:_FIRST]:
        of = _NEWSLETTER.match(text, *block.span) if block.kind is not Kind.DEBRIS else None
        if of is not None and _is_name(text, of.span("name")):
            return leaf(text, of.span("name"), article=True)
    return None


def _above(text: str, found: Sequence[Block], title: Leaf | None) -> Leaf | None:
    """Give the house whose name stands by itself above the title; two are organ and parent."""
    above = [
        one
        for one in found[:_FIRST]
        if title is not None
        and one.span.end <= title.span.start
        and one.kind in (Kind.LINE, Kind.HEADING)
        and not generic().fullmatch(text, *one.span)
    ]
    houses = [one for one in above if is_house(one.span.of(text))]
    if len(houses) == 1 or (houses and houses[0] is above[0]):
        return leaf(text, houses[0].span, article=True)
    return None


def _in_title(text: str, title: Leaf | None) -> Leaf | None:
    """Give the house that its title says was there, or that it ends with behind a dash."""
    there = None if title is None else _THERE.match(text, *title.span)
    if there is not None and is_house(there["name"]):
        return leaf(text, there.span("name"), article=True)
    *before, last = pieces(text, title.span) if title is not None else [None]
    return last if before and last is not None and is_house(str(last.value)) else None


def _tells_when(text: str, block: Block) -> bool:
    """Whether a line is one of credits: it says when, or how long reading takes."""
    if len(block.span.of(text)) > LONGEST_CREDIT:
        return False
    parted = CREDITS.search(text, *block.span) is not None
    when = _DATED.search(text, *block.span) or reading_time_said().search(text, *block.span)
    return parted and when is not None


def _in_lines(text: str, lines: Iterator[Block]) -> Leaf | None:
    every = (one for line in lines for one in _names(text, line))
    return next(every, None)


def _names(text: str, block: Block) -> Iterator[Leaf]:
    """Give the names in a line of credits: what stands there before the time it takes to read."""
    said = reading_time_said().search(text, *block.span)
    own = Span(block.span.start, said.start() if said else block.span.end)
    for piece in pieces(text, own if own.start < own.end else block.span):
        by = _by().match(text, *piece.span)
        named = piece if by is None else leaf(text, (by.end(), piece.span.end), article=True)
        timed = reading_time_said().search(text, *piece.span)
        if named is not None and timed is None and _is_name(text, named.span):
            yield leaf(text, _behind_for(text, named.span)) or named


def _behind_for(text: str, span: Span) -> Span:
    """Give for whom somebody writes: "A. Person for the House"; "Centre for Health" is whole."""
    found = _FOR.search(text, *span)
    whole = found is not None and BODY.search(text, span.start, found.start()) is not None
    if found is None or (whole and not found[0].startswith(",")):
        return span
    return Span(found.end(), span.end)


def _beside(text: str, own: Sequence[Block], title: Leaf | None) -> Leaf | None:
    """Give the name in the lines around the title, down to the first running text."""
    below = [one for one in own if title is None or one.span.start > title.span.start]
    above = [one for one in own if title is not None and one.span.start < title.span.start]
    for block in (*above, *below):
        if block.kind is not Kind.LINE:
            return None
        named = next(_names(text, block), None)
        if named is not None:
            return named
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
    named = next(pieces(text, Span(start, block.span.end)), None)
    if named is None:
        return None
    own = _behind_for(text, named.span)
    after = _GOES_ON.search(text, *own)
    own = own if after is None else Span(own.start, after.start())
    desk, _, house = own.of(text).rpartition(", ")
    if is_house(house) and not BODY.search(desk):  # "Jane Doe, Harbour Institute"
        own = Span(own.end - len(house), own.end)
    if not _is_name(text, own) or only_states(text, own):
        return None
    return leaf(text, own)


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


def _is_name(text: str, span: tuple[int, int]) -> bool:
    words = text[span[0] : span[1]]
    return (
        words[:1].isupper()
        and _OURS.match(words) is None
        and len(words.split()) <= _MOST_WORDS
        and _NEVER.search(words) is None
        and (" " in words or (words.isupper() and part_of(text, span) is None))
        and not re.search(
            r"\b(?:report|informe|rapport|session|sesi[oó]n|sesiones|réunion|reunión|meeting)\b",
            words,
            re.IGNORECASE,
        )
    )

"""Sentences that tell of things counted before them: "Two texts were adopted. The first, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import roles, sentences
from atalaya.reading.reports.event_voices import active
from atalaya.reading.reports.event_words import WITH
from atalaya.reading.reports.ordinals import STEMS
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.symbols import SYMBOL

# "The first, ...", "Le second a été ...", "Al primero, ...": nothing but the order is said.
ENUMERATED = re.compile(
    r"(?:(?:the|le|la|el|lo|al|a la|au|à la|del?|del|en el|en la|dans le|lors du)[ \u00a0]|l['’])?"
    rf"(?:{STEMS}|last|final|other|another|derni[eè]re?|autre|[uú]ltim[oa]|otr[oa])"
    r"(?:[ \u00a0](?:one|of (?:these|them|which)|d['’]entre eux|d['’]entre elles|de ell[oa]s))?"
    r"(?=,|:|[ \u00a0][–—(«“\"-]|[ \u00a0](?:was|is|a|est|fue|trata|[a-zà-ÿ]+(?:s|ed|ó|e|"
    r"t))(?!\w))",
    re.IGNORECASE,
)
# A sentence that begins with a title in quotation marks tells of the next one.
_TITLE_FIRST = re.compile(r"[“«\"][^”»\"]{4,200}[”»\"],?[ \u00a0]+[a-zà-ÿ(]")
_MANY = frozenset(("several", "various", "many", "both", "varios", "varias", "ambos", "ambas"))
_PLENTY = frozenset(("plusieurs", "divers", "diverses", "quelques", "différents", "différentes"))
_BEFORE = 4  # words between a number and what it counts


@dataclass(frozen=True, slots=True)
class Counted:
    """What a report said how many there were of.

    Args:
        part: ``resolutions`` or ``events``.
        by: Who held them, where the same sentence says it, or None.
    """

    part: str
    by: Span | None = None


def announced(text: str, found: Sequence[Placed]) -> Mapping[int, Counted]:
    """Give start of a sentence -> what it tells one of.

    Args:
        text: The document.
        found: Its blocks.
    """
    told: dict[int, Counted] = {}
    last: Counted | None = None
    for one in found:
        if one.block.kind is Kind.HEADING or one.heads:
            last = Counted(one.part) if one.part in ("resolutions", "events") else None
        if one.block.kind not in (Kind.LINE, Kind.ITEM):
            continue
        for sentence in sentences(text, one.says):
            symbol = SYMBOL.match(text, *sentence)
            if (symbol is not None and last is not None and last.part == "resolutions") or (
                last is not None and _titles(text, Span(sentence.start, one.says.end))
            ):
                told[sentence.start] = last
            elif ENUMERATED.match(text, *sentence) is None:
                last = next(_said(text, sentence), last)
            elif last is not None:
                held = last.part == "resolutions" and _is_held(text, sentence)
                told[sentence.start] = Counted("events") if held else last
    return told


def _is_held(text: str, span: Span) -> bool:
    """Whether a sentence says who organised something: nobody organises a text."""
    if SYMBOL.search(text, *span) or roles(text, span, ("sponsors",)):
        return False
    return bool(roles(text, span, ("organised",)))


def _titles(text: str, span: Span) -> bool:
    """Whether a sentence begins with a title, and it or one after it says whose that is."""
    if _TITLE_FIRST.match(text, *span) is None:
        return False
    told = roles(text, span, ("organised", "cohosts", "sponsors")) or WITH.search(text, *span)
    return bool(told)


@cache
def _nouns() -> re.Pattern[str]:
    words = lexicon.load()
    return lexicon.compiled(
        rf"(?<!\w)(?:(?P<resolutions>{words.phrases['text_noun']})|"
        rf"(?P<events>{words.phrases['event_noun']}))(?!\w)"
    )


def announces(text: str, span: Span) -> bool:
    """Whether words count texts or events: "Only one text came out of it"."""
    return next(_said(text, span), None) is not None


def _said(text: str, span: Span) -> Iterator[Counted]:
    """Give what a sentence counts: "hosted two side events", "plusieurs textes"."""
    numbers = lexicon.load().numbers
    for noun in _nouns().finditer(text, *span):
        before = text[max(span.start, noun.start() - 60) : noun.start()].lower().split()[-_BEFORE:]
        if any(one.isdigit() or one in numbers or one in _MANY | _PLENTY for one in before):
            part = noun.lastgroup or "events"
            yield Counted(part, active(text, span) if part == "events" else None)

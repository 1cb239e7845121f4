"""Who held a side event where a verb says it: "the Guild hosted ... with Peru"."""

from __future__ import annotations

import re

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.event_words import ACTIVE, AND_END, WITH
from atalaya.reading.reports.leaves import Named, counted, several
from atalaya.reading.reports.names import state
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.spans import Span, trimmed

_WE = re.compile(
    r"(?<!\w)(?:we|i|they|it|he|she|nous|on|nosotr[oa]s|ell[oa]s|elles?|ils?|which|that|que|qui|"
    r"who)$",
    re.IGNORECASE,
)
# What says when and no more, before a name with its article.
_DAY = re.compile(
    r"(?:(?:on|in|the|at|el|la|le|al|lors|that|ce|cette|les|los|a)[ \u00a0])?[^,.;]{0,40}?"
    r"(?:\d|day|week|morning|afternoon|evening|día|mañana|tarde|noche|jour|jeudi|lundi|mardi|"
    r"mercredi|vendredi|samedi|dimanche|lendemain|soir|matin|semaine|semana)[^,.;A-ZÀ-Ý]{0,20}"
    r"(?:[ \u00a0][A-ZÀ-Ý]?[a-zà-ÿ]{2,9})?[ \u00a0](?=(?:the|la|el|le|les|los|las)[ "
    r"\u00a0][A-ZÀ-Ý]|l['’][A-ZÀ-Ý])",
    re.IGNORECASE,
)
_MOST_WORDS = 12


def active(text: str, span: Span) -> Span | None:
    """Give who did it: the name before a verb such as "hosted", or None."""
    for verb in ACTIVE.finditer(text, *span):
        before = text[span.start : verb.start()].rstrip(" \u00a0,")
        comma = _last_comma(before)
        kept = trimmed(text, (span.start + comma, span.start + len(before)), article=True)
        if kept is None or _WE.search(kept.of(text)):
            continue
        kept = _behind_day(text, kept)
        words = kept.of(text)
        if words[:1].isupper() and len(words.split()) <= _MOST_WORDS and is_proper(words):
            return kept
    return None


def _last_comma(before: str) -> int:
    """Where the subject begins: after "On the margins,", unless the comma is inside a name."""
    comma = before.rfind(",")
    return comma + 1 if comma >= 0 and before[comma + 1 :].strip() else 0


def _behind_day(text: str, span: Span) -> Span:
    """Take off when it was: "On 20 May the Ministry", "The following day the Centre"."""
    day = _DAY.match(text, *span)
    kept = None if day is None else trimmed(text, (day.end(), span.end), article=True)
    return kept or span


def hosts_of(text: str, span: Span) -> tuple[Named, ...]:
    """Give who is named after "with" in the rest of the sentence."""
    found = WITH.search(text, *span)
    filled = None if found is None else shorn(text, Span(found.end(), span.end))
    if filled is None:
        return ()
    comma = re.compile(r",[ \u00a0](?:une?|an?|the|el|la|una?|le|l['’])[ \u00a0]?[a-zà-ÿ]").search(
        text, *filled
    )
    filled = Span(filled.start, comma.start()) if comma else filled
    return tuple(one for one in several(text, filled) if _named(one))


def _named(one: Named) -> bool:
    words = str(one.name.value)
    return words[:1].isupper() or state(words) is not None


def shorn(text: str, span: Span) -> Span | None:
    """Cut what follows names: the number that came, a day, the joining word."""
    start, end = span
    for pattern in (
        counted("people"),
        lexicon.compiled(
            r",? (?:with|and|which|that|gathered|drew|brought|attracted|attended|"
            r"con|que|reunió|convocó|y contó|avec|qui|a réuni|"
            r"a rassemblé) (?=[^,;]*\d)"
        ),
        lexicon.compiled(
            r"[,;]? (?:drew|brought|gathered|attracted|was attended|reunió|asistieron|acudieron|"
            r"convocó|contó|tuvo|had|a réuni|a rassemblé|a attiré|which|que|qui|addressed|"
            r"explored|discussed|on \d|el \d|le \d|(?:ante|devant|before)(?= (?:un|some|about|"
            r"quel|une)))(?!\w)|,[\x20\u00a0](?=[a-zà-ÿ]+(?:aron|ieron|èrent|aient)(?!\w))"
        ),
        re.compile(r"[ \u00a0][–—-][ \u00a0](?=\D{0,15}\d)|[ \u00a0]?\((?=[^)]*\d)"),
        re.compile(r":[ \u00a0](?=\S)|[ \u00a0](?:as|como|comme|en tant que)[ \u00a0](?=[a-zà-ÿ])"),
    ):
        found = pattern.search(text, start, end)
        if found is not None:
            end = found.start()
    end -= len((AND_END.search(text[start:end]) or [""])[0])
    kept = trimmed(text, (start, end), article=True)
    opened = kept is not None and text[kept.end - 1] == "("  # what it held was cut
    return trimmed(text, (kept.start, kept.end - 1)) if kept and opened else kept

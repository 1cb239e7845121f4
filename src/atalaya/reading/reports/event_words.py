"""The words around the title, the hosts and the size of a side event."""

from __future__ import annotations

import re
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.spans import Span

AND_END = re.compile(
    r"[\s,]*(?:,?[\s\u00a0](?:and|y|et|e|was|is|were|fue|y fue|et a été)[\s\u00a0]*)?[\s,]*$",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"(?:(?:on|el|le)[ \u00a0][^,]{3,30},[ \u00a0])?(?:(?:the|our|a|an|this|another|"
    r"first|second|third|el|la|un|una|otro|nuestro|le|un|une|notre|l['’])[ \u00a0]?)*"
    r"(?:(?:high-level|joint|virtual|hybrid|primer|segundo|tercer|premier|deuxième|"
    r"troisième)[ \u00a0])*"
    r"(?:side[- ]event|event|panel|session|webinar|evento paralelo|evento|"
    r"actividad paralela|panel|conversatorio|événement parallèle|évènement parallèle|"
    r"manifestation parallèle|événement|table ronde|"
    r"roundtable)s?[ \u00a0]?(?:entitled|titled|called|on|titulad[oa]|denominad[oa]|"
    r"sobre|intitulée?|sur)?[ \u00a0:,]*",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?:(?:side[- ])?event|evento(?: paralelo)?|événement(?: parallèle)?|"
    r"panel)[ \u00a0](?:n[o°º.]*[ \u00a0]?)?\d{1,2}[ \u00a0]?[:.–—-][ \u00a0]*",
    re.IGNORECASE,
)
TRAIL = re.compile(r"(?:[\s,(–—-]+(?:was|were|is|fue|es|a été|est))?[\s,(–—-]*$", re.IGNORECASE)
WITH = re.compile(
    r",?[ \u00a0](?:along with|with|junto con|con|avec)[ \u00a0](?=(?:(?:the|la|el|los|le|"
    r"les)[ \u00a0]|l['’])?[A-ZÀ-Ý])"
)
DASH = re.compile(r"[ \u00a0][–—-][ \u00a0]|[ \u00a0]\(")


@cache
def came() -> re.Pattern[str]:
    """Number of people at the head of a block, even where the next title is glued to it."""
    words = lexicon.load()
    return re.compile(
        rf"(?i:(?:{words.columns['attendance'].pattern})"
        rf"[\s\u00a0]*[:：–-]?[\s\u00a0]*(?:\w+[\s\u00a0]){{0,2}}?)"
        rf"?(?P<n>(?i:{words.number}))[\s\u00a0]*"
        rf"(?P<unit>(?i:{words.units['people']}))(?:(?=[A-ZÀ-Ý¿¡“«\"\d])|(?!\w))"
    )


@cache
def attendance_label() -> re.Pattern[str]:
    """Give the pattern of a label such as "Attendance:" with its number, group ``n``."""
    words = lexicon.load()
    return lexicon.compiled(
        rf"(?:\*\*|__)?(?:{words.columns['attendance'].pattern})(?:\*\*|"
        rf"__)? ?[:：](?:\*\*|__)? ?(?:\w+\.? ){{0,2}}?(?P<n>{words.number})(?!\w)"
    )


@cache
def _header() -> re.Pattern[str]:
    """Headings of columns glued to the first cell: a small letter meets a capital."""
    columns = lexicon.load().columns
    known = "|".join(
        columns[name].pattern for name in ("title", "attendance", "organiser", "cohosts")
    )
    return re.compile(rf"(?:(?i:{known})(?=[A-ZÀ-Ý¿“«]))+(?=[A-ZÀ-Ý¿“«])")


def fused_header(text: str, span: tuple[int, int]) -> Span | None:
    """Give headings of columns that are glued to a title, or None."""
    found = _header().match(text, *span)
    return None if found is None or found.end() == found.start() else Span(*found.span())


def fused_count(text: str, span: tuple[int, int]) -> re.Match[str] | None:
    """Give the number of people at the head of a block."""
    return came().match(text, *span)

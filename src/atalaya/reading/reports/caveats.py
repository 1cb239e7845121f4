"""What a report doubts of a resolution: a sentence or clause that begins with "however"."""

from __future__ import annotations

import re
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.spans import Leaf, Span, leaf

_LATE = re.compile(
    r",[ \u00a0](?:however|though|nevertheless|nonetheless|sin embargo|no obstante|toutefois|"
    r"cependant|"
    r"néanmoins|porém)[.]?$",
    re.IGNORECASE,
)


_IT = (
    r"(?:it|this|the (?:text|resolution|decision|declaration)|elle|il|(?:le|ce) texte|"
    r"(?:el|este) texto|"
    r"la (?:résolution|resolución|décision|decisión|déclaration|declaración))"
)
_DENIES = re.compile(
    rf"(?:{_IT}[ \u00a0](?:(?:does|do|did|is|was)(?:[ \u00a0]not|n['’]t)|"
    r"(?:has|sets|names|gives|offers|says|brings|provides)[ \u00a0](?:no|nothing)|no|"
    r"(?:ne[ \u00a0]|n['’])\w+[ \u00a0](?:pas|aucune?|rien))|"
    r"no|not|none|nobody|nothing|neither|without|ningun[oa]?|nadie|nada|tampoco|sin|aucune?|sans|"
    r"rien|personne)[ \u00a0]",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:dont|whose|cuy[oa]s?)[ \u00a0][^,;.]{2,40}?[ \u00a0](?:reste(?:nt)?|remains?|siguen?|"
    r"quedan?|"
    r"is not|are not|n['’]est pas)(?!\w)|"
    rf"{_IT}[ \u00a0](?:(?:does|did|do)(?: not|n['’]t)|(?:has|have|had|contains?|sets?|provides?|"
    rf"offers?|"
    r"includes?|names?)[ \u00a0]no|is not|was not|no[ \u00a0]\w+|ne[ \u00a0]\w+[ \u00a0](?:pas|"
    r"aucun|rien|plus)|"
    r"n['’]\w+[ \u00a0](?:pas|aucun|rien|plus))(?!\w)|no[ \u00a0](?:incluye|prevé|fija|establece|"
    r"menciona|asigna|"
    r"contempla|tiene|hay)(?!\w)",
    re.IGNORECASE,
)
# What a text leaves out: "queda pendiente su financiación", "it lacks a budget".
_LACKS = re.compile(
    r"(?:(?:it|the text|elle|il|le texte|el texto)[ \u00a0])?(?:(?:still|todavía|aún)[ \u00a0])?"
    r"(?:lacks?|lacking|leaves|quedan? (?:pendientes?|por)|faltan?|carecen?|remains? (?:un\w+|to "
    r"be)|"
    r"reste(?:nt)? (?:à|en)|manque(?:nt)?)(?!\w)",
    re.IGNORECASE,
)


# "Its success will depend on funding", "the plan is subject to the availability of resources".
_CONDITIONAL = (
    r"(?:its|their|the|this|sus?|la|el|las|los|est[ae]|sa|son|ses|leurs?|le|les|cette|ce|l['’])"
    r" ?[^.,;:]{1,60}? (?:(?:will |would )?depends?|depende(?:n|rán?|ría)?|"
    r"dépend(?:ra|ent)?|(?:is|are|remains?|está|están|quedan?|es|son|est|reste) "
    r"(?:dependent|subject|sujet[oa]?s?|supeditad[oa]s?|pendientes?|subordonnée?s?|tributaires?)) "
    r"(?:(?:up)?on|to|del?|d['’]|al?|à|aux?)(?!\w)"
)


@cache
def _conditional() -> re.Pattern[str]:
    return lexicon.compiled(_CONDITIONAL)


@cache
def _weakness() -> re.Pattern[str]:
    """Give the pattern of "Its weakness is that ..."."""
    words = lexicon.load()
    nouns = rf"(?:{words.columns['caveat'].pattern}|{words.sections['challenges'].pattern})"
    return lexicon.compiled(
        rf"(?:(?:its|the|one|su|la|el|una?|sa|son|le|l['’]) ?)(?:\w+ )?{nouns}(?: \w+)? "
        rf"(?:is|remains|es|radica en|consiste en|est)(?: that| que| qu['’])? "
    )


@cache
def _labelled() -> re.Pattern[str]:
    """Give the pattern of a label before a doubt: "One caveat: ..."."""
    words = lexicon.load().columns["caveat"].pattern
    return lexicon.compiled(rf"[*_]{{0,3}}(?:\w+ )?(?:{words})[*_]{{0,3}} ?:[*_]{{0,3}} ")


@cache
def _caveat_start() -> re.Pattern[str]:
    return lexicon.compiled(rf"{lexicon.load().phrases['caveat']}(?![\w])")


@cache
def _caveat_dropped() -> re.Pattern[str]:
    return lexicon.compiled(rf"{lexicon.load().phrases['dropped_caveat']} ?,? ?(?!\w*['’]\w*\b$)")


def is_caveat(text: str, span: Span) -> bool:
    """Whether a sentence begins with a word of doubt, or denies something."""
    starts = (_caveat_start(), _labelled(), _DENIES, _LACKS, _NEGATED, _weakness(), _conditional())
    return any(one.match(text, *span) is not None for one in starts)


def caveat_of(text: str, span: Span) -> Leaf | None:
    """Give the doubt of a sentence, without the word that begins it."""
    before = (_labelled(), _weakness(), _caveat_dropped())
    dropped = next((found for one in before if (found := one.match(text, *span))), None)
    return leaf(text, (dropped.end() if dropped else span.start, span.end))


def split_caveat(text: str, span: Span) -> tuple[Span, Leaf | None]:
    """Part a sentence from the doubt that its last clause holds, if it does."""
    pattern = lexicon.compiled(
        rf"[,;] (?=(?:{lexicon.load().phrases['dropped_caveat']}|aunque|although|though|"
        rf"si bien|bien que|sin|sans|without)(?!\w)|{_CONDITIONAL})"
    )
    late = _LATE.search(text, *span)
    if late is not None:  # "No targets were set, however."
        return Span(span.start, span.start), leaf(text, span)
    found = pattern.search(text, *span)
    if found is None:
        return span, None
    return Span(span.start, found.start()), caveat_of(text, Span(found.end(), span.end))

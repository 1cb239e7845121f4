"""With whom a meeting was and what for, from the words behind "with"."""

from __future__ import annotations

import re
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.leaves import Named, bare, only_states, several
from atalaya.reading.reports.names import BODY
from atalaya.reading.reports.spans import Leaf, Span, leaf

_DELEGATIONS = re.compile(
    r"(?:(?:the|las?|los|el|les?|des|an?|representatives|representantes|"
    r"représentants)[ \u00a0]+|l['’])*(?:(?:of|de|from)[ \u00a0]+)?(?:(?:the|las|los|les|"
    r"des)[ \u00a0]+)?(?:(?:government|national|official|state)[ \u00a0]+)?"
    r"(?:delegations?|delegaciones|delegación|délégations?|permanent missions?|"
    r"misiones permanentes|missions permanentes|representatives|representantes|représentants?|"
    r"(?:(?:ses|leurs|sus|their|his|her|our|nos)[ \u00a0])?(?:homologues|homólogos|counterparts|"
    r"colleagues)|"
    r"gobiernos|governments?|gouvernements)"
    r"(?:[ \u00a0]+(?:gubernamentales|gouvernementales|oficiales|nationales|"
    r"permanentes|officielles))?[ \u00a0]+(?:of the|of|from|de los|de las|del|de|des|"
    r"du|d['’])[ \u00a0]*(?:(?:gobiernos|governments|gouvernements) (?:of|"
    r"de)[ \u00a0])?",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:,?[ \u00a0](?:(?:all|both|tous|toutes|tod[oa]s)[ \u00a0])?(?P<lead>focus(?:ing|ed) on|"
    r"cent(?:er|r)ing on|on|about|"
    r"regarding|concerning|to (?:discuss|address|talk about)|(?-i:[a-z]+ed) (?:on|at|to)|"
    r"(?-i:[a-z]+)[ai]d[oa]s? (?:en|al?|sobre|para)|"
    r"sobre|acerca de|en torno a|para (?:tratar|abordar|discutir|hablar del?|"
    r"tratar del?|conversar sobre)|"
    r"pour (?:parler|discuter|traiter|échanger) (?:de|sur)|pour (?:aborder|évoquer)|"
    r"(?-i:[a-zà-ÿ]+)ée?s? (?:sur|à|aux?)|portant sur|"
    r"(?:au sujet|à propos|autour) d(?:es|u|e|['’])|concernant|"
    r"sur|to|para|por(?= (?:el|la|los|las) )|afin d(?:e|['’])|pour|"
    r"(?:con el fin|a fin|con (?:el )?(?:objetivo|objeto|propósito)|en vue) de|"
    r"in order to|with a view to)(?:[ \u00a0]+|(?<=['’]))|"
    r"(?P<comma>,)[ \u00a0](?=[a-z]+ing\b|\w+(?:ando|iendo|endo)\b|en \w+ant\b))(?=\w)"
)
_OF_BODIES = ("on", "sobre", "sur")
_IN_NAMES = ("on", "to", "sobre", "sur", "para", "pour")
_LISTED = re.compile(
    r"(?:(?:the|las|los|les|des|de)[ \u00a0]+)?(?:(?:\w+[ \u00a0])?(?:delegations?|missions?|"
    r"countries|"
    r"governments|states|delegaciones|misiones|países|gobiernos|estados|délégations|missions|pays|"
    r"gouvernements|états)[ \u00a0]+)?\((?P<all>[A-ZÀ-Ý][^()]+)\)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[;](?=[ \u00a0])|\.(?=[\s\u00a0]|$)|,?[ \u00a0](?:(?:also|también|aussi)[ \u00a0])?"
    r"(?:took place|(?:was|were) held|tuvo lugar|tuvieron lugar|"
    r"se celebr(?:ó|aron)|(?:a|ont) eu lieu)(?!\w)"
)
_ASIDE = re.compile(r"[ \u00a0]\((?P<aim>[a-zà-ÿ][^()]+)\)[ \u00a0.]*$")
_AND_END = re.compile(r",?[ \u00a0](?:and|y|et|e)[ \u00a0]*$")


@cache
def _about() -> re.Pattern[str]:
    """Give the pattern of brackets that say what a meeting was about."""
    label = lexicon.load().columns["purpose"].pattern
    return lexicon.compiled(rf" ?\((?:{label}) ?: ?(?P<about>[^()]+)\)")


def counterparts(text: str, span: Span) -> tuple[tuple[Named, ...], Leaf | None]:
    """Give who was met and what for: "delegations of Chile and Peru on access to medicines"."""
    about = _about().search(text, *span)
    if about is not None:  # "Norway (subject: badges)"
        names, _ = counterparts(text, Span(span.start, about.start()))
        return names, leaf(text, about.span("about"))
    lead = _DELEGATIONS.match(text, *span)
    start = lead.end() if lead else span.start
    inner = _LISTED.match(text, start, span.end)
    if inner is not None:  # "delegations (Chile, Peru) about ..."
        after = _PURPOSE.match(text, inner.end(), span.end)
        stop = _STOP.search(text, inner.end(), span.end)
        tail = _AND_END.search(text, inner.end(), span.end)
        end = min([one.start() for one in (stop, tail) if one is not None], default=span.end)
        purpose = None if after is None else leaf(text, (after.end(), max(end, after.end())))
        return several(text, inner.span("all")), purpose
    cut = purpose_of(text, Span(start, span.end))
    stop = _STOP.search(text, start, span.end)
    end = min([one.start() for one in (cut, stop) if one is not None], default=span.end)
    tail = _AND_END.search(text, start, span.end)
    last = tail.start() if tail else span.end
    last = min(last, stop.start()) if stop and cut and stop.start() > cut.end() else last
    purpose = None if cut is None else leaf(text, (cut.end(), last))
    aside = _ASIDE.search(text, start, end) if cut is None else None
    if aside is not None and not only_states(text, aside.span("aim")):  # "Chile, Peru (morphine)"
        return bare(text, several(text, (start, aside.start()))), leaf(text, aside.span("aim"))
    return bare(text, several(text, (start, end))), purpose


def purpose_of(text: str, span: Span) -> re.Match[str] | None:
    """Give the phrase behind which stands what a meeting was for, or None.

    "the Rapporteur on health, on her report": where one stands behind a comma, it is the purpose;
    "the Agency on drugs about indicators": so is the second one behind a body.
    """
    found = [one for one in _PURPOSE.finditer(text, *span) if _is_purpose(text, span.start, one)]
    if not found or found[0]["lead"] not in _IN_NAMES or found[0][0].startswith(","):
        return found[0] if found else None
    apart = next((one for one in found if one[0].startswith(",")), None)
    second = found[1] if found[0]["lead"] in _OF_BODIES and len(found) > 1 else None
    if apart or second is None:
        return apart or found[0]
    aimed = re.match(r"to |para |pour |afin", second["lead"] or "")
    named = BODY.search(text, span.start, found[0].start())
    return second if aimed or named else found[0]


def _is_purpose(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a phrase ends a list of names: "Commission on Narcotic Drugs" goes on after "on"."""
    if text[start : found.start()].count("(") > text[start : found.start()].count(")"):
        return False
    if found["lead"] in _IN_NAMES:
        return not text[found.end()].isupper()
    return True

"""One resolution from the stretch of text that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.caveats import caveat_of, is_caveat, split_caveat
from atalaya.reading.reports.clauses import quoted, roles, sentences
from atalaya.reading.reports.leaves import Named, only_states, several
from atalaya.reading.reports.names import state
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed
from atalaya.reading.reports.symbols import NUMBER, SYMBOL, symbol_of

_DASH = re.compile(r"[ \u00a0][–—-][ \u00a0]|[ \u00a0]?[:：][ \u00a0]+")
_PAREN = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_PARTICIPLE = re.compile(
    r",[ \u00a0](?=(?:(?:thereby|thus|así|"
    r"ainsi)[ \u00a0])?(?:[a-z]{3,}ing(?:[ \u00a0]|$)|[a-zá-ú]{3,}(?:ando|iendo|endo|"
    r"indo)(?:[ \u00a0]|$)|en[ \u00a0]\w+ant[ \u00a0]|[a-zà-ÿ]{3,}ant[ \u00a0]|"
    r"which[ \u00a0]|qui[ \u00a0]|que[ \u00a0]|lo que[ \u00a0]|afin[ \u00a0]|"
    r"con el fin[ \u00a0]|to[ \u00a0][a-z]|para[ \u00a0]\w+r[ \u00a0]|"
    r"pour[ \u00a0]\w+r[ \u00a0]))"
)
_VERB = re.compile(
    r",?[ \u00a0](?:was|were|is|has been|have been|fue|fueron|ha sido|se aprobó|"
    r"se adoptó|quedó|a été|ont été|est|sont|foi|passed|won|received|obtuvo|"
    r"recibió)(?=[ \u00a0])"
)
_PLAIN = re.compile(
    r"(?:(?:the|la|el|le|a|una?|une)[ \u00a0])?(?:draft[ \u00a0]|proyecto de[ \u00a0]|"
    r"projet de[ \u00a0])?(?:resolution|decision|resolución|decisión|résolution|"
    r"décision|resolução)[ \u00a0]?(?:n[o°º.]*[ \u00a0]?)?(?:[\d/]+|"
    r"[A-Z]+[\d./()-]+[\w./()-]*)?[ \u00a0]*(?:\([^)]*\))?[ \u00a0,]*",
    re.IGNORECASE,
)
_SPONSOR_STOP = re.compile(
    r"[ \u00a0]?\(|[ \u00a0][–—-][ \u00a0]|,?[ \u00a0](?:on behalf of|for the|en nombre de|"
    r"en representación de|"
    r"au nom d|was|were|fue|fueron|a été|"
    r"ont été|se[ \u00a0]\w+(?:ó|aron|ieron)|is|aims|seeks|busca|vise|which|que|qui|adopted|"
    r"aprobada|adoptée|"
    r"and (?:was|adopted|aims|seeks|calls)|y (?:fue|busca|aprobada)|et (?:a|vise|"
    r"adoptée))(?=[ \u00a0]|$)|[.;:]"
)
_BACKED = re.compile(
    r"suppor|back|help|apoy|respald|soutien|soutenu|appu|aide|particip|acompañ", re.IGNORECASE
)
_SAYS = re.compile(
    r",[ \u00a0](?!(?:and|y|et|e|with|con|avec|which|que|qui|was|were|fue|fueron|"
    r"a été|ont été|has|ha|adopted|adoptad|aprobad|adopté)\b)(?=[a-zà-ÿ]{3,}[ \u00a0])"
)
_LEADING = re.compile(
    r"(?:(?:the|an?|el|la|los|las|le|les|une?|o|os|as)[ \u00a0]|l['’])(?=[a-zà-ÿ])"
)
_POSSESSIVE = re.compile(
    r"(?:\w+,? )?(?P<state>[A-ZÀ-Ý][\w’' -]{2,40}?)['’]s?[ \u00a0](?:(?:draft|new|own)[ \u00a0])?"
    r"(?:(?:resolution|text|draft|proposal|one)[ \u00a0])?(?=(?:on|about|concerning)[ \u00a0])"
)
_ON = re.compile(
    r"[ \u00a0,]*(?:on|about|concerning|regarding|sobre|acerca de|relativ[oa]s? al?|sur|concernant|"
    r"relati(?:f|ve)s? (?:à|aux?))[ \u00a0]"
)
_MOST_HEAD = 28
_CLAUSE = re.compile(r"[,;][ \u00a0](?=(?i:%s)(?:[ \u00a0,]))")


@dataclass(frozen=True, slots=True)
class Resolution:
    """One resolution, each value or None."""

    n: Leaf | None = None
    topic: Leaf | None = None
    symbol: Leaf | None = None
    symbol_is_draft: Leaf | None = None
    sponsors: tuple[Named, ...] = ()
    effect: Leaf | None = None
    caveat: Leaf | None = None


def without_brackets(text: str, span: Span) -> Span:
    """Cut a topic before brackets that hold a symbol or States."""
    for found in _PAREN.finditer(text, *span):
        inner = Span(*found.span(1))
        if SYMBOL.search(text, *inner) or only_states(text, inner):
            return Span(span.start, found.start()) if found.start() > span.start else span
    return span


def without_symbol(text: str, span: Span) -> int:
    """Give where a topic begins behind its symbol: "CD52.R4 Pain relief"."""
    found = SYMBOL.match(text, *span) or NUMBER.match(text, *span)
    if found is None:
        return span.start
    kept = trimmed(text, (found.end(), span.end))
    return kept.start if kept is not None and text[kept.start] != "(" else span.start


def of_unit(text: str, span: Span) -> Resolution:
    """Read one resolution from the stretch that tells of it."""
    first, *rest = sentences(text, span)
    caveat = next((caveat_of(text, one) for one in rest if is_caveat(text, one)), None)
    first, inner = split_caveat(text, first)
    symbol, draft = symbol_of(text, span)
    topic, effect = _topic(text, first)
    split = [split_caveat(text, one) for one in rest if not is_caveat(text, one)]
    inner = inner or next((said for _, said in split if said is not None), None)
    if effect is None:
        effect = next((leaf(text, one) for one, _ in split), None)
        effect = None if symbol is not None and effect and effect.span == symbol.span else effect
    return Resolution(
        topic=topic,
        symbol=symbol,
        symbol_is_draft=draft,
        sponsors=_sponsors(text, Span(first.start, span.end)),
        effect=effect or _predicate(text, first),
        caveat=caveat or inner,
    )


def _predicate(text: str, span: Span) -> Leaf | None:
    """Read the effect after who presented a text: ", tabled by X, asks States to ..."."""
    for role in roles(text, span, ("sponsors",)):
        after = _SAYS.search(text, *role.filled)
        if (
            after is not None
            and state(text[after.end() :].split(",", maxsplit=1)[0].split(" ", maxsplit=1)[0])
            is None
        ):
            return leaf(text, (after.end(), role.filled.end))
    return None


def subject_of(text: str, span: Span) -> tuple[Span, int] | None:
    """Give the States that a sentence begins with and where what they did to a text ends."""
    own = _POSSESSIVE.match(text, *span)
    if own is not None and state(own["state"]) is not None:
        return Span(*own.span("state")), own.end()
    for found in lexicon.load().roles["tabling"].finditer(text, *span):
        before = trimmed(text, (span.start, found.start()))
        if before is not None and len(before.of(text)) < 200 and only_states(text, before):  # noqa: PLR2004
            return before, found.end()
        if found.start() - span.start > 200:  # noqa: PLR2004 - too far to be its subject
            return None
    return None


def _sponsors(text: str, span: Span) -> tuple[Named, ...]:
    subject = subject_of(text, span)
    found = [*several(text, subject[0])] if subject is not None else []
    for one in _PAREN.finditer(text, *span):
        inner = Span(*one.span(1))
        if SYMBOL.search(text, *inner) is None and only_states(text, inner):
            found += several(text, inner)
    for role in roles(text, span, ("sponsors", "cohosts")):
        if _BACKED.search(text, *role.span):
            continue  # who supports a text has not sponsored it
        stop = _SPONSOR_STOP.search(text, *role.filled)
        filled = Span(role.filled.start, stop.start() if stop else role.filled.end)
        for each in several(text, filled):
            if each.iso3 is None and found and not str(each.name.value)[:1].isupper():
                break
            if each.iso3 is not None or str(each.name.value)[:1].isupper():
                found.append(each)
    unique = {each.name.span: each for each in found}
    return tuple(
        {(each.iso3 or each.name.value): each for each in reversed([*unique.values()])}.values()
    )[::-1]


def _topic(text: str, span: Span) -> tuple[Leaf | None, Leaf | None]:
    """Give topic and effect of a sentence."""
    inner = quoted(text, span)
    if inner is not None:
        after = Span(min(inner.end + 1, span.end), span.end)
        return leaf(text, inner), _effect_after(text, after)
    subject = subject_of(text, span)
    if subject is not None:
        return _object(text, Span(subject[1], span.end))
    head = _DASH.search(text, *span)
    if head is not None and len(text[span.start : head.start()].split()) <= _MOST_HEAD:
        return _headed(text, span, head)
    about = lexicon.load().roles["text"].search(text, *span)
    if about is not None:
        return _object(text, Span(about.start(), span.end))
    return _object(text, span)


def _headed(text: str, span: Span, head: re.Match[str]) -> tuple[Leaf | None, Leaf | None]:
    before, after = Span(span.start, head.start()), Span(head.end(), span.end)
    plain = _PLAIN.match(text, *before)
    only_symbol = trimmed(text, before)
    bare = (plain is not None and plain.end() >= before.end) or (
        only_symbol is not None
        and (SYMBOL.fullmatch(text, *only_symbol) or NUMBER.fullmatch(text, *only_symbol))
    )
    if bare:
        return _topic(text, after)
    if only_states(text, before):
        return _object(text, after)
    return _cut_topic(text, before), _effect(text, after)


def _object(text: str, span: Span) -> tuple[Leaf | None, Leaf | None]:
    """Read "a resolution on X (symbol), doing Y": the topic X and the effect "doing Y"."""
    start, end = span
    on = _ON.match(text, start, end)
    start = on.end() if on else start
    about = lexicon.load().roles["text"].match(text, start, end)
    if about is None:
        spaced = re.compile(r"[\s\u00a0]*").match(text, start, end)
        about = lexicon.load().roles["text"].match(text, spaced.end() if spaced else start, end)
    start = about.end() if about else start
    plain = _PLAIN.match(text, start, end)
    start = plain.end() if plain and about is None else start
    on = _ON.match(text, start, end)
    start = on.end() if on else start
    topic = _cut_topic(text, Span(start, end))
    at = topic.span.end if topic is not None else start
    topic = topic if topic is None else _without_article(text, topic)
    return topic, _effect_after(text, Span(at, end))


def _without_article(text: str, topic: Leaf) -> Leaf:
    found = _LEADING.match(text, *topic.span)
    if found is None or found.end() >= topic.span.end:
        return topic
    return leaf(text, (found.end(), topic.span.end)) or topic


def _cut_topic(text: str, span: Span) -> Leaf | None:
    start, end = span
    stops = [
        found.start()
        for found in (
            _PARTICIPLE.search(text, start, end),
            _VERB.search(text, start, end),
            next(iter(_brackets(text, span)), None),
            _DASH.search(text, start, end),
            re.compile(r"[.;](?=[\s\u00a0]|$)").search(text, start, end),
        )
        if found is not None
    ]
    stops += [one.span.start for one in roles(text, span, ("sponsors", "cohosts"))]
    return leaf(text, (start, min(stops, default=end)), article=False)


def _brackets(text: str, span: Span) -> Iterator[re.Match[str]]:
    for found in _PAREN.finditer(text, *span):
        inner = Span(*found.span(1))
        if (
            SYMBOL.search(text, *inner)
            or only_states(text, inner)
            or roles(text, inner, ("sponsors",))
        ):
            yield found


def _effect_after(text: str, span: Span) -> Leaf | None:
    dash = re.compile(r"[ \u00a0][–—-][ \u00a0]").search(text, *span)
    found = _PARTICIPLE.search(text, *span)
    if dash is not None and (found is None or dash.start() < found.start()):
        return _effect(text, Span(dash.end(), span.end))
    return None if found is None else _effect(text, Span(found.end(), span.end))


def _effect(text: str, span: Span) -> Leaf | None:
    found = leaf(text, span)
    if found is None or state(str(found.value)) is not None:
        return None
    if SYMBOL.fullmatch(str(found.value)) or (
        roles(text, span, ("sponsors",))[:1]
        and not found.span.start < roles(text, span, ("sponsors",))[0].span.start
    ):
        return None
    return found

"""What a text is about and what it does, from the stretch that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.announced import ENUMERATED, announces
from atalaya.reading.reports.clauses import quoted, roles
from atalaya.reading.reports.leaves import only_states
from atalaya.reading.reports.names import state
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed
from atalaya.reading.reports.sponsoring import BRACKETS, states_of, subject_of
from atalaya.reading.reports.symbols import NUMBER, SYMBOL

_DASH = re.compile(r"[ \u00a0][–—-][ \u00a0]|[ \u00a0]?[:：][ \u00a0]+")
_PARTICIPLE = re.compile(
    r",[ \u00a0](?=(?:(?:thereby|thus|así|"
    r"ainsi)[ \u00a0])?(?:(?!during|including|according|regarding|concerning|"
    r"following)[a-z]{3,}ing(?:[ \u00a0]|$)|[a-zá-ú]{3,}(?:ando|iendo|endo|"
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
PLAIN = re.compile(
    r"(?:(?:the|la|el|le|a|una?|une)[ \u00a0])?(?:draft[ \u00a0]|proyecto de[ \u00a0]|"
    r"projet de[ \u00a0])?(?:resolution|decision|resolución|decisión|résolution|"
    r"décision|resolução)[ \u00a0]?(?:n[o°º.]*[ \u00a0]?)?(?:[\d/]+|"
    r"[A-Z]+[\d./()-]+[\w./()-]*)?[ \u00a0]*(?:\([^)]*\))?[ \u00a0,]*",
    re.IGNORECASE,
)
# "At the proposal of Chile the strategy was adopted": where the text stands behind its verb.
ADOPTS = re.compile(
    r"(?<!\w)(?:[Ss]e[ \u00a0](?:aprob|adopt|acord)(?:ó|aron)|"
    r"(?:[Ll]a[ \u00a0][A-ZÀ-Ý]\w+|[Tt]he[ \u00a0][A-Z]\w+)[ \u00a0]"
    r"(?:adopted|approved|aprobó|adoptó|a[ \u00a0]adopté))(?:,[^,.;]{3,80},)?[ \u00a0](?=\S)"
)
# "Resolution 66/1 - ...": a line that begins so tells of that text alone.
NAMED = re.compile(
    rf"(?:(?:draft|proyecto de|projet de)[ \u00a0])?(?:resolution|decision|resolución|decisión|"
    rf"résolution|décision)[ \u00a0](?:{SYMBOL.pattern}|{NUMBER.pattern})"
    rf"(?:[ \u00a0][–—-]|[ \u00a0]?[:,.])[ \u00a0]",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Ee]l|[Ll]a|[Ll]os|[Ll]as|[Ll]es?|[Uu]n[aeo]?s?|o|os|as)[ \u00a0]|"
    r"[Ll]['’])(?=[a-zà-ÿ])|(?:the|el|la|los|las|les?|l['’])[ \u00a0]?(?<=[ \u00a0'’])(?=[A-ZÀ-Ý])"
)
_ON = re.compile(
    r"[ \u00a0,]*(?:on|about|concerning|regarding|sobre|acerca de|relativ[oa]s? al?|sur|concernant|"
    r"relati(?:f|ve)s? (?:à|aux?))[ \u00a0](?!behalf|\d)"
)
# "proposed to modernise ...", "sometió el de prisiones": what the verb governs is no topic's.
_BARE = re.compile(
    r"[ \u00a0]*(?:(?:el|la|los|las|celui|celle)[ \u00a0](?:(?:del?|sur|sobre)[ \u00a0]|d['’])|"
    r"to[ \u00a0](?=[a-z])|(?:de[ \u00a0]|d['’])(?=\w+(?:er|ir|re)\b))",
    re.IGNORECASE,
)
# "which was adopted without a vote" is what became of a text, and not what it does.
FATE = re.compile(
    r"[ \u00a0]*(?:(?:which|que|qui|it|il|elle|they)[ \u00a0](?=was|were|passed|fell|failed|fue|"
    r"qued|a été|ont été|"
    r"se))?"
    r"(?:was|were|passed|fell|failed|fue|fueron|quedó|quedaron|a été|ont été|se[ \u00a0]\w+(?:ó|"
    r"aron))(?=[ \u00a0])",
    re.IGNORECASE,
)
_MOST_HEAD = 28


def matter(text: str, topic: Leaf) -> Leaf:
    """Take the kind of text off a topic: "Declaration on health at night" is about health."""
    kind = lexicon.load().roles["text"].match(text, *topic.span)
    if kind is None or kind.end() >= topic.span.end:
        return topic
    return _without_article(text, leaf(text, (kind.end(), topic.span.end)) or topic)


def is_numbered(text: str, span: Span) -> bool:
    """Whether brackets hold the symbol or the number of a text."""
    return bool(SYMBOL.search(text, *span) or NUMBER.search(text, *span))


def without_brackets(text: str, span: Span) -> Span:
    """Cut a topic before brackets that hold a symbol or States."""
    for found in BRACKETS.finditer(text, *span):
        inner = Span(*found.span(1))
        if is_numbered(text, inner) or only_states(text, inner):
            return Span(span.start, found.start()) if found.start() > span.start else span
    return span


def without_symbol(text: str, span: Span) -> int:
    """Give where a topic begins behind its symbol: "CD52.R4 Pain relief"."""
    found = SYMBOL.match(text, *span) or NUMBER.match(text, *span)
    if found is None:
        return span.start
    kept = trimmed(text, (found.end(), span.end))
    return kept.start if kept is not None and text[kept.start] != "(" else span.start


def topic_of(text: str, span: Span) -> tuple[Leaf | None, Leaf | None]:
    """Give topic and effect of a sentence."""
    inner = quoted(text, span)
    if inner is not None:
        after = Span(min(inner.end + 1, span.end), span.end)
        return leaf(text, inner), effect_after(text, after)
    subject = subject_of(text, span)
    if subject is not None:
        return _object(text, Span(subject[1], span.end))
    told = concerned(text, span)
    if told is not None:
        return _object(text, told)[0], None
    symbol = SYMBOL.match(text, *span) or NUMBER.match(text, *span)
    if symbol is not None and text.startswith(",", symbol.end()):  # "EB156(12), Pain relief"
        span = Span(symbol.end() + 1, span.end)
    adopts = ADOPTS.search(text, *span)
    dashes = (one for one in _DASH.finditer(text, *span) if not inside(text, span, one))
    head = None if adopts else next(dashes, None)
    if head is not None and len(text[span.start : head.start()].split()) <= _MOST_HEAD:
        return _headed(text, span, head)
    behind = _behind_sponsors(text, span)
    about = None if adopts else lexicon.load().roles["text"].search(text, *span)
    start = adopts.end() if adopts else about.start() if about else span.start
    order = ENUMERATED.match(text, *span) if start == span.start else None
    bare = order is not None and _ON.match(text, order.end(), span.end) is None and not behind
    return (None, None) if bare else _object(text, behind or Span(start, span.end))


def _behind_sponsors(text: str, span: Span) -> Span | None:
    """Give what follows who sponsored: "a declaration, proposed by Chile and Peru, on prisons"."""
    for role in roles(text, span, ("sponsors",)):
        on = _ON.search(text, *role.filled)
        if on is not None and only_states(text, Span(role.filled.start, on.start())):
            return Span(on.end(), span.end)
    return None


def concerned(text: str, span: Span) -> Span | None:
    """Give what one of several texts is said to be about: "La première porte sur ..."."""
    if ENUMERATED.match(text, *span) is None and SYMBOL.match(text, *span) is None:
        return None
    verb = _about().search(text, *span)
    return None if verb is None else Span(verb.end(), span.end)


@cache
def _about() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['is_about']} ")


def inside(text: str, span: Span, found: re.Match[str]) -> bool:
    """Whether a mark stands inside brackets."""
    before = text[span.start : found.start()]
    return before.count("(") > before.count(")")


def _headed(text: str, span: Span, head: re.Match[str]) -> tuple[Leaf | None, Leaf | None]:
    before, after = Span(span.start, head.start()), Span(head.end(), span.end)
    plain = PLAIN.match(text, *before)
    only_symbol = trimmed(text, before)
    bare = (plain is not None and plain.end() >= before.end) or (
        only_symbol is not None
        and (SYMBOL.fullmatch(text, *only_symbol) or NUMBER.fullmatch(text, *only_symbol))
    )
    if bare:
        return topic_of(text, after)
    if only_states(text, before):
        return _object(text, after)
    if announces(text, before) and ":" in head[0]:  # "One text came of it: the declaration on ..."
        return topic_of(text, after)
    named = plain is not None and any(map(str.isdigit, plain[0]))  # "Resolution 62/7, Care: ..."
    topic = _cut_topic(text, Span(plain.end(), before.end) if plain and named else before)
    return topic and _without_article(text, matter(text, topic)), _said(text, after)


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
    plain = PLAIN.match(text, start, end)
    start = plain.end() if plain and about is None else start
    bare = _BARE.match(text, start, end) if about is None else None
    start = bare.end() if bare else start
    on = _ON.match(text, start, end)
    start = on.end() if on else start
    topic = _cut_topic(text, Span(start, end))
    at = topic.span.end if topic is not None else start
    topic = topic if topic is None else _without_article(text, topic)
    return topic, effect_after(text, Span(at, end))


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
            next((one for one in _DASH.finditer(text, *span) if not inside(text, span, one)), None),
            re.compile(r"[.;](?=[\s\u00a0]|$)").search(text, start, end),
        )
        if found is not None
    ]
    stops += [one.start() for one in SYMBOL.finditer(text, start, end) if one.start() > start]
    stops += [one.span.start for one in roles(text, span, ("sponsors", "cohosts"))]
    end = min(stops, default=end)
    tail = re.search(r",?[ \u00a0](?:and|y|et)[ \u00a0,]*$", text[start:end])
    return leaf(text, (start, start + tail.start() if tail else end), article=False)


def _brackets(text: str, span: Span) -> Iterator[re.Match[str]]:
    for found in BRACKETS.finditer(text, *span):
        inner = states_of(text, Span(*found.span(1)))
        if (
            is_numbered(text, inner)
            or only_states(text, inner)
            or roles(text, inner, ("sponsors",))
        ):
            yield found


def effect_after(text: str, span: Span) -> Leaf | None:
    """Give what is said behind a topic: "..., asking States to report", "... – sets up a fund".

    Behind dashes may stand first its symbol, who tabled it, and that it was adopted.
    """
    found = _PARTICIPLE.search(text, *span)
    begins = [one.end() for one in re.compile(r"[ \u00a0][–—-][ \u00a0]").finditer(text, *span)]
    if not begins or (found is not None and found.start() < begins[0]):
        return None if found is None else _effect(text, Span(found.end(), span.end))
    parted = (Span(begin, span.end) for begin in begins)
    said = (one for one in parted if len(begins) == 1 or not _is_aside(text, one))
    return next((_effect(text, one) for one in said), None)


def _said(text: str, span: Span) -> Leaf | None:
    """Give what a text does from what stands behind its topic."""
    return effect_after(text, span) if _is_aside(text, span) else _effect(text, span)


def _is_aside(text: str, span: Span) -> bool:
    """Whether a piece between dashes says no more than which text it is, whose, and adopted."""
    kept = trimmed(text, span) or span
    led = roles(text, kept, ("sponsors",))
    return (
        SYMBOL.match(text, *kept) is not None
        or NUMBER.match(text, *kept) is not None
        or bool(led and led[0].span.start == kept.start)
        or lexicon.compiled(lexicon.load().phrases["adopted"]).match(text, *kept) is not None
    )


def _effect(text: str, span: Span) -> Leaf | None:
    found = leaf(text, span)
    if found is None or state(str(found.value)) is not None or FATE.match(text, *span):
        return None
    if SYMBOL.fullmatch(str(found.value)) or (
        roles(text, span, ("sponsors",))[:1]
        and not found.span.start < roles(text, span, ("sponsors",))[0].span.start
    ):
        return None
    return found

"""One resolution from the stretch of text that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.reading.reports.caveats import caveat_of, is_caveat, split_caveat
from atalaya.reading.reports.clauses import roles, sentences
from atalaya.reading.reports.leaves import Named, only_states
from atalaya.reading.reports.names import state
from atalaya.reading.reports.spans import Leaf, Span, leaf
from atalaya.reading.reports.sponsoring import BRACKETS, subject_of
from atalaya.reading.reports.sponsoring import sponsors as sponsors_of
from atalaya.reading.reports.symbols import NUMBER, SYMBOL, symbol_of
from atalaya.reading.reports.topics import (
    FATE,
    PLAIN,
    concerned,
    effect_after,
    matter,
    topic_of,
    without_symbol,
)

_SAYS = re.compile(
    r",[ \u00a0](?!(?:and|y|et|e|with|con|avec|which|que|qui|was|were|fue|fueron|"
    r"remains?|stays?|sigue|queda|reste|a été|ont été|has|ha|adopted|adoptad|aprobad|adopté)\b)"
    r"(?=[a-zà-ÿ]{3,}[ \u00a0])|"
    r"[ \u00a0][–—-][ \u00a0](?=[a-zà-ÿ]{2,}[ \u00a0])"
)
# "tabled by Norway and asks ...", "tabled by Norway; it asks ...": names do not begin small.
_THEN = re.compile(
    r"(?:;|,?[ \u00a0](?:and|y|et))[ \u00a0](?!(?:and|y|et|e|with|con|avec|the|el|las?|"
    r"los|les?|del?|du|des|an?|una?|une|was|were|has|had|fue|fueron|a|ont|others?|otr[oa]s?|autres?|"
    r"several|many|more|vari[oa]s|plusieurs|adopted|adoptad[oa]|aprobad[oa]|adoptée?)[ \u00a0])"
    r"(?=[a-zà-ÿ]{3,}[ \u00a0])"
)
_LABEL = re.compile(r"[\w \u00a0-]{2,30}[ \u00a0]?:[ \u00a0]+")
_BEHIND = re.compile(r"[ \u00a0]*[,:–—-]?[ \u00a0]*(?=[*_])")
_HEAD = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<words>[^*_]{3,200}?)[.:]?(?P=mark)[.:]?[ \u00a0]*")


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


def of_unit(text: str, span: Span) -> Resolution:
    """Read one resolution from the stretch that tells of it."""
    apart = _set_apart(text, span)
    if apart is not None:
        return _under(text, span, *apart)
    first, *rest = (part for one in sentences(text, span) for part in _clauses(text, one))
    caveat = next((caveat_of(text, one) for one in rest if is_caveat(text, one)), None)
    first, inner = split_caveat(text, first)
    symbol, draft = symbol_of(text, span)
    topic, effect = topic_of(text, first)
    split = [split_caveat(text, one) for one in rest if not is_caveat(text, one)]
    inner = inner or next((said for _, said in split if said is not None), None)
    if effect is None:
        said = (one for one, _ in split if FATE.match(text, *one) is None)
        told = (_said_of_text(text, one) for one in said)
        effect = next((one for one in told if one is not None), None)
        effect = None if symbol is not None and effect and effect.span == symbol.span else effect
    effect = effect or (None if concerned(text, first) else predicate(text, first))
    if effect is not None and is_caveat(text, effect.span):
        inner = inner or caveat_of(text, effect.span)
        effect = None
    return Resolution(
        topic=topic,
        symbol=symbol,
        symbol_is_draft=draft,
        sponsors=sponsors_of(text, Span(first.start, span.end)),
        effect=effect,
        caveat=caveat or inner,
    )


def _clauses(text: str, span: Span) -> Iterator[Span]:
    """Cut a sentence at semicolons that part what is said, and no list of names."""
    at = span.start
    for mark in re.compile(r";[ \u00a0](?=[a-zà-ÿ'’]+[ \u00a0])").finditer(text, *span):
        if _inside(text, at, mark.start()):
            continue
        yield Span(at, mark.start())
        at = mark.end()
    yield Span(at, span.end)


def _inside(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("(") > before.count(")") or before.count("«") > before.count("»")


def _under(text: str, whole: Span, topic: Leaf | None, span: Span) -> Resolution:
    """Read what an item says behind the topic that it sets apart."""
    every = [*sentences(text, span)]
    doubts = [caveat_of(text, one) for one in every if is_caveat(text, one)]
    split = [split_caveat(text, one) for one in every if not is_caveat(text, one)]
    doubts += [doubt for _, doubt in split if doubt is not None]
    effects = [_said_of_text(text, one) for one, _ in split if one.start < one.end]
    symbol, draft = symbol_of(text, whole)
    return Resolution(
        topic=topic,
        symbol=symbol,
        symbol_is_draft=draft,
        sponsors=sponsors_of(text, span),
        effect=next((one for one in effects if one is not None), None),
        caveat=next(iter(doubts), None),
    )


def of_lines(text: str, topic: Leaf | None, lines: Sequence[Span]) -> Resolution:
    """Read the lines under a topic: facts parted by dots first, then what the text does."""
    facts, *rest = lines
    every = [one for line in rest for one in sentences(text, line)]
    doubts = (caveat_of(text, one) for one in every if is_caveat(text, one))
    said = (_said_of_text(text, one) for one in every if not is_caveat(text, one))
    symbol, draft = symbol_of(text, facts)
    return Resolution(
        topic=topic and matter(text, topic),
        symbol=symbol,
        symbol_is_draft=draft,
        sponsors=sponsors_of(text, facts),
        effect=next((one for one in said if one is not None), None),
        caveat=next(doubts, None),
    )


def _said_of_text(text: str, span: Span) -> Leaf | None:
    """Give what a sentence says that a text does; who sponsored it is no such thing."""
    label = _LABEL.match(text, *span)
    if only_states(text, Span(label.end() if label else span.start, span.end)):
        return None
    led = subject_of(text, span) is not None or bool(roles(text, span, ("sponsors",)))
    if led or BRACKETS.match(text, *span):
        return effect_after(text, span) or predicate(text, span)
    return leaf(text, span)


def predicate(text: str, span: Span) -> Leaf | None:
    """Read the effect after who presented a text: ", tabled by X, asks States to ..."."""
    for role in roles(text, span, ("sponsors",)):
        after = _SAYS.search(text, *role.filled)
        then = _THEN.search(text, role.filled.start, span.end)
        if then is not None and (after is None or then.start() < after.start()):
            return leaf(text, (then.end(), span.end))
        if after is not None and state(re.split("[, ]", text[after.end() : span.end])[0]) is None:
            return leaf(text, (after.end(), role.filled.end))
    return None


def sets_apart(text: str, span: Span) -> bool:
    """Whether a paragraph begins with a topic in bold and tells of it: "**Topic** (A/1). ..."."""
    head = _HEAD.match(text, *span)
    return head is not None and head["mark"].startswith(("**", "__")) and head.end() < span.end


def _set_apart(text: str, span: Span) -> tuple[Leaf | None, Span] | None:
    """Give the topic that an item begins with in bold or italics, and the rest of the item."""
    symbol = SYMBOL.match(text, *span)
    begins = _BEHIND.match(text, symbol.end(), span.end) if symbol else None
    span = Span(begins.end(), span.end) if begins else span  # "A/HRC/60/L.4, *Title*: ..."
    head = _HEAD.match(text, *span)
    if head is None or head.end() >= span.end:
        return None
    inner = Span(*head.span("words"))
    inner = Span(without_symbol(text, inner), inner.end)
    bare = SYMBOL.fullmatch(text, *inner) or NUMBER.fullmatch(text, *inner)
    named = PLAIN.match(text, *inner)
    if bare or (named is not None and named.end() >= inner.end) or text[head.end()] in "(–—-,":
        return None
    topic = leaf(text, inner)
    return topic and matter(text, topic), Span(head.end(), span.end)

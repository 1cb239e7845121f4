"""Who tabled a text: before a verb, in brackets, or behind "sponsored by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.clauses import roles, sentences
from atalaya.reading.reports.leaves import Named, only_states, several
from atalaya.reading.reports.names import BODY, state
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.spans import Span, trimmed
from atalaya.reading.reports.symbols import SYMBOL

BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_SPONSOR_STOP = re.compile(
    r"[ \u00a0]?\(|[ \u00a0][–—-][ \u00a0]|[ \u00a0](?:sobre|on|sur|acerca de)(?=[ "
    r"\u00a0][a-zà-ÿ])|"
    r",?[ \u00a0](?:on behalf of|for the|en nombre de|"
    r"en representación de|"
    r"au nom d|was|were|fue|fueron|a été|"
    r"ont été|se[ \u00a0]\w+(?:ó|aron|ieron)|is|aims|seeks|busca|vise|which|que|qui|adopted|"
    r"aprobada|adoptée|"
    r"and (?:was|aims|seeks|calls|[a-z]+ed)|y (?:fue|busca|[a-z]+[ai]d[oa]s?)|et (?:a|vise|"
    r"adoptée))(?=[ \u00a0]|$)|[.;:]|"
    r",?[ \u00a0](?:and|y|et)[ \u00a0](?!(?:the|el|las?|los|les?|del?|du|des)[ \u00a0])"
    r"(?=[a-zà-ÿ]{2})"
)
_LABEL = re.compile(r"(?P<label>[^:()]{3,30}?)[ \u00a0]?:[ \u00a0]*")
_ALONE = re.compile(
    r"(?:[ \u00a0*_]?[:：]|[ \u00a0][–—·|•-]|(?:,|[»”\")*])[ \u00a0](?:by|par|por|de|from))[*_]*[ "
    r"\u00a0]+"
    r"(?=(?:the[ \u00a0]|la[ \u00a0]|le[ \u00a0]|l['’]|les[ \u00a0]|el[ \u00a0])?[A-ZÀ-Ý])"
)
_ALONE_ENDS = re.compile(
    r"[.;](?=[ \u00a0\n]|$)|[ \u00a0][–—·|•-][ \u00a0]|[ \u00a0]?\(|"
    r",[ \u00a0](?=(?!the |la |le |el |les |los )[a-zà-ÿ])|$"
)
_BACKED = re.compile(
    r"suppor|back|help|apoy|respald|soutien|soutenu|appu|aide|particip|acompañ", re.IGNORECASE
)
_POSSESSIVE = re.compile(
    r"(?:\w+,? )?(?P<state>[A-ZÀ-Ý][\w’' -]{2,40}?)['’]s?[ \u00a0](?:(?:draft|new|own)[ \u00a0])?"
    r"(?:(?:(?:resolution|text|draft|proposal|one)[ \u00a0])?(?=(?:on|about|concerning)[ \u00a0])|"
    r"(?:resolution|text|draft|proposal)(?=[ \u00a0])|(?=[“«\"]))"
)


def subject_of(text: str, span: Span) -> tuple[Span, int] | None:
    """Give the States that a sentence begins with and where what they did to a text ends."""
    own = _POSSESSIVE.match(text, *span)
    if own is not None and state(own["state"]) is not None:
        return Span(*own.span("state")), own.end()
    symbol = SYMBOL.search(text, *span)  # without one, a body that led something led no text
    for found in lexicon.load().roles["tabling"].finditer(text, *span):
        before = trimmed(text, (span.start, found.start()))
        if before is None or len(before.of(text)) >= 200:  # noqa: PLR2004
            continue
        comma = text.find(",", *before)
        if (
            comma > 0
            and not only_states(text, before)
            and state(text[before.start : comma]) is None
        ):
            before = trimmed(text, (comma + 1, before.end)) or before  # "In addition, Peru ..."
        if only_states(text, before) or (symbol and _are_bodies(text, before)):
            return before, found.end()
        if found.start() - span.start > 200:  # noqa: PLR2004 - too far to be its subject
            return None
    return None


def states_of(text: str, inner: Span) -> Span:
    """Give what brackets hold behind a label: "(proposal: Peru and Chile)"."""
    label = _LABEL.match(text, *inner)
    words = lexicon.load().columns["sponsors"]
    if label is None or words.fullmatch(text, *label.span("label")) is None:
        return inner
    return Span(label.end(), inner.end)


def _are_bodies(text: str, span: Span) -> bool:
    """Whether a stretch is a list of bodies or groups of States: "the African Group"."""
    names = [str(one.name.value) for one in several(text, span)]
    return bool(names) and all(
        (is_proper(one) and BODY.search(one) is not None) or one.isupper() for one in names
    )


def _of_body(text: str, found: re.Match[str]) -> bool:
    """Whether brackets give the one State of the body before them: "Union of Cooks (Chile)"."""
    bracket = BRACKETS.match(text, found.end() - 1) if found[0].endswith("(") else found
    if bracket is None or bracket.re is not BRACKETS or state(bracket[1]) is None:
        return False
    before = re.split(r"[,;:]|[ \u00a0](?:and|y|et|e|by|por|par)[ \u00a0]", text[: bracket.start()])
    return state(before[-1]) is None


def _named_alone(text: str, span: Span) -> Iterator[Named]:
    """Give the States that stand by themselves behind a title: ": Chile, Peru.", ", by Norway,"."""
    firsts = (one.start for one in sentences(text, span))
    labels = (mark.end() for mark in _ALONE.finditer(text, *span))
    for begin in (*firsts, *labels):
        stop = _ALONE_ENDS.search(text, begin, span.end)
        filled = Span(begin, stop.start() if stop else span.end)
        if only_states(text, filled):
            yield from several(text, filled)
            return


def sponsors(text: str, span: Span) -> tuple[Named, ...]:
    """Give who sponsored a text, each once, in the order named."""
    subject = subject_of(text, span)
    found = [*several(text, subject[0])] if subject is not None else []
    given = [*roles(text, span, ("sponsors", "cohosts"))]
    named = [one.filled for one in given] + ([subject[0]] if subject is not None else [])
    for one in BRACKETS.finditer(text, *span):
        inner = Span(*one.span(1))
        symbol = SYMBOL.match(text, *inner)
        inner = Span(symbol.end(), inner.end) if symbol else inner  # "(A/1, Chile and Peru)"
        inner = states_of(text, inner)
        if SYMBOL.search(text, *inner) is not None or not only_states(text, inner):
            continue
        if not (any(a <= one.start() < b for a, b in named) and _of_body(text, one)):
            found += several(text, inner)
    found += _filling(text, span, ("sponsors", "cohosts"), bool(found))
    return _once(found or [*_named_alone(text, span)])


def said_to_sponsor(text: str, span: Span) -> tuple[Named, ...]:
    """Give who a sentence itself says sponsored a text: by a verb, and not in a list."""
    subject = subject_of(text, span)
    found = [*several(text, subject[0])] if subject is not None else []
    return _once([*found, *_filling(text, span, ("sponsors",), bool(found))])


def _filling(text: str, span: Span, names: tuple[str, ...], some: bool) -> Iterator[Named]:
    """Give who stands behind words such as "sponsored by"; in small letters only where none is."""
    for role in roles(text, span, names):
        if _BACKED.search(text, *role.span):
            continue  # who supports a text has not sponsored it
        stops = (
            one for one in _SPONSOR_STOP.finditer(text, *role.filled) if not _of_body(text, one)
        )
        stop = next(stops, None)
        filled = Span(role.filled.start, stop.start() if stop else role.filled.end)
        for each in _of_list(text, filled):
            if each.iso3 is None and some and not str(each.name.value)[:1].isupper():
                break
            if each.iso3 is not None or str(each.name.value)[:1].isupper():
                some = True
                yield each


def _of_list(text: str, span: Span) -> Iterator[Named]:
    """Give the names of a list of States, without what the sentence goes on with behind it.

    "at the proposal of Chile and Peru, the Guide on ...": a list has ended with its "and".
    """
    every = several(text, span)
    *before, last = every or [None]
    ended = len(before) > 0 and all(one is not None and one.iso3 for one in before)
    behind = last is not None and re.search(
        r",[ \u00a0](?:the|el|la|los|las|le|les)[ \u00a0]$", text[span.start : last.name.span.start]
    )
    yield from (one for one in (before if ended and behind else every) if one is not None)


def _once(found: Sequence[Named]) -> tuple[Named, ...]:
    unique = {each.name.span: each for each in found}
    return tuple(
        {(each.iso3 or each.name.value): each for each in reversed([*unique.values()])}.values()
    )[::-1]

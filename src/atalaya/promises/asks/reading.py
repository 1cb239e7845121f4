"""Asks: who is asked to do what, by when, with what money, how strongly; each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.model.sentences import Sentence, sentence
from atalaya.promises.asks.items import Item, items
from atalaya.promises.asks.paragraphs import Paragraph, paragraphs
from atalaya.promises.asks.terms import Marked, money, nearest
from atalaya.promises.asks.words import language, load, which
from atalaya.reading.reports.spans import Span

_NEAR = 80  # characters behind a verb in which a body is addressed
_TAIL = " \n\t\u00a0;,."
_NEXT = re.compile(
    r"(?:[,;:]\s+(?:and |y |e |et )?|\s(?:and|y|e|et)\s+)(?=[a-zé*_])", re.IGNORECASE
)
_SUBJECT = re.compile(r"\s+(?:the|el|la|los|las|le|les|l['’])\s*|\s+", re.IGNORECASE)
# A name beside a known one: "and the permanent observers", with an article.
_NAME = (
    r"(?:to |a |à )?(?P<name>(?:the|los|las|les|aux)\s+(?!other|otr[oa]s|autres)"
    r"[^\W\d_][\w'’ -]{3,60}?)(?=\s+(?:and|y|e|et)\s|\s*$)"
)
_LEADING = re.compile(rf"\s*{_NAME}")
_JOINED = re.compile(rf"\s(?:and|y|e|et)\s+{_NAME}")
_ASKING = ("requests", "urges", "calls upon", "recommends", "invites", "encourages")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: an identifier such as ``unodc``, or None, and the words."""

    id: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask.

    Args:
        n: Number of its paragraph, or None.
        part: Letter of the item, or None.
        verb: Verb as the text has it.
        strength: Name of the verb in the order of strength, ``decides`` to ``notes``.
        rank: Place in that order, 0 the strongest.
        who: Who is asked; empty where the body speaks of itself or nobody is named.
        action: What is asked for.
        by: By when, as the text says.
        money: With what money, as the text says.
        span: Its words.
    """

    n: int | None
    part: str | None
    verb: Span
    strength: str
    rank: int
    who: tuple[Asked, ...]
    action: Span
    by: tuple[Marked, ...]
    money: tuple[Marked, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Unclear:
    """What could not be read in a paragraph, with its place."""

    kind: str
    says: Sentence
    span: Span


def asks(text: str) -> tuple[tuple[Ask, ...], tuple[Unclear, ...]]:
    """Split the operative paragraphs of a resolution into asks.

    Args:
        text: The resolution, in English, Spanish or French.

    Returns:
        The asks in the order of the text, and what could not be read. A paragraph that only takes
        note, welcomes or recalls is an ask of the strength ``notes`` of nobody.

    >>> (one,), unclear = asks("1. Requests UNODC, within available resources, to report to it.")
    >>> one.strength, [each.id for each in one.who], [each.kind for each in one.money]
    ('requests', ['unodc'], ['within-available'])
    """
    found: list[Ask] = []
    unclear: list[Unclear] = []
    for one in paragraphs(text):
        if one.verb is None:
            says = sentence("the paragraph begins with no verb by which a resolution acts")
            unclear.append(Unclear("verb-not-known", says, one.span))
            continue
        found += _of_paragraph(text, one)
    for ask in found:
        if ask.strength in _ASKING and not any(each.id for each in ask.who):
            says = sentence("who is asked is not named, or under a name that is not known")
            unclear.append(Unclear("nobody-known", says, ask.span))
        elif any(each.id is None for each in ask.who):
            unclear += [_unknown(text, each) for each in ask.who if each.id is None]
    return tuple(found), tuple(sorted(unclear, key=lambda one: one.span))


def _unknown(text: str, one: Asked) -> Unclear:
    says = sentence("{name!r} is asked as well, a name that is not known", name=one.span.of(text))
    return Unclear("name-not-known", says, one.span)


def _of_paragraph(text: str, one: Paragraph) -> Iterator[Ask]:
    for verb, rank, span in _clauses(text, one):
        yield from _of_clause(text, one.n, verb, rank, span)


def _clauses(text: str, one: Paragraph) -> Iterator[tuple[Span, int, Span]]:
    """Cut a paragraph before each further verb that asks: "requests X to ..., and invites Y to"."""
    assert one.verb is not None
    assert one.rank is not None
    first = load().verb.match(text, one.verb.start)
    starts: list[tuple[int, Span, int]] = [(one.span.start, one.verb, one.rank)]
    for edge in _NEXT.finditer(text, one.verb.end, one.span.end):
        found = load().verb.match(text, edge.end(), one.span.end)
        if found is None or first is None or language(found) != language(first):
            continue  # "e invite a" in Spanish is no French "invite"
        asking = load().verbs[which(found)] in _ASKING
        if asking and _addressed(text, found.end(), one.span.end):
            starts.append((edge.start(), Span(*found.span()), which(found)))
    ends = [*(start for start, _, _ in starts[1:]), one.span.end]
    for (start, verb, rank), end in zip(starts, ends, strict=True):
        yield verb, rank, Span(start, end)


def _addressed(text: str, at: int, end: int) -> bool:
    """Whether a body's name follows shortly: a verb inside an action asks nobody."""
    found = load().body.search(text, at, min(end, at + _NEAR))
    return found is not None and load().actions.search(text, found.end(), end) is not None


def _of_clause(text: str, n: int | None, verb: Span, rank: int, span: Span) -> Iterator[Ask]:
    name = load().verbs[rank]
    end = span.start + len(text[span.start : span.end].rstrip(_TAIL))
    listed = items(text, Span(verb.end, end))
    head = Span(
        span.start, (*listed[0].heads, listed[0].span)[0].start if listed else end
    )  # holds for every item
    begins = _begins(text, verb.end, head.end)
    who = _asked(text, verb.end, begins) if name in _ASKING else ()
    if name not in _ASKING and text[verb.end : begins[0]].strip(_TAIL + "*_"):
        begins = (verb.end, verb.end)
    whole = Item("", Span(begins[1], end), ())
    for one in listed or (whole,):
        own = (*one.heads, one.span) if listed else ()
        yield Ask(
            n=n,
            part=one.part or None,
            verb=verb,
            strength=name,
            rank=rank,
            who=who,
            action=_trimmed(text, one.span),
            by=nearest(text, (head, *own)),
            money=tuple(money(text, head, *own)),
            span=_trimmed(text, one.span if listed else span),
        )


def _begins(text: str, start: int, end: int) -> tuple[int, int]:
    """Where what is asked for begins and where its words do, not in a name and not in an aside."""
    bodies = [one.span() for one in load().body.finditer(text, start, end)]
    for found in load().actions.finditer(text, start, end):
        inside = any(left <= found.start() < right for left, right in bodies)
        relative = found[0].lower() == "that" and text[start : found.start()].strip(_TAIL + "*_")
        if not inside and not relative and not _in_aside(text, start, found.start()):
            return found.start(), found.end()
    return end, end


def _in_aside(text: str, start: int, at: int) -> bool:
    """Whether a place stands in an aside that a comma has not yet closed."""
    comma = text.rfind(",", start, at)
    opened = comma + 1 + (len(text[comma + 1 : at]) - len(text[comma + 1 : at].lstrip()))
    return comma >= 0 and load().aside.match(text, opened) is not None


def _asked(text: str, start: int, begins: tuple[int, int]) -> tuple[Asked, ...]:
    """Give who is asked: before what is asked for, or its subject ("that UNODC report")."""
    before = _who(text, Span(start, begins[0]))
    if before:
        return before
    subject = _SUBJECT.match(text, begins[1])
    found = load().body.match(text, subject.end() if subject else begins[1])
    return () if found is None else (_body(text, found),)


def _body(text: str, found: re.Match[str]) -> Asked:
    return Asked(load().bodies[which(found)], _trimmed(text, Span(*found.span())))


def _who(text: str, span: Span) -> tuple[Asked, ...]:
    """Give who is named before what is asked for, not in an aside; unknown names as they stand."""
    found: list[Asked] = []
    at = span.start
    for piece in text[span.start : span.end].split(","):
        start = at + len(piece) - len(piece.lstrip())
        if load().aside.match(text, start, at + len(piece)):
            break
        found += _named(text, Span(at, at + len(piece)))
        at += len(piece) + 1
    if not any(one.id for one in found) and span.of(text).strip(_TAIL + "*_"):
        return (Asked(None, _trimmed(text, span)),)
    seen: dict[str, Asked] = {}
    for each in found:
        seen.setdefault(each.id or each.span.of(text), each)
    return tuple(seen.values())


def _named(text: str, span: Span) -> Iterator[Asked]:
    """Give the bodies of a piece between commas, and what "and" joins to them and nobody knows."""
    known = [_body(text, one) for one in load().body.finditer(text, *span)]
    edges = [span.start, *(place for one in known for place in one.span), span.end]
    gaps = [Span(*edges[at : at + 2]) for at in range(0, len(edges), 2)]
    for at, gap in enumerate(gaps):
        named = _JOINED.search(text, *gap) if at else _LEADING.match(text, *gap)
        if named is not None and known:
            yield Asked(None, _trimmed(text, Span(*named.span("name"))))
        if at < len(known):
            yield known[at]


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" \n\t\u00a0,;:*_"))
    end = span.start + len(words.rstrip(_TAIL + "*_"))
    return Span(start, max(start, end))

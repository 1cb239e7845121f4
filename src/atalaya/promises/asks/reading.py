"""Asks: who is asked to do what, by when, with what money, how strongly; each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from atalaya.model.sentences import Sentence, sentence
from atalaya.promises.asks.addressed import TAIL, Asked, asked, begins, first_named, trimmed
from atalaya.promises.asks.items import Item, items
from atalaya.promises.asks.paragraphs import Paragraph, is_new, paragraphs
from atalaya.promises.asks.terms import Marked, money, nearest
from atalaya.promises.asks.words import language, load, which
from atalaya.promises.wrapping import placed, unwrapped
from atalaya.reading.reports.spans import Span

_NEAR = 80  # characters behind a verb in which a body is addressed
_NEXT = re.compile(
    r"(?:[,;:]\s+(?:(?:and|y|e|et)\s+)?|\s(?:and|y|e|et)\s+)(?=[a-zé*_])", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:los|las|les|lo|la|le|leur|lui)\s+|l['’]", re.IGNORECASE)
_THEM = re.compile(r"\s+(?:them|it)(?=,?\s+to\s)")
_FULL = 1  # characters of a line of a paragraph: only its own marks end it
_ASKING = ("requests", "urges", "calls upon", "recommends", "invites", "encourages")


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
    lines = unwrapped(text, is_new, _FULL)
    found, unclear = _asks(lines.text)
    return (
        tuple(placed(one, lines.place) for one in found),
        tuple(placed(one, lines.place) for one in sorted(unclear, key=lambda one: one.span)),
    )


def _asks(text: str) -> tuple[list[Ask], list[Unclear]]:
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
        if ask.strength in _ASKING and not ask.action.of(text):
            says = sentence("what is asked for is not told, or in words that are not known")
            unclear.append(Unclear("action-not-told", says, ask.span))
        if any(each.id for each in ask.who):
            unclear += [_unknown(text, each) for each in ask.who if each.id is None]
    return found, unclear


def _unknown(text: str, one: Asked) -> Unclear:
    says = sentence("{name!r} is asked as well, a name that is not known", name=one.span.of(text))
    return Unclear("name-not-known", says, one.span)


def _of_paragraph(text: str, one: Paragraph) -> Iterator[Ask]:
    before: tuple[Asked, ...] = ()
    for clause in _clauses(text, one):
        who, found = _of_clause(text, one, clause, before)
        before = who or before
        yield from found


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb with its words; ``again`` says that it asks those whom the one before asked."""

    verb: Span
    rank: int
    span: Span
    again: bool = False


def _clauses(text: str, one: Paragraph) -> Iterator[_Clause]:
    """Cut a paragraph before each further verb that asks: "requests X to ..., and invites Y to"."""
    assert one.verb is not None
    assert one.rank is not None
    first = load().verb.match(text, one.verb.start)
    starts = [_Clause(one.verb, one.rank, one.span)]
    for edge in _NEXT.finditer(text, one.verb.end, one.span.end):
        pronoun = _PRONOUN.match(text, edge.end(), one.span.end)
        found = load().verb.match(text, edge.end(), one.span.end)
        if found is None and pronoun is not None:
            found = load().verb.match(text, pronoun.end(), one.span.end)
        else:
            pronoun = None
        if found is None or first is None or language(found) != language(first):
            continue  # "e invite a" in Spanish is no French "invite"
        again = pronoun is not None or _same(text, found)
        asking = load().verbs[which(found)] in _ASKING
        if asking and (again or _addressed(text, found.end(), one.span.end)):
            at = Span(edge.start(), one.span.end)
            starts.append(_Clause(Span(*found.span()), which(found), at, again))
    ends = [*(each.span.start for each in starts[1:]), one.span.end]
    for each, end in zip(starts, ends, strict=True):
        yield replace(each, span=Span(each.span.start, end))


def _same(text: str, verb: re.Match[str]) -> bool:
    """Whether a verb asks those named before: "invites them to", "invitarlos a"."""
    joined = language(verb) == "es_to" and re.search(r"l[oae]s?$", verb[0]) is not None
    return joined or _THEM.match(text, verb.end()) is not None


def _addressed(text: str, at: int, end: int) -> bool:
    """Whether a body's name follows shortly: a verb inside an action asks nobody."""
    found = load().body.search(text, at, min(end, at + _NEAR))
    return found is not None and load().actions.search(text, found.end(), end) is not None


def _of_clause(
    text: str, paragraph: Paragraph, clause: _Clause, before: tuple[Asked, ...]
) -> tuple[tuple[Asked, ...], list[Ask]]:
    """Give whom a clause names and its asks, one an item."""
    verb, name = clause.verb, load().verbs[clause.rank]
    end = clause.span.start + len(clause.span.of(text).rstrip(TAIL))
    listed = items(text, Span(verb.end, end))
    first = (*listed[0].heads, listed[0].span)[0].start if listed else end
    head = Span(clause.span.start, first)  # holds for every item
    opened = begins(text, verb.end, head.end)
    named = before if clause.again else asked(text, verb.end, opened)
    if name not in _ASKING and text[verb.end : opened[0]].strip(TAIL + "*_"):
        opened = (verb.end, verb.end)
    whole = Item("", Span(opened[1], end), ())
    found = []
    for one in listed or (whole,):
        own = (*one.heads, one.span) if listed else ()
        found.append(
            Ask(
                n=paragraph.n,
                part=".".join(filter(None, (paragraph.part, one.part))) or None,
                verb=verb,
                strength=name,
                rank=clause.rank,
                who=named if name in _ASKING else (),
                action=trimmed(text, one.span),
                by=nearest(text, (head, *own)),
                money=tuple(money(text, head, *own)),
                span=trimmed(text, one.span if listed else clause.span),
            )
        )
    if name not in _ASKING:
        named = tuple(one for one in named if one.id) or first_named(text, clause.span)
    return named, found

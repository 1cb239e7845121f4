"""What a report asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.names import state
from atalaya.reading.reports.sections import Placed, is_item
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_WE = re.compile(
    r"(?:we (?:call (?:up)?on|call for|urge|ask|demand|request|recommend|invite|appeal)|"
    r"(?:instamos|pedimos|exigimos|"
    r"exhortamos|llamamos|solicitamos|recomendamos|reclamamos|invitamos|proponemos)|"
    r"nous (?:demandons|appelons|exhortons|exigeons|recommandons|invitons|réclamons))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[ \u00a0](?:calls?[ \u00a0](?:up)?(?:on|for)|urges?|asks?|demands?|requests?|recommends?|"
    r"invites?|pide|exige|"
    r"insta|exhorta|llama|solicita|recomienda|reclama|demande|appelle|exhorte|exige|recommande|"
    r"invite|réclame)[ \u00a0]"
)
_ARTICLE = re.compile(r"(?:the|our|el|la|los|las|nuestr[oa]|le|les|notre)\s+|l['’]", re.IGNORECASE)
_IT = re.compile(r"(?:it|they|he|she|elle|il|ella)[ \u00a0]", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"[a-záéíóúñ]{2,}(?:ar|er|ir|arse|erse|irse)|[a-zà-ÿ']{2,}(?:er|ir|re)|"
    r"s['’][a-zà-ÿ]+(?:er|ir|re)",
    re.IGNORECASE,
)


# What governs "their annual questionnaires" is a verb, in a sentence that asks for something.
_BASE = (
    r"(?![a-z]+(?:ing|ed|ly|[^s]s|tion|ment|ness|ity|ance|ence)\b|(?:for|from|with|into|over|under|about|"
    r"against|and|but|that|which|where|when|while|after|before|because|through|between|among|"
    r"within|without|of|in|on|at|by|as|all|both|not|also|even|only|than)\b)[a-z]{2,}"
)
_GOVERNS = re.compile(
    rf"{_BASE}[ \u00a0](?:(?:back|up|out)[ \u00a0])?(?:the|their|its|our|an?|all|every|each|"
    r"any|no|more|less|fewer|these|those|this|such)[ \u00a0]"
)


@cache
def _demanding() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['demand']}(?!\w)")


def demands(text: str, found: Sequence[Placed], publisher: Leaf | None) -> tuple[Leaf, ...]:
    """Read what is asked for: items of a list of demands, and what a sentence there coordinates.

    Args:
        text: The document.
        found: Its blocks.
        publisher: Who speaks in it, or None: "the Observatory asks" is a demand of its own.
    """
    made: list[Leaf] = []
    for at, one in enumerate(found):
        paragraph = one.block.kind is Kind.ITEM and one.part in (None, "other")
        if one.part != "demands" and (one.block.kind is Kind.LINE or paragraph):
            made.extend(_asked(text, one.says, publisher))
            if one.part in (None, "other"):
                made.extend(_due(text, one.says))
        if one.part != "demands" or one.heads or one.block.kind in (Kind.DEBRIS, Kind.ROW):
            continue
        if one.block.kind is Kind.HEADING:
            continue
        if is_item(text, found, at):
            whole = leaf(text, one.says)
            made += [whole] if whole is not None else []
            continue
        for sentence in sentences(text, one.says):
            made.extend(_coordinated(text, sentence))
    return tuple(made)


def _asked(text: str, span: Span, publisher: Leaf | None) -> Iterator[Leaf]:
    """Read what "we" ask for in running text, outside any list of demands."""
    asked = False
    for sentence in sentences(text, span):
        if text[sentence.end - 1] == ":":  # what is asked for follows as a list
            continue
        goes_on = asked and _IT.match(text, *sentence) and _ASKS.search(text, *sentence)
        asked = bool(_WE.match(text, *sentence) or _is_own(text, sentence, publisher) or goes_on)
        if asked:
            whole = leaf(text, sentence)
            yield from [*_coordinated(text, sentence)] or ([whole] if whole is not None else [])


def _due(text: str, span: Span) -> Iterator[Leaf]:
    """Read what running text says that States must do."""
    for sentence in sentences(text, span):
        if _owed().match(text, *sentence):
            yield from _coordinated(text, sentence)


@cache
def _owed() -> re.Pattern[str]:
    return lexicon.compiled(
        r"(?:(?:the|all|los|las|les|todos los|tous les) )?(?:member states|states|governments|"
        r"donors|parties|"
        r"estados(?: miembros)?|gobiernos|donantes|états(?: membres)?|gouvernements|bailleurs) "
        r"(?:must|should|need to|deben|deberían|tienen que|doivent|devraient) "
    )


def _is_own(text: str, sentence: Span, publisher: Leaf | None) -> bool:
    """Whether it is the publisher who asks: its name, or a part of it, before the verb."""
    verb = _ASKS.search(text, *sentence)
    if publisher is None or verb is None:
        return False
    subject = trimmed(text, (sentence.start, verb.start()))
    said = "" if subject is None else subject.of(text).rsplit(", ", maxsplit=1)[-1]
    words = _ARTICLE.sub("", said).lower()
    own = str(publisher.value).lower()
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", own) is not None


def _coordinated(text: str, span: Span) -> Iterator[Leaf]:
    found = _demanding().search(text, *span)
    if found is None:
        return
    begin = _subject_start(text, span, found)
    edges = [begin]
    listed = False
    for cut in re.finditer(
        r",[ \u00a0](?:(?:and|y|et|e)[ \u00a0])?|[ \u00a0](?:and|y|et|e)[ \u00a0]|"
        r";[ \u00a0](?:(?:and|y|et)[ \u00a0])?",
        text[found.end() : span.end],
    ):
        after = found.end() + cut.end()
        verb = _is_verb(text[after : span.end])
        # "adopt it, and invite people": what a list of verbs ends with is one.
        comma = cut[0][0] in ",;"
        if verb or (listed and comma and _may_be_verb(text[after : span.end])):
            listed = listed or comma
            edges += [found.end() + cut.start(), after]
    edges.append(span.end)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        one = leaf(text, (start, end))
        if one is not None:
            yield one


def _subject_start(text: str, span: Span, found: re.Match[str]) -> int:
    """Where who is asked begins: after "To ensure real impact,"."""
    comma = text.rfind(",", span.start, found.start())
    if comma < 0 or not text[comma + 1 :].lstrip()[:1].isupper():
        return span.start
    first = text[span.start : comma].strip()
    listed = state(first) is not None or " and " in text[comma : found.start()]
    return span.start if listed else comma + 1


def _is_verb(words: str) -> bool:
    first = re.match(r"[\w’']+", words)
    if first is None:
        return False
    word = first[0].lower()
    if word == "to" or _demanding().match(words) or _GOVERNS.match(words):
        return True
    return word in _verbs() or _INFINITIVE.fullmatch(word) is not None


def _may_be_verb(words: str) -> bool:
    return re.match(rf"{_BASE}[ \u00a0][a-z]", words) is not None


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lexicon.said()["verbs"]["demanded"])

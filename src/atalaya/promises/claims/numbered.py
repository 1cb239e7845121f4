"""Which text a number is said to belong to: "L.5, on the environment", beside the record.

Numbers of drafts are easily mixed up: they stand side by side on one agenda, and every session has
an L.5 of its own. What a sentence says a number is about is told by words that one text of the
session uses and the others do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.model.sentences import Sentence, sentence, versions
from atalaya.promises.claims import words
from atalaya.promises.claims.answers import (
    Answer,
    Verdict,
    checks,
    cited,
    resting,
    verified,
)
from atalaya.promises.claims.matching import of_session, own_words
from atalaya.promises.claims.positions import of_any, symbols_in
from atalaya.promises.claims.spoken import Ours
from atalaya.promises.claims.stance import Sentence as Said
from atalaya.promises.claims.stance import negated
from atalaya.promises.fields import Status
from atalaya.promises.resolutions import Resolution
from atalaya.reading.reports.lexicon import compiled
from atalaya.reading.reports.spans import Span

KIND = "symbol"
# Words of one text alone that tell what a number is about without "is about": that it is another
# text's number takes more of them, for a sentence on one text may touch on what another is about.
_ENOUGH, _MANY = 2, 3
_BESIDE = re.compile(r"[)\]]? ?(?:\((?P<in>[^()]+)\)|[:–—-] (?P<words>[^;]+))")
_CUT = re.compile(r"[;,]| (?:and|y|e|et|while|mientras|tandis) ")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A number in a sentence, and what the sentence says of it.

    Args:
        symbol: Where it stands.
        words: The stretch that is its own.
    """

    symbol: Span
    words: Span


def of_numbers(text: str, said: Sequence[Said], record: Ours) -> Iterator[Answer]:
    """Answer for sentences that say what the text of a number is about.

    Args:
        text: The text.
        said: Its sentences.
        record: Resolutions on record, and the session that the text is of.
    """
    for one in said:
        for mention in _mentions(text, one.span) if one.claims else ():
            answer = _held(text, mention, record)
            if answer is not None:
                yield answer


def _mentions(text: str, span: Span) -> Iterator[_Mention]:
    """Give each number with its own stretch; a list tells before its numbers, or behind them."""
    found = [Span(*one.span()) for one in symbols_in(text, span)]
    if not found:
        return
    first = not words.concepts(text[span.start : found[0].start]) - _articles()
    last = not re.search(r"\w", text[found[-1].end : span.end])
    for at, symbol in enumerate(found):
        start = found[at - 1].end if at else span.start
        end = found[at + 1].start if at + 1 < len(found) else span.end
        if at and not last:
            start = symbol.start if first else _cut(text, start, symbol.start)
        if at + 1 < len(found) and not first:
            end = symbol.end if last else _cut(text, symbol.end, end)
        yield _Mention(symbol, Span(start, end))


def _cut(text: str, start: int, end: int) -> int:
    cuts = [one.end() for one in _CUT.finditer(text, start, end)]
    return cuts[-1] if cuts else end


@cache
def _articles() -> frozenset[str]:
    return words.concepts(
        "the a draft resolution text proposal el la un una proyecto de resolución texto le une "
        "projet résolution texte L"
    )


def _held(text: str, mention: _Mention, record: Ours) -> Answer | None:
    symbol = mention.symbol.of(text)
    whole = "/" in symbol
    near = record.found if whole or record.own is None else record.own.resolutions
    ours = of_any(symbol, near)
    told = _told(text, mention, of_session(symbol, ours, near), record.found)
    if told is None or negated(text, mention.symbol, mention.words.start):
        return None
    if ours is told.one:
        return _same(text, mention, told.one)
    # Every session has an L.5: which one is meant must be said before it can be the wrong one.
    if not told.plainly or not (whole or record.own is not None):
        return None
    return _other(text, mention, ours, told.one)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a number is said to be about.

    Args:
        one: The text whose own words are used.
        plainly: Whether they stand where a sentence says what a number is about, or are many.
    """

    one: Resolution
    plainly: bool


def _told(
    text: str, mention: _Mention, others: Sequence[Resolution], every: Sequence[Resolution]
) -> _Told | None:
    """Give the text that a number is said to be about; None where the words do not tell."""
    for place in _places(text, mention):
        found, _ = own_words(place.of(text), others, every)
        if found is not None:
            return _Told(found, plainly=True)
    symbol, own = mention.symbol, mention.words
    rest = f"{text[own.start : symbol.start]} {text[symbol.end : own.end]}"
    found, count = own_words(rest, others, every)
    return _Told(found, plainly=count >= _MANY) if found and count >= _ENOUGH else None


def _places(text: str, mention: _Mention) -> Iterator[Span]:
    """Give where a sentence says what a number is about: behind "is on", in brackets, before."""
    symbol, own = mention.symbol, mention.words
    behind = _about().match(text, symbol.end, own.end)
    if behind is not None:
        yield Span(behind.end(), own.end)
        return
    beside = _BESIDE.match(text, symbol.end, own.end)
    if beside is not None:
        yield Span(*beside.span(str(beside.lastgroup)))
    before = Span(own.start, symbol.start)
    opened, closed = before.of(text).rstrip().endswith("("), text[symbol.end : symbol.end + 1]
    if (opened and closed in {",", ";", ")"}) or _is().search(before.of(text)):
        yield before


@cache
def _about() -> words.Pattern:
    """The words between a number and what it is about: ", the draft on", "trata de"."""
    between, about = (words.words_of("numbers", name) for name in ("between", "about"))
    return compiled(rf"[)\]]?,? ?(?:{between},? ?){{0,6}}{about}(?!\w| \d)")


@cache
def _is() -> words.Pattern:
    """A verb right before a number: "the text on prevention was L.2"."""
    return compiled(rf"(?<!\w){words.words_of('numbers', 'is')} (?:\w+ ){{0,3}}$")


def _topic(one: Resolution) -> Sentence:
    field = next((f for f in (one.topic, one.title, one.draft_title) if f.said), one.draft)
    said = field.said[0]
    return versions(en=f"“{said.value}”", es=f"«{said.words('es')}»")


def numbers_of(one: Resolution) -> str:
    """Give every number that sources give a text, each once, the adopted one first."""
    said = (*one.number.said, *one.draft.said)
    return " / ".join(dict.fromkeys(each.value for each in said)) or one.id


def _same(text: str, mention: _Mention, ours: Resolution) -> Answer:
    says = sentence(
        "sources give {symbol} to the text on {topic}", symbol=numbers_of(ours), topic=_topic(ours)
    )
    disputed = ours.draft.status is Status.DISPUTED and not ours.number.said
    verdict = Verdict.CANNOT_TELL if disputed else Verdict.AGREES
    return _answer(text, mention, verdict, (ours,), says, safe_number(ours))


def _other(text: str, mention: _Mention, ours: Resolution | None, told: Resolution) -> Answer:
    safe = safe_number(told)
    if ours is not None:
        says = sentence(
            "sources give {symbol} to the text on {topic}, and {other} to the text on {told}",
            symbol=numbers_of(ours),
            topic=_topic(ours),
            other=numbers_of(told),
            told=_topic(told),
        )
        return _answer(text, mention, Verdict.DIFFERS, (told, ours), says, safe)
    says = sentence(
        "sources give {symbol} to the text on {topic}", symbol=numbers_of(told), topic=_topic(told)
    )
    verdict = unlike(mention.symbol.of(text), told)
    return _answer(text, mention, verdict, (told,), says, safe)


def unlike(claimed: str, ours: Resolution) -> Verdict:
    """Say what a number is that no source gives a text: which one it got need not be on record."""
    known = re.search(r"(?:^|/)L\.? ?\d", claimed) is not None or bool(ours.number.said)
    return Verdict.DIFFERS if known else Verdict.CANNOT_TELL


def safe_number(one: Resolution) -> Sentence:
    """Say how a text is safely called: by its number, as a draft, or by neither.

    Args:
        one: A resolution of which the record gives a number or a draft.
    """
    number, draft = one.number.value, one.draft.value
    if one.draft.said and not verified((*one.number.said, *one.draft.said)):
        return sentence(
            "print {symbol} only with its source: nobody has checked it", symbol=numbers_of(one)
        )
    if number is None and draft is None:
        return sentence(
            "name both numbers, each with its source: {symbols}", symbols=numbers_of(one)
        )
    if number is None:
        return sentence(
            "call {draft} a draft: no source in the record gives the number of the resolution",
            draft=str(draft),
        )
    return sentence(
        "cite it as resolution {number}; {draft} was its draft",
        number=number,
        draft=numbers_of(one).removeprefix(f"{number} / "),
    )


def _answer(
    text: str,
    mention: _Mention,
    verdict: Verdict,
    texts: Sequence[Resolution],
    says: Sentence,
    safe: Sentence,
) -> Answer:
    said = [row for one in texts for row in (*one.number.said, *one.draft.said, *one.topic.said)]
    return Answer(
        kind=KIND,
        span=mention.symbol,
        claimed=mention.symbol.of(text),
        verdict=verdict,
        found=numbers_of(texts[0]),
        says=says,
        safe=safe,
        sources=cited(said),
        about=texts[0].id,
        claims=resting(said),
        checked=checks(said),
    )

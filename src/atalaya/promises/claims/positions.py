"""Claims about how States voted: one by one, in numbers, all but some, and unanimously."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.promises.claims import words
from atalaya.promises.claims.answers import Answer, Stated
from atalaya.promises.claims.matching import of_short, of_symbol, of_topic
from atalaya.promises.claims.naming import Named, states_in, substances_in
from atalaya.promises.claims.polls import Poll, cast, exceptions, many, unanimous, unsaid
from atalaya.promises.claims.stance import Sentence, negated
from atalaya.promises.resolutions import Resolution
from atalaya.reading.reports.lexicon import any_of, compiled
from atalaya.reading.reports.lexicon import load as report_words
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.symbols import NUMBER, SYMBOL

_CONTRAST = 24  # letters before a name in which "unlike the" stands
_SHORT = re.compile(r"(?<![\w/.])L\.? ?\d{1,3}(?:/Rev\.\d+)?(?![\w/])")


@dataclass(frozen=True, slots=True)
class _Verb:
    """A word for a vote: which vote, whether it is denied, and what stretch is its own."""

    vote: str
    denied: bool
    span: Span


def of_positions(
    text: str, said: Sequence[Sentence], found: Sequence[Resolution], *, foreign: bool = False
) -> Iterator[Answer]:
    """Answer for how States are said to have voted.

    Args:
        text: The text.
        said: Its sentences.
        found: The resolutions of the record.
        foreign: Whether the text is of a session that the record does not hold: then only a
            symbol makes a vote one of the record's.
    """
    last: tuple[Resolution, ...] = ()
    for one in said:
        named = about(text, one.span, found, foreign=foreign)
        if foreign and not named:
            continue
        if one.claims and not _elsewhere(text, one.span, named):
            yield from _Reader(text, one.span, named or last, found).answers()
        last = named or last


def about(
    text: str, span: Span, found: Sequence[Resolution], *, foreign: bool
) -> tuple[Resolution, ...]:
    """Give the resolutions that a sentence names, in order, or the one that it is about."""
    ours = (of_any(one[0], found) for one in symbols_in(text, span))
    named = tuple(dict.fromkeys(one for one in ours if one is not None))
    topic = None if named or foreign else of_topic(span.of(text), found)
    return named or ((topic,) if topic is not None else ())


def symbols_in(text: str, span: Span) -> list[re.Match[str]]:
    """Find the symbols, short or whole, and the numbers of a stretch, in order."""
    every = [
        *SYMBOL.finditer(text, *span),
        *NUMBER.finditer(text, *span),
        *_SHORT.finditer(text, *span),
    ]
    return sorted(every, key=lambda one: one.start())


def of_any(symbol: str, found: Sequence[Resolution]) -> Resolution | None:
    """Find a resolution by a symbol, a number, or the end of its draft's symbol: ``L.6``.

    A short symbol that the drafts of two sessions end with stands for neither.
    """
    whole = of_symbol(symbol, found)
    if whole is not None:
        return whole
    short = re.fullmatch(r"L\.? ?(\d{1,3})(?:/Rev\.\d+)?", symbol)
    if short is None:
        return None
    return of_short(int(short[1]), found)


def _elsewhere(text: str, span: Span, about: tuple[Resolution, ...]) -> bool:
    """Whether a sentence tells of a vote on something else: a substance, or another text."""
    if about:
        return False
    return (
        bool(symbols_in(text, span))
        or bool(substances_in(text, span))
        or _other_body().search(text, *span) is not None
    )


@cache
def _other_body() -> words.Pattern:
    return words.phrase("voting", "other")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the claims of one sentence."""

    text: str
    span: Span
    about: tuple[Resolution, ...]
    found: Sequence[Resolution]

    def answers(self) -> Iterator[Answer]:
        """Give an answer for each vote told of."""
        verbs = self._verbs()
        if words.phrase("voting", "unanimous").search(self.text, *self.span) and self.about:
            yield from self._unanimous()
        but = words.phrase("voting", "but").search(self.text, *self.span)
        if but is not None and verbs:
            yield from self._exceptions(but, verbs[0])
            return
        numbers = [*self._numbers()]
        for span, number, vote in numbers:
            for one in self._polls(span):
                yield many(self._stated(span), number, vote, one)
        for at, verb in enumerate(verbs):
            yield from self._names(at, verb, verbs, [span for span, _, _ in numbers])

    def _stated(self, span: Span) -> Stated:
        return Stated(self.text, span)

    def _unanimous(self) -> Iterator[Answer]:
        found = words.phrase("voting", "unanimous").search(self.text, *self.span)
        if found is not None:
            denied = self._negated(found.span())
            yield unanimous(self._stated(Span(*found.span())), denied, Poll(self.about[0]))

    def _exceptions(self, but: re.Match[str], verb: _Verb) -> Iterator[Answer]:
        names = states_in(self.text, (but.end(), verb.span.start))
        number = re.match(
            rf" ?({report_words().number})(?!\w)",
            self.text[but.end() : verb.span.start],
            re.IGNORECASE,
        )
        missing = len(names) or (report_words().value(number[1]) if number else 0)
        if missing and not verb.denied:
            for one in self._polls(verb.span):
                stated = self._stated(Span(but.start(), verb.span.end))
                yield exceptions(stated, missing, verb.vote, one)

    def _verbs(self) -> list[_Verb]:
        found: list[_Verb] = []
        for vote in ("not voting", "abstained", "in favour", "against"):
            for one in words.phrase("votes", vote).finditer(self.text, *self.span):
                if not any(
                    each.span.start < one.end() and one.start() < each.span.end for each in found
                ):
                    denied = vote != "not voting" and self._negated(one.span())
                    found.append(_Verb(vote, denied, Span(*one.span())))
        return sorted(found, key=lambda one: one.span)

    def _negated(self, verb: tuple[int, int]) -> bool:
        return negated(self.text, verb, self.span.start)

    def _numbers(self) -> Iterator[tuple[Span, int, str]]:
        """Numbers of members that voted one way; "no State" is none."""
        for vote, pattern in _counts():
            for one in pattern.finditer(self.text, *self.span):
                number = report_words().value(one["n"]) if one["n"] else 0
                yield Span(*one.span()), number, vote

    def _names(
        self, at: int, verb: _Verb, verbs: Sequence[_Verb], numbers: Sequence[Span]
    ) -> Iterator[Answer]:
        """The States before a verb; those behind it where none stand before."""
        begin = verbs[at - 1].span.end if at else self.span.start
        end = verbs[at + 1].span.start if at + 1 < len(verbs) else self.span.end
        before = states_in(self.text, (begin, verb.span.start))
        before = tuple(one for one in before if not self._contrasted(one, begin))
        if before and self.text[verb.span.start - 1] == "(":
            before = before[-1:]  # "Mexico (in favour) and Peru (abstained)"
        named = before or (() if at else states_in(self.text, (verb.span.end, end)))
        if not named and at and not self._count_near(verb, numbers):
            named = states_in(self.text, (self.span.start, verbs[0].span.start))
        if not named:
            return
        span = Span(
            min(named[0].span.start, verb.span.start), max(named[-1].span.end, verb.span.end)
        )
        only = self._only(named, span)
        for one in self._polls(verb.span, end) or (None,):
            if one is None:
                yield unsaid(self._stated(span), named, self._sole())
            else:
                yield cast(self._stated(span), named, verb.vote, verb.denied, only, one)

    def _contrasted(self, named: Named, begin: int) -> bool:
        """Whether a State is named only as one that did otherwise: "unlike Argentina"."""
        said = self.text[max(begin, named.span.start - _CONTRAST) : named.span.start]
        found = words.phrase("voting", "contrast").search(re.split(r"[,;:]", said)[-1])
        return found is not None

    def _count_near(self, verb: _Verb, numbers: Sequence[Span]) -> bool:
        return any(one.start <= verb.span.end and verb.span.start <= one.end for one in numbers)

    def _only(self, named: Sequence[Named], span: Span) -> bool:
        """Whether those are said to be all: "the only three to do so"."""
        found = words.phrase("voting", "only").search(self.text, *self.span)
        return found is not None and (
            found.end() <= span.start + 1 or found.start() >= span.end or len(named) == 1
        )

    def _polls(self, span: Span, end: int | None = None) -> list[Poll]:
        """Give the votes that a stretch tells of: on what it names itself, else on all."""
        if end is not None:
            own = [of_any(one[0], self.found) for one in symbols_in(self.text, Span(span.end, end))]
            named = [*dict.fromkeys(one for one in own if one is not None)]
            if named:
                return [Poll(one) for one in named]
        return [Poll(one) for one in self.about]

    def _sole(self) -> Poll | None:
        """Give the only vote on record with names of all three kinds, if there is just one."""
        every = [one for one in self.found if sum(bool(tally.named) for tally in one.tallies) > 1]
        return Poll(every[0]) if len(every) == 1 else None


@cache
def _counts() -> tuple[tuple[str, words.Pattern], ...]:
    told = words.said()["voting"]["count"]
    number, members = report_words().number, words.words_of("voting", "members")
    nobody = words.words_of("negation", "none")
    voted = (
        r"(?:(?:(?:were|had|have|was) )?(?:vot(?:ed|ing|es?)|votó|votaron|(?:ont|a) voté|"
        r"(?:fueron|hubo)) ?)?"
    )
    return tuple(
        (
            vote,
            compiled(
                rf"(?<![\w.,/-])(?:(?P<n>{number})|{nobody}) "
                rf"(?:(?:other )?{members} ?)?(?:{voted})?{any_of(ones)}(?!\w)"
                # "30 voix contre 3" are in favour, and the 3 behind are against.
                rf"(?! (?:{number})(?!\w))"
            ),
        )
        for vote, ones in told.items()
    )

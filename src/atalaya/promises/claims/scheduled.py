"""Claims that a substance stands in a schedule of a drug convention, or how many do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.promises.claims import words
from atalaya.promises.claims.amounts import years
from atalaya.promises.claims.answers import Answer, Stated
from atalaya.promises.claims.listing import Listed, elsewhere, nameless, of_substance
from atalaya.promises.claims.naming import Named, states_in, substances_in
from atalaya.promises.claims.scheduled_numbers import Counted, families, of_number
from atalaya.promises.claims.stance import Sentence, negated
from atalaya.promises.sessions import Session
from atalaya.reading.reports.lexicon import compiled
from atalaya.reading.reports.lexicon import load as report_words
from atalaya.reading.reports.spans import Span
from atalaya.registers import substances

# "A, B and two more nitazenes": the number is not of all.
_FURTHER = r"(?:(?:more|other|others|further|additional|más|otr[oa]s|autres) )"
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PRONOUN = words.bounded(r"it|they|them|which|these|this|lo|los|la|las|il|elle|ils|elles|les?")
_IN = re.compile(r"\b(?:in|on|under|en|de|au|aux|du)(?: (?:the|la|las|les?))?\s*$")
_PRECURSORS = words.bounded(r"tables?|cuadros?")


@dataclass(frozen=True, slots=True)
class _Place:
    """A schedule as a sentence names it, and where."""

    listed: Listed
    span: Span


def of_schedules(
    text: str, said: Sequence[Sentence], sessions: Sequence[Session]
) -> Iterator[Answer]:
    """Answer for the schedules and the numbers of scheduled substances that a text claims.

    Args:
        text: The text.
        said: Its sentences.
        sessions: The record, whose sessions tell what they put under control.
    """
    last: Named | None = None
    for one in said:
        control = words.phrase("schedules", "control").search(text, *one.span)
        places = _places(text, one.span)
        if control is None and not places:
            continue
        known = substances.load()
        named = tuple(n for n in substances_in(text, one.span) if known.get(n.id).kind != "group")
        if one.claims and not words.phrase("schedules", "merely").search(text, *one.span):
            yield from _Reader(text, one.span, places, named, last, sessions).answers(control)
        last = named[-1] if named else last


@cache
def _schedule() -> words.Pattern:
    number = r"(?-i:IV|I{1,3}|[1-4])(?!\w)"
    return compiled(
        rf"(?<!\w){words.words_of('schedules', 'word')} "
        rf"(?P<s>{number}(?: ?(?:,|and|y|et|e|&) ?{number})*)"
    )


def _places(text: str, span: Span) -> list[_Place]:
    """Find the schedules of a sentence, each with the convention named nearest behind it."""
    found = [*_schedule().finditer(text, *span)]
    treaties = [*words.named("conventions").finditer(text, *span)]
    places = []
    for one in found:
        behind = [each for each in treaties if each.start() >= one.end()]
        near = (behind or treaties[-1:])[:1]
        convention = words.which("conventions", near[0]) if near else None
        if _PRECURSORS.match(one[0]) and convention is None:
            continue  # "see table 1"
        numbers = tuple(_ROMAN.get(n, n) for n in re.findall(r"IV|I+|[1-4]", one["s"]))
        places.append(_Place(Listed(convention, numbers), Span(*one.span())))
    return places


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the claims of one sentence."""

    text: str
    span: Span
    places: list[_Place]
    named: tuple[Named, ...]
    last: Named | None
    sessions: Sequence[Session]

    def answers(self, control: re.Match[str] | None) -> Iterator[Answer]:
        """Give an answer for each substance, or for a number of them."""
        verb = words.phrase("schedules", "place").search(self.text, *self.span)
        if verb is None and control is None and not self._stands():
            return
        if self._national():
            yield elsewhere(Stated(self.text, self.places[0].span if self.places else self.span))
            return
        number = self._number()
        if number is not None:
            span, many, what = number
            told = Counted(many, what, self._place(span), self._year())
            yield from of_number(Stated(self.text, span), told, self.sessions)
        elif not self.named:
            yield from self._unnamed()
            return
        for one in self.named:
            place, denied = self._place(one.span), self._denied(control, verb)
            stated = Stated(self.text, one.span)
            yield of_substance(stated, one.id, place, self._year(), denied, self.sessions)

    def _stands(self) -> bool:
        """Whether a schedule stands behind a word for being in it: "diazepam, in Schedule IV"."""
        return any(
            _IN.search(self.text[max(self.span.start, one.span.start - 12) : one.span.start])
            for one in self.places
        )

    def _unnamed(self) -> Iterator[Answer]:
        """A sentence without a substance of the register: "it", or one that is not in there."""
        if not self.places:
            return
        if _PRONOUN.search(self.text, *self.span) and self.last is not None:
            place, year = self.places[0], self._year()
            stated = Stated(self.text, place.span)
            yield of_substance(stated, self.last.id, place.listed, year, False, self.sessions)
        elif self.places[0].listed.convention is not None:
            yield nameless(Stated(self.text, self.places[0].span))

    def _national(self) -> bool:
        """Whether a State's own schedules are meant, which no convention has."""
        if words.phrase("schedules", "treaty").search(self.text, *self.span):
            return False
        if any(one.listed.convention for one in self.places):
            return False
        own = words.phrase("schedules", "national").search(self.text, *self.span)
        return own is not None or (bool(self.places) and bool(states_in(self.text, self.span)))

    def _place(self, span: Span) -> Listed:
        """Give the schedule that a name stands with: the next one, or else the one before."""
        after = [one for one in self.places if one.span.start >= span.start]
        near = (after or self.places[-1:])[:1]
        if near:
            return near[0].listed
        treaty = words.named("conventions").search(self.text, *self.span)
        return Listed(words.which("conventions", treaty) if treaty else None, ())

    def _denied(self, control: re.Match[str] | None, verb: re.Match[str] | None) -> bool:
        found = [one.span() for one in (verb, control) if one is not None]
        return any(negated(self.text, one, self.span.start) for one in found)

    def _year(self) -> int | None:
        inside = [one.span() for one in words.named("conventions").finditer(self.text, *self.span)]
        own = [
            year
            for year, span in years(self.text, self.span)
            if not any(start <= span.start < end for start, end in inside)
        ]
        return own[0] if len(own) == 1 else None

    def _number(self) -> tuple[Span, int, str] | None:
        found = _counting().search(self.text, *self.span)
        if found is None:
            return None
        return Span(*found.span()), report_words().value(found["n"]), found["what"]


@cache
def _counting() -> words.Pattern:
    kinds = "|".join(sorted(map(re.escape, families()), key=len, reverse=True)).replace("\\ ", " ")
    nouns = rf"(?:{words.words_of('schedules', 'substances')}|{kinds})"
    # The number of a session is none of substances: "CND 68 placed six".
    return compiled(
        rf"(?<!(?-i:[A-Z][A-Z])\x20)(?<![\w.,/])(?P<n>{report_words().number}) (?!{_FURTHER})"
        rf"(?:(?!(?:and|y|et) |{report_words().number} )\w+ ){{0,3}}?"
        rf"(?!{report_words().number} )(?P<what>{nouns})(?!\w)"
    )

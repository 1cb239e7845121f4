"""Totals that a sentence declares: how many were in favour, against, abstained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atalaya.promises.votes.words import OUTCOMES, VOTES, Words, load
from atalaya.reading.reports.spans import Span

# A full stop inside a symbol, a number or after an initial ends no sentence.
_SENTENCE = re.compile(
    r"(?:[^.;\n!?]|\.(?=[^\s.])|(?<=\b[A-Z])\.|\n(?=[^\S\n]*[a-zà-ÿ(\d]))+[.;!?]?"
)
_TWO = 2  # figures of a year
_MONTHS = 12
_BESIDE = 20  # characters of an outcome and the blank behind it
_LONGEST = 6000  # characters: a sentence with the names of every State in brackets


@dataclass(frozen=True, slots=True)
class Total:
    """One declared total with its place."""

    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class Tally:
    """What one sentence declares.

    Args:
        totals: Vote -> its total, where the sentence gives it.
        outcome: ``adopted``, ``rejected``, ``retained``, ``not-retained``, or None where it does
            not say.
        span: The sentence.
    """

    totals: Mapping[str, Total]
    outcome: str | None
    span: Span


def tallies(text: str) -> Iterator[Tally]:
    """Find every sentence that declares totals of a vote, in the order of the text.

    Totals are two at least, or those against and nobody else's: one number alone beside the word
    vote is too little to be a tally.
    """
    words = load()
    for found in _SENTENCE.finditer(text):
        if found.end() - found.start() > _LONGEST:
            continue
        outcome = _outcome(text, found.span(), words)
        if words.vote.search(text, *found.span()) is None and not _is_short(text, found, words):
            continue
        totals = _totals(text, found.span(), words, outcome)
        if len(totals) > 1:
            yield Tally(totals, outcome, Span(*found.span()))


def _is_short(text: str, found: re.Match[str], words: Words) -> bool:
    """Whether three totals follow an outcome at once: "carried 30-3-18", no date of adoption."""
    three = words.triple.search(text, *found.span())
    if three is None or (len(three["a"]) == _TWO and int(three["m"]) <= _MONTHS):
        return False  # it may be a date: "adopted 14-3-25"
    before = text[max(found.start(), three.start() - _BESIDE) : three.start()].rstrip(" (:,")
    return any(
        one.end() == len(before)
        for pattern in words.outcomes.values()
        for one in pattern.finditer(before)
    )


def _totals(
    text: str, span: tuple[int, int], words: Words, outcome: str | None
) -> dict[str, Total]:
    found: dict[str, Total] = {}
    three = words.triple.search(text, *span)
    if three is not None:
        for vote, name in zip(VOTES, ("n", "m", "a"), strict=False):
            found[vote] = Total(words.value(three[name]), Span(*three.span(name)))
        return found
    pair = next((one for each in words.pairs if (one := each.search(text, *span))), None)
    if pair is not None:
        found["in favour"] = Total(words.value(pair["n"]), Span(*pair.span("n")))
        found["against"] = Total(words.value(pair["m"]), Span(*pair.span("m")))
        if _is_turned(pair, found, outcome, words):
            found["in favour"], found["against"] = found["against"], found["in favour"]
    for vote, patterns in words.totals.items():
        if vote in found:
            continue
        said = next((one for each in patterns if (one := each.search(text, *span))), None)
        if said is not None:
            found[vote] = Total(words.value(said["n"]), Span(*said.span("n")))
    nobody = words.none_abstained.search(text, *span)
    if "abstained" not in found and nobody is not None:
        found["abstained"] = Total(0, Span(*nobody.span()))
    return found


def _is_turned(
    pair: re.Match[str], found: Mapping[str, Total], outcome: str | None, words: Words
) -> bool:
    """Whether the first of two bare numbers is of those against: "rejected by 4 votes to 3".

    A text with more votes in favour is not rejected, and records put the larger number first.
    """
    lost = outcome in ("rejected", "not-retained")
    larger = found["in favour"].count > found["against"].count
    return lost and larger and words.sided.search(pair[0]) is None


def _outcome(text: str, span: tuple[int, int], words: Words) -> str | None:
    return next((one for one in OUTCOMES if words.outcomes[one].search(text, *span)), None)

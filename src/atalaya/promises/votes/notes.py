"""What a delegation said after a vote about how it had meant to vote: kept, and never applied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.promises.votes.explaining import speakers
from atalaya.promises.votes.rolls import Listed
from atalaya.promises.votes.words import VOTES, load
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_BLOCK = re.compile(r"[^\n]+")
_CLAUSE = re.compile(r"[^;]+")


@dataclass(frozen=True, slots=True)
class Note:
    """A delegation's word about its vote.

    Args:
        who: The State, or None where the sentence names none that is known.
        vote: How it had meant to vote, or None where that is not told.
        span: The sentence, or the part of it that is about this State.
    """

    who: Listed | None
    vote: str | None
    span: Span


def notes(text: str) -> Iterator[Note]:
    """Find every such word, in the order of the text.

    A sentence is one where somebody told the Secretariat what was meant; of a sentence with
    semicolons each clause with a vote of its own speaks for the States it names.
    """
    words = load().found
    for block in _BLOCK.finditer(text):
        for one in sentences(text, block.span()):
            if all(words[name].search(text, *one) for name in ("told", "office", "meant")):
                yield from _of_sentence(text, one)


def _of_sentence(text: str, span: Span) -> Iterator[Note]:
    for found in _CLAUSE.finditer(text, *span):
        clause = Span(*found.span())
        vote = _vote(text, clause)
        named = speakers(text, clause)
        if vote is None and not named:
            continue
        for who in named or (None,):
            yield Note(who, vote, clause)


def _vote(text: str, span: Span) -> str | None:
    """Give the vote that was meant, where the clause names one only."""
    meant = load().found["meant"].search(text, *span)
    start = span.start if meant is None else meant.end()
    not_voting = load().found["meant not voting"].search(text, *span)
    if not_voting is not None:
        return VOTES[3]
    said = {one for one in VOTES[:3] if load().found[f"meant {one}"].search(text, start, span.end)}
    return said.pop() if len(said) == 1 else None

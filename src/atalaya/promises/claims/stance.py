"""Whether a sentence claims anything: questions, wishes, plans, guesses and opinions do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from atalaya.promises.claims import words
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.lexicon import compiled
from atalaya.reading.reports.spans import Span

_NEAR = 28  # letters before a verb in which its "not" stands: "did not, in the end, vote"
_CLAUSE = (",", ";", ":", " but ", " pero ", " mais ", " que ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Args:
        span: Where it stands.
        claims: Whether it claims something that a record could bear out.
        foretells: Whether it claims nothing only because it tells of what is to come, which what
            was decided already may set or rule out.
    """

    span: Span
    claims: bool
    foretells: bool = False


def read(text: str) -> Iterator[Sentence]:
    """Cut a text into its sentences and say of each whether it claims anything."""
    start = 0
    for line_text in text.splitlines(keepends=True):
        end = start + len(line_text)
        for one in sentences(text, (start, start + len(line_text.rstrip("\r\n")))):
            kinds = {kind for kind, pattern in _no_claim() if pattern.search(one.of(text))}
            yield Sentence(one, not kinds, kinds == {"future"})
        start = end


def claims(words_said: str) -> bool:
    """Say whether a sentence claims something.

    It does not where it asks, foretells, demands, supposes, or tells what somebody believes or
    said: what was said is then the speaker's, and the record does not hold who said what.

    >>> claims("Kenya abstained on L.6."), claims("Will Kenya abstain on L.6?")
    (True, False)
    >>> claims("Critics believe that Kenya abstained on L.6.")
    False
    """
    return not any(pattern.search(words_said) for _, pattern in _no_claim())


@cache
def _no_claim() -> tuple[tuple[str, words.Pattern], ...]:
    """Give (kind, pattern) of what makes a sentence claim nothing."""
    kinds = words.said()["no-claim"]
    question = tuple(("question", compiled(one)) for one in kinds["question"])
    rest = tuple((name, words.phrase("no-claim", name)) for name in kinds if name != "question")
    return (*question, *rest)


def negated(text: str, verb: tuple[int, int], start: int) -> bool:
    """Say whether a "not" stands before a verb, in its own clause.

    Args:
        text: The text.
        verb: Where the verb stands.
        start: Where its sentence begins.
    """
    begin = max(start, verb[0] - _NEAR)
    before = text[begin : verb[0]]
    for mark in _CLAUSE:
        before = before.rpartition(mark)[2]
    inside = text[verb[0] : verb[1]]
    pattern = words.phrase("negation", "before")
    return pattern.search(before) is not None or _inner().search(inside) is not None


@cache
def _inner() -> words.Pattern:
    """French puts its "pas" between the parts of the verb."""
    return words.bounded(r"pas|jamais|not")

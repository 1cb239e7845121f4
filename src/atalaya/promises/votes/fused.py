"""Tables with a column for each vote that copying has run together, a blank between cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atalaya.promises.votes.rolls import Listed, code, known
from atalaya.promises.votes.tallies import Total
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.spans import Span

_WORD = re.compile(r"\S+")
_FEWEST = 2  # columns of votes that make such a table
_MOST_LABEL = 4  # words of a heading: "did not vote"


def headings(text: str, line: Span) -> tuple[str, ...]:
    """Give the votes that a line names over its columns, in their order, up to the line's end.

    Words before the first may head the column of names; words between two or behind the last say
    that the line is none of this kind.
    """
    words = [
        Span(line.start + one.start(), line.start + one.end())
        for one in _WORD.finditer(line.of(text))
    ]
    for first in range(min(len(words), _MOST_LABEL)):
        found = _sequence(text, words[first:])
        if len(found) >= _FEWEST and len(set(found)) == len(found):
            return found
    return ()


def _sequence(text: str, words: list[Span]) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    while at < len(words):
        for count in range(min(_MOST_LABEL, len(words) - at), 0, -1):
            said = load().heading.fullmatch(text[words[at].start : words[at + count - 1].end])
            if said is not None:
                break
        else:
            return ()
        found.append(which(said))
        at += count
    return tuple(found)


def cells(text: str, row: Span) -> list[Span]:
    """Cut a row into the longest names that the register knows, and single words between them."""
    words = [
        Span(row.start + one.start(), row.start + one.end()) for one in _WORD.finditer(row.of(text))
    ]
    found: list[Span] = []
    at = 0
    while at < len(words):
        count = known(text, words[at:]) or 1
        found.append(Span(words[at].start, words[at + count - 1].end))
        at += count
    return found


def totals(text: str, line: Span, votes: Sequence[str]) -> dict[str, Total]:
    """Read a row of totals; empty where the line is none, or columns and numbers differ."""
    words = [
        Span(line.start + one.start(), line.start + one.end())
        for one in _WORD.finditer(line.of(text))
    ]
    numbers = [one for one in words if one.of(text).isdecimal()]
    title = text[line.start : numbers[0].start].strip(" *_:") if numbers else ""
    if len(numbers) != len(votes) or load().total.fullmatch(title) is None:
        return {}
    return {vote: Total(int(one.of(text)), one) for vote, one in zip(votes, numbers, strict=True)}


def row(text: str, line: Span, votes: tuple[str, ...]) -> list[tuple[str, Listed]] | None:
    """Read a row, or None where its cells are not as many as the columns: a gap is not guessed.

    Returns:
        Each vote with its name: the row's own name where marks follow it, or the names in columns.
        An empty list where the line holds no name that is known.
    """
    parts = cells(text, line)
    names = [one for one in parts if code(one.of(text)) is not None]
    if not names:
        return []
    if len(names) == len(parts) == len(votes):
        return [(vote, _listed(text, one)) for vote, one in zip(votes, names, strict=True)]
    marks = parts[1:]
    made = [bool(load().made.fullmatch(one.of(text))) for one in marks]
    plain = all(
        this or load().empty.fullmatch(one.of(text)) for this, one in zip(made, marks, strict=True)
    )
    if (
        len(names) == 1
        and names[0] == parts[0]
        and plain
        and len(marks) == len(votes)
        and any(made)
    ):
        who = _listed(text, names[0])
        return [(vote, who) for vote, this in zip(votes, made, strict=True) if this]
    return None


def _listed(text: str, span: Span) -> Listed:
    words = " ".join(span.of(text).split())
    return Listed(words, code(words), span)

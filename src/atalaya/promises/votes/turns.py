"""Lines that take turns: a name, its vote, a name, its vote; or the vote before each name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atalaya.promises.votes.rolls import Listed, code, is_name
from atalaya.promises.votes.singles import FEWEST, LINE, Cast
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.spans import Span

_EDGE = " \t\u00a0*_|•·-–:"


def turns(text: str) -> Iterator[tuple[Cast, ...]]:
    """Find every roll call written so.

    Names first where the first line is a name and the last a vote. Votes first only where a vote
    comes again: else each is the label of a list of one name, and is read as that.
    """
    lines = [_plain(text, Span(*one.span())) for one in LINE.finditer(text)]
    votes = [load().single.fullmatch(one.of(text)) for one in lines]
    at = 0
    while at + 1 < len(lines):
        run = [*_run(text, lines, votes, at)]
        if not _stands(run, votes, at):
            at += 1
            continue
        yield tuple(run)
        at += 2 * len(run)


def _plain(text: str, line: Span) -> Span:
    words = line.of(text)
    start = line.start + len(words) - len(words.lstrip(_EDGE))
    return Span(start, max(start, line.start + len(words.rstrip(_EDGE + ".,"))))


def _run(
    text: str, lines: Sequence[Span], votes: Sequence[re.Match[str] | None], at: int
) -> Iterator[Cast]:
    """Give the pairs of lines from a place on, names and votes in the order of the first pair."""
    voted = votes[at] is not None
    while at + 1 < len(lines):
        vote, name = (votes[at], lines[at + 1]) if voted else (votes[at + 1], lines[at])
        other = votes[at + 1] if voted else votes[at]
        words = " ".join(name.of(text).split())
        if vote is None or other is not None or not (is_name(words) or code(words)):
            return
        span = Span(lines[at].start, lines[at + 1].end)
        yield Cast(which(vote), Listed(words, code(words), name), span)
        at += 2


def _stands(run: Sequence[Cast], votes: Sequence[re.Match[str] | None], at: int) -> bool:
    if sum(one.who.iso3 is not None for one in run) < FEWEST:
        return False
    behind = at + 2 * len(run)
    if votes[at] is None:
        if run[0].who.iso3 is None:
            return False  # a heading before votes that come first
        return at == 0 or votes[at - 1] is None
    again = len({one.vote for one in run}) < len(run)
    return again and (behind >= len(votes) or votes[behind] is None)

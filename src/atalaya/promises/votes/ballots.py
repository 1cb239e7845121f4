"""Votes put together: the lists that belong to one vote, its totals, and what it was about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from atalaya.promises.votes.ballot import Ballot
from atalaya.promises.votes.explaining import Explanation, explanations
from atalaya.promises.votes.joining import grouped, joined
from atalaya.promises.votes.lists import rolls
from atalaya.promises.votes.notes import notes
from atalaya.promises.votes.outcomes import outcome_beside
from atalaya.promises.votes.parts import part
from atalaya.promises.votes.tallies import tallies
from atalaya.promises.votes.words import VOTES, load
from atalaya.promises.wrapping import unwrapped
from atalaya.reading.reports.spans import Span
from atalaya.reading.symbols.finding import Mention, mentions

_RECORDS = ("PV", "SR", "PSR", "VR")
_NEAR = 600  # characters before a vote in which its text is named


def ballots(text: str) -> tuple[Ballot, ...]:
    """Find every vote of a document, in its order."""
    plain = unwrapped(text, _is_label).text
    declared = [*tallies(plain)]
    noted = [*notes(plain)]
    listed, odd = rolls(text, plain, declared, [one.span for one in noted])
    groups = grouped(listed, declared)
    before = bool(declared) and (not groups or declared[0].span < groups[0][0].span)
    found = [
        one
        for one in joined(text, groups, declared, tally_first=before)
        if one.tallies or {each.vote for each in one.lists} != {VOTES[3]}
    ]  # who was absent from a meeting is no vote
    ends = [*(one.span.start for one in found[1:]), len(text)][: len(found)]
    starts = [0, *(one.span.end for one in found)]
    explained = [*explanations(plain, [one.span.start for one in found])]
    return tuple(
        replace(
            one,
            about=_titled(one) or _about(text, one.span, start),
            part=part(plain, one.tallies, one.span, start),
            explained=tuple(_told(explained, one, end, first=at == 0)),
            notes=tuple(each for each in noted if _own(each.span, one, end, first=at == 0)),
            odd=tuple(each for each in odd if _own(each.span, one, end, first=at == 0)),
            told=outcome_beside(plain, one.span, end),
        )
        for at, (one, start, end) in enumerate(zip(found, starts, ends, strict=False))
    )


def _titled(one: Ballot) -> Span | None:
    """Give the heading of the column that a vote is in a table of several votes."""
    return one.lists[0].about if one.lists else None


def _is_label(text: str, at: int) -> bool:
    """Whether a list's label begins at a place: the sentence before it ended with its line."""
    return load().label.match(text, at) is not None


def _own(place: Span, one: Ballot, end: int, *, first: bool) -> bool:
    return (first or one.span.start <= place.start) and place.start < end


def _told(
    explained: Sequence[Explanation], one: Ballot, end: int, *, first: bool
) -> Iterator[Explanation]:
    """Give the explanations of a vote: spoken ones know which vote they come before or after."""
    for each in explained:
        if each.vote is None:
            if _own(each.span, one, end, first=first):
                yield each
        elif each.vote == one.span.start:
            yield each


def _about(text: str, span: Span, after: int) -> Span | None:
    """Give the symbol named in the vote's own words, or the last one shortly before; never two."""
    own = _texts(text, span)
    if own:
        # Of several symbols the first, where all are of one document in its versions.
        bodies = {str(one.symbol.first_issued) for one in own}
        return own[0].span if len(bodies) == 1 else None
    near = _texts(text, Span(max(after, span.start - _NEAR), span.start))
    return near[-1].span if near else None


def _texts(text: str, span: Span) -> list[Mention]:
    """Give the symbols in a stretch of what may be voted on: no record of a meeting is."""
    found, _ = mentions(text, span)
    return [one for one in found if one.symbol.series not in _RECORDS]

"""Votes put together: the lists that belong to one vote, its totals, and what it was about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from atalaya.promises.mentions import Mention, mentions
from atalaya.promises.votes.explaining import Explanation, explanations
from atalaya.promises.votes.grids import Odd
from atalaya.promises.votes.lists import Roll, rolls
from atalaya.promises.votes.notes import Note, notes
from atalaya.promises.votes.parts import part
from atalaya.promises.votes.tallies import Tally, tallies
from atalaya.promises.votes.words import load
from atalaya.promises.wrapping import unwrapped
from atalaya.reading.reports.spans import Span

_PARAGRAPH = re.compile(r"\n\s*\n")
_FEWEST_EQUAL = 2  # totals by which a sentence tells a vote again
_RECORDS = ("PV", "SR", "PSR", "VR")
_NEAR = 600  # characters before a vote in which its text is named


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote.

    Args:
        about: Symbol of the text voted on as written, with its place, or None.
        part: The words that name the paragraph voted on, or None where the vote was on all of it.
        lists: Who voted how, as listed.
        tallies: What sentences declare, one or several; where they differ both stay.
        explained: Explanations of vote: those before it that announce it, those after it.
        notes: What a delegation said afterwards about how it had meant to vote; never applied.
        odd: Rows of its table that could not be read.
        span: From its first word to its last.
    """

    about: Span | None
    part: Span | None
    lists: tuple[Roll, ...]
    tallies: tuple[Tally, ...]
    explained: tuple[Explanation, ...]
    notes: tuple[Note, ...]
    odd: tuple[Odd, ...]
    span: Span

    @property
    def outcome(self) -> str | None:
        """One of ``OUTCOMES`` where a sentence says so and none another one, else None."""
        said = {one.outcome for one in self.tallies} - {None}
        return said.pop() if len(said) == 1 else None

    def totals(self, vote: str) -> tuple[tuple[int, Span], ...]:
        """Give every total declared for a vote, with its place; lists declare some themselves."""
        said = {
            one.totals[vote].span: one.totals[vote] for one in self.tallies if vote in one.totals
        }
        for one in self.lists:
            if one.vote == vote and one.declared is not None:
                said[one.declared.span] = one.declared
        return tuple((said[span].count, span) for span in sorted(said))


def ballots(text: str) -> tuple[Ballot, ...]:
    """Find every vote of a document, in its order."""
    plain = unwrapped(text, _is_label).text
    declared = [*tallies(plain)]
    listed, odd = rolls(text, plain, declared)
    groups = _groups(listed, declared)
    before = bool(declared) and (not groups or declared[0].span < groups[0][0].span)
    found = _joined(text, groups, declared, tally_first=before)
    ends = [*(one.span.start for one in found[1:]), len(text)][: len(found)]
    starts = [0, *(one.span.end for one in found)]
    explained = [*explanations(plain, [one.span.start for one in found])]
    noted = [*notes(plain)]
    return tuple(
        replace(
            one,
            about=_about(text, one.span, start),
            part=part(plain, one.tallies, one.span, start),
            explained=tuple(_told(explained, one, end, first=at == 0)),
            notes=tuple(each for each in noted if _own(each.span, one, end, first=at == 0)),
            odd=tuple(each for each in odd if _own(each.span, one, end, first=at == 0)),
        )
        for at, (one, start, end) in enumerate(zip(found, starts, ends, strict=False))
    )


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


def _groups(listed: Sequence[Roll], declared: Sequence[Tally]) -> list[list[Roll]]:
    """Lists of one vote stand together; a way of voting that comes again begins another vote."""
    groups: list[list[Roll]] = []
    for one in listed:
        last = groups[-1] if groups else []
        again = any(each.vote == one.vote and (each.names or not one.names) for each in last)
        parted = last and any(
            last[-1].span.end <= each.span.start < one.span.start for each in declared
        )
        if not last or again or parted:
            groups.append([one])
        else:
            last.append(one)
    return groups


def _joined(
    text: str, groups: Sequence[Sequence[Roll]], declared: Sequence[Tally], *, tally_first: bool
) -> list[Ballot]:
    """Give each group the tally beside it; a tally that repeats the totals before it joins them."""
    owned: list[tuple[list[Roll], list[Tally]]] = [([*group], []) for group in groups]
    alone: list[Tally] = []
    for one in declared:
        at = _beside(groups, one, tally_first=tally_first)
        if at is None:
            alone.append(one)
        else:
            owned[at][1].append(one)
    found = []
    for lists, said in owned:
        nearest = said[-1:] if tally_first else said[:1]
        others = [one for one in said if one not in nearest]
        same = [one for one in others if _repeats(one, nearest[0])]
        alone += [one for one in others if one not in same]
        found.append(_ballot(lists, [*same, *nearest]))
    found += [_ballot([], [one]) for one in alone]
    return _merged(text, sorted(found, key=lambda one: one.span))


def _beside(groups: Sequence[Sequence[Roll]], tally: Tally, *, tally_first: bool) -> int | None:
    for at, group in enumerate(groups):
        if tally.span.start <= group[0].span.start and group[-1].span.end <= tally.span.end:
            return at  # the names stand in the sentence's own brackets
    if tally_first:
        return next(
            (at for at, group in enumerate(groups) if tally.span.start < group[0].span.start), None
        )
    return next(
        (
            at
            for at in range(len(groups) - 1, -1, -1)
            if groups[at][0].span.start < tally.span.start
        ),
        None,
    )


def _repeats(one: Tally, other: Tally) -> bool:
    return _counts(one) == _counts(other)


def _retells(text: str, one: Tally, other: Tally) -> bool:
    """Whether a tally in the same paragraph tells the same vote: two totals are equal."""
    first, last = _counts(one), _counts(other)
    equal = sum(first[vote] == last.get(vote) for vote in first)
    between = text[other.span.end : one.span.start]
    return equal >= _FEWEST_EQUAL and _PARAGRAPH.search(between) is None


def _counts(one: Tally) -> Mapping[str, int]:
    return {vote: total.count for vote, total in one.totals.items()}


def _merged(text: str, found: Sequence[Ballot]) -> list[Ballot]:
    """A tally without lists that repeats the totals of the vote before it is no vote of its own."""
    kept: list[Ballot] = []
    for one in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and not one.lists
            and last.tallies
            and (
                _repeats(one.tallies[0], last.tallies[0])
                or _retells(text, one.tallies[0], last.tallies[-1])
            )
        ):
            kept[-1] = _ballot(last.lists, [*last.tallies, *one.tallies])
        else:
            kept.append(one)
    return kept


def _ballot(lists: Sequence[Roll], said: Sequence[Tally]) -> Ballot:
    spans = [*(one.span for one in lists), *(one.span for one in said)]
    whole = Span(min(one.start for one in spans), max(one.end for one in spans))
    return Ballot(None, None, tuple(lists), tuple(said), (), (), (), whole)


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

"""Which lists and which totals belong to one vote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from atalaya.promises.votes.ballot import Ballot
from atalaya.promises.votes.lists import Roll
from atalaya.promises.votes.tallies import Tally
from atalaya.reading.reports.spans import Span

_PARAGRAPH = re.compile(r"\n\s*\n")
_FEWEST_EQUAL = 2  # totals by which a sentence tells a vote again


def grouped(listed: Sequence[Roll], declared: Sequence[Tally]) -> list[list[Roll]]:
    """Lists of one vote stand together; a way of voting that comes again begins another vote."""
    groups: list[list[Roll]] = []
    for one in listed:
        last = groups[-1] if groups else []
        again = any(each.vote == one.vote and (each.names or not one.names) for each in last)
        parted = last and any(
            last[-1].span.end <= each.span.start < one.span.start for each in declared
        )
        other = last and (last[-1].about != one.about or last[-1].unread or one.unread)
        if not last or again or parted or other:
            groups.append([one])
        else:
            last.append(one)
    return groups


def joined(
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

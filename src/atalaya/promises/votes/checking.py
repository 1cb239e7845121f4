"""What does not fit in a vote: names against totals, names twice, names nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.model.sentences import Sentence, sentence, word
from atalaya.promises.votes.ballot import Ballot
from atalaya.promises.votes.rolls import Listed
from atalaya.promises.votes.words import VOTES
from atalaya.reading.reports.spans import Span
from atalaya.registers.spelling import key


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that does not fit; it is shown and nothing is repaired.

    Args:
        kind: Which kind.
        says: What it is, with the figures.
        span: Where.
    """

    kind: str
    says: Sentence
    span: Span


def doubts(ballot: Ballot) -> tuple[Doubt, ...]:
    """Give every doubt about a vote, in the order of the text."""
    every = [*_names(ballot), *_totals(ballot), *_odd(ballot)]
    return tuple(sorted(every, key=lambda one: (one.span, one.kind)))


def _odd(ballot: Ballot) -> Iterator[Doubt]:
    says = {
        "vote-not-told": sentence("how this row voted is not told by one mark that is known"),
        "column-not-told": sentence("which column a cell of this row stands in is not told"),
    }
    for one in ballot.odd:
        yield Doubt(one.kind, says[one.kind], one.span)


def distinct(ballot: Ballot, vote: str) -> int:
    """Count the different members named one way; a name nobody knows counts as written."""
    return len({_who(one) for each in ballot.lists if each.vote == vote for one in each.names})


def _who(one: Listed) -> str:
    return one.iso3 or key(one.name)


def _names(ballot: Ballot) -> Iterator[Doubt]:
    seen: dict[str, str] = {}
    for each in ballot.lists:
        for one in each.names:
            if one.iso3 is None:
                says = sentence("{name!r} is no State that the register knows", name=one.name)
                yield Doubt("unknown-name", says, one.span)
            before = seen.setdefault(_who(one), each.vote)
            if before != each.vote:
                says = sentence(
                    "{name} is listed as {before} and as {vote}",
                    name=one.name,
                    before=word(before),
                    vote=word(each.vote),
                )
                yield Doubt("in-two-lists", says, one.span)
    yield from _twice(ballot)


def _twice(ballot: Ballot) -> Iterator[Doubt]:
    counted: set[tuple[str, str]] = set()
    for each in ballot.lists:
        for one in each.names:
            if (each.vote, _who(one)) in counted:
                says = sentence("{name} is listed twice", name=one.name)
                yield Doubt("listed-twice", says, one.span)
            counted.add((each.vote, _who(one)))


def _totals(ballot: Ballot) -> Iterator[Doubt]:
    named = any(one.names for one in ballot.lists)
    if not named and any(ballot.totals(vote) for vote in VOTES):
        says = sentence("the totals are declared and nobody is named")
        yield Doubt("no-names", says, ballot.span)
    for vote in VOTES:
        said = ballot.totals(vote)
        if len({count for count, _ in said}) > 1:
            first, last = said[0], next(one for one in said if one[0] != said[0][0])
            says = sentence(
                "{declared} are declared as {vote} here, and {other} elsewhere",
                declared=last[0],
                vote=word(vote),
                other=first[0],
            )
            yield Doubt("totals-conflict", says, last[1])
        yield from _against_names(ballot, vote) if named else ()


def _against_names(ballot: Ballot, vote: str) -> Iterator[Doubt]:
    """Compare each different total with the different members named."""
    counted = distinct(ballot, vote)
    listed = [one for one in ballot.lists if one.vote == vote and one.names]
    said = dict(reversed(ballot.totals(vote)))
    for count, span in said.items():
        if count and not listed:
            says = sentence(
                "{declared} are declared as {vote}, and none of them is named",
                declared=count,
                vote=word(vote),
            )
            yield Doubt("not-named", says, span)
        elif count != counted:
            says = sentence(
                "{declared} are declared as {vote}, and {named} different ones are named",
                declared=count,
                vote=word(vote),
                named=counted,
            )
            yield Doubt("total-differs", says, span)
    if listed and not said:
        says = sentence(
            "no total is declared against which those {vote} could be checked", vote=word(vote)
        )
        yield Doubt("no-total", says, listed[0].span)

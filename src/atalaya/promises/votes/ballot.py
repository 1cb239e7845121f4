"""One vote as a record has it, with the place of everything in it."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.promises.votes.explaining import Explanation
from atalaya.promises.votes.grids import Odd
from atalaya.promises.votes.lists import Roll
from atalaya.promises.votes.notes import Note
from atalaya.promises.votes.tallies import Tally
from atalaya.reading.reports.spans import Span


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
        told: An outcome that a sentence of its own tells, beside the totals, or None.
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
    told: str | None = None

    @property
    def outcome(self) -> str | None:
        """One of ``OUTCOMES`` where a sentence says so and none another one, else None."""
        said = {one.outcome for one in self.tallies} - {None} or {self.told}
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

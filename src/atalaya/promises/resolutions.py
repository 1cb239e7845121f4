"""A resolution: its draft and number, who sponsored it, the vote, what it asks, what followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.model.errors import BadInput
from atalaya.promises.fields import Field, Said, Status, pick
from atalaya.reading.symbols.symbol import Symbol

# What a row of the roll call says -> the predicate of the tally that was declared.
TALLIES = {
    "in favour": "votes-in-favour",
    "against": "votes-against",
    "abstained": "abstentions",
}
_NAMED = "-named"
AS_NOTED = "as-noted"  # note of a vote: the name as the source has it
_OWN = frozenset(
    {"draft", "amended-by", "number", "title", "draft-title", "title-as-reported", "topic"}
    | {
        "kind",
        "searched",
        "draft-searched",
        "looked-for",
        "amendment",
        "effect",
        "explained-vote",
        "adopted-on",
        "adopted-how",
        "vote-called-by",
        "sponsor",
        "vote",
        "asks",
        *TALLIES.values(),
    }
    | {f"{tally}{_NAMED}" for tally in TALLIES.values()}
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members voted one way: as declared, and as named in the roll call.

    Args:
        vote: ``in favour``, ``against`` or ``abstained``.
        declared: The number that was declared.
        named: The members named, one a row.
    """

    vote: str
    declared: Field
    named: tuple[Said, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether as many were named as declared; None when either is not known."""
        declared = self.declared.said[0].number if self.declared.said else None
        if declared is None or not self.named:
            return None
        return declared == self.distinct

    @property
    def distinct(self) -> int:
        """How many different members are named: one that is listed twice voted once."""
        return len({one.territory or one.notes.get(AS_NOTED) or one.claims for one in self.named})


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution of a session, each property with the claims it rests on.

    Args:
        id: Identifier of the draft, such as ``draft:cnd68-l6``.
        kind: ``decision`` or another word where it is no resolution.
        draft: Symbol of the draft.
        amended_by: Symbol of the amendment.
        number: Number of the resolution as adopted, such as ``68/6``.
        title: Title as adopted.
        draft_title: Title of the draft.
        reported_title: Title as somebody reported it, perhaps in another language.
        topic: What it is about, in our own words.
        effects: What it is to bring about, as each source reports it.
        searched: What was looked for in the record of its adoption and not found, where and when.
        draft_searched: What was looked for under its draft's number: another text that a page gives
            it to, or another number that a page gives this text.
        looked_for: Searches for what became of it, see ``promises.following``.
        adopted_on: Day of adoption.
        adopted_how: By a vote or without one, where a source says so and gives no tally.
        amendments: What was moved to change it, by whom, and what became of that.
        vote_called_by: Who asked for a vote.
        sponsors: States and bodies that sponsored it.
        tallies: The vote, as declared and as named.
        explanations: Explanations of vote, each with its State.
        asks: What it asks, in the order of the source.
        follow_up: What has followed, oldest first, the undated last.
    """

    id: str
    kind: Field
    draft: Field
    amended_by: Field
    number: Field
    title: Field
    draft_title: Field
    reported_title: Field
    topic: Field
    effects: Field
    searched: Field
    draft_searched: Field
    looked_for: Field
    adopted_on: Field
    adopted_how: Field
    amendments: Field
    vote_called_by: Field
    sponsors: Field
    tallies: tuple[Tally, ...]
    explanations: Field
    asks: Field
    follow_up: Field

    @property
    def symbol(self) -> str | None:
        """What to call it: its number, or the symbol of its draft with the word draft."""
        if self.number.value is not None:
            return self.number.value
        if self.draft.value is None:
            return None
        return f"{self.draft.value} (draft)"

    @property
    def draft_symbol(self) -> Symbol | None:
        """The draft's symbol taken apart; None when it is not known or cannot be read."""
        if self.draft.value is None:
            return None
        try:
            return Symbol.parse(self.draft.value)
        except BadInput:
            return None

    @property
    def vote_status(self) -> Status:
        """Disputed where a tally is, or where more or fewer members are named than declared."""
        if all(tally.declared.status is Status.UNKNOWN for tally in self.tallies):
            return Status.UNKNOWN
        disputed = any(
            tally.declared.status is Status.DISPUTED or tally.agrees is False
            for tally in self.tallies
        )
        return Status.DISPUTED if disputed else Status.KNOWN

    def properties(self) -> tuple[tuple[str, Field], ...]:
        """Give every property with its name, the unknown ones too."""
        return (
            *((("kind", self.kind),) if self.kind.said else ()),
            ("draft", self.draft),
            ("amended-by", self.amended_by),
            ("number", self.number),
            ("title", self.title),
            ("draft-title", self.draft_title),
            ("title-as-reported", self.reported_title),
            *((("effect", self.effects),) if self.effects.said else ()),
            ("adopted-on", self.adopted_on),
            *((("adopted-how", self.adopted_how),) if self.adopted_how.said else ()),
            *((("amendment", self.amendments),) if self.amendments.said else ()),
            ("vote-called-by", self.vote_called_by),
            ("sponsor", self.sponsors),
            *(
                (TALLIES[tally.vote], tally.declared)
                for tally in self.tallies
                if tally.vote in TALLIES
            ),
            ("vote", Field(tuple(one for tally in self.tallies for one in tally.named), True)),
            *((("explained-vote", self.explanations),) if self.explanations.said else ()),
            ("asks", self.asks),
            *((("searched", self.searched),) if self.searched.said else ()),
            *((("draft-searched", self.draft_searched),) if self.draft_searched.said else ()),
            *((("looked-for", self.looked_for),) if self.looked_for.said else ()),
            ("follow-up", self.follow_up),
        )


def resolution(name: str, said: Sequence[Said]) -> Resolution:
    """Give a resolution from everything that is said of its draft.

    Args:
        name: Identifier of the draft.
        said: What is said of it. A predicate that is none of the record's own properties is
            something that followed, so that nothing said is lost.
    """
    followed = [one for one in said if one.predicate not in _OWN]
    return Resolution(
        id=name,
        kind=pick(said, "kind"),
        draft=pick(said, "draft"),
        amended_by=pick(said, "amended-by"),
        number=pick(said, "number"),
        title=pick(said, "title"),
        draft_title=pick(said, "draft-title"),
        reported_title=pick(said, "title-as-reported"),
        topic=pick(said, "topic"),
        effects=pick(said, "effect", several=True),
        searched=pick(said, "searched", several=True),
        draft_searched=pick(said, "draft-searched", several=True),
        looked_for=pick(said, "looked-for", several=True),
        adopted_on=pick(said, "adopted-on"),
        adopted_how=pick(said, "adopted-how", several=True),
        amendments=pick(said, "amendment", several=True),
        vote_called_by=pick(said, "vote-called-by"),
        sponsors=pick(said, "sponsor", several=True),
        tallies=_tallies(said),
        explanations=pick(said, "explained-vote", several=True),
        asks=pick(said, "asks", several=True),
        follow_up=Field(tuple(sorted(followed, key=_when)), several=True),
    )


def _tallies(said: Sequence[Said]) -> tuple[Tally, ...]:
    named = pick(said, "vote", several=True).said
    words = dict.fromkeys((*TALLIES, *(one.value for one in named)))  # the usual three come first
    return tuple(
        Tally(
            vote=word,
            declared=Field(tuple(one for one in said if one.predicate in _declared(word))),
            named=tuple(one for one in named if one.value == word),
        )
        for word in words
    )


def _declared(vote: str) -> tuple[str, ...]:
    """Predicates of a tally: a count of the names that a source gives stands beside it."""
    return (TALLIES[vote], f"{TALLIES[vote]}{_NAMED}") if vote in TALLIES else ()


def _when(said: Said) -> tuple[bool, str]:
    return said.period is None, said.period or ""

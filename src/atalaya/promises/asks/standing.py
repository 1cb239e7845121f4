"""What has become of an ask: judged from dated evidence and dated searches alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.model.sentences import Sentence, sentence


class Status(StrEnum):
    """What may be said of an ask."""

    DONE = "done"
    UNDER_WAY = "under way"
    NOTHING_FOUND = "nothing found"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


class Bears(StrEnum):
    """What a piece of evidence says of an ask."""

    DONE = "done"
    UNDER_WAY = "under way"
    NOT_DONE = "not done"
    FUNDED = "funded"
    UNFUNDED = "unfunded"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something published about an ask.

    Args:
        when: Day, month or year of it, such as ``2026-03-12``.
        bears: What it says.
        says: In its own words or ours.
        cites: Address of the page.
        claims: The claims it is, where it was read into some.
    """

    when: str
    bears: Bears
    says: str
    cites: str
    claims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _dated(self.when)


@dataclass(frozen=True, slots=True)
class Search:
    """A search that was made.

    Args:
        on: Day it was made.
        where: In what.
        words: For which words.
        since: From when on something would have been found, such as the day of adoption.
    """

    on: str
    where: str
    words: str
    since: str

    def __post_init__(self) -> None:
        _dated(self.on)
        _dated(self.since)

    def says(self) -> Sentence:
        """Give the finding in words."""
        return sentence(
            "nothing published since {since} was found: {where} was searched on {on} for {words!r}",
            since=self.since,
            where=self.where,
            on=self.on,
            words=self.words,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of an ask.

    Args:
        status: One of the five.
        evidence: What it rests on, oldest first.
        searches: Searches that found nothing, oldest first.
    """

    status: Status
    evidence: tuple[Evidence, ...]
    searches: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Funding:
    """Whether money came for an ask: ``funded`` yes, no, or None for unknown, and what says so."""

    funded: bool | None
    evidence: tuple[Evidence, ...]


def standing(
    evidence: Iterable[Evidence], searches: Iterable[Search], as_of: str | None = None
) -> Standing:
    """Judge an ask.

    Args:
        evidence: What was published about it.
        searches: Searches that were made.
        as_of: The last day that counts, or None; what is dated by month or year counts once that
            month or year is over.

    Returns:
        ``contradicted`` where one piece says done and another not done, whichever is later: both
        are shown. Without evidence ``nothing found`` where a search was made, else ``unknown``.

    >>> standing([], [Search("2026-11-01", "unodc.org", "panel", "2025-03-14")]).status
    <Status.NOTHING_FOUND: 'nothing found'>
    >>> standing([], []).status
    <Status.UNKNOWN: 'unknown'>
    """
    every = _known(evidence, as_of)
    made = tuple(sorted((one for one in searches if _over(one.on, as_of)), key=lambda one: one.on))
    said = {one.bears for one in every}
    return Standing(_status(said, bool(made)), every, made)


def _status(said: set[Bears], searched: bool) -> Status:
    if Bears.DONE in said and Bears.NOT_DONE in said:
        return Status.CONTRADICTED
    if Bears.DONE in said:
        return Status.DONE
    if Bears.UNDER_WAY in said:
        return Status.UNDER_WAY
    return Status.NOTHING_FOUND if searched else Status.UNKNOWN


def funding(evidence: Iterable[Evidence], as_of: str | None = None) -> Funding:
    """Say whether money came: only from evidence of money, and unknown where it disagrees.

    What the text says ("subject to the availability of extrabudgetary resources") is a condition
    and no evidence that it was met or not.
    """
    money = (Bears.FUNDED, Bears.UNFUNDED)
    every = tuple(one for one in _known(evidence, as_of) if one.bears in money)
    said = {one.bears for one in every}
    return Funding(said == {Bears.FUNDED} if len(said) == 1 else None, every)


def _known(evidence: Iterable[Evidence], as_of: str | None) -> tuple[Evidence, ...]:
    kept: Sequence[Evidence] = [one for one in evidence if _over(one.when, as_of)]
    return tuple(sorted(kept, key=lambda one: (one.when, one.cites)))


def _over(when: str, as_of: str | None) -> bool:
    return as_of is None or Period.parse(when).end <= Period.parse(as_of).end


def _dated(when: str) -> None:
    try:
        Period.parse(when)
    except BadInput as error:
        raise BadInput(
            f"{when!r} is no day, month or year",
            why="evidence without a date says nothing of what was known when",
            do="write 2026-03-12, 2026-03 or 2026",
        ) from error

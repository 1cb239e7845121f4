"""An answer about one claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from atalaya.model.numbers import number_text
from atalaya.model.records import Checked
from atalaya.model.sentences import Sentence
from atalaya.promises.fields import Said
from atalaya.reading.reports.spans import Span


class Verdict(StrEnum):
    """How a claim stands beside the record."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Answer:
    """One claim beside the record.

    Args:
        kind: What is claimed: ``sponsors``, ``tally``, ``adoption``, ``symbol`` ...
        span: Where the text claims it.
        claimed: What it claims, printed.
        verdict: How it stands.
        found: What sources say, printed; None where nobody in the record says.
        says: The verdict in a sentence.
        safe: What would be safe to print.
        sources: Addresses of the pages that say what is found.
        about: Identifier of the resolution or session, or None.
        claims: The record's claims it rests on.
        checked: How what is found was checked, each way once.
        references: The published cells and rows that tell what is found, for ``why``; empty where
            it stands in a register, whose row is then named in ``checked``.
    """

    kind: str
    span: Span
    claimed: str
    verdict: Verdict
    found: str | None
    says: Sentence
    safe: Sentence
    sources: tuple[str, ...]
    about: str | None
    claims: tuple[str, ...]
    checked: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def why(self) -> tuple[str, ...]:
        """What ``atalaya why`` can be asked: published cells, or else the claims it rests on."""
        return self.references or self.claims


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim as a text states it.

    Args:
        text: The text.
        span: Where it claims something.
    """

    text: str
    span: Span

    @property
    def words(self) -> str:
        """Its words."""
        return self.span.of(self.text)


def untold(
    kind: str,
    stated: Stated,
    says: Sentence,
    safe: Sentence,
    about: str | None = None,
    said: tuple[Said, ...] = (),
) -> Answer:
    """Give the answer to what cannot be told, with what would be needed and what is known."""
    return Answer(
        kind=kind,
        span=stated.span,
        claimed=stated.words,
        verdict=Verdict.CANNOT_TELL,
        found=" / ".join(dict.fromkeys(map(printed, said))) or None,
        says=says,
        safe=safe,
        sources=cited(said),
        about=about,
        claims=resting(said),
        checked=checks(said),
    )


def cited(said: Iterable[Said]) -> tuple[str, ...]:
    """Give the pages that some facts name, each once."""
    return tuple(dict.fromkeys(one.cites for one in said if one.cites is not None))


def checks(said: Iterable[Said]) -> tuple[str, ...]:
    """Give how some facts were checked, each way once."""
    return tuple(dict.fromkeys(one.how_checked for one in said if one.how_checked))


def resting(said: Iterable[Said]) -> tuple[str, ...]:
    """Give the claims that some facts rest on."""
    return tuple(claim for one in said for claim in one.claims)


def sure(said: Iterable[Said]) -> tuple[Said, ...]:
    """Give what was checked and is not disputed."""
    return tuple(one for one in said if one.checked is Checked.VERIFIED and not one.disputed)


def verified(said: Iterable[Said]) -> tuple[Said, ...]:
    """Give what was checked, disputed or not."""
    return tuple(one for one in said if one.checked is Checked.VERIFIED)


def printed(said: Said) -> str:
    """Give what a fact says, printed."""
    return said.value if said.number is None else number_text(said.number)

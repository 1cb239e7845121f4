"""The income of UNODC, year by year, with the part that nobody is named for."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.periods import Period
from atalaya.promises.income import Amount, Bounded, Year, income
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.visits import Visit
from atalaya.registers.territories import load

_NAMED = 5
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "to"))


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in United States dollars and the claim that says it."""

    usd: float
    reference: str


@dataclass(frozen=True, slots=True)
class Giver:
    """One of the largest donors: its name as the source has it, and its lines added up."""

    name: str
    usd: float
    reference: str


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """One year as the page shows it; shares go from 0 to 1, see ``promises.income.Year``."""

    year: int
    total: Sum
    attributed: Sum
    remainder: Sum
    remainder_share: float
    earmarked: Sum | None
    earmarked_share: float | None
    top: Bounded | None
    concentration: Bounded | None
    largest: tuple[Giver, ...]
    breaks: bool


def money(edition: Edition, visit: Visit) -> tuple[MoneyYear, ...]:
    """Give the years that were over at the page's date, the latest first."""
    return tuple(
        _year(edition, visit, one)
        for one in reversed(income(edition.said_of("organisation:unodc")))
        if visit.as_of is None or Period.parse(str(one.year)).end <= visit.as_of.end
    )


def _year(edition: Edition, visit: Visit, one: Year) -> MoneyYear:
    earmarked = one.instruments.get("Voluntary earmarked")
    return MoneyYear(
        year=one.year,
        total=_sum(one.total),
        attributed=_sum(one.attributed),
        remainder=_sum(one.remainder),
        remainder_share=1 - one.attributed_share,
        earmarked=None if earmarked is None else _sum(earmarked),
        earmarked_share=one.earmarked_share,
        top=one.top,
        concentration=one.concentration,
        largest=tuple(
            Giver(_name(edition, visit, each.id), each.value, each.claims[0])
            for each in one.donors[:_NAMED]
        ),
        breaks=one.breaks,
    )


def _sum(amount: Amount) -> Sum:
    return Sum(amount.value, amount.claim)


def _name(edition: Edition, visit: Visit, donor: str) -> str:
    """Give a donor's name in the page's language where it is a State, else in the source's words.

    The identifier is made of the source's own words, so that the register finds a State by them.
    """
    words = donor.partition(":")[2].replace("-", " ")
    found = load().look_up(words)
    if found is not None and found.entry.level == "country":
        return edition.names.place(found.entry.id).name(visit.language)
    return " ".join(word if word in _SMALL else word.capitalize() for word in words.split())

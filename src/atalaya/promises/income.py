"""Where an organisation's money comes from, year by year, the part nobody is named for included.

Shares of donors are shares of what is attributed. What is attributed to nobody may come from one
donor or from many, so each measure of concentration also says between which bounds it lies for the
whole income.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

TOTAL, ATTRIBUTED, REMAINDER = "total", "attributed to donors", "not attributed to a donor"
EARMARKED = "Voluntary earmarked"
_MEASURES = (TOTAL, ATTRIBUTED, REMAINDER)
_DONOR = "donor:"
_NOBODY = "donor:not-attributed-to-a-donor"
_TOP = 5


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the unit of the source, and the claim that says it."""

    value: float
    claim: str


@dataclass(frozen=True, slots=True)
class Bounded:
    """A measure of the attributed part, and between what it lies for the whole income."""

    attributed: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Donor:
    """What one donor gave in a year, refunds taken off; ``claims`` are its lines."""

    id: str
    value: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of an organisation's income.

    Args:
        year: The year.
        total: Its whole income.
        attributed: What its lines attribute to donors.
        remainder: What they attribute to nobody; never left out.
        instruments: Kind of income -> amount.
        donors: The donors that gave more than was refunded to them, the largest first.
        refunds: How many donors were refunded more than they gave; no share is theirs.
        breaks: Whether kinds of income come or go against the year before: the publisher counts
            otherwise from here on, and kinds may not be compared across.
    """

    year: int
    total: Amount
    attributed: Amount
    remainder: Amount
    instruments: Mapping[str, Amount]
    donors: tuple[Donor, ...]
    refunds: int
    breaks: bool

    @property
    def attributed_share(self) -> float:
        """What is attributed as a share of the income, from 0 to 1."""
        return self.attributed.value / self.total.value

    @property
    def earmarked_share(self) -> float | None:
        """Earmarked voluntary contributions as a share of the income; None where nobody says it."""
        found = self.instruments.get(EARMARKED)
        return None if found is None else found.value / self.total.value

    @property
    def top(self) -> Bounded | None:
        """The five largest donors' share, from 0 to 1; None without donors.

        For the whole income the lowest is theirs if the remainder is nobody's among them, the
        highest if all of it is.
        """
        given = [one.value for one in self.donors]
        if not given:
            return None
        first, rest = sum(given[:_TOP]), max(self.remainder.value, 0.0)
        whole = sum(given) + rest
        return Bounded(first / sum(given), first / whole, (first + rest) / whole)

    @property
    def concentration(self) -> Bounded | None:
        """The Herfindahl-Hirschman index, from 0 (many equal donors) to 1 (one); None without any.

        It is the sum of squared shares. For the whole income it is lowest if the remainder comes
        from donors without number, highest if the largest donor gave all of it.

        Source: A. O. Hirschman, National Power and the Structure of Foreign Trade (1945), as in
            https://conversableeconomist.blogspot.com/2020/02/the-herfindahl-hirschman-index-story.html
        """
        given = [one.value for one in self.donors]
        if not given:
            return None
        rest = max(self.remainder.value, 0.0)
        whole = sum(given) + rest
        return Bounded(
            _squares(given, sum(given)),
            _squares(given, whole),
            _squares([given[0] + rest, *given[1:]], whole),
        )


def _squares(given: Iterable[float], whole: float) -> float:
    return sum((one / whole) ** 2 for one in given)


def income(claims: pa.Table, organisation: str = "organisation:unodc") -> tuple[Year, ...]:
    """Give the years of an organisation's income.

    Args:
        claims: Claims with the schema CLAIMS; the organisation's own say total, attributed and
            remainder of each year and its kinds of income, those about donors of the same source
            say who gave what.
        organisation: Whose income.

    Returns:
        Years ascending. A year without its total, attributed part or remainder is left out:
        nothing is added up in their place. Empty where nobody speaks of it.
    """
    said = claims.filter(pc.equal(claims["subject"], organisation)).to_pylist()
    own = [one for one in said if one["value"] is not None and one["period"] is not None]
    years: dict[int, dict[str, Amount]] = defaultdict(dict)
    for one in own:
        years[int(one["period"])][one["predicate"]] = Amount(float(one["value"]), one["id"])
    sources = pa.array(sorted({one["source"] for one in own}), pa.string())
    given = _given(claims.filter(pc.is_in(claims["source"], value_set=sources)))
    found: list[Year] = []
    for year in sorted(years):
        amounts = years[year]
        if all(name in amounts for name in _MEASURES) and amounts[TOTAL].value > 0:
            before = found[-1].instruments if found else None
            found.append(_year(year, amounts, given.get(year, {}), before))
    return tuple(found)


def _year(
    year: int,
    amounts: Mapping[str, Amount],
    given: Mapping[str, Donor],
    before: Mapping[str, Amount] | None,
) -> Year:
    kinds = {name: one for name, one in sorted(amounts.items()) if name not in _MEASURES}
    donors = sorted(given.values(), key=lambda one: (-one.value, one.id))
    return Year(
        year=year,
        total=amounts[TOTAL],
        attributed=amounts[ATTRIBUTED],
        remainder=amounts[REMAINDER],
        instruments=kinds,
        donors=tuple(one for one in donors if one.value > 0),
        refunds=sum(one.value < 0 for one in donors),
        breaks=before is not None and set(before) != set(kinds),
    )


def _given(claims: pa.Table) -> dict[int, dict[str, Donor]]:
    """Give year -> donor -> what it gave in all kinds of income together."""
    lines: dict[tuple[int, str], list[Amount]] = defaultdict(list)
    for one in claims.filter(pc.starts_with(claims["subject"], _DONOR)).to_pylist():
        if one["subject"] != _NOBODY and one["value"] is not None and one["period"] is not None:
            amount = Amount(float(one["value"]), one["id"])
            lines[int(one["period"]), one["subject"]].append(amount)
    found: dict[int, dict[str, Donor]] = defaultdict(dict)
    for (year, donor), amounts in lines.items():
        claims_of = tuple(one.claim for one in amounts)
        found[year][donor] = Donor(donor, sum(one.value for one in amounts), claims_of)
    return found

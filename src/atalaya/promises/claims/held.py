"""What is published of one thing: its figures period by period, and the words that speak of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period, PeriodKind
from atalaya.promises.claims.intervals import Interval

_PARTS = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}


@dataclass(frozen=True, slots=True)
class Reading:
    """One published figure.

    Args:
        figure: Between which bounds it lies; a single number where nothing is hidden.
        references: Its cells, for ``why``.
        claims: Identifiers of the claims it rests on, where they are known.
        hidden: Whether it, or a part of it, is a small count of people that is not published.
        note: What the publisher's table says beside it, or None.
        disputed: Whether the source says that another one contradicts it.
        cites: The page the row names as its source, or None.
        checked: How it was checked, or None.
    """

    figure: Interval
    references: tuple[str, ...]
    claims: tuple[str, ...] = ()
    hidden: bool = False
    note: str | None = None
    disputed: bool = False
    cites: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence must name for a table to be meant.

    Args:
        substance: A substance of the register, or None.
        topic: Concepts of which one must be named; empty where none need be.
        needs: Concepts that must all be named.
        measures: What is measured, of which one must be named.
        territory: A territory, or None.
        world: Whether it is of the whole world.
        organisation: Slug of the organisation whose money it is, or None.
        donor: The donor, as a territory or in the source's words, or None.
    """

    substance: str | None = None
    topic: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    territory: str | None = None
    world: bool = False
    organisation: str | None = None
    donor: str | None = None

    @property
    def narrow(self) -> tuple[bool, int, bool]:
        """How narrowly it is meant: of two tables that are spoken of, the narrower one is."""
        return self.donor is not None, len(self.needs), self.substance is not None


@dataclass(frozen=True, slots=True)
class Held:
    """One thing with its published figures.

    Args:
        id: Key of the series, or source, subject and predicate.
        title: Language -> what is counted, in the source's words.
        label: Language -> which of what the source counts this is: a substance, a place, a donor.
        homepage: Page of the source.
        unit: Name of the unit in ``words.toml``, or None.
        printed_unit: The unit as published.
        asked: What a sentence must name.
        readings: Period -> what is published of it, all sides.
    """

    id: str
    title: Mapping[str, str]
    label: Mapping[str, str]
    homepage: str
    unit: str | None
    printed_unit: str
    asked: Asked
    readings: Mapping[str, tuple[Reading, ...]] = field(hash=False)

    @property
    def last(self) -> str | None:
        """The latest year that is published whole."""
        years = sorted({str(Period.parse(one).end.year) for one in self.readings}, reverse=True)
        return next((year for year in years if self.at(year)), None)

    def at(self, period: str) -> tuple[Reading, ...]:
        """Give what is published of a period; a year of months is added up.

        Returns:
            All sides. Empty where nothing is published, or where a part of the year is missing: a
            sum without it would be another figure.
        """
        own = self.readings.get(period)
        if own:
            return own
        try:
            asked = Period.parse(period)
        except BadInput:  # "the 13th month": the text names no real period
            return ()
        if asked.kind is not PeriodKind.YEAR:
            return ()
        return self._added(period)

    def _added(self, year: str) -> tuple[Reading, ...]:
        for kind, many in _PARTS.items():
            first = Period.containing(Period.parse(year).start, kind)
            parts = [self.readings.get(str(first + step), ()) for step in range(many)]
            if all(len(part) == 1 for part in parts):
                return (added([part[0] for part in parts]),)
        return ()


def added(parts: list[Reading]) -> Reading:
    """Add published figures up; what is hidden in them makes the sum a range.

    >>> nine = Reading(Interval(1, 9), ("a",), hidden=True)
    >>> added([nine, Reading(Interval(12, 12), ("b",))]).figure
    Interval(low=13, high=21)
    """
    low, high = (sum(getattr(one.figure, edge) for one in parts) for edge in ("low", "high"))
    return Reading(
        figure=Interval(low, high),
        references=tuple(name for one in parts for name in one.references),
        claims=tuple(name for one in parts for name in one.claims),
        hidden=any(one.hidden for one in parts),
        checked=next((one.checked for one in parts if one.checked), None),
    )


def interval(cell: object) -> Interval | None:
    """Read a published cell: a number, a range such as 1-9, or None where nothing stands.

    >>> interval("1-9"), interval("29900"), interval(None)
    (Interval(low=1.0, high=9.0), Interval(low=29900.0, high=29900.0), None)
    """
    if cell is None or cell == "":
        return None
    text = str(cell)
    low, dash, high = text.partition("-")
    if dash and low:
        return Interval(float(low), float(high))
    return Interval(float(text), float(text))


WITHHELD = Interval(0.0, math.inf)

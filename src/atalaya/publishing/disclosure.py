"""Which figures about people are too small to show (R3), decided without looking at their size.

A count of people from 1 to 9 below national level reads ``1-9``. Beyond that one fact, what is
withheld depends only on which cells are small, never on how small: the pattern of what is missing
says nothing more. No figure that is shown holds a hidden cell inside it, so there is nothing to
subtract from. ``docs/disclosure.md`` gives the argument and what it does not cover.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.numbers import number_text
from atalaya.publishing.places import Holding, is_national, period_kind, period_meets

RANGE = "1-9"
SMALLEST_SHOWN = 10
_LARGEST_HIDDEN = SMALLEST_SHOWN - 1
# Samples, seizures, documents, money and land are not people (R3).
NOT_PEOPLE = frozenset(
    ("samples", "documents", "seizures", "votes", "tablets", "plants", "ha", "km2", "USD")
)
_WEIGHTS = frozenset(("g", "mg", "kg", "t", "lb", "l", "ml"))
_SHARES = frozenset(("%", "rate"))
_POPULATION = "population of "


class Cell(NamedTuple):
    """One figure: what of whom, where, when, said by which source."""

    source: str
    subject: str
    territory: str | None
    predicate: str
    period: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the inside of the house knows it.

    Args:
        cell: Which figure.
        value: The number, or None where there is none.
        population: Its denominator, or None.
        unit: Unit of both.
        people: Whether the series says that people are counted.
    """

    cell: Cell
    value: float | None
    population: float | None
    unit: str | None
    people: bool


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be shown of every figure.

    Args:
        hidden: Cell -> why it is hidden; populations under their own cell.
    """

    hidden: Mapping[Cell, str] = field(default_factory=dict)

    def count(self, cell: Cell, value: float | None) -> str | None:
        """Give the text of a count: the number, ``1-9``, or None where it is withheld."""
        return self._shown(cell, value)

    def population(self, cell: Cell, value: float | None) -> str | None:
        """Give the text of the denominator that belongs to a cell."""
        return self._shown(population_of(cell), value)

    def why(self, cell: Cell) -> str | None:
        """Say why a count or else its denominator is hidden, or None."""
        return self.hidden.get(cell) or self.hidden.get(population_of(cell))

    def hides(self, cell: Cell) -> bool:
        """Say whether the count or its denominator is hidden."""
        return self.why(cell) is not None

    def _shown(self, cell: Cell, value: float | None) -> str | None:
        if value is None:
            return None
        reason = self.hidden.get(cell)
        if reason is None:
            return number_text(value)
        return RANGE if reason == "small" and is_small(value) else None


def population_of(cell: Cell) -> Cell:
    """Give the cell under which the denominator of a cell stands."""
    return cell._replace(subject=_POPULATION + cell.subject)


def hiding_sources(declarations: Iterable[SourceDeclaration]) -> frozenset[str]:
    """Give the sources about people whose publisher does not itself publish the same cells."""
    return frozenset(
        said.slug for said in declarations if said.about_people and said.published_cells is None
    )


def counts_people(unit: str | None, people: bool, about_people: bool) -> bool:
    """Say whether a figure counts people: the series says so, or its source is about people."""
    return people or (about_people and (unit or "") not in NOT_PEOPLE | _WEIGHTS | _SHARES)


def is_small(value: float | None) -> bool:
    """Say whether a count is one that is shown as ``1-9``; zero is shown as zero."""
    return value is not None and 0 < value < SMALLEST_SHOWN


def decide(
    figures: Iterable[Figure], hiding: frozenset[str], holding: Holding | None = None
) -> Disclosure:
    """Decide what is hidden.

    Args:
        figures: Every figure that could be published, counts and shares alike.
        hiding: Sources whose small cells are hidden.
        holding: Which places and subjects hold which.

    Returns:
        Why each hidden cell is hidden: ``small`` (1-9), ``denominator`` (of a population of 1-9),
        ``total`` (holds a hidden cell) or ``derived`` (a share or rate beside a hidden cell).
    """
    mine = [figure for figure in figures if figure.cell.source in hiding]
    known = holding or Holding()
    hidden = dict(_small(mine))
    hidden |= dict(_under_small_populations(mine, hidden))
    hidden |= dict(_totals(mine, hidden, known))
    hidden |= dict(_derived(mine, hidden))
    return Disclosure(hidden)


def with_sums(shown: Disclosure, parts: Mapping[Cell, tuple[Cell, ...]]) -> Disclosure:
    """Hide each sum of our own that holds a hidden figure.

    A sum that is shown then adds up figures that are shown, so whoever reads the release could have
    computed it: it tells nothing. Count and denominator go together, for either may hide in it.

    Args:
        shown: What is decided of the figures of sources; no sum among them.
        parts: Cell of a sum -> the cells it adds up.
    """
    hidden = dict(shown.hidden)
    for cell, below in parts.items():
        if any(shown.hides(one) for one in below):
            hidden[cell] = hidden[population_of(cell)] = "total"
    return Disclosure(hidden)


def _small(figures: Iterable[Figure]) -> Iterator[tuple[Cell, str]]:
    for figure in figures:
        if is_national(figure.cell.territory) or not counts_people(
            figure.unit, figure.people, True
        ):
            continue
        for cell, value in _both(figure):
            if value is not None and value != int(value):
                yield cell, "derived"  # no count of people is a fraction: it was computed from one
            elif is_small(value):
                yield cell, "small"


def _both(figure: Figure) -> tuple[tuple[Cell, float | None], ...]:
    return (figure.cell, figure.value), (population_of(figure.cell), figure.population)


def _under_small_populations(
    figures: Iterable[Figure], hidden: Mapping[Cell, str]
) -> Iterator[tuple[Cell, str]]:
    """Hide every count under a population of 1-9: several of them bound each other."""
    tight = {_panel(cell) for cell in hidden if cell.subject.startswith(_POPULATION)}
    for figure in figures:
        if figure.value is not None and _panel(figure.cell) in tight:
            yield figure.cell, "denominator"


def _panel(cell: Cell) -> Cell:
    return cell._replace(subject="")


def _totals(
    figures: list[Figure], hidden: Mapping[Cell, str], holding: Holding
) -> Iterator[tuple[Cell, str]]:
    """Hide every figure that holds a hidden cell: a longer period, a larger place, a family."""
    sums = _populations_that_are_sums(figures, hidden)
    inside: dict[str, list[Cell]] = defaultdict(list)
    for cell in hidden:
        inside[cell.source].append(cell)
    by_shape: dict[tuple[str, str, str, str | None], list[Cell]] = defaultdict(list)
    for figure in figures:
        for cell, value in _both(figure):
            if value is not None:
                by_shape[cell.source, cell.predicate, cell.subject, cell.territory].append(cell)
    for (source, _, subject, territory), outers in by_shape.items():
        inners = [
            cell
            for cell in inside.get(source, ())
            if holding.place_holds(territory, cell.territory)
            and _subject_holds(holding, subject, cell.subject, sums)
        ]
        yield from _meeting(outers, inners)


def _meeting(outers: Iterable[Cell], inners: Iterable[Cell]) -> Iterator[tuple[Cell, str]]:
    lengths: dict[str, dict[str | None, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for inner in inners:
        lengths[period_kind(inner.period)][inner.period].append(inner)
    for outer in outers:
        own = period_kind(outer.period)
        near = [lengths[own].get(outer.period, [])] if own in lengths else []
        near += [
            cells
            for kind, periods in lengths.items()
            if kind != own
            for period, cells in periods.items()
            if period_meets(outer.period, period)
        ]
        if any(_inside(outer, inner) for cells in near for inner in cells):
            yield outer, "total"


def _inside(outer: Cell, inner: Cell) -> bool:
    """Say whether a cell of the same extent or less is a part, and not the same figure again.

    What is said in other words (another predicate) of a longer period may be the same counts added
    up; beside each other in one place and period two predicates are two things.
    """
    same_place = (outer.territory, outer.period) == (inner.territory, inner.period)
    both = outer.subject.startswith(_POPULATION) and inner.subject.startswith(_POPULATION)
    apart = both or outer.predicate != inner.predicate
    return outer != inner and not (same_place and apart)


def _subject_holds(holding: Holding, outer: str, inner: str, sums: frozenset[str]) -> bool:
    whose = outer.removeprefix(_POPULATION)
    if whose == outer:  # a count never holds a population
        return not inner.startswith(_POPULATION) and holding.subject_holds(outer, inner)
    if inner.startswith(_POPULATION):
        return True  # one panel tests for all its subjects: their populations are one
    return whose in sums


def _populations_that_are_sums(
    figures: Iterable[Figure], hidden: Mapping[Cell, str]
) -> frozenset[str]:
    """Find subjects whose denominator may be the sum of the counts beside it, in most periods.

    There the denominator is a total of its parts and gives the hidden part away. Whether it may be
    is asked of what is published alone - a hidden count is anything from 1 to 9 - so that the
    answer tells nothing. Most periods, not all: one missing row must not open the others.
    """
    panels: dict[Cell, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.value is not None and (figure.population or 0) >= SMALLEST_SHOWN:
            panels[_panel(figure.cell)].append(figure)
    votes: dict[str, int] = defaultdict(int)
    for members in panels.values():
        small = sum(figure.cell in hidden for figure in members)
        shown = sum(figure.value or 0 for figure in members if figure.cell not in hidden)
        for figure in members:
            rest = (figure.population or 0) - shown
            votes[figure.cell.subject] += 1 if small <= rest <= small * _LARGEST_HIDDEN else -1
    return frozenset(subject for subject, balance in votes.items() if balance > 0)


def _derived(figures: Iterable[Figure], hidden: Mapping[Cell, str]) -> Iterator[tuple[Cell, str]]:
    """Hide shares and rates that stand beside a hidden cell: with the denominator they tell it."""
    beside = {(cell.source, cell.territory, cell.period) for cell in hidden}
    for figure in figures:
        where = (figure.cell.source, figure.cell.territory, figure.cell.period)
        computed = (figure.unit or "") in _SHARES or (
            figure.value is not None and figure.value != int(figure.value)
        )
        if where in beside and computed and figure.value is not None:
            yield figure.cell, "derived"

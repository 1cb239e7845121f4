"""What a sentence, or a clause of it, names: substances, places, organisations, measures, years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from atalaya.promises.claims import words
from atalaya.promises.claims.held import Asked, Held
from atalaya.promises.claims.naming import (
    names_of_places,
    organisation_names,
    places_in,
    states_in,
    substances_in,
)
from atalaya.reading.reports.spans import Span

_CUT = re.compile(r",(?!\d)|;|\bof which\b|\bde (?:los|las) cuales\b|\bdont\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What a stretch of text names.

    Args:
        substances: Identifiers of substances.
        places: Identifiers of places.
        organisations: Slugs of organisations with an income.
        donors: Donors, as ``held.Asked.donor`` has them.
        concepts: What its words mean.
        measures: What they measure.
        narrower: Whether it speaks of a part of a place, a year or the people only.
    """

    substances: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    donors: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    narrower: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names by which published figures are spoken of.

    Args:
        places: Name -> territory of which figures are published.
        organisations: Slug -> pattern of its names.
        donors: Donor that is no State -> pattern of its name.
        topics: Concepts of crops and the like that figures are published of.
    """

    places: Mapping[str, str]
    organisations: Mapping[str, re.Pattern[str]]
    donors: Mapping[str, re.Pattern[str]]
    topics: frozenset[str]


def names_of(held: Iterable[Held]) -> Names:
    """Give the names by which published figures are spoken of."""
    asked = [one.asked for one in held]
    donors = {one.donor for one in asked if one.donor and not one.donor.startswith("territory:")}
    return Names(
        places=names_of_places(frozenset(one.territory for one in asked if one.territory)),
        organisations={
            one: organisation_names(one)
            for one in sorted({a.organisation or "" for a in asked})
            if one
        },
        donors={one: words.bounded(re.escape(one).replace("\\ ", " ")) for one in sorted(donors)},
        topics=frozenset(topic for one in asked for topic in one.topic),
    )


def told(text: str, span: tuple[int, int], names: Names) -> Told:
    """Read what a stretch of text names."""
    said = text[span[0] : span[1]]
    states = frozenset(one.id for one in states_in(text, span))
    others = frozenset(name for name, one in names.donors.items() if one.search(said))
    return Told(
        substances=frozenset(one.id for one in substances_in(text, span)),
        places=frozenset(one.id for one in places_in(text, span, names.places)),
        organisations=frozenset(n for n, one in names.organisations.items() if one.search(said)),
        donors=states | others,
        concepts=words.concepts(said),
        measures=words.measures(said),
        narrower=_narrower().search(said) is not None,
    )


@cache
def _narrower() -> words.Pattern:
    return words.phrase("figures", "narrower")


def clauses(text: str, span: tuple[int, int]) -> tuple[Span, ...]:
    """Cut a sentence at its commas and semicolons; separators inside numbers do not cut."""
    edges = [span[0], *(found.start() for found in _CUT.finditer(text, *span)), span[1]]
    return tuple(Span(*pair) for pair in pairwise(edges) if pair[0] < pair[1])


def widened(clause: Told, sentence: Told, before: Told) -> Told:
    """Give a clause what its sentence, and else the text before it, names and it does not.

    A donor belongs to its clause: "560 million, 5 million of it from Sweden".
    """

    def first(name: str) -> frozenset[str]:
        return next(
            (found for one in (clause, sentence, before) if (found := getattr(one, name))),
            frozenset(),
        )

    return replace(
        clause,
        substances=first("substances"),
        places=first("places"),
        organisations=first("organisations"),
        concepts=clause.concepts | sentence.concepts,
        measures=(clause.measures | sentence.measures) or before.measures,
        narrower=sentence.narrower,
    )


def speaks(said: Told, asked: Asked) -> bool:
    """Say whether a stretch of text speaks of what a table counts."""
    if asked.substance is not None and said.substances != {asked.substance}:
        return False
    whole = not (asked.substance or asked.organisation or asked.needs or asked.topic)
    if whole and said.substances:
        return False  # deaths of one substance are no deaths of all
    if asked.organisation is not None:
        money = asked.organisation in said.organisations and bool(asked.measures & said.measures)
        giver = asked.donor in said.donors if asked.donor else True
        return money and giver and asked.needs <= said.concepts
    return (
        (not asked.topic or bool(asked.topic & said.concepts))
        and asked.needs <= said.concepts
        and (not asked.measures or bool(asked.measures & said.measures))
        and _there(said, asked)
    )


def _there(said: Told, asked: Asked) -> bool:
    if asked.territory is not None:
        return said.places == {asked.territory}
    if not asked.world:
        return True
    return not said.places and (not asked.topic or "world" in said.concepts)


def meant(said: Told, held: Iterable[Held]) -> tuple[Held, ...]:
    """Give the tables that a stretch of text speaks of, the most narrowly meant only.

    Several are left where several tell of the same thing: all are sides of one answer.
    """
    found = [] if said.narrower else [one for one in held if speaks(said, one.asked)]
    best = max((one.asked.narrow for one in found), default=None)
    return tuple(one for one in found if one.asked.narrow == best)

"""From a list of names to the bodies they stand for, each with how sure and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atalaya.reading.organisations.clustering import DECIDED, Clusters, clusters
from atalaya.reading.organisations.explaining import DOUBT, Reasons, nothing
from atalaya.reading.organisations.given import Names
from atalaya.reading.organisations.linking import Link, links
from atalaya.reading.organisations.naming import canonical, identifiers
from atalaya.reading.organisations.profiles import LONGEST
from atalaya.registers.organisations import OrganisationRegister


@dataclass(frozen=True, slots=True)
class Named:
    """What one name of the list stands for.

    Args:
        name: As it was given.
        entity: Identifier of the body within this list; empty where the line says nothing.
        canonical: The body's best full name among those given.
        confidence: That the name is this body's and no other's in the list, from 0 to 1; None
            where the line says nothing.
        because: Why, in a sentence.
    """

    name: str
    entity: str
    canonical: str
    confidence: float | None
    because: str


def resolve(
    names: Sequence[str],
    register: OrganisationRegister,
    groups: Sequence[int] | None = None,
    decided: Mapping[frozenset[str], bool] | None = None,
) -> list[Named]:
    """Say which names are one body's.

    Args:
        names: One a line, in any language; a blank one stands for nothing.
        register: Known aliases.
        groups: The list each line was printed in, where that is known: names of one list are
            probably of different bodies. None where lines are one list.
        decided: What people decided: a pair of names -> whether they are one body.

    Returns:
        One a line, in the order given.
    """
    texts = list(dict.fromkeys(name for name in names if _names_somebody(name)))
    printed: dict[str, set[int]] = defaultdict(set)
    for name, group in zip(names, groups or (), strict=False):
        printed[name].add(group)
    known = Names(
        texts,
        {name: frozenset(found) for name, found in printed.items()},
        register,
        decided or {},
    )
    weighed = _decided_first(known, links(known.profiles, known.levels, DOUBT))
    found = clusters(known.profiles, weighed, known.excluded)
    return _told(names, known, weighed, found)


def _decided_first(known: Names, weighed: list[Link]) -> list[Link]:
    """Put what is decided or known above what is weighed, pairs that share no word included."""
    pairs = {(link.one, link.other): link for link in weighed}
    for one, other in known.outright():
        pairs[one, other] = Link(one, other, DECIDED)
    return list(pairs.values())


def _told(names: Sequence[str], known: Names, weighed: list[Link], found: Clusters) -> list[Named]:
    titles = {
        group: canonical([known.profiles[at] for at in members])
        for group, members in found.members.items()
    }
    entities = identifiers(titles)
    reasons = Reasons(known, weighed, found)
    told: dict[str, Named] = {}
    for at, text in enumerate(known.texts):
        group = found.of[at]
        sure, because = reasons.of(at)
        told[text] = Named(text, entities[group], titles[group], sure, because)
    return [told.get(name) or Named(name, "", "", None, nothing(name)) for name in names]


def _names_somebody(line: str) -> bool:
    return len(line) <= LONGEST and any(letter.isalnum() for letter in line)

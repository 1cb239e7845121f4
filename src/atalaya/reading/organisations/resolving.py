"""From a list of names to the bodies they stand for, each with how sure and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from atalaya.reading.organisations.clustering import DECIDED, Clusters, clusters
from atalaya.reading.organisations.comparing import Evidence, compare
from atalaya.reading.organisations.explaining import Reasons, nothing
from atalaya.reading.organisations.linking import Link, links
from atalaya.reading.organisations.naming import canonical, identifiers
from atalaya.reading.organisations.profiles import LONGEST, Profile, profile
from atalaya.reading.organisations.vetoes import veto
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


class Names:
    """Distinct names with what rules them out and what joins them outright.

    Args:
        texts: Distinct names, none blank.
        groups: Name -> the lists it was printed in.
        register: Known aliases.
        decided: Pairs of folded names -> whether a person decided that they are one body.
    """

    def __init__(
        self,
        texts: Sequence[str],
        groups: Mapping[str, frozenset[int]],
        register: OrganisationRegister,
        decided: Mapping[frozenset[str], bool],
    ):
        self.texts = texts
        self.profiles = [profile(text) for text in texts]
        self._groups = [groups.get(text, frozenset()) for text in texts]
        self._bodies = [_known(one, register) for one in self.profiles]
        self._decided = decided
        self.evidence = lru_cache(maxsize=200_000)(self._evidence)

    def _evidence(self, one: int, other: int) -> Evidence:
        return compare(self.profiles[one], self.profiles[other])

    def levels(self, one: int, other: int) -> tuple[int, ...]:
        """Give the levels of a pair, in the order of ``linking.SHARES``."""
        found = self.evidence(min(one, other), max(one, other))
        together = bool(self._groups[one] & self._groups[other])
        return (
            self._known(one, other),
            found.words,
            found.acronym,
            found.form,
            found.rare,
            found.place,
            0 if together else 1,
        )

    def _known(self, one: int, other: int) -> int:
        bodies = self._bodies[one], self._bodies[other]
        if None in bodies:
            return 1
        return 2 if bodies[0] == bodies[1] else 0

    def decision(self, one: int, other: int) -> bool | None:
        """Give what a person decided on a pair, or None."""
        pair = frozenset((self.texts[one], self.texts[other]))
        return self._decided.get(pair)

    def known(self, one: int, other: int) -> str | None:
        """Give the body that the register says both names are, or None."""
        return self._bodies[one] if self._known(one, other) == 2 else None  # noqa: PLR2004

    def outright(self) -> Iterator[tuple[int, int]]:
        """Give the pairs that the register or a person joins, the lower position first."""
        first: dict[str, int] = {}
        for at, body in enumerate(self._bodies):
            if body is not None and first.setdefault(body, at) != at:
                yield first[body], at
        position = {text: at for at, text in enumerate(self.texts)}
        for pair, same in self._decided.items():
            found = sorted(position[text] for text in pair if text in position)
            if same and len(found) == 2:  # noqa: PLR2004 - a pair
                yield found[0], found[1]

    def excluded(self, one: int, other: int) -> bool:
        """Whether two names cannot be one body."""
        decision = self.decision(one, other)
        if decision is not None:
            return not decision
        known = self._known(one, other)
        if known != 1:
            return known == 0
        found = self.evidence(min(one, other), max(one, other))
        return veto(self.profiles[one], self.profiles[other], found) is not None


def _known(one: Profile, register: OrganisationRegister) -> str | None:
    asked = [said.text for said in one.wordings]
    for text in (one.name, *asked, *(sorted(one.acronyms) if one.alone else ())):
        body = register.body(text)
        if body is not None:
            return body
    return None


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
    weighed = _decided_first(known, links(known.profiles, known.levels))
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

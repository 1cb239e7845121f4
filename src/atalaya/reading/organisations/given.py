"""The names of one list, with what rules pairs of them out and what joins them outright."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from atalaya.reading.organisations.comparing import Evidence, compare
from atalaya.reading.organisations.profiles import Profile, profile
from atalaya.reading.organisations.vetoes import veto
from atalaya.registers.organisations import OrganisationRegister

_KEPT = 50_000  # pairs of names whose evidence is kept: each is asked for several times in a row


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
        self.evidence = lru_cache(maxsize=_KEPT)(self._evidence)

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
        held: dict[str, list[int]] = defaultdict(list)
        for at, body in enumerate(self._bodies):
            if body is not None:
                held[body].append(at)
        for names in held.values():
            # Whole names join each other, and acronyms one of them: two names that an acronym
            # stands for would else be two bodies, and the acronym neither's.
            first = min(names, key=lambda at: (self.profiles[at].alone, at))
            yield from ((min(first, at), max(first, at)) for at in names if at != first)
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

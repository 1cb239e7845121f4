"""Where a place stands: national or below, and which places and periods hold which.

Small counts are hidden below national level only, and a figure for a larger place or a longer
period must be hidden when it holds a hidden one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from atalaya.model.periods import Period

# territory:ARG (country), territory:US-CT (first-level division, ISO 3166-2),
# territory:M49-005 (the world and its regions). Decision record 7.
_COUNTRY = re.compile(r"territory:[A-Z]{3}")
_DIVISION = re.compile(r"territory:[A-Z]{2}-[A-Z0-9]{1,3}")
_WORLD = re.compile(r"territory:M49-[0-9]{3}")


def is_national(territory: str | None) -> bool:
    """Say whether a place is a country or larger; an unknown place is not.

    >>> is_national("territory:USA"), is_national("territory:US-CT"), is_national(None)
    (True, False, False)
    """
    return bool(territory and (_COUNTRY.fullmatch(territory) or _WORLD.fullmatch(territory)))


def is_coarse(territory: str) -> bool:
    """Say whether a place may be published: a country, a region of the world or a division.

    >>> is_coarse("territory:US-CT"), is_coarse("territory:new-haven-county")
    (True, False)
    """
    return is_national(territory) or bool(_DIVISION.fullmatch(territory))


@dataclass(frozen=True, slots=True)
class Holding:
    """Which subject or place is known to hold which.

    Args:
        places: Place -> the place it lies in (``territory:US-CT`` -> ``territory:USA``). A place
            below national level that is not listed is taken to lie in every country: hiding a
            total too many is safe, showing one too many is not.
        subjects: Subject -> subjects whose count includes it (a family, ``any opioid``);
            a subject that is not listed is taken to be in every subject of another kind.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def place_holds(self, outer: str | None, inner: str | None) -> bool:
        """Say whether ``outer`` is ``inner`` or holds it; not knowing counts as holding."""
        if outer == inner or outer is None or inner is None:
            return True
        if _WORLD.fullmatch(outer):
            return True
        if inner in self.places:
            parent = self.places[inner]
            return parent == outer or (parent != inner and self._above(outer, parent))
        return bool(_COUNTRY.fullmatch(outer)) and not is_national(inner)

    def _above(self, outer: str, inner: str) -> bool:
        return inner in self.places and self.place_holds(outer, inner)

    def subject_holds(self, outer: str, inner: str) -> bool:
        """Say whether a count of ``outer`` includes those of ``inner``.

        A subject of another kind (a family beside a substance) is taken to where nobody listed
        the inner one; a substance holds nothing but itself and what is listed under it.
        """
        unlisted = inner not in self.subjects and _kind(outer) != _kind(inner)
        if unlisted and _kind(outer) != "substance":
            return True
        seen, open_ = {inner}, [inner]
        while open_:
            for above in self.subjects.get(open_.pop(), frozenset()):
                if above not in seen:
                    seen.add(above)
                    open_.append(above)
        return outer in seen


def _kind(subject: str) -> str:
    kind, colon, _ = subject.partition(":")
    return kind if colon else ""


def period_meets(outer: str | None, inner: str | None) -> bool:
    """Say whether ``outer`` is ``inner``, or longer and shares a day with it.

    Sharing a day is enough: a week that lies in two months can be had from the two months and the
    other weeks. Unknown periods count as meeting.
    """
    if outer == inner or outer is None or inner is None:
        return True
    first, second = _days(outer), _days(inner)
    longer = first[1] - first[0] > second[1] - second[0]
    return longer and first[0] <= second[1] and second[0] <= first[1]


@lru_cache(maxsize=65_536)
def period_kind(period: str | None) -> str:
    """Give the kind of a printed period (``month``), or nothing for no period."""
    return Period.parse(period).kind.value if period else ""


@lru_cache(maxsize=65_536)
def _days(period: str) -> tuple[int, int]:
    parsed = Period.parse(period)
    return parsed.start.toordinal(), parsed.end.toordinal()

"""Whether two reports tell of one happening: what disagrees parts them, what agrees adds up.

The points were set on the development half of the project's own happenings, so that no pair of
look-alikes is joined there; see ``docs/models.md`` for what the other half said.
"""

from __future__ import annotations

import numba
import numpy as np

from atalaya.reading.stories.facts import CLOSE, Facts, Kind

APART = -1.0  # points of reports that disagree
ENOUGH = 6.0
_NO_DAY = -1
_FARTHEST = 4  # days between reports of one happening that no words bind
_SUBJECT = 2  # words of a title that its substance and amount take, which count already
_SHIFT = np.uint32(28)
_UNIT = np.uint32(16)
_LOW = np.uint32(0xFFFF)
_COUNTRY, _PLACE, _SUBSTANCE, _AMOUNT = (
    int(one) for one in (Kind.COUNTRY, Kind.PLACE, Kind.SUBSTANCE, Kind.AMOUNT)
)
_MONEY, _NUMBER, _BODY, _DOCUMENT = (
    int(one) for one in (Kind.MONEY, Kind.NUMBER, Kind.BODY, Kind.DOCUMENT)
)
_STEM, _TOWN, _LANGUAGE = int(Kind.STEM), int(Kind.TOWN), int(Kind.LANGUAGE)
_KINDS = 12
# Points for the first and for all further facts in common, by kind.
_FIRST = np.array([1.0, 2.0, 1.0, 2.5, 1.5, 1.0, 0.5, 2.0, 1.0, 0.0, 1.0, 0.0])
_FURTHER = np.array([0.0, 0.5, 0.5, 1.0, 0.5, 0.75, 0.25, 0.5, 0.0, 0.0, 0.0, 0.0])


@numba.njit(cache=True)
def points(one: Facts, other: Facts, days: int) -> float:  # pragma: no cover - compiled
    """Add up what two reports agree on.

    Args:
        one: Facts of the first, ascending.
        other: Of the second.
        days: Between their publication; -1 where one is not known.

    Returns:
        Points, or ``APART`` where country, places, substances or amounts disagree, or where more
        than four days lie between them.
    """
    if days > _FARTHEST:
        return APART
    same, ones, others = shared(one, other)
    if _contradict(same, ones, others) or _units_disagree(one, other):
        return APART
    total = 1.0 if 0 <= days <= 1 else 0.0
    for kind in range(_KINDS):
        if same[kind]:
            total += _FIRST[kind] + min(2, same[kind] - 1) * _FURTHER[kind]
    stems = min(ones[_STEM], others[_STEM])
    if stems:
        total += 3.0 * max(0, same[_STEM] - _SUBJECT) / stems
    return total


@numba.njit(cache=True)
def shared(one: Facts, other: Facts):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    """Count, for each kind, facts in common, of the first and of the second."""
    same, ones, others = (
        np.zeros(_KINDS, np.int64),
        np.zeros(_KINDS, np.int64),
        np.zeros(_KINDS, np.int64),
    )
    for fact in other:
        others[fact >> _SHIFT] += 1
    for fact in one:
        kind = fact >> _SHIFT
        ones[kind] += 1
        if _holds(other, fact, CLOSE if kind in (_AMOUNT, _MONEY) else 0):
            same[kind] += 1
    return same, ones, others


@numba.njit(cache=True)
def disagree(one: Facts, other: Facts) -> bool:  # pragma: no cover - compiled
    """Say whether two reports cannot be of one happening, whatever their words and days."""
    same, ones, others = shared(one, other)
    return _contradict(same, ones, others) or _units_disagree(one, other)


@numba.njit(cache=True)
def _contradict(same, ones, others):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    """Say whether both name countries, places or substances and none is the same.

    A country may be read wrongly where the division and the amount are the same. Names of towns
    differ between languages, so they part reports in one language alone.
    """
    for kind in (_PLACE, _SUBSTANCE):
        if ones[kind] and others[kind] and not same[kind]:
            return True
    if ones[_COUNTRY] and others[_COUNTRY] and not same[_COUNTRY]:
        return not (same[_PLACE] and same[_AMOUNT])
    towns = ones[_TOWN] and others[_TOWN] and not same[_TOWN]
    return bool(towns and same[_LANGUAGE])


@numba.njit(cache=True)
def _holds(facts: Facts, fact: np.uint32, within: int) -> bool:  # pragma: no cover - compiled
    wanted = np.int64(fact)
    at = np.searchsorted(facts, np.uint32(np.maximum(0, wanted - within)))
    return bool(at < len(facts) and np.int64(facts[at]) <= wanted + within)


@numba.njit(cache=True)
def _units_disagree(one: Facts, other: Facts) -> bool:  # pragma: no cover - compiled
    """Say whether both give amounts in some unit and none is the same in any."""
    comparable = False
    for fact in one:
        if fact >> _SHIFT == _AMOUNT:
            if _holds(other, fact, CLOSE):
                return False
            for held in other:
                comparable |= held >> _UNIT == fact >> _UNIT
    return comparable

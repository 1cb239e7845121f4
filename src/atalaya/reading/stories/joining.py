"""The two passes over what is held, compiled: texts alike, then reports that agree.

What is compiled here holds ``agreeing`` as it was, for numba asks this file alone whether it
changed: whoever changes ``agreeing`` or ``sketches`` deletes the ``__pycache__`` beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from atalaya.reading.stories.agreeing import ENOUGH, disagree, points
from atalaya.reading.stories.facts import CLOSE, Kind
from atalaya.reading.stories.sketches import BANDS, Bytes, overlap

Ints = npt.NDArray[np.int64]
_SAME = 0.75  # overlap of texts that are copies, edited by a tenth of their words at most
_ALIKE = 0.45  # overlap of texts that are one story if they also agree in fact
_SOME = 3.0  # points that such texts must agree on
_COPIED_WITHIN = 7  # days: a text that comes again later is a template or a look back
_LOOKED_BACK = 12  # earlier stories under one key that a document is held beside
_BUCKET = 4  # days
_SHIFT = np.uint32(28)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Held:
    """Documents, oldest first.

    Args:
        sketches: uint8, documents x 128.
        sketched: Whether a document has a sketch.
        facts: uint32, of all documents.
        starts: Where each document's facts begin in them.
        ends: Where they end.
        days: Ordinals, -1 where not known.
        parents: int64: an earlier document of the same story, or itself; changed by joining.
    """

    sketches: Bytes
    sketched: npt.NDArray[np.bool_]
    facts: npt.NDArray[np.uint32]
    starts: Ints
    ends: Ints
    days: npt.NDArray[np.int32]
    parents: Ints

    def roots(self) -> Ints:
        """Give the oldest document of each one's story."""
        return _roots(self.parents)


def join_alike(held: Held) -> None:
    """Join documents whose texts overlap and whose facts do not disagree."""
    rows = np.flatnonzero(held.sketched)
    bands = held.sketches.view(np.uint32).reshape(-1, BANDS)
    for band in range(BANDS):
        keys = bands[rows, band]
        order = rows[np.argsort(keys, kind="stable")]
        _join(order, bands[order, band].astype(np.uint64), _packed(held), True)


def join_agreeing(held: Held) -> None:
    """Join reports that agree on enough of what, where and when."""
    for rows, keys in _keyed(held):
        order = np.argsort(keys, kind="stable")
        _join(rows[order], keys[order], _packed(held), False)


def _packed(held: Held):  # type: ignore[no-untyped-def] # numba takes a tuple, not a record
    return (held.sketches, held.facts, held.starts, held.ends, held.days, held.parents)


def _keyed(held: Held) -> Iterator[tuple[Ints, npt.NDArray[np.uint64]]]:
    """Give documents with the keys under which they are held beside others, way by way.

    A day lies in two buckets that overlap, so that reports a few days apart share one; an amount
    likewise.
    """
    ways = (
        (int(Kind.AMOUNT), int(Kind.SUBSTANCE)),
        (int(Kind.PLACE), int(Kind.SUBSTANCE)),
        (int(Kind.COUNTRY), int(Kind.AMOUNT)),
        (int(Kind.COUNTRY), int(Kind.NUMBER)),
        (int(Kind.COUNTRY), int(Kind.MONEY)),
        (int(Kind.COUNTRY), int(Kind.DOCUMENT)),
        (int(Kind.COUNTRY), int(Kind.STEM)),
        (int(Kind.PLACE), int(Kind.BODY)),
    )
    for first, second in ways:
        for late in (0, 1):
            yield _keys(held.facts, held.starts, held.ends, held.days, first, second, late)


@numba.njit(cache=True)
def _keys(facts, starts, ends, days, first, second, late):  # type: ignore[no-untyped-def] # noqa: PLR0913, PLR0917 # pragma: no cover - compiled
    """Give (documents, keys) of each pair of facts of two kinds, of documents with a day."""
    size = 0
    for turn in range(2):
        if turn:
            rows, keys = np.empty(size, np.int64), np.empty(size, np.uint64)
        size = 0
        for row in range(len(days)):
            if days[row] < 0:
                continue
            bucket = np.uint64((days[row] + late * (_BUCKET // 2 + 1)) // _BUCKET * 2 + late)
            for one in facts[starts[row] : ends[row]]:
                if one >> _SHIFT != first:
                    continue
                for other in facts[starts[row] : ends[row]]:
                    if other >> _SHIFT != second:
                        continue
                    if turn:
                        rows[size] = row
                        mixed = (np.uint64(_wide(one)) << np.uint64(32)) | np.uint64(_wide(other))
                        keys[size] = (mixed ^ (bucket * _MIX)) * _MIX
                    size += 1
    return rows, keys


@numba.njit(cache=True)
def _wide(fact):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    """Give a fact, amounts in steps wide enough that close ones mostly share one."""
    kind = fact >> _SHIFT
    if kind in (3, 4):
        return np.uint32(fact // np.uint32(4 * CLOSE))
    return fact


@numba.njit(cache=True)
def _join(order, keys, held, alike):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    """Hold each document beside earlier stories under its key, and join it to those it fits."""
    parents = held[5]
    begin = 0
    for at in range(len(order)):
        if keys[at] != keys[begin]:
            begin = at
        row = order[at]
        looked = 0
        before = at - 1
        while before >= begin and looked < _LOOKED_BACK:
            earlier = order[before]
            before -= 1
            one, other = _root(parents, row), _root(parents, earlier)
            if one == other:
                looked += 1 if not alike else 4
                continue
            looked += 1
            if _fit(held, row, earlier, alike) and not _part(held, one, other, row, earlier):
                parents[max(one, other)] = min(one, other)


@numba.njit(cache=True)
def _fit(held, row, earlier, alike):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    sketches, facts, starts, ends, days, _ = held
    mine, theirs = facts[starts[row] : ends[row]], facts[starts[earlier] : ends[earlier]]
    between = abs(days[row] - days[earlier]) if days[row] >= 0 and days[earlier] >= 0 else -1
    if not alike:
        return between >= 0 and points(mine, theirs, between) >= ENOUGH
    common = overlap(sketches[row], sketches[earlier])
    if common < _ALIKE or between > _COPIED_WITHIN or disagree(mine, theirs):
        return False
    return common >= _SAME or points(mine, theirs, between) >= _SOME


@numba.njit(cache=True)
def _part(held, one, other, row, earlier):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    """Say whether the oldest reports of two stories, or one of them and the pair, disagree."""
    _, facts, starts, ends, _, _ = held
    for first, second in ((one, other), (one, earlier), (row, other)):
        if disagree(facts[starts[first] : ends[first]], facts[starts[second] : ends[second]]):
            return True
    return False


@numba.njit(cache=True)
def _root(parents, row):  # type: ignore[no-untyped-def] # pragma: no cover - compiled
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row


@numba.njit(cache=True)
def _roots(parents: Ints) -> Ints:  # pragma: no cover - compiled
    found = np.empty_like(parents)
    for row in range(len(parents)):
        found[row] = _root(parents, row)
    return found

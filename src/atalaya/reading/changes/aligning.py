"""Which parts of two sequences are the same, in order: exact where it can be, in bounded time.

A longest common subsequence by rapidfuzz (bit-parallel) costs the product of both lengths. Longer
sequences are first cut at parts that stand exactly once in both, as patience diff does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

# Product of two lengths up to which they are compared exactly: 5 MB of bits and some milliseconds.
_EXACT = 40_000_000
# What is looked at as one part when no single one stands once: words repeat, four words seldom do.
_SHINGLES = (1, 4, 16)


class Gap(NamedTuple):
    """Slices of two sequences that differ: ``old[a:b]`` against ``new[c:d]``."""

    a: int
    b: int
    c: int
    d: int


def gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Gap]:
    """Give where two sequences differ, in order.

    Args:
        old: The older sequence.
        new: The newer one.

    Returns:
        The gaps; between two of them both sequences are the same.

    Source: Hunt, J. and McIlroy, M. (1976), An algorithm for differential file comparison; Hyyrö,
    H. (2004), Bit-parallel LCS-length computation revisited; Bram Cohen's patience diff for the
    anchors.

    >>> gaps("abcd", "abxd")
    [Gap(a=2, b=3, c=2, d=3)]
    """
    numbers: dict[Hashable, int] = {}
    left = [numbers.setdefault(one, len(numbers)) for one in old]
    right = [numbers.setdefault(one, len(numbers)) for one in new]
    found: list[Gap] = []
    open_ = [Gap(0, len(left), 0, len(right))]
    while open_:
        gap = _trimmed(left, right, open_.pop())
        if gap.a == gap.b and gap.c == gap.d:
            continue
        if gap.a == gap.b or gap.c == gap.d:
            found.append(gap)
        elif (gap.b - gap.a) * (gap.d - gap.c) <= _EXACT:
            found += _exact(left, right, gap)
        else:
            parts = _between(left, right, gap)
            if parts is None:
                found.append(gap)
            else:
                open_ += reversed(parts)
    return _joined(found)


def _trimmed(left: list[int], right: list[int], gap: Gap) -> Gap:
    a, b, c, d = gap
    while a < b and c < d and left[a] == right[c]:
        a, c = a + 1, c + 1
    while b > a and d > c and left[b - 1] == right[d - 1]:
        b, d = b - 1, d - 1
    return Gap(a, b, c, d)


def _exact(left: list[int], right: list[int], gap: Gap) -> Iterator[Gap]:
    from rapidfuzz.distance import LCSseq

    for op in LCSseq.opcodes(left[gap.a : gap.b], right[gap.c : gap.d]):
        if op.tag != "equal":
            yield Gap(
                gap.a + op.src_start,
                gap.a + op.src_end,
                gap.c + op.dest_start,
                gap.c + op.dest_end,
            )


def _between(left: list[int], right: list[int], gap: Gap) -> list[Gap] | None:
    """Cut a gap at what stands exactly once in both of its slices; None where nothing does."""
    for size in _SHINGLES:
        anchors = _anchors(left[gap.a : gap.b], right[gap.c : gap.d], size)
        if anchors:
            parts, a, c = [], gap.a, gap.c
            for one, other in anchors:
                parts.append(Gap(a, gap.a + one, c, gap.c + other))
                a, c = gap.a + one + 1, gap.c + other + 1
            return [*parts, Gap(a, gap.b, c, gap.d)]
    return None


def _anchors(left: list[int], right: list[int], size: int) -> list[tuple[int, int]]:
    """Give pairs of places, rising in both, at which the same ``size`` parts stand once in each."""
    ours, theirs = _once(left, size), _once(right, size)
    pairs = [(at, theirs[key]) for key, at in ours.items() if key in theirs]
    return _rising(sorted(pairs))


def _once(parts: list[int], size: int) -> dict[tuple[int, ...], int]:
    places: dict[tuple[int, ...], int] = {}
    for at, key in enumerate(zip(*(parts[start:] for start in range(size)), strict=False)):
        places[key] = -1 if key in places else at
    return {key: at for key, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the longest run of pairs that rises in both places, by patience sorting."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(last[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            last.append(number)
        else:
            tops[pile], last[pile] = place, number
    chain, at = [], last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _joined(found: list[Gap]) -> list[Gap]:
    """Join gaps that touch, so that what was put in place of something stands beside it."""
    made: list[Gap] = []
    for gap in sorted(found):
        if made and made[-1].b == gap.a and made[-1].d == gap.c:
            made[-1] = Gap(made[-1].a, gap.b, made[-1].c, gap.d)
        else:
            made.append(gap)
    return made

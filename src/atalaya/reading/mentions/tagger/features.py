"""What the tagger sees of a sentence: one list of numbers a token, the same in training and in use.

A feature is a 32-bit number: an attribute of a word with its distance, or a pattern of neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numba
import numpy as np
import numpy.typing as npt

from atalaya.reading.mentions.tagger.attributes import Word, number
from atalaya.reading.mentions.tagger.tables import LONGEST, Tables

NEAR, FAR = 2, 3  # distances at which a word's attributes are seen
JOINT = 18  # patterns of neighbours a token has
MARKS = 8  # at most, of names of several words, a token
EDGE = 1  # stands for what lies beyond a sentence
_SALT = 0x9E3779B1


@numba.njit(cache=True, inline="always")
def mixed(seed: Any, value: Any) -> np.uint32:
    """Mix two numbers into one of 32 bits (the finishing step of MurmurHash3)."""
    h = np.uint64(np.uint64(seed) * np.uint64(_SALT) + np.uint64(value)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(16)
    h = (h * np.uint64(0x85EBCA6B)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    h = (h * np.uint64(0xC2B2AE35)) & np.uint64(0xFFFFFFFF)
    return np.uint32(h ^ (h >> np.uint64(16)))


@numba.njit(cache=True)
def at_distance(attributes: npt.NDArray[np.uint32], distance: int) -> npt.NDArray[np.uint32]:
    """Give attributes as seen from -3..3 words away."""
    out = np.empty(len(attributes), np.uint32)
    for at in range(len(attributes)):
        out[at] = mixed(distance + 8, attributes[at])
    return out


@numba.njit(cache=True)
def joint(basic: npt.NDArray[np.uint32], flags: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Give the patterns of neighbours.

    Args:
        basic: uint32, tokens x 4: folded word, shape, class, cluster.
        flags: uint8, tokens x 2: whether it is a known name of a drug, and a number.

    Returns:
        uint32, tokens x JOINT.
    """
    count = len(basic)
    padded = np.full((count + 6, 4), EDGE, np.uint32)
    padded[3 : count + 3] = basic
    out = np.empty((count, JOINT), np.uint32)
    for at in range(count):
        p = at + 3
        w, s, c, b = padded[:, 0], padded[:, 1], padded[:, 2], padded[:, 3]
        out[at, 0] = mixed(mixed(101, w[p - 1]), w[p])
        out[at, 1] = mixed(mixed(102, w[p]), w[p + 1])
        out[at, 2] = mixed(mixed(103, w[p - 1]), w[p + 1])
        out[at, 3] = mixed(mixed(104, s[p - 1]), s[p])
        out[at, 4] = mixed(mixed(105, s[p]), s[p + 1])
        out[at, 5] = mixed(mixed(mixed(106, c[p - 1]), c[p]), c[p + 1])
        out[at, 6] = mixed(mixed(mixed(107, c[p - 2]), c[p - 1]), c[p])
        out[at, 7] = mixed(mixed(mixed(108, c[p]), c[p + 1]), c[p + 2])
        out[at, 8] = mixed(
            mixed(mixed(mixed(mixed(109, c[p - 2]), c[p - 1]), c[p]), c[p + 1]), c[p + 2]
        )
        out[at, 9] = mixed(mixed(mixed(110, c[p - 3]), c[p - 2]), c[p - 1])
        out[at, 10] = mixed(mixed(mixed(111, c[p + 1]), c[p + 2]), c[p + 3])
        out[at, 11] = mixed(mixed(112, b[p - 1]), b[p])
        out[at, 12] = mixed(mixed(113, b[p]), b[p + 1])
        out[at, 13] = mixed(mixed(114, c[p - 1]), w[p])
        out[at, 14] = mixed(mixed(115, w[p]), c[p + 1])
        out[at, 15] = mixed(116, _ahead(flags, at, 0, 1))
        out[at, 16] = mixed(117, _ahead(flags, at, 1, -1))
        out[at, 17] = mixed(118, min(at, 2) * 4 + min(count - 1 - at, 2))
    return out


@numba.njit(cache=True)
def _ahead(flags: npt.NDArray[np.uint8], at: int, which: int, step: int) -> int:
    """Give how far the next flagged token is in a direction, 0 where none of five is."""
    for far in range(1, 6):
        place = at + far * step
        if 0 <= place < len(flags) and flags[place, which]:
            return far
    return 0


def marks(words: Sequence[Word], raw: Sequence[str], tables: Tables) -> list[list[int]]:
    """Give, for every token, the numbers of names of several words that it is part of.

    Places count only where they begin with a capital.
    """
    found: list[list[int]] = [[] for _ in words]
    for at, word in enumerate(words):
        if word.opens:
            key = word.word
            for last in range(at + 1, min(at + LONGEST, len(words))):
                before, key = key, crc32(words[last].tail, key)
                kinds = tables.kinds_of(key)
                bare = words[last].bare
                if not kinds and bare is not None:
                    kinds = tables.kinds_of(crc32(bare, before))
                for kind in kinds:
                    if raw[at][0].isupper() or not kind.startswith("place"):
                        _mark(found, at, last, kind)
    return [one[:MARKS] for one in found]


def _mark(found: list[list[int]], first: int, last: int, kind: str) -> None:
    for at in range(first, last + 1):
        found[at].append(number(f"m{'I' if at > first else 'B'}={kind}"))


def basics(
    words: Sequence[Word],
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Give what :func:`joint` takes of described words."""
    basic = np.array([(one.word, one.shape, one.kind, one.cluster) for one in words], np.uint32)
    names, numbers = _NAMES, _NUMBERS
    flags = np.array([(one.kind in names, one.kind in numbers) for one in words], np.uint8)
    return basic.reshape(-1, 4), flags.reshape(-1, 2)


_NAMES = frozenset((number("reg"), number("slang")))
_NUMBERS = frozenset((number("N"), number("W")))


def of_sentence(
    words: Sequence[Word], raw: Sequence[str], tables: Tables
) -> list[npt.NDArray[np.uint32]]:
    """Give all features of a sentence, a row a token; what training learns from."""
    basic, flags = basics(words)
    patterns = joint(basic, flags)
    named = marks(words, raw, tables)
    rows = []
    for at in range(len(words)):
        parts = [patterns[at]]
        for distance in range(-FAR, FAR + 1):
            place = at + distance
            if not 0 <= place < len(words):
                parts.append(at_distance(np.array([EDGE], np.uint32), distance))
                continue
            word = words[place]
            parts.append(at_distance(word.own if abs(distance) <= NEAR else word.far, distance))
            if abs(distance) <= 1 and named[place]:
                parts.append(at_distance(np.array(named[place], np.uint32), distance))
        rows.append(np.unique(np.concatenate(parts)))
    return rows

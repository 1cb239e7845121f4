"""Sketches of texts: 128 bytes from which the overlap of two texts' three-word runs is told.

Each byte is eight bits of the least of the runs' values under one of 128 orders. Four bytes make a
band; texts that share one of 32 bands are compared. The overlap is told with a standard error of
at most 0.044.

Source: A. Z. Broder, "On the resemblance and containment of documents", SEQUENCES 1997; P. Li and
A. C. Koenig, "b-bit minwise hashing", WWW 2010; FNV-1a and MurmurHash3's finaliser for hashing.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

SLOTS = 128
BANDS = 32
_RUN = 3  # words
_SPACE = 32
_CHANCE = 1 / 256  # that two bytes agree though the least values differ
Bytes = npt.NDArray[np.uint8]
_FACTORS = np.random.default_rng(20_240).integers(0, 2**32, SLOTS, np.uint32) | np.uint32(1)
_SHIFTS = np.random.default_rng(20_241).integers(0, 2**32, SLOTS, np.uint32)


def sketch(folded: str) -> Bytes | None:
    """Sketch a folded text.

    Args:
        folded: Words between spaces, as ``folding.fold`` gives them.

    Returns:
        uint8, 128; None for a text of fewer than three words.
    """
    runs = _runs(np.frombuffer(folded.encode("utf-8", "surrogatepass"), np.uint8))
    return _least(runs, _FACTORS, _SHIFTS) if len(runs) else None


@numba.njit(cache=True)
def overlap(one: Bytes, other: Bytes) -> float:  # pragma: no cover - compiled
    """Tell the share of runs that two texts have in common, 0..1 (Jaccard)."""
    same = 0
    for slot in range(SLOTS):
        same += one[slot] == other[slot]
    return max(0.0, (same / SLOTS - _CHANCE) / (1 - _CHANCE))


@numba.njit(cache=True)
def _runs(letters: Bytes) -> npt.NDArray[np.uint32]:  # pragma: no cover - compiled
    """Give the values of every run of three words."""
    runs = np.empty(len(letters) // 2 + 1, np.uint32)
    count = words = 0
    before = last = np.uint32(0)
    value = np.uint32(2166136261)
    length = 0
    for letter in letters:
        if letter != _SPACE:
            value = np.uint32((value ^ letter) * np.uint32(16777619))
            length += 1
        elif length:
            words += 1
            if words >= _RUN:
                mixed = np.uint32(before * np.uint32(0x9E3779B1) ^ last)
                runs[count] = _mixed(np.uint32(mixed * np.uint32(0x85EBCA77) ^ value))
                count += 1
            before, last = last, value
            value = np.uint32(2166136261)
            length = 0
    return runs[:count]


@numba.njit(cache=True)
def _mixed(value: np.uint32) -> np.uint32:  # pragma: no cover - compiled
    value = np.uint32((value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    value = np.uint32((value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@numba.njit(cache=True)
def _least(
    runs: npt.NDArray[np.uint32], factors: npt.NDArray[np.uint32], shifts: npt.NDArray[np.uint32]
) -> Bytes:  # pragma: no cover - compiled
    least = np.full(SLOTS, 0xFFFFFFFF, np.uint32)
    for run in runs:
        for slot in range(SLOTS):
            value = np.uint32(factors[slot] * run + shifts[slot])
            if value < least[slot]:  # noqa: PLR1730 - so that it is compiled to vectors
                least[slot] = value
    made = np.empty(SLOTS, np.uint8)
    for slot in range(SLOTS):
        made[slot] = _mixed(least[slot]) & 0xFF
    return made

"""Adding up the probabilities of counts one by one; compiled, for it is asked for every origin.

A probability follows from the one before by one product, while asking for the distribution function
afresh costs as much as some two hundred such steps. What is added up so is right to far less than
`DOUBT` and not to the last bit, so a level that comes nearer than that is left to be searched.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

DOUBT = 1e-6  # rounding and what is left out come to less than a tenth of this, counts of 1e7 too
STEPS = 4096  # counts walked over; beyond, halving takes less time
_LIGHT = 1e-12  # weight of a distribution that cannot move a result by as much as DOUBT
# Standard deviations below its mean at which a distribution is begun. Its jumps go up only, so the
# left tail is lighter than a normal one's bound, exp(-9 ** 2 / 2): 3e-18.
_BEFORE = 9.0


@njit(cache=True, nogil=True, error_model="numpy")
def _begin(mixture: Any, at: Any, mass: Any) -> int:
    """Fill the count at which each distribution is begun and its weighted probability there.

    Returns:
        The least of these counts; -1 where something is no number or the way up is too long.
    """
    shape, chance, weight = mixture
    first, middle = math.inf, 0.0
    for one in range(len(shape)):
        at[one], mass[one] = math.inf, 0.0
        a, p = shape[one], chance[one]
        if not (a > 0 and 0 < p < 1 and weight[one] >= 0):
            return -1
        if weight[one] < _LIGHT:
            continue
        mean = a * (1 - p) / p
        start = max(math.floor(mean - _BEFORE * math.sqrt(mean / p)), 0.0)
        logarithm = math.lgamma(start + a) - math.lgamma(a) - math.lgamma(start + 1)
        logarithm += a * math.log(p) + start * math.log1p(-p)
        at[one], mass[one] = start, weight[one] * math.exp(logarithm)
        first, middle = min(first, start), middle + weight[one] * mean
    return int(first) if first < math.inf and middle - first < STEPS else -1


@njit(cache=True, nogil=True, error_model="numpy")
def _add_up(levels: Any, mixture: Any, at: Any, mass: Any, found: Any) -> None:
    """Walk up from the first count and fill where each level is reached."""
    shape, chance, _ = mixture
    first = _begin(mixture, at, mass)
    if first < 0:
        return
    total, level = 0.0, 0
    for count in range(first, first + STEPS):
        before = total
        for one in range(len(shape)):
            if at[one] <= count:
                total += mass[one]
                mass[one] *= (shape[one] + count) / (count + 1.0) * (1 - chance[one])
        while total >= levels[level]:
            apart = min(total - levels[level], levels[level] - before)
            found[level] = count if apart > DOUBT else math.nan
            level += 1
            if level == len(levels):
                return


@njit(cache=True, nogil=True, error_model="numpy")
def walk(levels: Any, mixtures: Any, found: Any) -> None:
    """Find the smallest count at which each mixture's distribution reaches each level.

    Args:
        levels: Probabilities in rising order, shape (n_levels,).
        mixtures: Shape, chance and weight of negative binomial distributions, each of shape
            (n_rows, n_models).
        found: Filled with counts, shape (n_rows, n_levels); left as it is, NaN, where a level is
            too near or too far to tell.
    """
    shape, chance, weight = mixtures
    at, mass = np.zeros(shape.shape[1]), np.zeros(shape.shape[1])
    for row in range(len(shape)):
        _add_up(levels, (shape[row], chance[row], weight[row]), at, mass, found[row])

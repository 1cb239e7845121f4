"""Adding up the probabilities of counts one by one; compiled, for it is asked for every origin.

A probability follows from the one before by one product, while asking for the distribution function
afresh costs as much as some hundred such steps. What is added up so is not right to the last bit:
a level nearer than ten times what rounding can do is left to be searched.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

_DOUBT = 1e-10  # of a probability: 4,096 steps round by 1e-12, and betainc by less than 1e-11
# Of the logarithm of a probability, made of terms as large as its largest: their rounding, tenfold.
_ROUNDED = 1e-14
STEPS = 4096  # counts walked over; beyond, halving takes less time
_LIGHT = 1e-13  # weight of a distribution that cannot move a sum by a tenth of _DOUBT
# Standard deviations below its mean at which a distribution is begun. Its jumps go up only, so the
# left tail is lighter than a normal one's bound, exp(-9 ** 2 / 2): 3e-18.
_BEFORE = 9.0


@njit(cache=True, nogil=True, error_model="numpy")
def _begin(mixture: Any, at: Any, mass: Any) -> Any:
    """Fill the count at which each distribution is begun and its weighted probability there.

    Returns:
        The least of these counts, -1 where something is no number or the way up is too long; and
        how far from a level a sum must be to be sure.
    """
    shape, chance, weight = mixture
    first, middle, largest = math.inf, 0.0, 0.0
    for one in range(len(shape)):
        at[one], mass[one] = math.inf, 0.0
        a, p = shape[one], chance[one]
        if not (a > 0 and 0 < p < 1 and weight[one] >= 0):
            return -1, 0.0
        if weight[one] < _LIGHT:
            continue
        mean = a * (1 - p) / p
        start = max(math.floor(mean - _BEFORE * math.sqrt(mean / p)), 0.0)
        whole = math.lgamma(start + a)
        logarithm = whole - math.lgamma(a) - math.lgamma(start + 1)
        logarithm += a * math.log(p) + start * math.log1p(-p)
        largest = max(largest, abs(whole), -a * math.log(p))
        at[one], mass[one] = start, weight[one] * math.exp(logarithm)
        first, middle = min(first, start), middle + weight[one] * mean
    if first < math.inf and middle - first < STEPS:
        return int(first), _DOUBT + _ROUNDED * largest
    return -1, 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _add_up(levels: Any, mixture: Any, at: Any, mass: Any, found: Any) -> None:
    """Walk up from the first count and fill where each level is reached."""
    shape, chance, _ = mixture
    first, doubt = _begin(mixture, at, mass)
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
            found[level] = count if apart > doubt else math.nan
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

"""Quantiles of mixtures of negative binomial distributions, of many rows at once.

The answer is defined by SciPy's regularised incomplete beta function: the smallest count at which
the mixture's distribution function, computed with it, reaches a level. Most rows find that count by
adding up probabilities, which is some fifty times as fast; where such a sum comes too near a level
to be sure, and where counts are large, it is searched by halving. Both give the same counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.series.panel import Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Mixtures:
    """One mixture a row; all arrays have shape (n_rows, n_models).

    Args:
        shape: Of the gamma distribution of the rate.
        chance: Of stopping, 0..1: its rate over its rate and exposure.
        weight: Of each distribution; a row sums to 1.
        ceiling: Count at which each row's search begins, shape (n_rows,); it reaches every level.
    """

    shape: Numbers
    chance: Numbers
    weight: Numbers
    ceiling: Numbers

    def quantiles(self, levels: Sequence[float]) -> list[Numbers]:
        """Give the smallest counts whose probability of at most them reaches each level.

        Args:
            levels: Probabilities in rising order.

        Returns:
            Counts of shape (n_rows,), one array a level; NaN where the mixture is not known.

        >>> even = Mixtures(*(np.array([[each]]) for each in (1.0, 0.5, 1.0)), np.array([60.0]))
        >>> [counts.tolist() for counts in even.quantiles((0.4, 0.8, 0.95))]
        [[0.0], [2.0], [4.0]]
        """
        from atalaya.detection import mixture_rows  # here: loading it compiles

        found = np.full((len(self.ceiling), len(levels)), np.nan)
        mixture_rows.walk(np.array(levels, float), (self.shape, self.chance, self.weight), found)
        found[found > self.ceiling[:, None]] = np.nan
        for at, level in enumerate(levels):
            unsure = np.flatnonzero(np.isnan(found[:, at]))
            if len(unsure):
                found[unsure, at] = self.searched(level, unsure)
        return list(found.T)

    def searched(self, level: float, rows: NDArray[np.intp]) -> Numbers:
        """Give the quantiles of some rows by halving on the distribution function."""
        from scipy.special import betainc  # here, so that scipy loads only when it is needed

        shape, chance, weight = (each[rows] for each in (self.shape, self.chance, self.weight))
        high = self.ceiling[rows]
        low = np.full(len(rows), -1.0)
        while (high - low > 1).any():
            middle = np.floor((low + high) / 2)
            below = (weight * betainc(shape, middle[:, None] + 1, chance)).sum(axis=1)
            # betainc of (shape, count + 1) is the chance of at most so many.
            reached = below >= level
            high = np.where(reached & (high - low > 1), middle, high)
            low = np.where(~reached & (high - low > 1), middle, low)
        return high

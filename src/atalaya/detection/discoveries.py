"""Which of thousands of series stand out, with a bound on the share of false discoveries.

An e-value is evidence whose expectation is at most 1 while nothing happens. Of n series the k with
the largest e-values are discoveries, for the largest k such that each of them is at least
n / (q k). The expected share of false ones among them is then at most q, however the series depend
on each other - which they do: one laboratory finds, or misses, many substances together.

Source: R. Wang and A. Ramdas (2022), False discovery rate control with e-values, Journal of the
Royal Statistical Society B 84 (3), 822-852, arXiv:2009.02824 (the procedure "e-BH").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from atalaya.series.panel import Numbers


def discoveries(evidence: Numbers, share: float) -> NDArray[np.bool_]:
    """Say which e-values are discoveries, each period for itself.

    Args:
        evidence: E-values, shape (n_series,) or (n_series, n_periods); NaN where not assessed,
            which is not counted among the series.
        share: Largest expected share of false discoveries, 0..1.

    Returns:
        Of the same shape.

    >>> discoveries(np.array([900.0, 1.0, 30.0, np.nan, 0.0]), 0.2).tolist()
    [True, False, True, False, False]
    """
    if not evidence.size:
        return np.zeros(evidence.shape, bool)
    table = np.where(np.isnan(evidence), -np.inf, evidence).reshape(len(evidence), -1)
    counted = np.isfinite(table).sum(axis=0)
    ordered = -np.sort(-table, axis=0)
    rank = np.arange(1, len(table) + 1)[:, None]
    kept = ordered * rank * share >= np.maximum(counted, 1)
    least = np.where(kept, ordered, np.inf).min(axis=0)
    found: NDArray[np.bool_] = (table >= least).reshape(evidence.shape)
    return found

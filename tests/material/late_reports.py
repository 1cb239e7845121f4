"""Simulated late reports: what is known of each period at each age, of which the end is known."""

import numpy as np


def late_reports(seed, size=(20, 72), means=(2.0, 30.0), shares=(0.5, 0.8, 0.95), precision=30.0):
    """Give counts known at each age, shape (n_series, n_periods, n_ages + 1); the last is all.

    Rates wander. The share that arrives at each age is drawn anew for every period, around its
    mean, so that delays vary as they do where people report.
    """
    rng = np.random.default_rng(seed)
    start = rng.uniform(np.log(means[0]), np.log(means[1]), (size[0], 1))
    rate = np.exp(start + rng.normal(0, 0.15, size).cumsum(axis=1))
    left = rng.poisson(rate)
    known, columns, before = np.zeros(size), [], 0.0
    for share in shares:
        of_the_rest = (share - before) / (1 - before)
        drawn = rng.beta(of_the_rest * precision, (1 - of_the_rest) * precision, size[1])
        new = rng.binomial(left, drawn)
        known, left, before = known + new, left - new, share
        columns.append(known)
    return np.stack([*columns, known + left], axis=2).astype(float)


def as_known(triangle, now):
    """Give the triangle as it was known at the end of a period: no cell that came later."""
    seen = triangle[:, : now + 1].copy()
    for period in range(now + 1):
        seen[:, period, now - period + 1 :] = np.nan
    return seen

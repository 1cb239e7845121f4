"""Simulated late reports, of which the end is known, and how nowcasts of them fare."""

import numpy as np

from atalaya.detection.nowcasting import delays, nowcast


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


def replayed(triangle, age):
    """Nowcast every period when it was so old, with what was known then; give what came of it.

    Returns:
        The share of outcomes inside the interval, the mean error of its middle and of the count
        reported by then, and how many outcomes there are.
    """
    inside, errors, naive = [], [], []
    for now in range(12, triangle.shape[1]):
        seen, period = as_known(triangle, now), now - age
        said = nowcast(seen[:, [period], age], np.array([age]), delays(seen, now + 1))
        told, came = ~np.isnan(said.median[:, 0]), triangle[:, period, -1]
        low, middle, high = (each[told, 0] for each in (said.lower, said.median, said.upper))
        inside += ((came[told] >= low) & (came[told] <= high)).tolist()
        errors += np.abs(came[told] - middle).tolist()
        naive += np.abs(came[told] - seen[told, period, age]).tolist()
    return np.mean(inside), np.mean(errors), np.mean(naive), len(inside)

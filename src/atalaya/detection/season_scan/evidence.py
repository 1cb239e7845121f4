"""What the last periods say together: one p-value of several windows, and the count it needs.

The mid-p-values of the windows are combined by their weighted harmonic mean, which holds for tests
that depend on each other. Each longer window counts four times as much as the one a period shorter:
most outbreaks last longer than a period. A window of n periods is never surer than the judged
period alone is, to the power n (what n periods like it would say): else an outbreak that is over
would go on alarming through the cases it left behind.

Source: D. J. Wilson (2019), The harmonic mean p-value for combining dependent tests, PNAS 116 (4),
1195-1200, doi:10.1073/pnas.1814092116.
"""

from __future__ import annotations

import numpy as np

from atalaya.series.panel import Numbers

# Rows of a window: cases of its earlier periods, expected cases and variance over mean of it all.
BEFORE, EXPECTED, SPREAD = range(3)
_LONGER = 4.0  # how many times as much a window counts as the one a period shorter
_LEAST = 1e-300


def shares(windows: int) -> Numbers:
    """Give what each window counts, the shortest first; they sum to one.

    >>> shares(2).tolist()
    [0.2, 0.8]
    """
    parts = np.array([_LONGER**back for back in range(windows)])
    return np.asarray(parts / parts.sum(), float)


def together(count: Numbers, windows: Numbers) -> Numbers:
    """Give the p-value of each judged period.

    Args:
        count: Cases of the period, shape (n,).
        windows: Of windows of 1, 2, ... periods, shape (n_windows, 3, n); NaN for a window that
            reaches back before the series.

    Returns:
        Shape (n,), above 0 and at most 1; NaN where the period has no expectation.

    >>> raised_before = np.array([[[0.0, 0.0], [10.0, 10.0], [1.0, 1.0]],
    ...                            [[10.0, 18.0], [20.0, 20.0], [1.0, 1.0]]])
    >>> together(np.array([18.0, 18.0]), raised_before).round(4).tolist()
    [0.027, 0.0008]
    """
    alone, total = np.ones(0), np.zeros(count.shape)
    for back, share in enumerate(shares(len(windows))):
        before, mean, spread = windows[back]
        p_value = middle(count + before, mean, spread)
        if back == 0:
            alone = p_value
        bounded = np.maximum(p_value, alone ** (back + 1))
        total += share / np.maximum(np.where(np.isnan(p_value), alone, bounded), _LEAST)
    return np.minimum(1 / total, 1.0)


def fewest(windows: Numbers, alpha: float) -> Numbers:
    """Give the smallest count above its expectation whose p-value is ``alpha`` or less, shape (n,).

    Args:
        windows: As in `together`.
        alpha: One-sided error of one look.
    """
    from atalaya.detection.farrington.bounds import quantile  # here: it loads scipy

    _, mean, spread = windows[0]
    level = alpha * shares(len(windows))[0]
    # The period alone suffices from here on, whatever came before.
    enough: Numbers = quantile(mean, spread, 1 - level)
    enough += middle(enough, mean, spread) > level
    below = np.floor(mean)
    enough = np.maximum(enough, below + 1)
    left = np.flatnonzero(enough - below > 1)
    while len(left):
        between = np.floor((below[left] + enough[left]) / 2)
        alarm = together(between, windows[:, :, left]) <= alpha
        enough[left[alarm]], below[left[~alarm]] = between[alarm], between[~alarm]
        left = left[enough[left] - below[left] > 1]
    return enough


def middle(count: Numbers, mean: Numbers, spread: Numbers) -> Numbers:
    """Give the mid-p-value: the probability of more cases, and half that of as many."""
    from atalaya.detection.farrington.bounds import survival  # here: it loads scipy

    return (survival(count, mean, spread) + survival(count + 1, mean, spread)) / 2

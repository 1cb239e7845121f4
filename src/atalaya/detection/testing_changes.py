"""Signs that a change in testing, not in what is tested, made series begin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from atalaya.series.panel import Panel

# How many times its usual number of series a source must begin in one window. On the three monthly
# series of tests/gates, where new substances arrive all the time, 3 marks the roll-outs of a test
# and leaves single arrivals alone.
UNUSUAL = 3.0


def newcomers_together(panel: Panel, window: int, together: int) -> NDArray[np.bool_]:
    """Say where unusually many series of one source have their first case in one window.

    Args:
        panel: Counts, shape (n_series, n_periods).
        window: Length of the window, in periods of the calendar.
        together: Fewest series that must begin in it.

    Returns:
        Shape (n_series, n_periods): True from where the window that ends there holds the first case
        of ``together`` series of that row's source or more, and of `UNUSUAL` times as many as its
        earlier windows hold on average. False for a series whose source nobody named.
    """
    shape = panel.counts.shape
    if panel.sources is None:
        return np.zeros(shape, bool)
    names = sorted({name for name in panel.sources if name})
    place = {name: index for index, name in enumerate(names)}
    row_of = np.array([place.get(name or "", len(names)) for name in panel.sources], np.intp)
    cases = panel.observed & (np.nan_to_num(panel.counts) > 0)
    begun = np.zeros((len(names) + 1, shape[1] + 1))
    with_case = cases.any(axis=1)
    np.add.at(begun, (row_of[with_case], cases.argmax(axis=1)[with_case] + 1), 1)
    total = np.cumsum(begun, axis=1)
    stop = np.arange(1, shape[1] + 1)
    start = np.maximum(stop - window, 0)
    recent = total[:, stop] - total[:, start]
    usual = total[:, start] / np.maximum(start / window, 1)
    marked = (recent >= together) & (recent >= UNUSUAL * usual)
    marked[len(names)] = False
    result: NDArray[np.bool_] = marked[row_of]
    return result

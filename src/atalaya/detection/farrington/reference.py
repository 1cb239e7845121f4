"""Which earlier periods a judged period is compared with, and which season each belongs to.

Source: A. Noufaily et al. (2013), section 3.3, doi:10.1002/sim.5595: the weeks around the same week
of earlier years form one level; the weeks between are cut into equal blocks, one level each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period, PeriodKind

A_YEAR = {PeriodKind.MONTH: 12, PeriodKind.WEEK: 52, PeriodKind.DAY: 365}


def anniversaries(place: int, first: Period, years: int, *, by_date: bool) -> list[int]:
    """Give the index of the same period one, two, ... years back.

    Args:
        place: Index of the judged period.
        first: The period of index 0.
        years: How many years to go back.
        by_date: Whether weeks and days are found by the calendar: the nearest same weekday (a
            week) or the same day, where 29 February becomes 1 March. Otherwise a year is 12
            months, 52 weeks or 365 days.

    >>> anniversaries(110, Period.parse("2019-W01"), 2, by_date=False)
    [58, 6]
    """
    if not by_date:
        return [place - A_YEAR[first.kind] * back for back in range(1, years + 1)]
    here = first + place
    return [_same_day(here, back).ordinal - first.ordinal for back in range(1, years + 1)]


def _same_day(here: Period, back: int) -> Period:
    start = here.start
    try:
        day = start.replace(year=start.year - back)
    except ValueError:
        day = date(start.year - back, 3, 1)
    if here.kind is PeriodKind.WEEK:
        # Weeks begin on Mondays: three days on, the week that holds the day is the nearest one.
        day += timedelta(days=3)
    return Period.containing(day, here.kind)


def plan(
    place: int, anniversary: Sequence[int], half: int, excluded: int, n_levels: int
) -> NDArray[np.int64]:
    """Cut the time before a judged period into runs of reference periods with their level.

    Args:
        place: Index of the judged period.
        anniversary: Its index in earlier years, latest first.
        half: Half the width of the window around each, in periods; R's ``w``.
        excluded: Periods just before the judged one that are left out, with the judged one itself.
        n_levels: Seasonal levels; 1 takes the windows only.

    Returns:
        Start, stop and level of each run in order of time, shape (n_runs, 3).

    Raises:
        WrongUse: There are more levels than periods between two windows.
    """
    runs: list[tuple[int, int, int]] = []
    later = place
    for here in anniversary:
        runs.append((here - half, here + half + 1, n_levels - 1))
        if n_levels > 1:
            start, between = here + half + 1, later - half - (here + half + 1)
            if between < n_levels - 1:
                raise WrongUse(
                    f"noPeriods={n_levels} leaves seasons without a period when w={half}",
                    do="take fewer seasons or narrower windows",
                )
            each, rest = divmod(between, n_levels - 1)
            for level in range(n_levels - 1):
                stop = start + each + (level < rest)
                runs.append((start, stop, level))
                start = stop
        later = here
    runs.append((place - half, place, n_levels - 1))
    last = place - excluded
    cut = [(start, min(stop, last), level) for start, stop, level in runs]
    return np.array(sorted(run for run in cut if run[0] < run[1]), np.int64)

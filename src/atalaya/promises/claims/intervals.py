"""Whether what a text says of a figure holds, where the figure may be known only between bounds.

A published figure is a number, or a range such as 1-9, or withheld. What is said of it holds, does
not hold, or cannot be told: only what is true of every value in the range holds, and only what is
true of none does not. So an answer never tells more of a figure than was published.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from atalaya.promises.claims.amounts import Amount

# How far a number may be from the figure. Unstated rounding is taken for rounding only where it
# moves the figure by at most a hundredth; "about" allows a twentieth, and "nearly" as much below.
_PLAIN, _ABOUT, _NEARLY = 0.01, 0.05, 0.05
_POINT = 0.5  # a share in whole per cent is rounded by at most half a point
# What a word for a ratio covers: "doubled" is said of 1.9 times as well as of 2.1 times.
RATIOS = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_RATIO = 0.1
_STEADY = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """What is published of a figure: between which bounds it lies, both included.

    >>> Interval(3, 3).known, Interval(1, 9).known, Interval(0, math.inf).known
    (True, False, False)
    """

    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    def every(self, holds: Callable[[float], bool], edges: tuple[float, ...]) -> bool | None:
        """Say whether something holds of every value (True), of none (False), or of some (None).

        Args:
            holds: What is asked; it may change its answer only at ``edges``.
            edges: Values at which it may.
        """
        inside = [edge for edge in edges if self.low < edge < self.high]
        points = sorted({self.low, self.high, *inside} - {math.inf})
        points += [points[-1] * 2 + 1] if self.high == math.inf else []
        points += [(one + other) / 2 for one, other in pairwise(points)]
        answers = {holds(one) for one in points}
        return answers.pop() if len(answers) == 1 else None


def says(amount: Amount, figure: Interval) -> bool | None:
    """Say whether an amount, with its "about" or "more than", is right of a figure.

    >>> from atalaya.reading.reports.spans import Span
    >>> said = Amount(253_000, 1000, 3, None, None, Span(0, 0))
    >>> says(said, Interval(252_600, 252_600)), says(said, Interval(230_000, 230_000))
    (True, False)
    >>> says(Amount(5, 1, 1, None, None, Span(0, 0)), Interval(1, 9)) is None
    True
    """
    value = amount.value
    low, high = _reach(amount)
    bound = amount.bound
    if bound == "more":
        return figure.every(lambda one: one > value, (value, value + 1e-9))
    if bound == "least":
        return figure.every(lambda one: one >= value, (value, value - 1e-9))
    if bound == "less":
        return figure.every(lambda one: one < value, (value, value - 1e-9))
    if bound == "most":
        return figure.every(lambda one: one <= value, (value, value + 1e-9))
    if bound == "nearly":
        return figure.every(lambda one: low <= one < value, (low, low - 1e-9, value, value - 1e-9))
    edges = (low, high, low - 1e-9, high + 1e-9, value)
    return figure.every(lambda one: low <= one <= high, edges)


def _reach(amount: Amount) -> tuple[float, float]:
    """Give between which figures an amount is right as a rounded number."""
    value, half = amount.value, amount.step / 2
    if amount.bound == "nearly":
        return value * (1 - _NEARLY), value
    if amount.unit == "percent":
        far = max(min(half, _POINT), value * _ABOUT if amount.bound == "about" else 0.0)
    elif amount.bound == "about":
        far = max(min(half, value * 2 * _ABOUT), value * _ABOUT)
    else:
        far = half if amount.step <= 1 else min(half, value * _PLAIN)
    return value - far, value + far


def exact(amount: Amount, figure: Interval) -> bool:
    """Say whether a figure was printed as it is, not rounded."""
    return figure.known and amount.bound is None and amount.value == figure.low


def ratio(first: Interval, last: Interval) -> Interval:
    """Give by what a figure was multiplied, between which bounds."""
    low = 0.0 if first.high in (0, math.inf) else last.low / first.high
    high = math.inf if first.low == 0 or last.high == math.inf else last.high / first.low
    return Interval(low, high)


def moved(trend: str, firm: str | None, first: Interval, last: Interval) -> bool | None:
    """Say whether a figure rose, fell, doubled ... from one period to another.

    Args:
        trend: ``rose``, ``fell``, ``steady``, or one of RATIOS.
        firm: ``nearly`` or ``more`` before the word for a ratio, or None.
        first: The figure of the earlier period.
        last: That of the later one.

    >>> moved("rose", None, Interval(20, 92), Interval(301, 301))
    True
    >>> moved("rose", None, Interval(1, 9), Interval(1, 9)) is None
    True
    >>> moved("doubled", None, Interval(0, 0), Interval(12, 12)) is False
    True
    """
    if trend in ("rose", "fell"):
        up, down = last.low > first.high, last.high < first.low
        flat = first.known and last.known and first.low == last.low
        if not (up or down or flat):
            return None
        return up if trend == "rose" else down
    if first.high == 0:  # nothing is twice or half of nothing
        return trend == "steady" if last.high == 0 else (False if last.low > 0 else None)
    times = ratio(first, last)
    if trend == "steady":
        return _between(times, 1 - _STEADY, 1 + _STEADY)
    goal = RATIOS[trend]
    if firm == "more":
        low, high = (goal, math.inf) if goal > 1 else (0.0, goal)
    elif firm == "nearly":
        low, high = sorted((goal, goal + (1 - goal) * 2 * _RATIO))
    else:
        low, high = sorted((goal * (1 - _RATIO), goal * (1 + _RATIO)))
    return _between(times, low, high)


def _between(figure: Interval, low: float, high: float) -> bool | None:
    edges = tuple(one for one in (low, low - 1e-9, high, high + 1e-9) if one < math.inf)
    return figure.every(lambda one: low <= one <= high, edges)

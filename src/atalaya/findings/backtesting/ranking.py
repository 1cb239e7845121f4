"""Precision at a fixed budget: what a person sees who can only look at so many new episodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from atalaya.findings.backtesting.intervals import Interval, wilson
from atalaya.model.periods import Period

PER_PERIOD = (1, 2, 5)
PER_REPLAY = (10, 25, 50)


class Ranked(NamedTuple):
    """One episode as it was when it began, and whether it was a wave found in time."""

    series: str
    since: Period
    statistic: float
    true: bool


@dataclass(frozen=True, slots=True)
class AtBudget:
    """What a budget shows.

    Args:
        budget: Most episodes shown.
        per: ``period``: as many of those that began in each period; ``replay``: of all.
        shown: Episodes shown.
        true: How many of them were a wave found in time.
        precision: Their share, with Wilson's interval.
    """

    budget: int
    per: str
    shown: int
    true: int
    precision: Interval


def at_budgets(ranked: Sequence[Ranked]) -> tuple[AtBudget, ...]:
    """Give the precision at each budget; the ranking is by statistic, equal ones by series.

    Within a period only what began in it is ranked, so that nothing later decides what is shown.
    """
    return tuple(
        _at(ranked, budget, per)
        for per, budgets in (("period", PER_PERIOD), ("replay", PER_REPLAY))
        for budget in budgets
    )


def _at(ranked: Sequence[Ranked], budget: int, per: str) -> AtBudget:
    by_day = sorted(ranked, key=lambda one: (one.since.start, one.since.kind))
    groups = (
        [list(group) for _, group in groupby(by_day, key=lambda one: one.since)]
        if per == "period"
        else [by_day]
    )
    shown = [one for group in groups for one in sorted(group, key=_order)[:budget]]
    true = sum(one.true for one in shown)
    return AtBudget(budget, per, len(shown), true, wilson(true, len(shown)))


def _order(one: Ranked) -> tuple[bool, float, str]:
    """Largest statistic first; an episode without one comes last."""
    unknown = one.statistic != one.statistic
    return unknown, 0.0 if unknown else -one.statistic, one.series

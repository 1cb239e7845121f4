"""Simulated monthly worlds in which it is known what is new and what is not.

Waves (fast, slow, transient) begin at a known month over little or no background; quiet series,
declines, steps in volume and the starts of laboratories' panels hold nothing new. Denominators have
the shape of real ones: between twenty and a few hundred samples a month, growing or shrinking, with
a season of 15 per cent and more spread than Poisson.

The ranges were set by looking at three public series of counts with denominators (Connecticut
deaths, EcstasyData, DrugCheckingBC): a median series of about one detection a year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from atalaya.model.periods import Period
from atalaya.series.panel import Numbers, Panel

NEVER = -1
_FIRST = Period.parse("2012-01")
_LEVEL, _GROWTH, _SEASON, _EVENNESS = (20.0, 300.0), (0.2, 0.5), 0.15, 12.0
_QUIET = (0.01, 0.5)  # detections a month in a quiet series; the median is about one a year
_SETTLED = 24  # months before anything begins
_NEWCOMERS, _OLD = 8, 10  # series of a panel that start together, and those there before


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Series of one kind, and what is true of them.

    Args:
        name: ``fast``, ``slow``, ``transient``, ``quiet``, ``decline``, ``volume``, ``panel``.
        panel: Counts and denominators by month.
        onset: Month in which a real rise begins, `NEVER` without one, shape (n_series,).
        began: Month in which testing for a series begins, `NEVER` where always, same shape.
    """

    name: str
    panel: Panel
    onset: NDArray[np.int64]
    began: NDArray[np.int64]


def worlds(seed: int, n_series: int = 400, n_months: int = 96) -> tuple[World, ...]:
    """Give one world of each kind; the same seed gives the same worlds.

    Args:
        seed: Of the source of chance.
        n_series: Series of each kind; of ``panel``, a laboratory of 18 series for every four.
        n_months: Months of each series, 72 or more.

    >>> [world.name for world in worlds(1, 18)]
    ['fast', 'slow', 'transient', 'quiet', 'decline', 'volume', 'panel']
    """
    rng = np.random.default_rng(seed)
    size = (n_series, n_months)
    # A panel shares its denominators within a laboratory and draws them itself.
    made = (_KINDS[name](rng, denominators(rng, size)) for name in _KINDS)
    return (*made, _panel(rng, size))


def laboratory(seed: int, numbers: Mapping[str, int], n_months: int = 96) -> tuple[World, ...]:
    """Give series of several kinds that one laboratory counts, over one denominator for all.

    Args:
        seed: Of the source of chance.
        numbers: Kind -> how many series of it. ``volume`` has a step in its denominators, which
            the others would have to share: it stands alone.
        n_months: Months of each series, 72 or more.

    >>> [len(world.panel.series) for world in laboratory(1, {"fast": 2, "quiet": 9})]
    [2, 9]
    """
    rng = np.random.default_rng(seed)
    shared = denominators(rng, (1, n_months))
    return tuple(
        _KINDS[name](rng, np.repeat(shared, number, axis=0)) for name, number in numbers.items()
    )


def denominators(rng: np.random.Generator, size: tuple[int, int]) -> Numbers:
    """Give numbers examined with level, growth, season and overdispersion.

    Args:
        rng: Source of chance.
        size: Number of series and of months.
    """
    n, months = size
    level = _log_uniform(rng, n, _LEVEL)
    growth = np.exp(np.linspace(0, 1, months) * rng.normal(*_GROWTH, (n, 1)))
    season = 1 + _SEASON * np.sin(2 * np.pi * (np.arange(months) / 12 + rng.random((n, 1))))
    uneven = rng.gamma(_EVENNESS, 1 / _EVENNESS, (n, months))
    return np.maximum(rng.poisson(level * growth * season * uneven), 1).astype(float)


def _waves(name: str, rng: np.random.Generator, examined: Numbers) -> World:
    n, months = examined.shape
    onset = rng.integers(_SETTLED, months - _SETTLED, (n, 1))
    background = np.where(rng.random((n, 1)) < 0.7, 0, _log_uniform(rng, n, (0.005, 0.03)))  # noqa: PLR2004
    peak = _log_uniform(rng, n, (0.6, 12.0))
    rise = rng.uniform(3, 14, (n, 1)) * (2 if name == "slow" else 1)
    stays = rng.integers(1, 6, (n, 1)) if name == "transient" else rng.integers(6, 40, (n, 1))
    passed = np.arange(months) - onset
    fall = np.exp(-np.clip(passed - rise - stays, 0, None) / (3 if name == "transient" else 8))
    rate = np.where(passed >= 0, peak * np.clip((passed + 1) / rise, 0, 1) * fall, 0)
    return _world(name, _counted(rng, background + rate, examined), examined, onset[:, 0])


def _quiet(rng: np.random.Generator, examined: Numbers) -> World:
    rate = _log_uniform(rng, len(examined), _QUIET)
    return _world("quiet", _counted(rng, rate, examined), examined)


def _decline(rng: np.random.Generator, examined: Numbers) -> World:
    n, months = examined.shape
    begins, half = rng.integers(6, months // 2, (n, 1)), rng.uniform(6, 20, (n, 1))
    passed = np.clip(np.arange(months) - begins, 0, None)
    rate = np.maximum(_log_uniform(rng, n, (1.0, 8.0)) * 0.5 ** (passed / half), 0.02)
    return _world("decline", _counted(rng, rate, examined), examined)


def _volume(rng: np.random.Generator, before: Numbers) -> World:
    n, months = before.shape
    step = rng.integers(18, months - 18, (n, 1))
    times = np.where(np.arange(months) >= step, rng.uniform(2, 5, (n, 1)), 1)
    examined = np.round(before * times)
    share = _log_uniform(rng, n, (0.03, 0.5)) / before.mean(axis=1, keepdims=True)
    counts = rng.binomial(examined.astype(np.int64), np.minimum(share, 1))
    return _world("volume", counts.astype(float), examined)


_KINDS: Mapping[str, Callable[[np.random.Generator, Numbers], World]] = {
    **{name: partial(_waves, name) for name in ("fast", "slow", "transient")},
    "quiet": _quiet,
    "decline": _decline,
    "volume": _volume,
}


def _panel(rng: np.random.Generator, size: tuple[int, int]) -> World:
    """Laboratories of 18 series; of each, eight are tested from a month on, at a steady share."""
    each = _NEWCOMERS + _OLD
    # Whether a start is recognised is decided a laboratory at a time: many are needed to tell.
    laboratories = max(size[0] // 4, 1)
    examined = np.repeat(denominators(rng, (laboratories, size[1])), each, axis=0)
    begins = np.repeat(rng.integers(_SETTLED, size[1] - 12, laboratories), each)
    new = np.tile(np.arange(each) < _NEWCOMERS, laboratories)
    rates = np.where(
        new[:, None],
        _log_uniform(rng, len(new), (0.15, 3.0)),
        _log_uniform(rng, len(new), _QUIET),
    )
    tested = ~new[:, None] | (np.arange(size[1]) >= begins[:, None])
    sources = tuple(f"laboratory {row // each}" for row in range(len(new)))
    began = np.where(new, begins, NEVER)
    counts = _counted(rng, rates * tested, examined)
    return _world("panel", counts, examined, began=began, sources=sources)


def _world(
    name: str,
    counts: Numbers,
    examined: Numbers,
    onset: NDArray[np.int64] | None = None,
    *,
    began: NDArray[np.int64] | None = None,
    sources: tuple[str, ...] | None = None,
) -> World:
    keys = tuple(f"{name} {row}" for row in range(len(counts)))
    never = np.full(len(counts), NEVER)
    panel = Panel(keys, _FIRST, counts, examined, sources)
    return World(name, panel, never if onset is None else onset, never if began is None else began)


def _counted(rng: np.random.Generator, rate: Numbers, examined: Numbers) -> Numbers:
    """Count cases at a rate a month of average volume: binomial among those examined."""
    share = np.clip(rate / examined.mean(axis=1, keepdims=True), 0, 1)
    return rng.binomial(examined.astype(np.int64), share).astype(float)


def _log_uniform(rng: np.random.Generator, n: int, between: tuple[float, float]) -> Numbers:
    low, high = np.log(between)
    values: Numbers = np.exp(rng.uniform(low, high, (n, 1)))
    return values

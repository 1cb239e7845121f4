"""Forecasts of the next periods, with intervals whose coverage is corrected as outcomes arrive.

Each series is followed by a mixture of gamma-Poisson models that forget the past at different
speeds; a series that moves fast soon rests on its newest periods. The width of the interval is one
number a panel and horizon, moved up after outcomes outside and down after outcomes inside, so that
coverage is right in the long run even where the models are not.

Source: A. C. Harvey and C. Fernandes (1989), Time series models for count or qualitative
observations, Journal of Business and Economic Statistics 7 (4), 407-417 (the gamma-Poisson model
with discounting); I. Gibbs and E. Candes (2021), Adaptive conformal inference under distribution
shift, NeurIPS 34 (the correction).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.mixtures import Mixtures
from atalaya.detection.windows import Observed, running
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Numbers, Panel

SOURCE = (
    "Harvey, Fernandes (1989), Time series models for count or qualitative observations, JBES 7 "
    "(4), 407-417; Gibbs, Candes (2021), Adaptive conformal inference under distribution shift, "
    "NeurIPS 34"
)

LEAST_MEAN = 1.0  # mean cases a period of the last year under which no interval says anything
WARM_UP = 12  # observed periods before the first forecast
COVERAGE = 0.8

_DISCOUNTS = np.array([0.3, 0.45, 0.6, 0.7, 0.8, 0.88, 0.94, 0.98])
_MEMORY = 0.95  # how much of the models' record is kept a period
_SHAPE = 0.3  # of the prior: weak, so that the first year decides
_GAIN = 0.3  # how far one missed panel moves the width; .15 to .4 cover alike on three real panels
_WIDTHS = (0.3, 8.0)
_RECENT = 3  # periods whose number examined is expected to go on
_A_YEAR = 12
# Periods after which a season comes again; a season of days is a week.
SEASON = {
    PeriodKind.DAY: 7,
    PeriodKind.WEEK: 52,
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.YEAR: 1,
}


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What is expected of the periods after each origin.

    All arrays have shape (n_series, n_periods, horizon): element ``[i, t, h]`` is said of period
    ``t + h + 1`` with what was known at ``t``; NaN where nothing is said. Cases.

    Args:
        lower: Lower end of the interval.
        median: The middle.
        upper: Upper end of the interval.
    """

    lower: Numbers
    median: Numbers
    upper: Numbers


@dataclass(frozen=True, slots=True)
class Calibration:
    """How forecasts fared when they were replayed.

    Args:
        outcomes: Outcomes compared.
        covered: Share of them inside the interval, 0..1.
        error: Mean absolute error of the median, in cases.
        last_value: The same for the last value.
        seasonal: The same for the value a season before.
    """

    outcomes: int
    covered: float
    error: float
    last_value: float
    seasonal: float


def forecast(panel: Panel, horizon: int = 3) -> Forecast:
    """Forecast every series from every origin; nothing looks beyond its origin.

    A gap changes nothing but how far back the last observation lies. Series under `LEAST_MEAN`
    cases a period in their last year, or with fewer than `WARM_UP` observed periods, get none.

    Args:
        panel: Counts, shape (n_series, n_periods), of one source.
        horizon: Periods ahead.

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[4.0, 6, 5, 5, 4, 6, 5, 5, 4, 6, 5, 5, 4, 6]])
    >>> said = forecast(Panel(("x",), Period.parse("2019-01"), counts))
    >>> [float(each[0, -1, 0]) for each in (said.lower, said.median, said.upper)]
    [2.0, 5.0, 8.0]
    """
    shape = (*panel.counts.shape, horizon)
    result = Forecast(*(np.full(shape, np.nan) for _ in range(3)))
    arrays = (result.lower, result.median, result.upper)
    counts = np.where(panel.observed, panel.counts, np.nan)
    eligible = _eligible(counts)
    widths = np.full(horizon, 1.2816)  # the normal quantile of an 80 % interval
    for origin, state in enumerate(_states(panel, counts)):
        _settle(widths, result, counts, origin)
        rows = np.flatnonzero(eligible[:, origin])
        for ahead in range(1, horizon + 1) if len(rows) else ():
            said = _quantiles(state, rows, ahead, widths[ahead - 1])
            for array, values in zip(arrays, said, strict=True):
                array[rows, origin, ahead - 1] = values
    return result


def calibration(panel: Panel, said: Forecast, ahead: int) -> Calibration:
    """Compare forecasts with what came, and with the two forecasts anybody can make.

    Where the year before was not observed an outcome is left out: all three are compared on the
    same outcomes.

    Args:
        panel: The panel that was forecast.
        said: What `forecast` said of it.
        ahead: How many periods ahead, from 1.
    """
    stop = max(panel.n_periods - ahead, 0)
    back = -ahead % SEASON[panel.first.kind]  # from the origin to the same season
    counts = np.where(panel.observed, panel.counts, np.nan)
    outcome, lower = counts[:, ahead:], said.lower[:, :stop, ahead - 1]
    last, year = counts[:, :stop], _shifted(counts, back)[:, :stop]
    used = ~np.isnan(outcome) & ~np.isnan(lower) & ~np.isnan(last) & ~np.isnan(year)
    y = outcome[used]
    upper, median = (each[:, :stop, ahead - 1][used] for each in (said.upper, said.median))
    inside = (y >= lower[used]) & (y <= upper)

    def error(values: Numbers) -> float:
        return float(np.abs(y - values).mean()) if len(y) else float("nan")

    covered = float(inside.mean()) if len(y) else float("nan")
    return Calibration(len(y), covered, error(median), error(last[used]), error(year[used]))


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Gamma distributions of each series' rate: shape and rate (n_series, n_models), weights."""

    shape: Numbers
    rate: Numbers
    weight: Numbers
    exposure: Numbers


def _states(panel: Panel, counts: Numbers) -> Iterator[_State]:
    from scipy.special import gammaln  # here, so that scipy loads only when something is forecast

    exposure = np.ones(counts.shape) if panel.population is None else panel.population
    exposure = np.where(~np.isnan(counts) & (exposure > 0), exposure, np.nan)
    n_series = len(panel.series)
    shape = np.full((n_series, len(_DISCOUNTS)), _SHAPE)
    rate = np.full(shape.shape, np.nan)
    record = np.zeros(shape.shape)
    for now in range(panel.n_periods):
        y, e = counts[:, now, None], exposure[:, now, None]
        # The prior is a tenth of the first number examined wide: its scale, but next to no weight.
        rate = np.where(np.isnan(rate), e / 10, rate)
        seen = ~np.isnan(y) & ~np.isnan(e)
        a, b = shape * _DISCOUNTS, rate * _DISCOUNTS
        fit = gammaln(a + y) - gammaln(a) + a * np.log(b / (b + e)) + y * np.log(e / (b + e))
        record = np.where(seen, _MEMORY * record + fit, record)
        shape, rate = np.where(seen, a + y, a), np.where(seen, b + e, b)
        weight = np.exp(record - record.max(axis=1, keepdims=True))
        yield _State(
            shape, rate, weight / weight.sum(axis=1, keepdims=True), _recent(exposure, now)
        )


def _recent(exposure: Numbers, now: int) -> Numbers:
    """Give the mean number examined of the last few observed periods, one a series."""
    part = exposure[:, max(now - _A_YEAR + 1, 0) : now + 1]
    seen = ~np.isnan(part)
    newest = seen & (seen[:, ::-1].cumsum(axis=1)[:, ::-1] <= _RECENT)
    total = np.where(newest, part, 0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Numbers = total / newest.sum(axis=1)
    return mean


def _eligible(counts: Numbers) -> NDArray[np.bool_]:
    """Say of which series something is forecast from each origin, shape (n_series, n_periods)."""
    seen = ~np.isnan(counts)
    places = Observed.of(seen)
    total = running(np.nan_to_num(places.squeeze(counts)))
    known = places.rank + seen  # observed periods up to each origin
    before = np.maximum(known - _A_YEAR, 0)
    upto, earlier = (np.take_along_axis(total, each, axis=1) for each in (known, before))
    lately = running(seen.astype(float))
    lately[:, _A_YEAR:] -= lately[:, :-_A_YEAR].copy()
    enough: NDArray[np.bool_] = (
        (known >= WARM_UP) & (upto - earlier >= LEAST_MEAN * _A_YEAR) & (lately[:, 1:] > 0)
    )
    return enough


def _quantiles(
    state: _State, rows: NDArray[np.intp], ahead: int, width: float
) -> tuple[Numbers, ...]:
    """Give lower, median and upper of the mixture."""
    from scipy.special import ndtr

    a, b = (each[rows] * _DISCOUNTS**ahead for each in (state.shape, state.rate))
    weight, exposure = state.weight[rows], state.exposure[rows, None]
    mean = (weight * a / b * exposure).sum(axis=1)
    square = weight * ((a / b * exposure) ** 2 * (1 + 1 / a) + a / b * exposure)
    deviation = np.sqrt(np.maximum(square.sum(axis=1) - mean**2, mean))
    ceiling = np.ceil(mean + 40 * deviation + 10)
    levels = (float(ndtr(-width)), 0.5, float(ndtr(width)))
    return tuple(Mixtures(a, b / (b + exposure), weight, ceiling).quantiles(levels))


def _settle(widths: Numbers, said: Forecast, counts: Numbers, now: int) -> None:
    """Widen or narrow the intervals by what the period that is known now shows of them."""
    for ahead in range(1, min(len(widths), now) + 1):
        lower, upper = said.lower[:, now - ahead, ahead - 1], said.upper[:, now - ahead, ahead - 1]
        used = ~np.isnan(lower) & ~np.isnan(counts[:, now])
        if used.any():
            y = counts[used, now]
            missed = ((y < lower[used]) | (y > upper[used])).mean()
            step = _GAIN * (missed - (1 - COVERAGE)) * min(1.0, used.sum() / 5)
            widths[ahead - 1] = np.clip(widths[ahead - 1] + step, *_WIDTHS)


def _shifted(values: Numbers, steps: int) -> Numbers:
    moved = np.full(values.shape, np.nan)
    moved[:, steps:] = values[:, : values.shape[1] - steps]
    return moved

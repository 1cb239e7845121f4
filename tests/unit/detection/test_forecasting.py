import numpy as np
import pytest

from atalaya.detection.forecasting import LEAST_MEAN, WARM_UP, calibration, forecast
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

MONTH = Period.parse("2015-01")


def _walk(seed, n_series=24, n_periods=120):
    """Rates that wander, with denominators that grow: nothing a model here is built for."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 0.12, (n_series, n_periods)).cumsum(axis=1)
    examined = rng.poisson(np.linspace(150, 300, n_periods), (n_series, n_periods)).astype(float)
    rate = np.exp(rng.uniform(np.log(2), np.log(30), (n_series, 1)) + steps)
    counts = np.minimum(rng.poisson(rate * examined / examined.mean()), examined)
    names = tuple(f"s{row}" for row in range(n_series))
    return Panel(names, MONTH, counts.astype(float), examined)


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_an_80_percent_interval_covers_75_to_85_percent_and_beats_both_baselines(ahead):
    panel = _walk(1)
    found = calibration(panel, forecast(panel), ahead)
    assert found.outcomes > 1500
    assert 0.75 <= found.covered <= 0.85
    assert found.error < found.last_value
    assert found.error < found.seasonal


def test_a_forecast_never_looks_beyond_its_origin():
    panel = _walk(2, n_series=6, n_periods=60)
    whole, part = forecast(panel), forecast(panel.until(40))
    for name in ("lower", "median", "upper"):
        left, right = getattr(whole, name)[:, :40], getattr(part, name)
        np.testing.assert_allclose(left, right, rtol=1e-12)


def test_near_empty_and_short_series_get_no_forecast():
    counts = np.zeros((2, 40))
    counts[0, ::14] = 1
    counts[1] = LEAST_MEAN * 3
    said = forecast(Panel(("rare", "steady"), MONTH, counts))
    assert np.isnan(said.median[0]).all()
    assert np.isnan(said.median[1, : WARM_UP - 1]).all()
    assert not np.isnan(said.median[1, WARM_UP - 1 :]).any()


def test_a_gap_is_neither_a_zero_nor_an_outcome():
    steady = np.full((1, 40), 20.0)
    broken = steady.copy()
    broken[0, 25:30] = np.nan
    said = forecast(Panel(("x",), MONTH, broken))
    assert (said.median[0, 24:32, 0] > 15).all()
    width = said.upper[0, :, 0] - said.lower[0, :, 0]
    assert width[29] >= width[24]
    whole = forecast(Panel(("x",), MONTH, steady))
    assert calibration(Panel(("x",), MONTH, broken), said, 1).outcomes < 28
    assert calibration(Panel(("x",), MONTH, steady), whole, 1).outcomes == 28


def test_ends_are_in_order_and_whole_numbers():
    panel = _walk(3, n_series=8)
    said = forecast(panel)
    known = ~np.isnan(said.median)
    for low, high in ((said.lower, said.median), (said.median, said.upper)):
        assert (low[known] <= high[known]).all()
    assert (said.upper[known] == np.floor(said.upper[known])).all()

import numpy as np
import pytest

from atalaya.detection.season_scan.evidence import fewest, middle, shares, together


def _windows(means, spreads, before, n_windows=2):
    """Windows whose earlier periods are alike in mean."""
    means, spreads, before = (np.asarray(each, float) for each in (means, spreads, before))
    return np.array(
        [[before * min(back, 1), means * (back + 1), spreads] for back in range(n_windows)]
    )


def test_two_periods_count_four_times_as_much_as_one():
    assert shares(1).tolist() == [1.0]
    assert shares(3) == pytest.approx(np.array([1, 4, 16]) / 21)


def test_one_window_is_the_mid_p_value_itself():
    count, windows = np.arange(30.0), _windows([4.0] * 30, [1.5] * 30, [0.0] * 30, 1)
    assert together(count, windows) == pytest.approx(middle(count, *windows[0, 1:]))


@pytest.mark.parametrize("alpha", [0.2, 0.01, 1e-6])
@pytest.mark.parametrize("n_windows", [1, 2, 3])
def test_the_fewest_cases_are_found_as_by_trying_every_count(alpha, n_windows):
    rng = np.random.default_rng(1)
    means = np.exp(rng.uniform(-3, 5, 60))
    windows = _windows(means, rng.uniform(1, 4, 60), rng.poisson(means * 1.3), n_windows)
    tried = np.array([together(np.full(60, count), windows) for count in np.arange(2000.0)])
    allowed = (tried <= alpha) & (np.arange(2000)[:, None] > means)
    assert fewest(windows, alpha).tolist() == allowed.argmax(axis=0).tolist()


def test_an_outbreak_before_says_nothing_where_the_period_itself_is_ordinary():
    windows = _windows([10.0, 10.0], [1.0, 1.0], [60.0, 60.0])
    ordinary, raised = together(np.array([11.0, 16.0]), windows)
    assert ordinary > 0.1
    assert raised < 0.01


def test_a_window_that_reaches_back_before_the_series_adds_nothing():
    windows = _windows([10.0], [1.0], [12.0])
    windows[1] = np.nan
    assert together(np.array([18.0]), windows) == middle(np.array([18.0]), *windows[0, 1:])


def test_a_period_without_an_expectation_has_no_p_value():
    assert np.isnan(together(np.array([3.0]), _windows([np.nan], [1.0], [3.0]))).all()

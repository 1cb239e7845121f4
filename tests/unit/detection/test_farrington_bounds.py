import numpy as np

from atalaya.detection.farrington.bounds import quantile


def test_a_bound_beyond_what_numbers_can_count_is_found_or_missing_but_always_ends():
    # Means such as these come from fits of near-empty series at an upper quantile (muan).
    mean = np.array([1e12, 1e16, 1e18, 1e200])
    bound = quantile(mean, np.full(4, 3.0), 0.95)
    assert abs(bound[0] / 1e12 - 1) < 1e-5
    assert abs(bound[1] / 1e16 - 1) < 1e-5
    assert np.isnan(bound[3])

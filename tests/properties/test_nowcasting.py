"""What holds of every nowcast, whatever the counts and delays."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.late_reports import late_reports

from atalaya.detection.nowcasting import declared, delays, nowcast

COUNTS = st.lists(st.integers(0, 3000), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.floats(0.1, 1.0))
def test_ends_are_whole_in_order_and_never_below_what_is_reported(counts, share):
    reported = np.array([counts], float)
    said = nowcast(reported, np.zeros(len(counts), int), declared([share]))
    assert (reported <= said.lower).all()
    assert (said.lower <= said.median).all()
    assert (said.median <= said.upper).all()
    assert (said.upper == np.floor(said.upper)).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 500), st.floats(0.1, 0.9), st.floats(0.01, 0.09))
def test_more_reported_or_less_known_never_lowers_an_end(count, share, less):
    def ends(reported, known):
        said = nowcast(np.array([[float(reported)]]), np.array([0]), declared([known]))
        return np.array([said.lower[0, 0], said.median[0, 0], said.upper[0, 0]])

    assert (ends(count, share) <= ends(count + 1, share)).all()
    assert (ends(count, share + less) <= ends(count, share)).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.permutations(range(6)))
def test_the_order_of_the_series_changes_nothing(seed, order):
    triangle = late_reports(seed, size=(6, 30))
    one, other = delays(triangle, 30), delays(triangle[order], 30)
    np.testing.assert_allclose(one.share, other.share)
    np.testing.assert_allclose(one.precision, other.precision)
    assert (np.diff(one.share[~np.isnan(one.share)]) >= 0).all()

"""Nowcasts of incomplete periods: calibrated in a replay, and silent where nothing tells."""

import numpy as np
import pytest
from tests.material.late_reports import as_known, late_reports, replayed

from atalaya.detection.nowcasting import (
    LEAST_VERSIONS,
    Silence,
    declared,
    delays,
    nowcast,
)


@pytest.mark.parametrize("precision", [10.0, 30.0, 1000.0])
def test_an_80_percent_interval_covers_75_to_85_percent_where_counts_are_not_small(precision):
    triangle = late_reports(3, means=(20.0, 200.0), precision=precision)
    for age in (0, 1):
        covered, error, naive, outcomes = replayed(triangle, age)
        assert outcomes == 1200
        assert 0.75 <= covered <= 0.85
        assert error < 0.6 * naive


def test_with_small_counts_the_interval_holds_whole_cases_and_so_more_than_it_promises():
    covered, error, naive, _ = replayed(late_reports(3, means=(0.3, 3.0)), 0)
    assert 0.80 <= covered <= 0.98
    assert error < naive


def test_a_nowcast_never_rests_on_a_version_that_came_later():
    triangle = late_reports(5, size=(3, 40))
    changed = triangle.copy()
    changed[:, 30:] += 50
    for one, other in zip(
        (delays(as_known(each, 29), 30) for each in (triangle, triangle)),
        (delays(as_known(each, 29), 30) for each in (changed, changed)),
        strict=True,
    ):
        np.testing.assert_array_equal(one.share, other.share)


def test_too_few_versions_or_followed_periods_give_no_nowcast_and_say_so():
    triangle = late_reports(1, size=(4, 12))
    few = delays(triangle, LEAST_VERSIONS - 1)
    assert set(few.silence.tolist()) == {Silence.FEW_VERSIONS}
    assert np.isnan(nowcast(np.array([[9.0]]), np.array([0]), few).median).all()
    young = delays(as_known(triangle, 5), LEAST_VERSIONS)
    assert set(young.silence.tolist()) == {Silence.FEW_FOLLOWED}
    sparse = delays(np.where(np.isnan(triangle), np.nan, 0.0), 12)
    assert set(sparse.silence.tolist()) == {Silence.FEW_FOLLOWED}


def test_a_period_of_which_next_to_nothing_is_known_and_withdrawn_reports_are_left_alone():
    little = late_reports(2, shares=(0.03, 0.8))
    assert delays(little, 60).silence.tolist() == [Silence.LITTLE_KNOWN, Silence.NONE]
    taken_back = late_reports(2)[:, :, ::-1]
    assert set(delays(taken_back, 60).silence.tolist()) == {Silence.WITHDRAWN}


def test_a_period_older_than_the_delays_know_or_without_a_report_gets_none():
    said = nowcast(np.array([[5.0, np.nan, 5.0]]), np.array([7, 0, 0]), declared([0.5]))
    assert np.isnan(said.median[0]).tolist() == [True, True, False]
    assert said.silence[0].tolist() == [Silence.FEW_FOLLOWED, Silence.NONE, Silence.NONE]


def test_declared_shares_serve_where_there_are_no_versions():
    known = declared([0.05, 0.6, 1.0])
    assert known.silence.tolist() == [Silence.LITTLE_KNOWN, Silence.NONE, Silence.NONE]
    said = nowcast(np.array([[12.0, 12.0]]), np.array([1, 2]), known)
    assert said.lower[0, 0] > 12
    assert said.upper[0, 1] == said.lower[0, 1] == 12

import math

import numpy as np
import pytest
from scipy import stats

from atalaya.testing.scoring import Rate, Share, episodes, score, spans


def test_wilson_and_exact_intervals_agree_with_scipy():
    for hits, among in ((0, 9), (3, 9), (26, 26)):
        theirs = stats.binomtest(hits, among).proportion_ci(method="wilson")
        assert Share(hits, among).interval == pytest.approx((theirs.low, theirs.high))
    low, high = Rate(7, 1000).interval
    assert stats.poisson(low * 10).sf(6) == pytest.approx(0.025)
    assert stats.poisson(high * 10).cdf(7) == pytest.approx(0.025)
    assert math.isnan(Rate(0, 0).per_hundred)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_alarms_seven_months_apart_are_two_episodes():
    alarms = np.zeros(30, np.int8)
    alarms[[2, 8, 15]] = 1
    assert [each.tolist() for each in episodes(alarms)] == [[2, 8], [15]]


def test_spans_run_from_the_first_case_of_the_rise_to_the_third():
    counts = np.array([[1.0, 0, 0, 2, np.nan, 0, 1], [0, 0, 0, 1, 0, 0, 0], [0, 9, 0, 0, 0, 0, 0]])
    assert spans(counts, np.array([2, 2, -1]), 3).tolist() == [[3, 6], [-1, -1], [-1, -1]]


def test_a_rise_is_found_within_its_cases_and_every_other_episode_is_false():
    alarm = np.full((3, 40), 0, np.int8)
    alarm[:, :5] = -1
    alarm[0, [10, 30]] = 1  # the first finds it by the third case
    alarm[1, 14] = 1  # found by the fifth only
    alarm[2, 20] = 1  # nothing to find
    third = np.array([[9, 11], [9, 11], [-1, -1]])
    fifth = np.array([[9, 15], [9, 15], [-1, -1]])
    got = score(alarm, third, fifth)
    assert (got.third, got.fifth) == (Share(1, 2), Share(2, 2))
    assert got.others == Rate(2, 105)
    assert got.alarmed == Share(3, 3)

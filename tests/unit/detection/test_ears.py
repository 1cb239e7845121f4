import numpy as np
import pytest

from atalaya.detection import find
from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period
from atalaya.series.panel import Panel


def _judge(name, counts, **settings):
    panel = Panel(("x",), Period.parse("2019-W01"), np.atleast_2d(np.array(counts, float)))
    return find(name, settings).judge(panel)


def test_c1_is_mean_plus_z_standard_deviations():
    y = [2, 4, 3, 2, 4, 3, 3, 9]
    judgement = _judge("ears_c1", y)
    assert judgement.expected[0, 7] == pytest.approx(3)
    assert judgement.threshold[0, 7] == pytest.approx(3 + 3.090232306 * np.std(y[:7], ddof=1))
    assert judgement.statistic[0, 7] == pytest.approx(6 / np.std(y[:7], ddof=1))
    assert judgement.p_value[0, 7] < 0.001
    assert judgement.alarm[0].tolist() == [-1] * 7 + [1]


def test_a_baseline_without_variance_fires_on_one_count_as_in_r():
    judgement = _judge("ears_c2", [0] * 12 + [1])
    assert judgement.alarm[0, -1] == 1
    assert judgement.sentence(0, 12).endswith("without any variation")
    assert np.isnan(judgement.statistic[0, -1])
    assert np.isnan(judgement.p_value[0, -1])
    assert _judge("ears_c2", [0] * 12 + [1], minSigma="0.5").alarm[0, -1] == 0


def test_c3_has_no_value_where_its_baseline_does_not_vary():
    judgement = _judge("ears_c3", [0] * 14)
    assert (judgement.alarm == -1).all()
    assert judgement.sentence(0, 13).startswith("not assessed: 7 observed periods ending 3 before")


def test_gaps_are_stepped_over():
    y = [2, 4, 3, 2, 4, 3, 3, 9]
    with_gap = [*y[:4], np.nan, *y[4:]]
    whole, gapped = _judge("ears_c1", y), _judge("ears_c1", with_gap)
    assert gapped.threshold[0, 8] == whole.threshold[0, 7]
    assert gapped.alarm[0].tolist() == [-1] * 8 + [1]


def test_a_baseline_stretched_by_gaps_is_not_used():
    judgement = _judge("ears_c1", [2, 4, 3, 2, 4, 3, 3, *[np.nan] * 30, 9])
    assert judgement.alarm[0, -1] == -1
    assert judgement.sentence(0, 37) == (
        "not assessed: gaps stretch the 7 observed periods before this one over 37 periods"
    )


def test_a_short_history_is_said_with_its_length():
    assert _judge("ears_c3", [5] * 11).sentence(0, 10) == (
        "not assessed: 10 observed periods before this one where 11 are needed"
    )


def test_the_method_belongs_to_the_name():
    assert find("ears_c1", {"method": "C1"}).name == "ears_c1"
    with pytest.raises(WrongUse, match="method=C2") as raised:
        find("ears_c1", {"method": "C2"})
    assert raised.value.near == "ears_c2"


def test_alpha_none_is_the_method_s_own():
    own, named = _judge("ears_c1", range(20)), _judge("ears_c1", range(20), alpha="0.001")
    np.testing.assert_array_equal(own.threshold, named.threshold)


def test_a_baseline_that_does_not_vary_is_flat_whatever_its_size():
    for level in (3.0, 0.1, 123_456_789.0, 1e9 / 3):
        judgement = _judge("ears_c1", [level] * 9 + [level * 2])
        assert judgement.sentence(0, 9).endswith("without any variation"), level
        assert judgement.expected[0, 9] == pytest.approx(level)


def test_counts_too_large_for_exact_squares_give_the_same_standard_deviation():
    y = np.array([2, 4, 3, 2, 4, 3, 3, 9.0])
    small, large = _judge("ears_c1", y), _judge("ears_c1", y + 2.0**40)
    assert large.threshold[0, 7] - 2.0**40 == pytest.approx(small.threshold[0, 7], rel=1e-3)


@pytest.mark.parametrize("name", ["ears_c1", "ears_c2"])
def test_running_sums_of_whole_counts_give_what_two_passes_over_fractions_give(name):
    rng = np.random.default_rng(3)
    y = np.where(rng.random(300) < 0.1, np.nan, rng.poisson(2.0, 300))
    whole, shifted = _judge(name, y), _judge(name, y + 0.25)
    np.testing.assert_array_equal(whole.alarm, shifted.alarm)
    np.testing.assert_allclose(whole.threshold + 0.25, shifted.threshold, rtol=1e-12)
    np.testing.assert_allclose(whole.statistic, shifted.statistic, rtol=1e-9)

import numpy as np
import pytest

from atalaya.detection import find
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

MONTH = Period.parse("2015-01")


def _judge(counts, population=None, sources=None, settings=None, since=0):
    counts = np.atleast_2d(np.array(counts, float))
    if population is not None:
        population = np.atleast_2d(np.array(population, float))
    names = tuple(f"s{row}" for row in range(len(counts)))
    panel = Panel(names, MONTH, counts, population, sources)
    return find("emergence_plain", settings).judge(panel, since)


def _last(judgement):
    return int(judgement.alarm[0, -1]), judgement.sentence(0, judgement.alarm.shape[1] - 1)


@pytest.mark.parametrize(
    ("counts", "alarm", "says"),
    [
        ([0] * 12 + [0, 0, 0, 1, 1, 1], 1, "first ever"),
        ([3] + [0] * 13 + [0, 0, 1, 1, 1], 1, "return after silence"),
        ([0] * 11 + [1] + [0, 0, 0, 1, 1, 1], 1, "growth from a low level"),
        ([0] * 12 + [0, 0, 0, 0, 1, 1], 0, "fewer than 3"),
        ([0] * 10 + [1, 1] + [1, 1, 1, 0, 0, 0], 0, "not new"),
        ([0] * 6 + [0, 0, 0, 1, 1, 1], 1, "first ever"),
        ([0] * 5 + [0, 0, 0, 1, 1, 1], -1, "11 observed periods up to here where 12 are needed"),
    ],
)
def test_the_rule_and_the_kind_it_names(counts, alarm, says):
    state, sentence = _last(_judge(counts))
    assert state == alarm
    assert says in sentence


def test_the_alarm_stands_for_as_long_as_the_windows_say():
    alarm = _judge([0] * 12 + [3] + [0] * 8).alarm[0]
    assert np.flatnonzero(alarm == 1).tolist() == [12, 13, 14, 15, 16, 17]


def test_a_gap_is_stepped_over_and_not_counted_as_silence():
    nothing = np.nan
    state, sentence = _last(_judge([0] * 5 + [nothing] * 20 + [0, 0, 0, 1, 1, 1]))
    assert state == -1
    assert "11 observed" in sentence
    stretched = _judge([0] * 12 + [1, nothing, nothing, 1, nothing, nothing, 1])
    assert _last(stretched)[0] == 1
    assert (stretched.alarm[0, [13, 14, 16, 17]] == -1).all()


def test_a_period_in_which_nothing_was_examined_is_a_gap():
    judgement = _judge([0] * 14, [50] * 13 + [0])
    assert _last(judgement) == (
        -1,
        "not assessed: nothing was examined in this period (population 0)",
    )
    assert np.isnan(judgement.observed[0, -1])


def test_a_feed_that_ends_is_not_assessed_rather_than_silent():
    judgement = _judge([[0] * 20, [0] * 14 + [np.nan] * 6])
    assert (judgement.alarm[0, 11:] == 0).all()
    assert (judgement.alarm[1, 14:] == -1).all()
    assert judgement.sentence(1, 19) == "not assessed: no count was given for this period"


def test_the_p_value_is_the_exact_conditional_test_with_the_numbers_examined_as_exposure():
    judgement = _judge([0] * 12 + [0, 0, 0, 1, 1, 2], [10] * 12 + [20] * 6)
    share = 120 / (120 + 120)
    assert judgement.p_value[0, -1] == pytest.approx(share**4)
    without = _judge([0] * 12 + [0, 0, 0, 1, 1, 2])
    assert without.p_value[0, -1] == pytest.approx((1 / 3) ** 4)


def test_a_missing_denominator_in_a_window_falls_back_to_periods():
    population = [10] * 12 + [20] * 5 + [np.nan]
    judgement = _judge([0] * 12 + [0, 0, 0, 1, 1, 2], population)
    assert judgement.p_value[0, -1] == pytest.approx((1 / 3) ** 4)


def test_expected_and_threshold_are_in_cases_of_the_period():
    judgement = _judge([0] * 11 + [1] + [0, 0, 0, 1, 1, 0], [10] * 12 + [30] * 6)
    assert judgement.expected[0, -1] == pytest.approx(1 / 120 * 30)
    assert judgement.threshold[0, -1] == 1
    assert judgement.statistic[0, -1] == 2
    assert np.isnan(_judge([2] * 18).threshold[0, -1]), "no count would make this an alarm"


def test_a_step_in_the_number_examined_is_said_and_changes_no_alarm():
    counts = [0] * 12 + [0, 0, 0, 1, 1, 1]
    steady, stepped = _judge(counts, [50] * 18), _judge(counts, [50] * 12 + [100] * 6)
    np.testing.assert_array_equal(steady.alarm, stepped.alarm)
    assert _last(stepped)[1].startswith(
        "possibly a testing change (many more were examined): first ever"
    )
    assert "testing" not in _last(steady)[1]


def test_many_series_of_one_source_beginning_together_is_said():
    wave = [0] * 12 + [0, 0, 0, 1, 1, 1]
    four = _judge([wave] * 4, sources=("lab",) * 4)
    assert (four.alarm[:, -1] == 1).all()
    assert "series of this source began together" in four.sentence(0, 17)
    apart = _judge([wave] * 4, sources=("a", "b", "c", "d"))
    unnamed = _judge([wave] * 4)
    assert "together" not in apart.sentence(0, 17) + unnamed.sentence(0, 17)


def test_a_source_that_always_brings_new_series_is_not_called_a_testing_change():
    counts = np.zeros((40, 60))
    for row in range(40):
        counts[row, row + 15 :] = 1
    judgement = _judge(counts, sources=("lab",) * 40)
    assert "together" not in judgement.sentence(30, 48)
    assert judgement.alarm[30, 48] == 1


def test_parameters_move_the_rule():
    counts = [0] * 12 + [0, 0, 0, 0, 1, 1]
    assert _last(_judge(counts, settings={"cases": "2"}))[0] == 1
    assert _last(_judge([0] * 5 + [1] * 3, settings={"window": "3", "beforeLeast": "2"}))[0] == 1


def test_sentences_are_the_same_in_bulk_and_one_by_one():
    judgement = _judge(np.random.default_rng(3).poisson(0.3, (5, 40)))
    index, texts = judgement.sentences()
    for row, column in np.ndindex(index.shape):
        assert texts[index[row, column]] == judgement.sentence(row, column)
    assert len(texts) == len(set(texts))

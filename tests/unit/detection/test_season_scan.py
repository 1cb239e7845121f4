import numpy as np
import pytest

from atalaya.detection import find
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

WEEKS = 300


def _level(mean=8.0):
    return mean * np.exp(0.5 * np.sin(2 * np.pi * np.arange(WEEKS) / 52.18))


def _panel(counts, population=None, first="2015-W01"):
    names = tuple(f"x{row}" for row in range(len(counts)))
    return Panel(names, Period.parse(first), counts, population)


def test_without_outbreaks_it_alarms_in_one_period_of_a_hundred_as_asked():
    rng = np.random.default_rng(2)
    for mean, spread in ((0.5, 1.5), (5.0, 2.0), (30.0, 3.0)):
        size = _level(mean) / (spread - 1)
        counts = rng.poisson(rng.gamma(size, spread - 1, (120, WEEKS))).astype(float)
        judgement = find("season_scan").judge(_panel(counts), 250)
        share = (judgement.alarm == 1).mean()
        assert 0.005 < share < 0.017, f"{share:.4f} at a mean of {mean}"


def test_an_alarm_is_a_count_from_the_threshold_on():
    counts = np.random.default_rng(3).poisson(_level(4.0), (60, WEEKS)).astype(float)
    judgement = find("season_scan", {"alpha": "0.1"}).judge(_panel(counts), 200)
    assert (judgement.alarm == 1).sum() > 100
    assert ((judgement.alarm == 1) == (judgement.observed >= judgement.threshold)).all()


def test_two_raised_periods_are_an_alarm_where_one_is_not():
    counts = np.tile(np.random.default_rng(4).poisson(10, WEEKS).astype(float), (2, 1))
    counts[:, -2:] = [[10, 18], [18, 18]]
    assert find("season_scan").judge(_panel(counts), WEEKS - 1).alarm.tolist() == [[0], [1]]


def test_what_is_over_does_not_go_on_alarming():
    counts = np.random.default_rng(5).poisson(10, (1, WEEKS)).astype(float)
    counts[0, -2:] = [60, 8]
    assert find("season_scan").judge(_panel(counts), WEEKS - 2).alarm.tolist() == [[1, 0]]


def test_ten_times_as_many_examined_explain_ten_times_as_many_cases():
    rng = np.random.default_rng(6)
    examined = np.full((1, WEEKS), 1000.0)
    examined[0, -2:] = 10_000
    counts = rng.poisson(0.01 * examined).astype(float)
    told = find("season_scan").judge(_panel(counts, examined), WEEKS - 2)
    untold = find("season_scan", {"populationOffset": "false"}).judge(
        _panel(counts, examined), WEEKS - 2
    )
    assert (told.alarm.tolist(), untold.alarm.tolist()) == ([[0, 0]], [[1, 1]])


def test_a_missing_denominator_and_a_short_history_are_said():
    examined = np.full((1, WEEKS), 100.0)
    examined[0, -1] = np.nan
    counts = np.full((1, WEEKS), 3.0)
    judgement = find("season_scan").judge(_panel(counts, examined))
    assert judgement.sentence(0, WEEKS - 1).startswith("not assessed: populationOffset needs")
    assert judgement.sentence(0, 120).startswith("not assessed: 93 observed periods")
    assert judgement.alarm[0, 140] == 0


def test_weekdays_are_part_of_what_is_expected():
    rng = np.random.default_rng(7)
    days = np.arange(1100)
    counts = rng.poisson(np.where(days % 7 < 2, 30, 6), (1, 1100)).astype(float)
    judgement = find("season_scan").judge(_panel(counts, first="2019-01-01"), 1060)
    expected = judgement.expected[0, days[1060:] % 7 < 2]
    assert expected == pytest.approx(30, rel=0.15)
    assert (judgement.alarm == 1).sum() <= 2

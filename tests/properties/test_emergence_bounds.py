"""The bounds that `emergence` states hold on simulated series whose shares do not change."""

import numpy as np
import pytest

from atalaya.detection import find
from atalaya.detection.discoveries import discoveries
from atalaya.model.periods import Period
from atalaya.series.panel import Panel
from atalaya.testing.simulation import denominators

MONTHS, SERIES, WINDOWS = 150, 1500, 12


def _panel(counts, examined):
    names = tuple(str(row) for row in range(len(counts)))
    return Panel(names, Period.parse("2010-01"), counts, examined)


def _steady(rng, a_month, n_series=SERIES, months=MONTHS):
    examined = denominators(rng, (n_series, months))
    share = np.minimum(a_month / examined.mean(axis=1, keepdims=True), 1)
    return rng.binomial(examined.astype(int), share).astype(float), examined


@pytest.fixture(scope="module", params=[0.02, 0.08, 0.3, 1.0], ids=lambda rate: f"{rate} a month")
def evidence(request):
    counts, examined = _steady(np.random.default_rng(int(1000 * request.param)), request.param)
    return find("emergence").judge(_panel(counts, examined)).statistic[:, 6:]


@pytest.mark.parametrize("threshold", [5, 10, 40, 100])
def test_no_alarm_comes_on_average_sooner_than_the_threshold_in_months(evidence, threshold):
    over = evidence >= threshold
    # Series that never alarm count as if they did at the end: the true average is longer still.
    first = np.where(over.any(axis=1), over.argmax(axis=1) + 1, MONTHS - 6 + 1)
    error = first.std() / np.sqrt(len(first))
    assert first.mean() >= threshold - 3 * error


@pytest.mark.parametrize("threshold", [100, 400, 1000])
def test_few_series_alarm_early(evidence, threshold):
    for months in (12, 48, 100):
        share = (evidence[:, :months] >= threshold).any(axis=1).mean()
        bound = months / threshold
        assert share <= bound + 3 * np.sqrt(bound / SERIES)


def test_the_evidence_of_a_period_is_an_e_value(evidence):
    values = evidence / WINDOWS
    for at in (6, 20, 60, 100, 140):
        mean, error = values[:, at].mean(), values[:, at].std() / np.sqrt(SERIES)
        assert mean <= 1 + 3 * error
    assert 0 < values.mean() <= 1


def test_a_rise_gives_evidence_beyond_every_bound():
    counts, examined = _steady(np.random.default_rng(9), 0.05, 50, 60)
    counts[:, -4:] = 2
    statistic = find("emergence").judge(_panel(counts, np.maximum(examined, 2))).statistic
    assert np.median(statistic[:, -1]) > 1000


def test_false_discoveries_among_thousands_of_series_stay_below_the_share_asked_for():
    rng = np.random.default_rng(12)
    asked = {"falseDiscovery": "0.2", "threshold": "1"}
    false, found, shares = 0, 0, []
    for _ in range(25):
        counts, examined = _steady(rng, 0.08, 2000, 61)
        rises = np.arange(2000) < 60
        counts[rises, -4:] += rng.poisson(1.5, (60, 4))
        alarm = find("emergence", asked).judge(_panel(counts, np.maximum(examined, counts)), 60)
        alarms = alarm.alarm[:, 0] == 1
        false += int((alarms & ~rises).sum())
        found += int((alarms & rises).sum())
        shares.append((alarms & ~rises).sum() / max(alarms.sum(), 1))
    error = np.std(shares) / np.sqrt(len(shares))
    assert np.mean(shares) <= 0.2 + 2 * error
    assert found > 100, f"{found} found, {false} false: nothing is bounded where nothing is found"


def test_discoveries_follow_the_definition_one_by_one():
    rng = np.random.default_rng(3)
    for _ in range(50):
        values = np.exp(rng.normal(1, 2, 12))
        ranked = np.sort(values)[::-1]
        most = max((k for k in range(1, 13) if ranked[k - 1] >= 12 / (0.3 * k)), default=0)
        assert discoveries(values, 0.3).sum() == most
    assert not discoveries(np.full((3, 2), np.nan), 0.5).any()
    assert discoveries(np.zeros((0, 4)), 0.5).shape == (0, 4)


def test_an_alarm_that_is_taken_back_says_among_how_many():
    counts, examined = _steady(np.random.default_rng(4), 0.01, 500, 40)
    counts[0] = [0] * 37 + [1, 1, 1]
    panel = _panel(counts, examined)
    assert find("emergence").judge(panel, 39).alarm[0, 0] == 1
    strict = find("emergence", {"falseDiscovery": "0.01"}).judge(panel, 39)
    assert strict.alarm[0, 0] == 0
    assert strict.sentence(0, 0) == "a rise such as one of 500 series may show by chance"

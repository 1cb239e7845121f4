import numpy as np
import pytest

from atalaya.testing.outbreaks import (
    JUDGED,
    MANY_WEEKS,
    ONE_WEEK,
    WEEKS,
    negative_binomial,
    simulate,
)


def test_the_same_seed_gives_the_same_outbreaks_and_another_one_others():
    first, again, other = simulate(3, 40), simulate(3, 40), simulate(4, 40)
    assert (first.panel.counts == again.panel.counts).all()
    assert (first.current == again.current).all()
    assert (first.panel.counts != other.panel.counts).any()


def test_counts_have_the_mean_and_the_variance_that_are_told():
    mean, spread = np.tile([[0.3], [4.0], [90.0]], 40_000), np.array([1.0, 5.0, 2.0])
    counts = negative_binomial(np.random.default_rng(1), mean, spread)
    assert counts.mean(axis=1) == pytest.approx(mean[:, 0], rel=0.03)
    assert counts.var(axis=1) / counts.mean(axis=1) == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize(
    ("delay", "shortest", "longest"), [(ONE_WEEK, 1, 1), ((0.0, 0.5), 2, 3), (MANY_WEEKS, 4, 10)]
)
def test_an_outbreak_lasts_as_long_as_asked_and_lies_in_the_judged_weeks(delay, shortest, longest):
    made = simulate(5, 400, delay)
    _, begins, ends = made.current.T
    assert (begins >= 0).all()
    assert (ends <= JUDGED).all()
    assert shortest <= np.median(ends - begins) <= longest


def test_an_outbreak_stands_out_of_what_is_true_without_it():
    made = simulate(6, 2000)
    excess = (made.panel.counts - made.mean)[:, WEEKS - JUDGED :]
    deviation = np.sqrt(made.mean[:, WEEKS - JUDGED :] * made.spread[:, None])
    inside = np.array([excess[row, a:b].sum() / deviation[row, a] for row, a, b in made.current])
    assert 5 < inside.mean() < 7  # sizes are 2 to 10 standard deviations
    outside = np.ones(excess.shape, bool)
    for row, begin, end in made.current:
        outside[row, begin:end] = False
    assert abs((excess / deviation)[outside].mean()) < 0.01

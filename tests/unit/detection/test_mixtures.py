"""Quantiles of mixtures: what is added up gives the counts that are searched for, to the last."""

import numpy as np
import pytest

from atalaya.detection import mixture_rows
from atalaya.detection.mixtures import Mixtures

LEVELS = (0.05, 0.1, 0.5, 0.9, 0.999)


def _mixtures(seed, scale, n_rows=200, n_models=8):
    rng = np.random.default_rng(seed)
    shape = rng.gamma(0.7, scale, (n_rows, n_models)) + 0.01
    rate = rng.gamma(1.0, 1.0, shape.shape) + 0.02
    weight = rng.dirichlet(np.full(n_models, 0.2), n_rows)
    chance = rate / (rate + 1)
    return Mixtures(shape, chance, weight, _ceiling(shape, chance))


def _ceiling(shape, chance):
    mean = shape * (1 - chance) / chance
    return np.ceil((mean + 60 * np.sqrt(mean / chance) + 60).max(axis=1))


@pytest.mark.parametrize("scale", [0.1, 3, 300, 30_000, 3_000_000])
def test_a_sum_and_a_search_give_the_same_counts(scale):
    mixtures = _mixtures(5, scale)
    every = np.arange(len(mixtures.ceiling))
    for level, counts in zip(LEVELS, mixtures.quantiles(LEVELS), strict=True):
        np.testing.assert_array_equal(counts, mixtures.searched(level, every))


def test_small_counts_are_added_up_and_large_ones_are_not():
    for scale, known in ((3, True), (3_000_000, False)):
        mixtures = _mixtures(7, scale)
        found = np.full((len(mixtures.ceiling), 1), np.nan)
        given = mixtures.shape, mixtures.chance, mixtures.weight
        mixture_rows.walk(np.array([0.5]), given, found)
        assert (~np.isnan(found)).mean() > 0.99 if known else np.isnan(found).mean() > 0.8


@pytest.mark.parametrize(("level", "wanted"), [(0.5, 0), (0.75, 1), (0.875, 2)])
def test_a_level_that_is_met_exactly_is_searched_and_not_added_up(level, wanted):
    one = [np.array([[each]]) for each in (1.0, 0.5, 1.0)]  # halves: 1/2, 1/4, 1/8 ...
    found = np.full((1, 1), np.nan)
    mixture_rows.walk(np.array([level]), tuple(one), found)
    assert np.isnan(found).all()
    (counts,) = Mixtures(*one, np.array([60.0])).quantiles((level,))
    assert counts.tolist() == [wanted]


def test_levels_that_one_count_reaches_together_are_all_found():
    one = [np.array([[each]]) for each in (1.0, 0.99, 1.0)]
    found = Mixtures(*one, np.array([60.0])).quantiles((0.1, 0.5, 0.9, 0.995))
    assert [counts.tolist() for counts in found] == [[0], [0], [0], [1]]


def test_a_mixture_that_is_not_known_has_no_quantile():
    unknown = np.array([[np.nan, 0.5], [2.0, 0.5]])
    mixtures = Mixtures(
        unknown, np.full((2, 2), 0.5), np.full((2, 2), 0.5), np.array([np.nan, 60.0])
    )
    (counts,) = mixtures.quantiles((0.5,))
    assert np.isnan(counts[0])
    assert counts[1] == mixtures.searched(0.5, np.array([1]))[0]

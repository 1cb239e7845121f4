"""What the command says of whole sheets in which it is known what is new, pinned."""

from collections import Counter

import pytest
from benchmarks.watched_worlds import MIXED, names, score

from atalaya.testing.simulation import laboratory, worlds

SEEDS = range(910, 914)


@pytest.fixture(scope="module")
def mixed():
    total = Counter()
    for seed in SEEDS:
        total.update(score(laboratory(seed, MIXED), names(seed), slice(None)))
    return total


def test_all_16_waves_are_found_by_the_5th_case_and_13_of_96_quiet_series_alarm(mixed):
    assert (mixed["waves"], mixed["waves found by the 5th"]) == (16, 16)
    assert mixed["waves found by the 3rd"] >= 15
    assert mixed["quiet: series"] == 96
    assert mixed["quiet: alarmed"] <= 13  # in eight years; 30 by the plain rule
    assert mixed["quiet: moderate"] <= 1
    assert (mixed["decline: series"], mixed["decline: alarmed"]) == (16, 0)


def test_of_32_series_that_are_newly_tested_4_are_told_as_arrivals():
    total = Counter()
    for seed in SEEDS:
        total.update(score(worlds(seed, 4)[-1:], names(seed), slice(None)))
    assert total["newly tested: series"] == 32
    assert total["newly tested: alarmed"] <= 4  # 24 by the plain rule

"""What the command says of whole sheets in which it is known what is new, pinned."""

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest
from benchmarks.watched_worlds import MIXED, names, score
from tests.material.gold_waves import gold_panels, is_wave
from tests.material.sheet_reading import read

from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED
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


def _written(panel):
    """Write a panel as a table of counts; a month in which nothing was examined has no row."""
    rows = ["period,substance,count,tested"]
    for name, counts, tested in zip(panel.series, panel.counts, panel.population, strict=True):
        rows += [
            f'{panel.first + month},"{name}",{counts[month]:.0f},{tested[month]:.0f}'
            for month in np.flatnonzero(~np.isnan(counts))
        ]
    return "\n".join(rows).encode()


def _told(panel):
    """Give the episodes of each of a panel's series, as the report of its sheet tells them."""
    payload = _written(panel)
    found = read(payload).rows["found"].to_pylist()[:: int((~np.isnan(panel.counts[0])).sum())]
    subjects = [one for (one,) in found]
    report = watch(payload, "counts.csv", NOTHING_ASKED, datetime(2026, 6, 30, tzinfo=UTC), None)
    told = [*report.news.findings, *report.news.earlier]
    return [[one for one in told if one.key.subject == subject] for subject in subjects]


@pytest.mark.shared
def test_all_26_dated_real_waves_are_told_by_the_fifth_case_25_by_the_third_with_6_others():
    total = Counter()
    for gold, panel in gold_panels():
        for row, own in zip(gold, _told(panel), strict=True):
            total["told"] += len(own)
            if not is_wave(row):
                continue
            hits = [
                one
                for one in own
                if str(one.since) <= row["month_cum5"] and str(one.latest) >= row["first_month"]
            ]
            total["waves"] += 1
            total["hits"] += len(hits)
            total["by the fifth"] += bool(hits)
            total["by the third"] += any(str(one.since) <= row["month_cum3"] for one in hits)
    assert (total["waves"], total["by the fifth"], total["by the third"]) == (26, 26, 25)
    assert total["told"] - total["hits"] == 6

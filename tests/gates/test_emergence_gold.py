"""What the two detectors of emergences find among dated real ones, pinned.

Terms as in the back-test: a row is left-censored with fewer than 6 silent observed periods before
its first; an episode is alarms at most 6 months apart; a wave is found by an alarm from its first
to its fifth case. Other episodes are counted over all 29 rows, also the left-censored ones and the
reporting artefact, per 100 series-months that were assessed.
"""

import csv
from collections import defaultdict

import numpy as np
import pytest
from tests.shared_data import shared

from atalaya.detection import find
from atalaya.model.periods import Period
from atalaya.pipeline.judging import JudgeOptions, judge_file
from atalaya.series.panel import Panel

pytestmark = pytest.mark.shared


def _rows(name):
    with shared(f"data/monthly-counts/{name}").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _panels():
    """One panel a data set: its gold series, a zero where it examined and found none."""
    examined, cases = defaultdict(dict), defaultdict(dict)
    for row in _rows("monthly_denominators.csv"):
        examined[row["dataset"]][Period.parse(row["month"])] = float(row["n_samples"])
    for row in _rows("monthly_substance_counts.csv"):
        month = Period.parse(row["month"])
        cases[row["dataset"], row["substance"]][month] = float(row["n_positive"])
    for dataset in sorted({row["dataset"] for row in _rows("emergence_gold.csv")}):
        gold = [row for row in _rows("emergence_gold.csv") if row["dataset"] == dataset]
        months = list(min(examined[dataset]).until(max(examined[dataset])))
        population = np.array([examined[dataset].get(month, np.nan) for month in months])
        counts = np.array(
            [[cases[dataset, row["substance"]].get(month, 0) for month in months] for row in gold]
        )
        counts[:, np.isnan(population)] = np.nan
        names = tuple(row["substance"] for row in gold)
        everyone = np.tile(population, (len(gold), 1))
        yield gold, Panel(names, months[0], counts, everyone, (dataset,) * len(gold))


def _episodes(periods):
    episodes = []
    for period in periods:
        if episodes and period - episodes[-1][-1] <= 6:
            episodes[-1].append(period)
        else:
            episodes.append([period])
    return episodes


def _is_wave(row):
    return int(row["months_silent_before_first"]) >= 6 and row["type"] != "reporting artefact"


def _score(detector, until="month_cum5"):
    found, waves, others, assessed, missed = 0, 0, 0, 0, []
    for gold, panel in _panels():
        judgement = find(detector).judge(panel)
        assessed += int((judgement.alarm >= 0).sum())
        for row, alarms in zip(gold, judgement.alarm, strict=True):
            when = [panel.first + int(place) for place in np.flatnonzero(alarms == 1)]
            episodes = _episodes(when)
            hits = []
            if _is_wave(row):
                first, last = Period.parse(row["first_month"]), Period.parse(row[until])
                hits = [each for each in episodes if any(first <= at <= last for at in each)]
                waves += 1
                found += bool(hits)
                missed += [] if hits else [(row["dataset"], row["substance"])]
            others += len(episodes) - len(hits)
    return found, waves, others, assessed, missed


def test_the_plain_rule_finds_24_of_26_by_the_fifth_case_at_0_23_others_per_100_months():
    found, waves, others, assessed, missed = _score("emergence_plain")
    assert (found, waves) == (24, 26)
    assert missed == [("ct_deaths", "etizolam"), ("drugcheckingbc", "etizolam")]
    assert (others, assessed) == (11, 4876)
    assert round(100 * others / assessed, 2) == 0.23
    assert _score("emergence_plain", "month_cum3")[0] == 17


def test_emergence_finds_all_26_by_the_fifth_case_at_0_12_others_per_100_months():
    found, waves, others, assessed, missed = _score("emergence")
    assert (found, waves, missed) == (26, 26, [])
    assert (others, assessed) == (6, 5021)
    assert round(100 * others / assessed, 2) == 0.12
    assert _score("emergence", "month_cum3")[0] == 25


def _row_of(dataset, substance):
    _, panel = next(pair for pair in _panels() if pair[0][0]["dataset"] == dataset)
    return panel, panel.series.index(substance), find("emergence").judge(panel)


def test_the_reporting_artefact_stays_quiet():
    _, row, judgement = _row_of("ct_deaths", "gabapentin")
    assert not (judgement.alarm[row] == 1).any()


def test_a_real_arrival_seen_through_new_testing_is_an_alarm_that_says_so():
    panel, row, judgement = _row_of("ct_deaths", "xylazine")
    alarms = np.flatnonzero(judgement.alarm[row] == 1)
    assert str(panel.first + int(alarms[0])) == "2019-03"
    in_2019 = [at for at in alarms if (panel.first + int(at)).start.year == 2019]
    said = [judgement.sentence(row, at) for at in in_2019[1:]]
    assert len(said) == 9
    assert all(text.startswith("possibly a testing change") for text in said)


@pytest.mark.parametrize("dataset", ["ct_deaths", "drugcheckingbc", "ecstasydata"])
def test_judging_the_sheet_of_cases_with_filled_zeros_gives_the_same_alarms(dataset, tmp_path):
    counts, verdicts = tmp_path / "counts.csv", tmp_path / "verdicts.csv"
    with counts.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["series", "period", "count", "population", "source"])
        for row in _rows("monthly_substance_counts.csv"):
            if row["dataset"] == dataset:
                figures = (row["n_positive"], row["n_samples"])
                sheet.writerow([f"found: {row['substance']}", row["month"], *figures, dataset])
    judge_file(counts, verdicts, JudgeOptions("emergence_plain", fill_zero=True))
    with verdicts.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["alarm"] == "true"]
    _, panel = next(pair for pair in _panels() if pair[0][0]["dataset"] == dataset)
    judgement = find("emergence_plain").judge(panel)
    for name, alarms in zip(panel.series, judgement.alarm, strict=True):
        when = [str(panel.first + int(place)) for place in np.flatnonzero(alarms == 1)]
        assert [row["period"] for row in rows if row["series"] == f"found: {name}"] == when

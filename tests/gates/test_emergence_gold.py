"""What the two detectors of emergences find among dated real ones, pinned.

Scored as ``atalaya backtest`` scores. Other episodes are counted over all 29 rows, also the
left-censored ones and the reporting artefact, per 100 series-months that were assessed.
"""

import csv

import numpy as np
import pytest
from tests.material.gold_waves import gold_panels, rows

from atalaya.detection import find
from atalaya.findings.backtesting import Known, replay, score
from atalaya.model.periods import Period
from atalaya.pipeline.judging import JudgeOptions, judge_file
from atalaya.reading.events import Event

pytestmark = pytest.mark.shared


def _events(gold):
    return [
        Event(
            row["substance"],
            row["type"],
            Period.parse(row["first_month"]),
            Period.parse(row["month_cum5"]),
            None,
            line,
        )
        for line, row in enumerate(gold, start=2)
    ]


def _score(detector):
    """Score each data set by itself, as a substance has the same name in two, and add them up."""
    found = [
        score([replay(find(detector), [Known(panel)])], _events(gold))
        for gold, panel in gold_panels()
    ]
    missed = [one.series for part in found for one in part.missed]
    others = sum(part.quiet.episodes for part in found)
    assessed = sum(part.quiet.series_months for part in found)
    waves = sum(part.waves for part in found)
    by_third = sum(part.found_by_third for part in found)
    return sum(part.found for part in found), waves, others, assessed, missed, by_third


def test_the_plain_rule_finds_24_of_26_by_the_fifth_case_at_0_23_others_per_100_months():
    found, waves, others, assessed, missed, by_third = _score("emergence_plain")
    assert (found, waves) == (24, 26)
    assert missed == ["etizolam", "etizolam"]  # of the deaths, and of the checked samples
    assert (others, assessed) == (11, 4876)
    assert round(100 * others / assessed, 2) == 0.23
    assert by_third == 17


def test_emergence_finds_all_26_by_the_fifth_case_at_0_12_others_per_100_months():
    found, waves, others, assessed, missed, by_third = _score("emergence")
    assert (found, waves, missed) == (26, 26, [])
    assert (others, assessed) == (6, 5021)
    assert round(100 * others / assessed, 2) == 0.12
    assert by_third == 25


def _row_of(dataset, substance):
    _, panel = next(pair for pair in gold_panels() if pair[0][0]["dataset"] == dataset)
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
        for row in rows("monthly_substance_counts.csv"):
            if row["dataset"] == dataset:
                figures = (row["n_positive"], row["n_samples"])
                sheet.writerow([f"found: {row['substance']}", row["month"], *figures, dataset])
    judge_file(counts, verdicts, JudgeOptions("emergence_plain", fill_zero=True))
    with verdicts.open(encoding="utf-8", newline="") as file:
        alarmed = [row for row in csv.DictReader(file) if row["alarm"] == "true"]
    _, panel = next(pair for pair in gold_panels() if pair[0][0]["dataset"] == dataset)
    judgement = find("emergence_plain").judge(panel)
    for name, alarms in zip(panel.series, judgement.alarm, strict=True):
        when = [str(panel.first + int(place)) for place in np.flatnonzero(alarms == 1)]
        assert [row["period"] for row in alarmed if row["series"] == f"found: {name}"] == when

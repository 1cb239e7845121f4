import csv

import numpy as np
import pytest

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.pipeline.judging import JudgeOptions, judge_file
from atalaya.series.panel import Panel
from atalaya.series.pooling import carriers, pooled

MONTH = Period.parse("2018-01")


def test_findings_add_up_and_tests_are_the_denominator():
    counts = np.array([[1.0, 0, 2], [3, 1, 0], [9, 9, 9]])
    examined = np.full((3, 3), 10.0)
    pool = pooled(Panel(("a", "b", "c"), MONTH, counts, examined), ("f", "f", None))
    assert pool.panel.series == ("f",)
    assert pool.panel.counts.tolist() == [[4, 1, 2]]
    assert pool.panel.population.tolist() == [[20, 20, 20]]
    assert pool.members[0].tolist() == [0, 1]


def test_a_missing_child_makes_a_gap_and_one_that_never_began_does_not():
    counts = np.array([[1.0, np.nan, 2, 1], [np.nan, np.nan, 1, 1]])
    pool = pooled(Panel(("a", "b"), MONTH, counts), ("f", "f"))
    np.testing.assert_array_equal(pool.panel.counts, [[1, np.nan, 3, 2]])


def test_sources_are_never_added_together():
    panel = Panel(tuple("abcd"), MONTH, np.ones((4, 2)), None, ("x", "x", "y", "y"))
    pool = pooled(panel, ("f",) * 4)
    assert pool.panel.series == ("f (x)", "f (y)")
    assert pool.panel.sources == ("x", "y")
    assert pool.panel.counts.tolist() == [[2, 2], [2, 2]]


def test_a_group_of_one_says_nothing_new_and_is_left_out():
    assert not pooled(Panel(("a", "b"), MONTH, np.ones((2, 2))), ("f", "g")).panel.series


def test_the_child_with_most_recent_cases_carries_its_parent():
    counts = np.zeros((2, 30))
    counts[0, :10], counts[1, 25:] = 1, 1
    found = carriers(Panel(("old", "new"), MONTH, counts), np.array([0, 1]))
    assert (found[5], found[-1]) == (0, 1)


@pytest.fixture
def sheet(tmp_path):
    """Four relatives that each appear once, within four months of one another."""
    path = tmp_path / "counts.csv"
    arrivals = {"n1": [40], "n2": [41], "n3": [42], "n4": [43], "other": []}
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["series", "period", "count", "family"])
        for name, when in arrivals.items():
            family = "nitazenes" if name != "other" else ""
            for month in range(48):
                rows.writerow([name, MONTH + month, int(month in when), family])
    return path


def test_a_family_is_an_alarm_where_no_member_is_and_names_who_carries_it(sheet, tmp_path):
    output = tmp_path / "verdicts.csv"
    judge_file(sheet, output, JudgeOptions("emergence", pool="family"))
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(dict.fromkeys(row["series"] for row in rows))[-1] == "nitazenes"
    alarms = [row for row in rows if row["alarm"] == "true"]
    assert {row["series"] for row in alarms} == {"nitazenes"}
    assert alarms[-1]["reason"].endswith("; carried by n1")


def test_a_series_with_two_families_is_refused_with_its_line(sheet, tmp_path):
    lines = sheet.read_text().splitlines()
    lines[2] = lines[2].replace("nitazenes", "fentanyls")
    sheet.write_text("\n".join(lines))
    with pytest.raises(BadInput, match="'n1' came from 'nitazenes' and now from") as raised:
        judge_file(sheet, tmp_path / "verdicts.csv", JudgeOptions(pool="family"))
    assert (raised.value.where.line, raised.value.where.column) == (3, "family")
    assert not (tmp_path / "verdicts.csv").exists()


def test_without_that_column_the_file_is_refused(sheet, tmp_path):
    with pytest.raises(BadInput, match="region"):
        judge_file(sheet, tmp_path / "verdicts.csv", JudgeOptions(pool="region"))

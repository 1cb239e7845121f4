import csv

import numpy as np
import pytest

from atalaya.detection import find
from atalaya.model.errors import TryLater
from atalaya.model.periods import Period
from atalaya.pipeline.judging import JudgeOptions, judge_file
from atalaya.pipeline.verdict_file import COLUMNS
from atalaya.series.panel import Panel


def _months(first, counts):
    return [(str(Period.parse(first) + at), count) for at, count in enumerate(counts)]


def _judge(tmp_path, lines, **asked):
    given, output = tmp_path / "counts.csv", tmp_path / "verdicts.csv"
    given.write_text("\n".join(lines) + "\n", encoding="utf-8")
    summary = judge_file(given, output, JudgeOptions(**asked))
    with output.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == summary.rows
    return rows, summary


WAVE = [0] * 12 + [0, 0, 0, 1, 1, 1]


def test_one_row_for_every_period_given_with_three_states(tmp_path):
    lines = ["series,period,count", *(f"x,{period},{n}" for period, n in _months("2019-01", WAVE))]
    rows, summary = _judge(tmp_path, lines)
    assert tuple(rows[0]) == COLUMNS
    assert [row["period"] for row in rows] == [period for period, _ in _months("2019-01", WAVE)]
    assert [row["alarm"] for row in rows] == [""] * 6 + ["false"] * 11 + ["true"]
    assert rows[0]["expected"] == rows[0]["statistic"] == rows[0]["p_value"] == ""
    assert rows[0]["observed"] == "0"
    assert rows[0]["reason"].startswith("not assessed: 0 observed periods")
    assert rows[-1]["reason"].startswith("first ever in this history: ")
    assert (summary.alarms, summary.not_assessed, summary.series) == (1, 6, 1)
    assert list(summary.detectors) == ["emergence"]


def test_verdicts_equal_those_of_the_detector_itself(tmp_path):
    counts = np.random.default_rng(5).poisson(6, (3, 40)).astype(float)
    panel = Panel(("a", "b", "c"), Period.parse("2019-W01"), counts)
    lines = ["series,period,count"] + [
        f"{name},{panel.first + at},{counts[row, at]:.0f}"
        for row, name in enumerate(panel.series)
        for at in range(40)
    ]
    rows, _ = _judge(tmp_path, lines, detector="ears_c3", parameters={"alpha": "0.05"})
    judgement = find("ears_c3", {"alpha": "0.05"}).judge(panel)
    for place, row in enumerate(rows):
        at = divmod(place, 40)
        for name in ("observed", "expected", "threshold", "statistic", "p_value"):
            written = float(row[name]) if row[name] else np.nan
            np.testing.assert_equal(written, getattr(judgement, name)[at])
        assert {"true": 1, "false": 0, "": -1}[row["alarm"]] == judgement.alarm[at]
        assert row["reason"] == judgement.sentence(*at)


def test_series_keep_their_order_and_periods_ascend(tmp_path):
    lines = ["series,period,count", "b,2019-02,1", "a,2019-01,1", "b,2019-01,1"]
    rows, _ = _judge(tmp_path, lines)
    assert [(row["series"], row["period"]) for row in rows] == [
        ("b", "2019-01"), ("b", "2019-02"), ("a", "2019-01"),
    ]  # fmt: skip


def test_a_row_that_is_not_there_is_a_gap_and_an_empty_count_is_one_too(tmp_path):
    lines = ["series,period,count", "x,2019-01,1", "x,2019-03,", "y,2019-02,0"]
    rows, _ = _judge(tmp_path, lines)
    assert [(row["series"], row["period"], row["observed"]) for row in rows] == [
        ("x", "2019-01", "1"), ("x", "2019-03", ""), ("y", "2019-02", "0"),
    ]  # fmt: skip
    assert rows[1]["reason"] == "not assessed: no count was given for this period"


def test_filled_zeros_are_observed_and_are_periods_given(tmp_path):
    lines = ["series,period,count,population"]
    lines += [f"all,{period},5,50" for period, _ in _months("2019-01", WAVE)]
    lines += [f"x,{period},{n},50" for period, n in _months("2019-01", WAVE) if n]
    rows, summary = _judge(tmp_path, lines, fill_zero=True)
    x = [row for row in rows if row["series"] == "x"]
    assert [row["observed"] for row in x] == [str(count) for count in WAVE]
    assert x[-1]["alarm"] == "true"
    assert summary.filled == 15
    without, _ = _judge(tmp_path, lines)
    assert len(without) == 18 + 3
    assert {row["alarm"] for row in without if row["series"] == "x"} == {""}


def test_filling_leaves_a_period_that_nobody_observed_and_an_empty_count_alone(tmp_path):
    lines = ["series,period,count", "x,2019-01,1", "x,2019-04,1", "y,2019-01,", "y,2019-03,"]
    rows, _ = _judge(tmp_path, lines, fill_zero=True)
    y = {row["period"]: row["observed"] for row in rows if row["series"] == "y"}
    assert y == {"2019-01": "", "2019-03": "", "2019-04": "0"}


def test_from_judges_from_a_period_and_keeps_the_history(tmp_path):
    lines = ["series,period,count", *(f"x,{period},{n}" for period, n in _months("2019-01", WAVE))]
    whole, _ = _judge(tmp_path, lines)
    part, summary = _judge(tmp_path, lines, since="2020-05")
    assert part == whole[16:]
    assert (summary.first, summary.last) == ("2020-05", "2020-06")
    assert _judge(tmp_path, lines, since="1990-01")[0] == whole


def test_later_periods_change_no_verdict(tmp_path):
    counts = np.random.default_rng(11).poisson(0.4, 40)
    lines = ["series,period,count", *(f"x,{at},{n}" for at, n in _months("2019-01", counts))]
    whole, _ = _judge(tmp_path, lines)
    known, _ = _judge(tmp_path, lines[:26])
    assert whole[:25] == known


def test_each_series_gets_the_detector_of_its_kind(tmp_path):
    weeks = [str(Period.parse("2019-W01") + at) for at in range(40)]
    lines = ["series,period,count"]
    lines += [f"{name},{week},{n}" for name, n in (("a", 0), ("b", 9), ("c", 0)) for week in weeks]
    rows, summary = _judge(tmp_path, lines, since=weeks[30])
    assert [row["series"] for row in rows] == ["a"] * 10 + ["b"] * 10 + ["c"] * 10
    assert {row["series"]: row["detector"] for row in rows} == {
        "a": "emergence", "b": "ears_c2", "c": "emergence",
    }  # fmt: skip
    assert set(summary.detectors) == {"emergence", "ears_c2"}


def test_a_lost_denominator_is_not_assessed(tmp_path):
    lines = ["series,period,count,population,source", "x,2019-01,0,9,lab", "x,2019-02,0,,lab"]
    lines += ["y,2019-01,0,,lab", "z,2019-01,0,,other"]
    rows, _ = _judge(tmp_path, lines)
    lost = [(row["series"], row["period"]) for row in rows if "population" in row["reason"]]
    assert lost == [("x", "2019-02"), ("y", "2019-01")]


def test_a_filled_zero_where_denominators_differ_is_still_an_observed_zero(tmp_path):
    lines = ["series,period,count,population", "x,2019-01,0,9", "y,2019-01,0,8", "z,2019-02,0,7"]
    rows, _ = _judge(tmp_path, lines, fill_zero=True)
    z = next(row for row in rows if (row["series"], row["period"]) == ("z", "2019-01"))
    assert z["observed"] == "0"


def test_names_with_commas_quotes_and_newlines_come_back_as_they_went_in(tmp_path):
    name = 'Bogotá, "D.C."\nnorth'
    quoted = '"' + name.replace('"', '""') + '"'
    rows, _ = _judge(tmp_path, ["series,period,count", f"{quoted},2019-01,1", "y,2019-01,2"])
    assert [row["series"] for row in rows] == [name, "y"]


def test_a_byte_order_mark_blanks_empty_lines_and_windows_line_ends_are_fine(tmp_path):
    given, output = tmp_path / "counts.csv", tmp_path / "verdicts.csv"
    given.write_bytes(b"\xef\xbb\xbfseries, period ,count,note\r\n\r\n x , 2019-01,3.0,n\r\n")
    summary = judge_file(given, output)
    assert summary.ignored == ("note",)
    assert output.read_text().splitlines()[1].startswith("x,2019-01,emergence,3,")


def test_an_output_that_cannot_be_written_leaves_nothing(tmp_path):
    given = tmp_path / "counts.csv"
    given.write_text("series,period,count\nx,2019-01,1\n")
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(TryLater, match="could not be written"):
        judge_file(given, tmp_path / "taken" / "verdicts.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counts.csv", "taken"]

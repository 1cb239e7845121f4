"""``atalaya backtest`` as a person runs it: on the starter's record, and on counts of their own."""

import json

import pytest
from tests.material.commands import atalaya

KEY = "ct-deaths/{}/US-CT/deaths-whose-certificate-names-the-substance"
TRUTH = "series,type,first_period,period_cum5,official_notice\n" + "".join(
    [
        "furanylfentanyl,new (transient),2016-03,2016-09,2016-09-27\n",
        f"{KEY.format('u-47700')},new (transient),2016-03,2016-08,\n",
        "gabapentin,reporting artefact,2015-08,2018-02,\n",
    ]
)


def test_the_starters_record_is_scored_by_series_key_or_by_substance(observatory, tmp_path):
    truth, card = tmp_path / "events.csv", tmp_path / "scorecard.json"
    truth.write_text(TRUTH)
    done = atalaya(
        "backtest", observatory, "--truth", truth, "--output", card, "--notices", cwd=tmp_path
    )
    assert done.code == 0, done.err
    assert f"the scorecard is in {card}" in done.err
    rows = {row["detector"]: row for row in done.rows()}
    assert rows["emergence"]["found"] == rows["emergence"]["waves"] == 2
    assert rows["emergence"]["noticed"] == 2
    scored = json.loads(card.read_text())
    (emergence,) = [one for one in scored["detectors"] if one["detector"] == "emergence"]
    assert emergence["events"][0]["series"] == KEY.format("furanylfentanyl")
    assert emergence["events"][1]["notice"] == "2016-09-07"
    assert scored["data"]["editions"] == 1


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        (["--lag", "3"], "--lag, --fill-zero"),
        (["--input", "counts.csv"], "an observatory and --input are given"),
        (["--detector", "emergency"], "Did you mean 'emergence'"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_meant(observatory, tmp_path, extra, says):
    (tmp_path / "events.csv").write_text(TRUTH)
    command = ("backtest", observatory, "--truth", "events.csv", "--output", "c.json", *extra)
    done = atalaya(*command, cwd=tmp_path)
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "c.json").exists()


def test_a_bad_truth_ends_with_4_and_names_its_line(tmp_path):
    (tmp_path / "counts.csv").write_text("series,period,count\nx,2019-01,1\n")
    (tmp_path / "events.csv").write_text(TRUTH.splitlines()[0] + "\nx,new,soon,,\n")
    done = atalaya(
        "backtest", "--input", "counts.csv", "--truth", "events.csv", "--output", "c.json",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.code == 4
    assert "events.csv, line 2, column first_period" in done.err
    assert not (tmp_path / "c.json").exists()


def _release(observatory):
    manifest = (observatory / "releases" / "latest" / "manifest.json").read_text()
    card = (observatory / "releases" / "latest" / "site" / "scorecard.json").read_text()
    return json.loads(manifest)["release"], json.loads(card)


def test_what_happened_alone_makes_a_new_release(observatory):
    before, card = _release(observatory)
    first = card["detectors"][0]
    truth = observatory / "monitors" / "events.csv"
    truth.write_text("".join(truth.read_text().splitlines(keepends=True)[:-1]))
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    after, card = _release(observatory)
    assert after != before
    assert len(card["detectors"][0]["events"]) == len(first["events"]) - 1


def test_a_release_scores_its_monitors_with_their_parameters(observatory):
    _, card = _release(observatory)
    assert card["parameters"]["emergence"]["threshold"] == 30
    monitor = observatory / "monitors" / "deaths-emergence.toml"
    monitor.write_text(monitor.read_text() + '\n[parameters]\nthreshold = "40"\n')
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    _, card = _release(observatory)
    assert card["parameters"]["emergence"]["threshold"] == 40

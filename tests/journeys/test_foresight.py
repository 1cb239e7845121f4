"""Two systems that share no record, and a stranger who believes neither: seal, score, verify."""

import csv
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.material.commands import atalaya
from tests.material.foresight import (
    NOW,
    SERIES,
    SHEET,
    bare_observatory,
    kept_sheets,
    last_month,
    sealed,
)
from tests.material.sheets import as_csv

from atalaya.evidence.log import FolderReader, LogReader
from atalaya.findings.foresight.events import Event
from atalaya.pipeline.foresight.scoring import score_folder

LATER = NOW + timedelta(days=400)
NOTICE = Event(SERIES, "new", "2025-12", "2026-05", "2026-06-01")
MISSED = Event("lab/heroin/USA/samples", "new", "2026-04", "2026-06", "2026-07-01")
UNJUDGED = Event("lab/xylazine/USA/samples", "new", "2026-01", "2026-04", "2026-05-15")


@pytest.fixture(scope="module")
def private(tmp_path_factory):
    """A system that publishes nothing but its log and, 400 days later, its score."""
    parent = tmp_path_factory.mktemp("private")
    folder = bare_observatory(parent / "house")
    sealed(folder)
    published = parent / "published"
    shutil.copytree(folder.log, published / "log", ignore=shutil.ignore_patterns(".state"))
    vkey = (published / "log" / "vkey").read_text().strip()
    scored = score_folder(folder, (NOTICE, MISSED, UNJUDGED), LATER)
    return published, vkey, scored, folder


def given(scored, folder: Path) -> Path:
    """What a stranger gets: one file, in a folder with nothing else."""
    folder.mkdir()
    (folder / "score.json").write_text(json.dumps(scored))
    return folder


def test_a_stranger_checks_the_score_with_the_file_and_the_key_alone(private, tmp_path):
    _, vkey, scored, _ = private
    done = atalaya(
        "verify", "--proof", "score.json", "--key", vkey, cwd=given(scored, tmp_path / "s")
    )
    assert done.code == 0, done.err
    (row,) = done.rows()
    assert row["result"] == "good"
    assert row["says"].startswith(
        "warned 73 days ahead (median), 1 of 3, 0 false; 1 missed, 0 late, 1"
    )


def test_the_network_is_not_needed(private, tmp_path):
    apart = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], check=False).returncode:
        pytest.skip("this machine allows no process without a network (unshare --net)")
    folder = given(private[2], tmp_path / "s")
    command = [sys.executable, "-m", "atalaya", "verify", "--proof", "score.json"]
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        [*apart, *command, "--key", private[1]],
        cwd=folder, env={"PYTHONPATH": source}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_changed_statement_ends_with_1_and_its_name(private, tmp_path):
    _, vkey, scored, _ = private
    twin = json.loads(json.dumps(scored))
    opened = next(one for one in twin["score"]["statements"] if one["opening"])
    opened["opening"]["statement"]["since"] = "2025-01"
    done = atalaya(
        "verify", "--proof", "score.json", "--key", vkey, cwd=given(twin, tmp_path / "s")
    )
    assert done.code == 1
    assert any(f"statement {opened['index']} (sealing 1" in row["says"] for row in done.rows())


def test_without_the_key_the_file_agrees_with_itself_and_says_that_this_is_all(private, tmp_path):
    done = atalaya("verify", "--proof", "score.json", cwd=given(private[2], tmp_path / "s"))
    assert done.code == 0
    assert "whose log" in done.err
    assert "give --key" in done.err


def test_against_a_copy_of_the_log_nothing_was_left_out(private, tmp_path):
    _, vkey, scored, folder = private
    here = given(scored, tmp_path / "s")
    shutil.copytree(folder.log, here / "log", ignore=shutil.ignore_patterns(".state"))
    done = atalaya(
        "verify", "--proof", "score.json", "--key", vkey, "--log", "log", cwd=here
    )  # fmt: skip
    assert done.code == 0, done.out
    assert "--log" not in done.err


def test_the_log_that_was_published_before_shows_nothing_and_is_extended(private):
    published, vkey, scored, _ = private
    before = LogReader(FolderReader(published / "log"), vkey)
    shown = b"\n".join(before.entries()).decode()
    assert "protonitazene" not in shown
    note = before.checkpoint().note
    assert scored["score"]["sealings"][0]["checkpoint"] == note


def test_two_systems_find_what_both_saw_and_only_they_can_name_it(tmp_path):
    now, last = datetime.now(UTC).replace(microsecond=0), last_month()
    houses = {
        "a": bare_observatory(tmp_path / "a", now=now, last=last),
        "b": kept_sheets(tmp_path / "b", now=now, last=last),
    }
    key = tmp_path / "shared.key"
    key.write_text("5e" * 32 + "\n")
    for name in houses:
        done = atalaya(
            "seal", tmp_path / name, "--shared-key", key, "--tokens", f"{name}.json", cwd=tmp_path
        )
        assert done.code == 0, done.err
    nameless = atalaya("compare", "a.json", "b.json", cwd=tmp_path).rows()
    (row,) = nameless  # the one substance in the one country; the other's region is not shared
    assert (row["what"], row["month"]) == ("", "")
    for name in houses:
        (named,) = atalaya("compare", "a.json", "b.json", "--openings", name, cwd=tmp_path).rows()
        assert named["token"] == row["token"]
        assert (named["what"], named["territory"]) == ("substance:protonitazene", "territory:USA")
    for name in houses:
        assert "protonitazene" not in (tmp_path / f"{name}.json").read_text()


def test_a_private_sheet_is_sealed_and_scored_by_command(tmp_path):
    kept_sheets(tmp_path / "mine", now=datetime.now(UTC), last=last_month())
    done = atalaya("seal", "mine", cwd=tmp_path)
    assert done.code == 0, done.err
    (row,) = done.rows()
    assert (row["sealing"], row["signal"]) == (1, 1)
    with (tmp_path / "events.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["series", "type", "first_period", "period_cum5", "official_notice"])
        writer.writerow([SHEET, "new", "", "", "2020-01-01"])
    done = atalaya("score", "mine", "--truth", "events.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.rows()[0]["status"] == "before sealing"
    vkey = tmp_path / "mine" / "log" / "vkey"
    done = atalaya("verify", "--proof", "score.json", "--key", vkey, cwd=tmp_path)
    assert done.code == 0, done.out
    scored = json.loads((tmp_path / "score.json").read_text())["score"]
    assert "protonitazene" not in json.dumps(scored["statements"])
    done = atalaya("watch", _next_sheet(tmp_path), "--into", "mine", cwd=tmp_path)
    assert done.code == 0, done.err


def _next_sheet(folder: Path) -> Path:
    file = folder / "next.csv"
    rows = [[f"{last_month()}-21", "cocaine", "US-CT"]]
    file.write_bytes(as_csv(["date", "result", "place"], rows))
    return file


def test_of_the_starter_only_a_promise_of_a_day_to_come_is_sealed_and_its_history_is_not(
    observatory,
):
    done = atalaya("seal", observatory, cwd=observatory.parent)
    assert done.code == 0, done.err
    (row,) = done.rows()
    assert {row[kind] for kind in ("signal", "not-assessed", "forecast")} == {0}
    assert row["deadline"] > 0
    assert "history, replayed and not sealed" in row["not_sealed"]
    site = observatory / "releases" / "latest" / "site"
    assert "nothing of it was sealed before its outcome" in (site / "en/index.html").read_text()
    assert "nada de ello se selló" in (site / "es/index.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify", "--proof", "none.json"], "there is no file none.json"),
        (["verify", "--key", "x"], "--key and --log go with --proof"),
        (["score", "mine", "--truth", "none.csv"], "there is no file none.csv"),
        (["seal", "mine", "--shared-key", "none.key"], "openssl rand -hex 32"),
        (["compare", "none.json", "none.json"], "there is no file none.json"),
        (["seal", "mine"], "atalaya watch FILE --into DIR"),
        (["compare", ".", "none.json"], "there is no file .: it is a folder"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(tmp_path, arguments, words):
    done = atalaya(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_guessable_key_is_refused_without_showing_it(tmp_path):
    (tmp_path / "weak.key").write_text("our secret")
    done = atalaya("seal", "mine", "--shared-key", "weak.key", cwd=tmp_path)
    assert done.code == 4
    assert "our secret" not in done.err

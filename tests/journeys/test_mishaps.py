"""What goes wrong on ordinary days: an exit code, a remedy, and nothing half done."""

import shutil
import socket
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.material.commands import atalaya

from atalaya.evidence.heartbeat import last_beat

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "systemd"
ADDRESS = "127.0.0.1"


@pytest.fixture
def taken():
    """A port that another program answers on."""
    with socket.socket() as other:
        other.bind((ADDRESS, 0))
        other.listen()
        yield str(other.getsockname()[1])


@pytest.mark.parametrize("command", [["serve"], ["run", "--every", "1h"]])
def test_a_port_that_is_taken_is_said_and_not_promised(observatory, taken, command, monkeypatch):
    monkeypatch.setenv("ATALAYA_SERVING_PORT", taken)
    done = atalaya(*command, cwd=observatory)
    assert done.code == 3
    assert f"{ADDRESS}, port {taken}: another program answers there" in done.err
    assert "ATALAYA_SERVING_PORT" in done.err
    assert "the site is at" not in done.err
    assert "Traceback" not in done.err


def test_an_address_of_another_machine_is_wrong_use(observatory):
    done = atalaya("serve", "--host", "203.0.113.9", cwd=observatory)
    assert done.code == 2
    assert "cannot be served on 203.0.113.9" in done.err


def test_a_run_that_is_piped_prints_what_it_found_as_json_lines(observatory):
    first, *signals = atalaya("run", "--no-serve", cwd=observatory).rows()
    assert first["run"] == "release"
    assert [row["rank"] for row in signals] == list(range(1, first["signals"] + 1))


def test_a_run_that_a_timer_repeats_is_known_to_be_overdue(observatory):
    assert atalaya("run", "--no-serve", "--due", "6h", cwd=observatory).code == 0
    beat = last_beat(observatory / "tables")
    ended = datetime.fromisoformat(beat.ended_at)
    assert not beat.overdue(ended + timedelta(hours=11))
    assert beat.overdue(ended + timedelta(hours=13))
    service = (EXAMPLES / "atalaya-run.service").read_text("utf-8")
    assert "--due 6h" in service
    assert "00/6:00:00" in (EXAMPLES / "atalaya-run.timer").read_text("utf-8")
    done = atalaya("run", "--every", "6h", "--due", "6h", cwd=observatory)
    assert done.code == 2


def test_a_file_of_counts_is_answered_with_one_json_line_and_a_misspelt_one_with_its_name(tmp_path):
    (tmp_path / "counts.csv").write_text("series,period,count\nx,2019-01,1\n", encoding="utf-8")
    done = atalaya("judge", "--input", "counts.csv", "--output", "out.csv", cwd=tmp_path)
    assert (done.rows()[0]["rows"], done.rows()[0]["not_assessed"]) == (1, 1)
    done = atalaya("judge", "--input", "count.csv", "--output", "out2.csv", cwd=tmp_path)
    assert (done.code, "Did you mean 'counts.csv'?" in done.err) == (2, True)
    (tmp_path / "folder").mkdir()
    done = atalaya("judge", "--input", "counts.csv", "--output", "folder", cwd=tmp_path)
    assert (done.code, "folder is a folder" in done.err) == (2, True)
    assert {path.name for path in tmp_path.iterdir()} == {"counts.csv", "out.csv", "folder"}


def test_a_release_that_does_not_exist_is_wrong_use_and_not_a_failed_check(observatory):
    done = atalaya("verify", "--release", "2000-01-01-1", cwd=observatory)
    assert done.code == 2
    assert "releases: " in done.err
    assert done.out == ""


@pytest.mark.parametrize("command", [["verify"], ["run", "--no-serve"]])
def test_a_log_that_is_gone_stops_everything(observatory, command):
    shutil.rmtree(observatory / "log")
    done = atalaya(*command, cwd=observatory)
    assert done.code == 5
    assert "restore the folder log/ from a backup" in done.err
    assert not (observatory / "log").exists()


def _decided(observatory: Path) -> None:
    done = atalaya("release", cwd=observatory)
    signal = done.rows()[1]["signal"]
    added = atalaya("reviewer", "add", "Ada Roe", "--key", "ada.key", cwd=observatory)
    taken_up = atalaya("triage", signal, "--key", "ada.key", "--reason", "looking", cwd=observatory)
    assert (added.code, taken_up.code) == (0, 0)


def test_decisions_that_are_gone_are_named_and_nothing_is_published_without_them(observatory):
    _decided(observatory)
    assert atalaya("verify", cwd=observatory).code == 0
    for file in observatory.glob("decisions.db*"):
        file.unlink()
    before = sorted(path.name for path in (observatory / "releases").iterdir())
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 5
    assert "of the log, reviewer (added or removed by" in done.err
    assert "is not among the decisions" in done.err
    assert sorted(path.name for path in (observatory / "releases").iterdir()) == before
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    said = [row["says"] for row in done.rows() if row["checked"] == "decisions"]
    assert [text.partition(" of the log, ")[2].split()[0] for text in said[1:]] == [
        "reviewer",
        "decision",
    ]


def test_a_decision_changed_by_hand_is_named(observatory):
    _decided(observatory)
    with sqlite3.connect(observatory / "decisions.db") as store:
        guards = store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (guard,) in guards:  # the file is append-only to those who do not take its guards down
            store.execute(f"DROP TRIGGER {guard}")
        store.execute("UPDATE decisions SET content = replace(content, 'looking', 'lookinG')")
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert any("decision 1 is not what entry" in row["says"] for row in done.rows())

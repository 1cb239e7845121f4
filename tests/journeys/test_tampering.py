"""Somebody writes past the doors: into the decisions, the log, the evidence and the releases."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.material.commands import Done, atalaya
from tests.material.loopback_server import free_port

from atalaya.findings.reviewers import ReviewerKey


def _first_signal(observatory: Path) -> dict[str, str]:
    lines = (observatory / "releases/latest/data/signals.jsonl").read_text("utf-8").splitlines()
    first: dict[str, str] = json.loads(lines[0])
    return first


def _problems(done: Done) -> dict[str, str]:
    return {row["checked"]: row["says"] for row in done.rows() if row["result"] == "problem"}


def _decide(observatory: Path, action: str, *more: str) -> None:
    signal = _first_signal(observatory)["id"]
    key = observatory.parent / "ada.key"
    if not key.exists():
        assert atalaya("reviewer", "add", "Ada Roe", "--key", key, cwd=observatory).code == 0
    done = atalaya(action, signal, "--reason", "seen", "--key", key, *more, cwd=observatory)
    assert done.code == 0, done.err


def _signed_alert(observatory: Path) -> None:
    for action in ("triage", "confirm"):
        _decide(observatory, action)
    _decide(observatory, "sign", "--advice", "Have it checked.", "--expires", "2099-01-01")


def _forge(observatory: Path, action: str, signature: str, reviewer: str) -> None:
    """Write a decision straight into the file, as whoever owns the machine could."""
    signal = _first_signal(observatory)
    content = {
        "type": "decision",
        "signal": signal["id"],
        "action": action,
        "reviewer": reviewer,
        "reason": "forged",
        "decided_at": "2099-01-01T00:00:00Z",
        "verdict": signal["verdict"],
        "advice": None,
        "expires": None,
    }
    with closing(sqlite3.connect(observatory / "decisions.db")) as direct, direct:
        direct.execute(
            "INSERT INTO decisions (id, signal, content, signature) VALUES (?, ?, ?, ?)",
            ("decision:0123456789abcdef", signal["id"], json.dumps(content), signature),
        )


@pytest.mark.parametrize("reviewer", ["reviewer:ada-roe", "reviewer:nobody"])
def test_a_decision_that_nobody_signed_moves_no_signal_and_is_named(observatory, reviewer):
    _decide(observatory, "triage")
    other = ReviewerKey.create(reviewer)
    _forge(observatory, "confirm", other.sign({"type": "decision"}), reviewer)
    before = sorted(path.name for path in (observatory / "releases").iterdir())
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 5
    assert "decision:" in done.err
    assert sorted(path.name for path in (observatory / "releases").iterdir()) == before
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert "confirm signal:" in _problems(done)["decisions"]


@pytest.mark.parametrize("command", [("send",), ("write", "--into", "out")])
def test_nobody_is_told_anything_where_a_decision_is_not_signed(observatory, command):
    _decide(observatory, "triage")
    forger = ReviewerKey.create("reviewer:nobody")
    _forge(observatory, "confirm", forger.sign({"type": "decision"}), "reviewer:nobody")
    with (observatory / "observatory.toml").open("a") as settings:
        settings.write(f'\n[webhooks]\nto = ["http://127.0.0.1:{free_port()}/hook"]\n')
    done = atalaya("alerts", *command, cwd=observatory)
    assert (done.code, done.out) == (5, "")
    assert "decision:" in done.err
    assert not (observatory / "out").exists()


def test_an_older_copy_of_the_decisions_does_not_bring_a_withdrawn_alert_back(observatory):
    _signed_alert(observatory)
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    older = observatory.parent / "older.db"
    shutil.copy(observatory / "decisions.db", older)
    _decide(observatory, "withdraw")
    shutil.copy(older, observatory / "decisions.db")
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert "withdraw by reviewer:ada-roe" in _problems(done)["decisions"]
    assert atalaya("run", "--no-serve", cwd=observatory).code == 5
    written = atalaya("alerts", "write", "--into", "out", cwd=observatory)
    assert (written.code, (observatory / "out").exists()) == (5, False)


def _emptied(file: Path) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        guards = store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (guard,) in guards:
            store.execute(f"DROP TRIGGER {guard}")
        store.execute("DELETE FROM decisions")


def test_evidence_that_is_gone_is_said_and_not_fetched_again_under_the_old_release(observatory):
    kept = observatory.parent / "kept"
    shutil.move(observatory / "evidence", kept)
    before = sorted(path.name for path in (observatory / "releases").iterdir())
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 5
    assert "captures whose bytes are gone" in done.err
    assert "restore evidence/ from a backup" in done.err
    assert not list((observatory / "evidence").glob("*.warc"))
    assert sorted(path.name for path in (observatory / "releases").iterdir()) == before
    shutil.rmtree(observatory / "evidence", ignore_errors=True)
    shutil.move(kept, observatory / "evidence")
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 0, done.err
    assert "nothing has changed since the last run" in done.err


@pytest.mark.parametrize("lost", [Path.unlink, _emptied], ids=["the file", "its rows"])
def test_a_run_that_has_nothing_new_still_sees_that_decisions_were_lost(observatory, lost):
    _decide(observatory, "triage")
    for _ in range(2):
        assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert "nothing has changed since the last run" in done.err
    lost(observatory / "decisions.db")
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 5
    assert "is not among the decisions" in done.err


def test_decisions_that_are_no_database_any_more_are_named_and_the_rest_is_checked(observatory):
    _decide(observatory, "triage")
    content = bytearray((observatory / "decisions.db").read_bytes())
    content[:64] = os.urandom(64)
    (observatory / "decisions.db").write_bytes(content)
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert set(_problems(done)) == {"decisions"}
    assert {row["result"] for row in done.rows() if row["checked"] == "evidence"} == {"good"}


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_cache_that_was_touched_is_made_anew_and_blames_nothing(observatory):
    for entry in (observatory / "evidence/.index").iterdir():
        _flip(entry)
    done = atalaya("verify", cwd=observatory)
    assert done.code == 0, done.out
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 0, done.err
    assert "nothing has changed since the last run" in done.err


@pytest.mark.parametrize(
    ("of_the_log", "of_the_release"),
    [
        ("checkpoint", "manifest.json"),
        ("vkey", "data/signals.parquet"),
        ("vkeys", "site/en/index.html"),
        ("tile/entries/*.p/*", "ATTRIBUTION.md"),
        ("tile/0/*.p/*", "data/issues.jsonl"),
    ],
)
def test_one_flipped_byte_of_any_kind_of_file_is_named_and_verify_is_negative(
    observatory, of_the_log, of_the_release
):
    newest = (
        max(
            (observatory / "log").glob(of_the_log), key=lambda one: (one.parent.name, int(one.name))
        )
        if "*" in of_the_log
        else observatory / "log" / of_the_log
    )
    of_the_log = newest.relative_to(observatory / "log").as_posix()
    _flip(newest)
    _flip(observatory / "releases/latest" / of_the_release)
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1, done.err
    said = [row["says"] for row in done.rows() if row["result"] == "problem"]
    assert "log" in _problems(done)
    assert any(of_the_log in one for one in said), said
    assert any(of_the_release in one for one in said), said


def test_a_release_that_was_deleted_is_named_and_a_changed_declaration_is_only_noted(observatory):
    file = observatory / "sources/unodc-income/source.toml"
    file.write_text(file.read_text("utf-8") + "\n# a comment decides nothing\n", "utf-8")
    done = atalaya("verify", cwd=observatory)
    assert {row["result"] for row in done.rows()} == {"good"}
    old = (observatory / "releases/latest").resolve()
    text = file.read_text("utf-8")
    file.write_text(text.replace("redistribute = true", "redistribute = false"), "utf-8")
    done = atalaya("verify", cwd=observatory)
    assert done.code == 0, done.out
    notes = [row["says"] for row in done.rows() if row["result"] == "note"]
    said = "sources/unodc-income/source.toml says something else since release"
    assert notes == [f"{said} {old.name}"]
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    assert {row["result"] for row in atalaya("verify", cwd=observatory).rows()} == {"good"}
    shutil.rmtree(old)
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert f"release {old.name} is gone" in _problems(done)["releases"]


def test_a_proof_that_was_touched_and_a_latest_that_points_nowhere_are_named(observatory):
    (observatory / "releases/latest").unlink()
    (observatory / "releases/latest").symlink_to("2001-01-01-1")
    proof = next((observatory / "releases").glob("*.tlog-proof"))
    _flip(proof)
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert "2001-01-01-1" in _problems(done)["latest"]
    assert any(
        row["checked"].startswith("release") for row in done.rows() if "problem" in row["result"]
    )

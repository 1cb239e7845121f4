"""The whole path, offline: what a newcomer does in the first hour."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.material.commands import atalaya

from atalaya.evidence.log import FolderReader, LogReader


def _table(observatory: Path, name: str) -> list[dict[str, str]]:
    with (observatory / "releases" / "latest" / "data" / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def _hashes(observatory: Path) -> dict[str, str]:
    manifest = json.loads((observatory / "releases/latest/manifest.json").read_bytes())
    hashes: dict[str, str] = manifest["made_from"]["tables"]
    return hashes


def test_the_first_run_publishes_signals_that_say_what_where_since_when_and_how_sure(made):
    signals = _table(made, "signals")
    assert len(signals) > 5
    for row in signals:
        assert row["what"].startswith("substance:")
        assert row["territory"] == "territory:US-CT"
        assert row["since"] <= row["period"]
        assert row["confidence"] in {"low", "moderate", "high"}
        assert int(row["sources"]) >= 1
        assert row["unknown"]
        assert (row["state"], row["mode"]) == ("unreviewed", "replay")
    columns = [
        "id",
        "what",
        "territory",
        "period",
        "since",
        "observed",
        "expected",
        "threshold",
        "statistic",
        "confidence",
        "sources",
        "unknown",
        "state",
        "mode",
        "signed_by",
        "expires",
    ]
    assert list(signals[0])[: len(columns)] == columns


def test_xylazine_and_other_known_arrivals_are_among_the_signals(made):
    since = {row["what"]: row["since"] for row in reversed(_table(made, "signals"))}
    assert since["substance:xylazine"].startswith("2019")
    assert since["substance:acetylfentanyl"].startswith("2015")


def test_no_small_count_of_deaths_is_published(made):
    for name in ("signals", "series", "verdicts"):
        column = "count" if name == "series" else "observed"
        shown = {
            row[column]
            for row in _table(made, name)
            if "US-CT" in (row.get("territory") or row.get("series", ""))
        }
        assert not shown & {str(number) for number in range(1, 10)}
        assert "1-9" in shown


def test_a_second_run_has_nothing_to_do_and_publishes_nothing_new(observatory):
    before = sorted(path.name for path in (observatory / "releases").iterdir())
    done = atalaya("run", "--no-serve", "--json", cwd=observatory)
    assert done.code == 0, done.err
    assert done.rows()[0]["done"] == []
    assert sorted(path.name for path in (observatory / "releases").iterdir()) == before


def test_tables_that_were_deleted_come_back_with_the_same_content_anywhere(
    observatory, monkeypatch
):
    """Another time zone (already tomorrow), another locale and another order of sets."""
    before = _hashes(observatory)
    for name, value in (
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("PYTHONHASHSEED", "7"),
    ):
        monkeypatch.setenv(name, value)
    shutil.rmtree(observatory / "tables")
    shutil.rmtree(observatory / "releases")
    (observatory / "releases").mkdir()
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    assert _hashes(observatory) == before


def test_why_walks_from_a_published_cell_to_archived_bytes_and_the_log(made):
    done = atalaya("why", "signals.csv:1:observed", cwd=made)
    assert done.code == 0, done.err
    tree = json.loads(done.out)
    assert tree["bytes_checked"] == "yes"
    kinds, open_ = [], [tree["root"]]
    while open_:
        node = open_.pop()
        kinds.append(node["kind"])
        open_ += node["children"]
    for kind in ("cell", "signal", "verdict", "observation", "claim", "document", "capture"):
        assert kind in kinds


def test_why_of_what_does_not_exist_offers_what_does(made):
    done = atalaya("why", "signal.csv:1:observed", cwd=made)
    assert done.code == 2
    assert "signals" in done.err
    done = atalaya("why", "signals.csv:1:observd", cwd=made)
    assert done.code == 2
    assert "observed" in done.err


def test_verify_finds_nothing_wrong_with_what_was_just_made(made):
    done = atalaya("verify", cwd=made)
    assert done.code == 0, done.out + done.err
    assert {row["result"] for row in done.rows()} == {"good"}


def test_counts_of_people_are_logged_salted_and_no_salt_leaves_with_a_release(made):
    warcs = b"".join(path.read_bytes() for path in (made / "evidence").glob("*.warc"))
    salts = set(re.findall(rb"Atalaya-Salt: ([0-9a-f]{64})", warcs))
    entries = list(LogReader(FolderReader(made / "log")).entries())
    captures = [said for each in entries if (said := json.loads(each))["type"] == "capture"]
    salted = {said["source"] for said in captures if "sha256" not in said}
    plain = {said["source"] for said in captures if "sha256" in said}
    assert "ct-deaths" in salted
    assert plain
    assert not plain & salted
    assert len(salts) == sum("content" in said for said in captures)
    published = [path for path in (made / "releases").rglob("*") if path.is_file()]
    assert published
    for path in published:
        content = path.read_bytes()
        assert not any(salt in content for salt in salts), path


def test_the_archive_passes_the_check_of_a_tool_nobody_here_wrote(made):
    warcs = sorted((made / "evidence").glob("*.warc"))
    assert warcs
    tool = Path(sys.executable).with_name("warcio")
    done = subprocess.run(
        [tool, "check", "-v", *warcs], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout
    assert "fail" not in done.stdout


def test_a_flipped_byte_in_the_evidence_is_named_and_stops_the_next_release(observatory):
    warc = next(
        one
        for one in sorted((observatory / "evidence").glob("*.warc"))
        if {b"xylazine", b"ct-deaths"} <= set(re.findall(rb"xylazine|ct-deaths", one.read_bytes()))
    )
    content = bytearray(warc.read_bytes())
    place = content.index(b"xylazine")
    content[place] ^= 1
    warc.chmod(0o644)
    warc.write_bytes(content)
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert "ct-deaths" in done.out
    shutil.rmtree(observatory / "tables")
    shutil.rmtree(observatory / "evidence/.index", ignore_errors=True)
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 5
    assert "ct-deaths" in done.err or warc.name in done.err


def test_a_flipped_byte_in_a_release_is_named(observatory):
    signals = observatory / "releases" / "latest" / "data" / "signals.csv"
    signals.chmod(0o644)
    content = signals.read_bytes()
    signals.write_bytes(content.replace(b"moderate", b"moderade", 1).replace(b"low", b"lom", 1))
    done = atalaya("verify", cwd=observatory)
    assert done.code == 1
    assert "signals.csv" in done.out


def test_a_signal_becomes_an_alert_only_by_named_people_and_can_be_withdrawn(observatory):
    signal = _table(observatory, "signals")[0]["id"]
    key = observatory.parent / "ada.key"
    assert atalaya("reviewer", "add", "Ada Roe", "--key", key, cwd=observatory).code == 0
    for step in ("triage", "confirm"):
        done = atalaya(step, signal, "--reason", "checked", "--key", key, cwd=observatory)
        assert done.code == 0, done.err
    done = atalaya("sign", signal, "--reason", "real", "--key", key, cwd=observatory)
    assert done.code == 2
    done = atalaya(
        *("sign", signal, "--reason", "real", "--key", key),
        *("--advice", "Have it checked.", "--expires", "2099-01-01"),
        cwd=observatory,
    )
    assert done.code == 0, done.err
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    row = next(row for row in _table(observatory, "signals") if row["id"] == signal)
    assert (row["state"], row["signed_by"], row["expires"]) == ("alert", "Ada Roe", "2099-01-01")
    done = atalaya("withdraw", signal, "--reason", "an error", "--key", key, cwd=observatory)
    assert done.code == 0, done.err
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    row = next(row for row in _table(observatory, "signals") if row["id"] == signal)
    assert (row["state"], row["signed_by"]) == ("withdrawn", "")
    assert atalaya("verify", cwd=observatory).code == 0


def test_a_backup_restores_to_an_observatory_that_verifies_and_goes_on(observatory):
    archive = observatory.parent / "backup.tar.gz"
    saved = atalaya("backup", archive, cwd=observatory)
    assert saved.code == 0
    assert archive.stat().st_mode & 0o077 == 0
    again = observatory.parent / "again"
    done = atalaya("restore", archive, again, cwd=observatory.parent)
    assert done.code == 0, done.err
    assert _files_said(saved.err) == _files_said(done.err) > 100
    assert atalaya("verify", again, cwd=observatory.parent).code == 0
    assert atalaya("run", again, "--no-serve", cwd=observatory.parent).code == 0
    assert _hashes(again) == _hashes(observatory)


def _files_said(text):
    return int(re.search(r"(\d+) files", text)[1])


def test_a_backup_with_a_changed_byte_is_refused_and_nothing_is_put_in_place(observatory):
    archive = observatory.parent / "backup.tar.gz"
    assert atalaya("backup", archive, cwd=observatory).code == 0
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)
    again = observatory.parent / "again"
    done = atalaya("restore", archive, again, cwd=observatory.parent)
    assert done.code in {4, 5}
    assert not again.exists()


def test_the_key_is_rotated_and_everything_still_verifies(observatory):
    assert atalaya("rotate-key", cwd=observatory).code == 0
    (observatory / "releases/latest").unlink()
    shutil.rmtree(observatory / "tables")
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 0, done.err
    done = atalaya("verify", cwd=observatory)
    assert done.code == 0, done.out


def test_an_existing_folder_is_never_made_over(made):
    done = atalaya("init", made, cwd=made.parent)
    assert done.code == 2
    assert "exists" in done.err


def test_a_misspelt_command_or_detector_offers_the_right_one(tmp_path):
    done = atalaya("verfy", cwd=tmp_path)
    assert done.code == 2
    assert "verify" in done.err
    counts = tmp_path / "counts.csv"
    counts.write_text("series,period,count\nx,2019-01,1\n")
    done = atalaya(
        *("judge", "--input", counts, "--output", tmp_path / "v.csv", "--detector", "ears_c4"),
        cwd=tmp_path,
    )
    assert done.code == 2
    assert "ears_c" in done.err
    assert not (tmp_path / "v.csv").exists()


def test_a_mirror_replays_every_address_without_the_network(observatory, tmp_path):
    done = atalaya("settings", "--json", cwd=observatory)
    assert {row["key"] for row in done.rows()} >= {"fetching.mirror", "serving.port"}

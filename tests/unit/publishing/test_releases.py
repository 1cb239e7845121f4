"""Releases: what is in them, that equal inputs give equal ones, and that they are found."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.material.publishing_house import TODAY, cited, house

from atalaya.evidence.log import verify_inclusion
from atalaya.model.errors import StopEverything, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Issue
from atalaya.publishing.manifest import leaf
from atalaya.publishing.releases import Release, build, latest_release


@pytest.fixture
def built(tmp_path):
    made = house(tmp_path, source=cited())
    return made, build(made.inputs(), tmp_path / "releases", TODAY)


def test_the_first_release_is_dated_and_numbered_and_latest_points_at_it(built, tmp_path):
    release = built[1].release
    assert (release.path.name, release.as_of) == ("2025-01-02-1", date(2024, 12, 31))
    assert (tmp_path / "releases" / "latest").readlink().name == "2025-01-02-1"
    assert Release.open(tmp_path / "releases").name == release.name


def test_every_file_of_a_release_is_in_its_manifest_with_its_hash(built):
    release = built[1].release
    found = {
        str(path.relative_to(release.path)): sha256_hex(path.read_bytes())
        for path in release.path.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    said = {path: file["sha256"] for path, file in release.manifest["files"].items()}
    assert found == said
    assert {"datapackage.json", "ATTRIBUTION.md", "data/signals.csv"} <= set(said)


def test_the_manifest_stands_in_the_log_and_the_proof_beside_the_release_shows_it(built):
    made, release = built[0], built[1].release
    proof = release.proof
    entry = leaf(release.name, release.manifest_bytes)
    assert verify_inclusion(proof, entry, proof.checkpoint, made.vkey).size == 2
    assert (release.path.parent / "2025-01-02-1.tlog-proof").exists()


def test_the_manifest_says_on_which_state_of_the_log_the_release_rests(built):
    made, release = built[0], built[1].release
    said = release.manifest["log"]
    assert (said["origin"], said["size"]) == ("example.org/log", 1)
    assert said["root"] == made.log.reader().root_at(1).hex()


def test_the_same_inputs_give_the_same_tables_in_another_folder_on_another_day(tmp_path):
    first = build(house(tmp_path / "a").inputs(), tmp_path / "a" / "releases", TODAY).release
    later = TODAY + timedelta(days=90)
    second = build(house(tmp_path / "b").inputs(), tmp_path / "b" / "releases", later).release
    assert first.manifest["made_from"] == second.manifest["made_from"]
    assert first.manifest["digest"] == second.manifest["digest"]


def test_unchanged_inputs_make_no_new_release(built, tmp_path):
    made, first = built
    again = build(made.inputs(), tmp_path / "releases", TODAY + timedelta(days=1))
    assert not again.fresh
    assert again.release.name == first.release.name
    assert made.log.size == 2


def test_a_new_issue_makes_a_new_release_and_the_old_one_stays(built, tmp_path):
    made, first = built
    issue = Issue("broken-row", "row 3 has no date", "read")
    second = build(made.inputs(issues=(issue,)), tmp_path / "releases", TODAY)
    assert (second.fresh, second.release.name) == (True, "2025-01-02-2")
    assert latest_release(tmp_path / "releases").name == "2025-01-02-2"
    assert Release.open(first.release.path).manifest == first.release.manifest


@pytest.mark.parametrize("change", ["requirements", "software", "decisions"])
def test_what_a_release_rests_on_is_part_of_what_it_is(built, tmp_path, change):
    made, _ = built
    assert build(made.inputs(**{change: "2" * 64}), tmp_path / "releases", TODAY).fresh


def test_the_csv_the_parquet_and_the_json_say_the_same(built):
    release = built[1].release
    for name in release.tables:
        rows = release.table(name).to_pylist()
        lines = (release.path / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == rows
        heading = (release.path / "data" / f"{name}.csv").read_text("utf-8").splitlines()[0]
        assert heading.split(",") == release.table(name).column_names


def test_the_promised_columns_of_signals_come_first_and_in_order(built):
    promised = (
        "id,what,territory,period,since,observed,expected,threshold,statistic,confidence,sources,"
        "unknown,state,mode,signed_by,expires"
    )
    assert ",".join(built[1].release.table("signals").column_names).startswith(promised + ",")


def test_a_small_cell_that_the_publisher_publishes_is_shown_and_cited(built):
    series = built[1].release.table("series").to_pylist()
    small = next(row for row in series if row["period"] == "2020-06" and "xyl" in row["subject"])
    assert (small["count"], small["hidden"]) == ("3", None)
    assert small["cited"] == (
        "An Office of Records, https://example.org/cells: "
        "deaths, substance:xylazine, territory:US-CT, 2020-06"
    )


def test_the_real_frictionless_accepts_the_data_package(built):
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", "datapackage.json"],
        cwd=built[1].release.path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("VALID") == len(built[1].release.tables)


def test_frictionless_notices_a_cell_that_its_column_does_not_allow(built):
    release = built[1].release
    path = release.path / "data" / "signals.csv"
    path.write_text(path.read_text("utf-8").replace("unreviewed", "certain"), "utf-8")
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", "datapackage.json"],
        cwd=release.path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "INVALID" in run.stdout


def test_pages_are_part_of_the_release_and_see_its_tables(tmp_path):
    made = house(tmp_path, source=cited())

    def site(folder):
        many = len(Release.open(folder).table("signals"))
        (folder / "site").mkdir()
        (folder / "site" / "index.html").write_text(f"{many} signals", "utf-8")

    release = build(made.inputs(), tmp_path / "releases", TODAY, site).release
    page = release.manifest["files"]["site/index.html"]
    assert page == {"sha256": sha256_hex(b"1 signals"), "bytes": 9}


def test_an_unknown_table_is_refused_with_the_nearest_one(built):
    with pytest.raises(WrongUse, match="Did you mean 'signals'"):
        built[1].release.table("signal")


def test_a_folder_without_a_release_is_refused(tmp_path):
    with pytest.raises(WrongUse, match="is no release"):
        Release.open(tmp_path)


def test_a_manifest_that_cannot_be_read_stops_everything(built):
    path = built[1].release.path
    (path / "manifest.json").write_bytes(b"{")
    with pytest.raises(StopEverything, match="cannot be read"):
        Release.open(path)


def test_where_there_are_no_symbolic_links_latest_is_a_file_with_the_name(tmp_path, monkeypatch):
    def refuse(self, target, target_is_directory=False):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    made = house(tmp_path, source=cited())
    build(made.inputs(), tmp_path / "releases", TODAY)
    assert (tmp_path / "releases" / "latest").read_text("utf-8") == "2025-01-02-1\n"
    assert latest_release(tmp_path / "releases").name == "2025-01-02-1"


def test_promises_name_the_rows_of_the_claims_they_rest_on(built):
    release = built[1].release
    promise = release.table("promises").to_pylist()[0]
    row = int(promise["made_from"].removeprefix("claims.csv:"))
    assert release.table("claims").to_pylist()[row - 1]["id"] == promise["claims"]


def test_issues_of_a_source_that_hides_say_no_numbers(tmp_path):
    issue = Issue("odd", "3 deaths where 2019-04 said 4", "count", source="deaths")
    made = house(tmp_path)
    release = build(made.inputs(issues=(issue,)), tmp_path / "releases", TODAY).release
    row = release.table("issues").to_pylist()[0]
    assert row["says"] == "… deaths where 2019-04 said …"
    assert row["id"] == replace(issue, says=row["says"]).id


def test_a_table_that_changed_after_publication_is_not_read(built):
    release = built[1].release
    file = release.path / "data" / "series.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)
    with pytest.raises(StopEverything, match="not the file that was published"):
        Release.open(release.path).table("series")

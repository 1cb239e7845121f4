"""Sources that list their documents, from declaration to a release that is verified."""

import csv
import json
from pathlib import Path

import pytest
from tests.material.commands import Done, atalaya
from tests.material.listed_house import FREE_HEAD, ListedHouse, feed, html
from tests.material.loopback_server import replies, serving

TABLE = """
[[table]]
address = "{home}/raw/main/counts.csv"
record = "counts"
subject = {{ column = "substance", register = "substance" }}
predicate = {{ value = "samples" }}
value = {{ column = "count" }}
unit = "samples"
period = {{ column = "month" }}
territory = {{ value = "territory:URY" }}
checked = {{ value = "verified" }}
how_checked = {{ value = "made for a test" }}
"""
VERSIONS = {
    "kind": "versions",
    "address": "{home}/commits",
    "item_types": ["text/csv"],
    "item_address": "{home}/raw/{version}/counts.csv",
    "file": "{home}/raw/main/counts.csv",
    "keys": {"version": "sha", "date": "day"},
}
STORY = b"<html><body><p>Jane Roe, 34, of Elm Street was arrested.</p></body></html>"
VERSIONS_OF = {
    "v1": ("2026-09-01", ["2026-08,3"]),
    "v2": ("2026-10-01", ["2026-08,4", "2026-09,2"]),
    "v3": ("2026-11-01", ["2026-08,4", "2026-09,5", "2026-10,1"]),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done, Done]:
    """An observatory of a laboratory's versions, an office's feed and a newspaper, run twice."""
    root = tmp_path_factory.mktemp("listed")
    folder = root / "observatory"
    done = atalaya("init", "observatory", "--empty", cwd=root)
    assert done.code == 0, done.err
    with serving({}) as server:
        commits = [{"sha": name, "day": day} for name, (day, _) in VERSIONS_OF.items()]
        server.routes = {
            "/commits": replies(json.dumps(commits).encode(), Content_Type="application/json"),
            "/office.xml": feed("/a", "/gone"),
            "/a": html(),
            "/paper.xml": feed("/jane-roe-arrested"),
            "/jane-roe-arrested": html(STORY),
        }
        for name, (_, rows) in VERSIONS_OF.items():
            text = "month,substance,count\n" + "".join(
                f"{month},fentanyl,{count}\n" for month, count in (row.split(",") for row in rows)
            )
            server.routes[f"/raw/{name}/counts.csv"] = replies(
                text.encode(), Content_Type="text/csv"
            )
        house = ListedHouse(folder, server)
        house.declare("lab", VERSIONS, head=FREE_HEAD)
        declared = folder / "sources" / "lab" / "source.toml"
        declared.write_text(declared.read_text() + TABLE.format(home=server.home))
        house.declare(
            "office",
            {"kind": "feed", "address": "{home}/office.xml", "private_persons": False},
            head=FREE_HEAD,
        )
        house.declare("paper", {"kind": "feed", "address": "{home}/paper.xml"}, head=FREE_HEAD)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("ATALAYA_FETCHING_PAUSE_SECONDS", "0")
            patched.setenv("ATALAYA_FETCHING_RETRIES", "0")
            first = atalaya("run", "observatory", "--no-serve", cwd=root)
            again = atalaya("run", "observatory", "--no-serve", cwd=root)
    return folder, first, again


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    path = folder / "releases" / "latest" / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_newest_version_of_a_file_is_what_is_counted(published) -> None:
    folder, first, _ = published
    assert first.code == 0, first.err
    counted = {row["period"]: row["count"] for row in rows(folder, "series")}
    assert counted == {"2026-08": "4", "2026-09": "5", "2026-10": "1"}


def test_a_second_run_has_nothing_new(published) -> None:
    _, _, again = published
    assert again.code == 0, again.err
    assert '"fresh": false' in again.out


def test_what_failed_is_an_issue_and_names_nobody(published) -> None:
    folder, _, _ = published
    (issue,) = [row for row in rows(folder, "issues") if row["step"] == "fetch"]
    assert (issue["source"], issue["kind"]) == ("office", "fetch-refused")
    assert issue["file"].endswith("/gone")


def test_source_health_is_published_with_its_page(published) -> None:
    folder, _, _ = published
    states = {
        row["source"]: (row["state"], row["documents"]) for row in rows(folder, "source_health")
    }
    assert states == {"lab": ("fine", "3"), "office": ("fine", "1"), "paper": ("fine", "1")}
    page = folder / "releases" / "latest" / "site" / "en" / "source-health.html"
    pages = [page] if page.is_file() else list(page.parent.glob("source-health*/index.html"))
    assert "Source health" in pages[0].read_text(encoding="utf-8")


def test_no_name_is_anywhere_but_in_the_sealed_original(published) -> None:
    folder, _, _ = published
    keys = folder / "keys"
    kept = [path for path in folder.rglob("*") if path.is_file() and keys not in path.parents]
    assert [path.name for path in kept if b"jane" in path.read_bytes().lower()] == []


def test_the_observatory_is_verified_and_a_figure_is_walked_to_its_bytes(published) -> None:
    folder, _, _ = published
    verified = atalaya("verify", str(folder), cwd=folder.parent)
    assert verified.code == 0, verified.err
    walked = atalaya("why", "series.csv:1:count", cwd=folder)
    assert "raw/main/counts.csv" in walked.out

"""A page changes between two runs: the difference is in the table, on the site and in `why`."""

import csv
import json
from pathlib import Path

import pytest
from tests.material.commands import atalaya
from tests.material.followed import Publisher, follow, observatory, ran
from tests.material.loopback_server import serving

_PAGE = b"""<!doctype html><html><head><title>Status</title></head><body>
<nav><a href="/">Home</a></nav><main><h1>Status of the convention</h1>
<p>It has 40 members.</p><p>Printed on 1 March 2026</p>
</main></body></html>"""
_LATER = (
    _PAGE.replace(b"40 members", b"44 members")
    .replace(b"1 March", b"2 March")
    .replace(b"Home</a>", b"Home</a><a>News</a>")
)


def _table(folder: Path, name: str = "page_changes") -> list[dict[str, str]]:
    path = folder / "releases" / "latest" / "data" / f"{name}.csv"
    return list(csv.DictReader(path.read_text().splitlines()))


def test_a_changed_page_is_told_with_both_dates_and_leads_to_both_captures(tmp_path: Path):
    publisher = Publisher({"/status": ("text/html", _PAGE)})
    with serving(publisher.routes()) as server:
        folder = observatory(tmp_path, server)
        follow(folder / "sources", server, {"/status": "text/html"})
        ran(folder)
        assert _table(folder) == []
        publisher.says("/status", _LATER)
        ran(folder)
        rows = _table(folder)
        captures = {row["id"]: row for row in _table(folder, "captures")}
        assert "nothing" in ran(folder)
    changed = next(row for row in rows if row["kind"] == "changed")
    assert (changed["before"], changed["after"]) == ("It has 40 members.", "It has 44 members.")
    assert (changed["numbers"], changed["where"]) == ("40 -> 44", "Status of the convention")
    older, newer = captures[changed["from_capture"]], captures[changed["to_capture"]]
    assert (changed["from_at"], changed["to_at"]) == (older["fetched_at"], newer["fetched_at"])
    assert older["sha256"] != newer["sha256"]
    aside = {row["because"]: row["count"] for row in rows if row["kind"] == "aside"}
    assert aside == {"navigation": "1", "dates": "1"}
    _leads_back(folder, changed, rows.index(changed) + 1)
    _is_listed(folder, changed)
    _is_shown(folder, changed)
    assert atalaya("verify", cwd=tmp_path).code == 0


def _leads_back(folder: Path, changed: dict[str, str], row: int) -> None:
    for reference in (changed["id"], f"page_changes.csv:{row}:after"):
        tree = json.loads(atalaya("why", reference, cwd=folder.parent).out)
        assert tree["bytes_checked"] == "yes"
        root = tree["root"]["children"][0] if ":after" in reference else tree["root"]
        assert [one["id"] for one in root["children"]] == [
            changed["from_capture"],
            changed["to_capture"],
        ]
        assert all(one["children"][0]["kind"] == "log" for one in root["children"])


def _is_shown(folder: Path, changed: dict[str, str]) -> None:
    """Both pages mark the words and say both days, in both languages."""
    site = folder / "releases" / "latest" / "site"
    for language, removed in (("en", "removed:"), ("es", "eliminado:")):
        for page in ("changes", "changes/body"):
            html = (site / language / page / "index.html").read_text()
            assert f'<del><span class="hide">{removed} </span>40</del>' in html, page
            assert html.count("44</ins> members.") == 1
            for end in ("from_at", "to_at"):
                assert f'datetime="{changed[end]}"' in html
        twin = json.loads((site / language / "changes" / "index.json").read_text())
        assert twin["view"]["total"] == 1


def _is_listed(folder: Path, changed: dict[str, str]) -> None:
    cwd = folder.parent
    told = atalaya("changes", "--json", cwd=cwd).rows()
    (row,) = [one for one in told if one["kind"] == "changed"]
    assert row["reads"] == "It has [-40-]{+44+} members."
    assert row["id"] == changed["id"]
    day = changed["to_at"][:10]
    assert atalaya("changes", "observatory", "--since", day, "--json", cwd=cwd).rows() == told
    assert atalaya("changes", "--since", "2999-01-01", "--json", cwd=cwd).rows() == []
    assert atalaya("changes", "--source", "lab", "--json", cwd=cwd).rows() == []
    wrong = atalaya("changes", "--source", "bodi", cwd=cwd)
    assert (wrong.code, "body" in wrong.err) == (2, True)
    assert atalaya("changes", "--since", "yesterday", cwd=cwd).code == 2


def test_of_pages_about_people_or_that_may_not_be_passed_on_only_the_day_is_told(tmp_path: Path):
    secret = b"<p>In the town of Onlyhere 3 people died.</p>"
    pages = {f"/{name}": ("text/html", secret) for name in ("people", "bound")}
    publisher = Publisher(pages)
    with serving(publisher.routes()) as server:
        folder = observatory(tmp_path, server)
        sources = folder / "sources"
        follow(sources, server, {"/people": "text/html"}, "people", people=True)
        follow(sources, server, {"/bound": "text/html"}, "bound", redistribute=False)
        ran(folder)
        for name in ("people", "bound"):
            publisher.says(f"/{name}", secret.replace(b"3", b"4"))
        ran(folder)
    rows = {row["source"]: row for row in _table(folder)}
    assert {slug: (row["kind"], row["because"]) for slug, row in rows.items()} == {
        "people": ("withheld", "about-people"),
        "bound": ("withheld", "licence"),
    }
    assert rows["people"]["from_capture"] == rows["people"]["to_capture"] == ""
    assert rows["bound"]["from_capture"]
    assert rows["bound"]["from_at"]
    old = [row for row in _table(folder, "captures") if row["source"] == "people"]
    assert len(old) == 1  # the older capture's hash would be a test of any guess at its counts
    (bound,) = (
        row for row in _table(folder, "captures") if row["id"] == rows["bound"]["from_capture"]
    )
    assert (bound["warc"], bound["hidden"]) == ("", "small")  # it lies in one file with that one
    for path in (folder / "releases" / "latest").rglob("*"):
        if path.is_file():
            assert b"Onlyhere" not in path.read_bytes(), path
    assert atalaya("verify", cwd=tmp_path).code == 0
    tree = json.loads(atalaya("why", rows["people"]["id"], cwd=tmp_path).out)
    assert tree["bytes_checked"] == "yes"


def test_words_that_rules_keep_out_of_everything_are_kept_out_of_changes(tmp_path: Path):
    page = b"<p>The office opened.</p><p>It sells at 10 euros per gram.</p>"
    publisher = Publisher({"/page": ("text/html", page)})
    with serving(publisher.routes()) as server:
        folder = observatory(tmp_path, server)
        follow(folder / "sources", server, {"/page": "text/html"})
        ran(folder)
        publisher.says(
            "/page", page.replace(b"10 euros", b"12 euros").replace(b"opened", b"closed")
        )
        ran(folder)
    told = [(row["kind"], row["because"], row["after"]) for row in _table(folder)]
    assert told == [("changed", "", "The office closed."), ("withheld", "R5", "")]


def test_a_page_that_changes_back_and_a_licence_that_changes_are_told_as_they_are(tmp_path: Path):
    publisher = Publisher({"/status": ("text/html", _PAGE)})
    with serving(publisher.routes()) as server:
        folder = observatory(tmp_path, server)
        follow(folder / "sources", server, {"/status": "text/html"})
        for body in (_PAGE, _LATER, _PAGE):
            publisher.says("/status", body)
            ran(folder)
        kinds = [row["numbers"] for row in _table(folder) if row["kind"] == "changed"]
        assert kinds == ["40 -> 44", "44 -> 40"]
        follow(folder / "sources", server, {"/status": "text/html"}, redistribute=False)
        ran(folder)
    assert [row["kind"] for row in _table(folder)] == ["withheld", "withheld"]


def test_two_files_are_compared_without_an_observatory(tmp_path: Path):
    (tmp_path / "old.html").write_bytes(_PAGE)
    (tmp_path / "new.html").write_bytes(_LATER)
    done = atalaya("changes", "old.html", "new.html", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "1 change of content; not counted as such: 1 navigation, 1 dates" in done.err
    changed, *aside = done.rows()
    assert changed["numbers"] == "40 -> 44"
    assert [(one["kind"], one["because"]) for one in aside] == [
        ("aside", "navigation"),
        ("aside", "dates"),
    ]
    assert atalaya("changes", "old.html", "none.html", cwd=tmp_path).code == 2
    assert (
        atalaya("changes", "old.html", "new.html", "--since", "2026-01-01", cwd=tmp_path).code == 2
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("old.html", "picture.html", 4, "picture.html: it holds no text"),
        ("picture.html", "old.html", 4, "picture.html: it holds no text"),
        ("old.html", "broken.pdf", 4, "broken.pdf: no text can be read from this PDF"),
        ("empty.html", "old.html", 4, "empty.html: the file is empty"),
        ("old.html", "table.csv", 4, "one of them is a table and the other is not"),
        ("old.html", "none.html", 2, "there is no file none.html"),
        ("old.html", "folder", 2, "it is a folder"),
    ],
)
def test_a_version_that_cannot_be_read_is_named_with_what_is_wrong(
    tmp_path: Path, old: str, new: str, code: int, words: str
):
    (tmp_path / "old.html").write_bytes(_PAGE)
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\0")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "empty.html").write_bytes(b"\n")
    (tmp_path / "table.csv").write_bytes(b"a,b\n1,2\n")
    (tmp_path / "folder").mkdir()
    refused = atalaya("changes", old, new, cwd=tmp_path)
    assert (refused.code, refused.out) == (code, "")
    assert words in refused.err
    assert "What to do:" in refused.err


def test_one_file_alone_is_no_observatory(tmp_path: Path):
    (tmp_path / "old.html").write_bytes(_PAGE)
    refused = atalaya("changes", "old.html", cwd=tmp_path)
    assert refused.code == 2
    assert "name two: OLD NEW" in refused.err

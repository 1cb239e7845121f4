"""Texts a source declares - report, votes, resolution - fetched, read, published, proved."""

import csv
from pathlib import Path

import pytest
from tests.material.commands import Done, atalaya
from tests.material.loopback_server import replies, serving

MATERIAL = Path(__file__).parents[1] / "material"
SOURCE = """
schema = 1
slug = "{slug}"
title = {{en = "A text", es = "Un texto"}}
publisher = "A body that does not exist"
homepage = "https://body.example/"
language = "en"
cadence = "once"
about_people = false
as_of = 2031-04-01
retrieved = "2031-04"

[licence]
name = "CC0"
redistribute = {free}
attribution = "nobody"

[[fetch]]
address = "{home}/{slug}"
media_type = "{kind}"

[[text]]
address = "{home}/{slug}"
reads = "{reads}"
subject = "{subject}"
period = "2031-03-14"
"""
TEXTS = {  # slug -> file, media type, what is read, of what
    "page": ("reports/06-es-html.html", "text/html", "report", "session:one"),
    "roll": ("votes/01-en-recorded.txt", "text/plain", "votes", "draft:one-l4"),
    "asked": ("asks/09-en-cnd.txt", "text/plain", "asks", "draft:one-l4"),
    "bound": ("asks/09-en-cnd.txt", "text/plain", "asks", "draft:one-l9"),
    "recipe": (None, "text/plain", "report", "session:two"),
}
RECIPE = b"Bread\n\nMix flour, water, salt and yeast. Let it rest for an hour, then bake it.\n"


def _declare(sources: Path, home: str) -> None:
    for slug, (_, kind, reads, subject) in TEXTS.items():
        folder = sources / slug
        folder.mkdir()
        said = SOURCE.format(
            slug=slug,
            home=home,
            kind=kind,
            reads=reads,
            subject=subject,
            free=str(slug != "bound").lower(),
        )
        (folder / "source.toml").write_text(said, encoding="utf-8")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    parent = tmp_path_factory.mktemp("texts")
    assert atalaya("init", "observatory", cwd=parent).code == 0
    routes = {
        f"/{slug}": replies((MATERIAL / file).read_bytes() if file else RECIPE, Content_Type=kind)
        for slug, (file, kind, _, _) in TEXTS.items()
    }
    with serving(routes) as server:
        _declare(parent / "observatory" / "sources", server.home)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("ATALAYA_FETCHING_PAUSE_SECONDS", "0")
            done = atalaya("run", "--no-serve", cwd=parent)
    assert done.code == 0, done.err
    return done, parent / "observatory"


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    file = folder / "releases" / "latest" / "data" / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_report_becomes_the_record_of_its_session(ran):
    said = [row for row in rows(ran[1], "claims") if row["source"] == "page"]
    subjects = {row["subject"].partition(":")[0] for row in said}
    assert {"session", "event"} <= subjects
    assert {row["checked"] for row in said} == {"unverified"}
    assert all("nobody has checked it" in row["how_checked"] for row in said)
    page = ran[1] / "releases" / "latest" / "site" / "es" / "sessions" / "one" / "index.html"
    titles = [row["text"] for row in said if row["predicate"] == "title"]
    assert titles
    assert all(title.split()[0] in page.read_text("utf-8") for title in titles)


def test_votes_are_published_with_totals_names_and_doubts(ran):
    said = [row for row in rows(ran[1], "claims") if row["source"] == "roll"]
    votes = [(row["territory"], row["text"]) for row in said if row["predicate"] == "vote"]
    assert votes.count(("territory:LVA", "abstained")) == 2  # listed twice, and kept so
    assert {row["value"] for row in said if row["predicate"] == "abstentions"} == {"4"}
    kinds = {row["kind"] for row in rows(ran[1], "issues") if row["source"] == "roll"}
    assert {"text-listed-twice", "text-total-differs"} <= kinds


def test_asks_are_followed_with_their_page_and_nothing_is_known_of_them_yet(ran):
    followed = [row for row in rows(ran[1], "follow_up") if row["key"].startswith("one-l4-")]
    assert len(followed) > 3
    assert {row["status"] for row in followed} == {"unknown"}
    assert any(row["of_whom"] for row in followed)
    site = ran[1] / "releases" / "latest" / "site"
    for row in followed:
        assert (site / "en" / "asks" / row["key"] / "index.html").exists()


def test_a_source_that_may_not_be_passed_on_leaves_with_no_release(ran):
    assert not [row for row in rows(ran[1], "follow_up") if "one-l9" in row["key"]]
    assert not [row for row in rows(ran[1], "claims") if row["source"] == "bound"]


def test_what_is_no_report_is_an_issue_with_its_remedy_and_stops_nothing(ran):
    (issue,) = [row for row in rows(ran[1], "issues") if row["source"] == "recipe"]
    assert issue["kind"] == "read-refused"
    assert "nothing that is declared was found" in issue["says"]
    assert issue["do"]


def test_every_claim_leads_down_to_its_words_and_the_whole_proves(ran):
    folder = ran[1]
    claims = rows(folder, "claims")
    for source in ("page", "roll", "asked"):
        (number, row) = next((n, r) for n, r in enumerate(claims, 1) if r["source"] == source)
        done = atalaya("why", f"claims.csv:{number}:text", cwd=folder)
        assert done.code == 0, done.err
        assert row["quote"].split()[0] in done.out
    verified = atalaya("verify", cwd=folder)
    assert verified.code == 0, verified.out + verified.err

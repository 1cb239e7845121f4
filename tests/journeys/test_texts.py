"""Texts a source declares - report, votes, resolution - fetched, read, published, proved."""

import csv
from pathlib import Path

import pytest
from tests.material.commands import Done, atalaya
from tests.material.declarations import declare
from tests.material.loopback_server import Route, replies, serving

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
    "german": (None, "text/plain", "report", "session:three"),
}
WRITTEN = {
    "recipe": b"Bread\n\nMix flour, water, salt and yeast. Let it rest, then bake it.\n",
    "german": (
        "Bericht über die Tagung\n\nDie Kommission trat im März in Wien zusammen. Die Staaten "
        "nahmen zwei Entschließungen an und sprachen über die Behandlung von Menschen, die "
        "Drogen nehmen."
    ).encode(),
}


def _declare_one(sources: Path, home: str, slug: str) -> None:
    _, kind, reads, subject = TEXTS[slug]
    free = str(slug != "bound").lower()
    said = SOURCE.format(slug=slug, home=home, kind=kind, reads=reads, subject=subject, free=free)
    declare(sources, said, slug)


def _route(slug: str) -> Route:
    file, kind, _, _ = TEXTS[slug]
    payload = WRITTEN[slug] if file is None else (MATERIAL / file).read_bytes()
    return replies(payload, Content_Type=kind)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    parent = tmp_path_factory.mktemp("texts")
    assert atalaya("init", "observatory", cwd=parent).code == 0
    routes = {f"/{slug}": _route(slug) for slug in TEXTS}
    with serving(routes) as server:
        for slug in TEXTS:
            _declare_one(parent / "observatory" / "sources", server.home, slug)
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


def test_a_text_in_a_language_that_is_not_read_says_so(ran):
    (issue,) = [row for row in rows(ran[1], "issues") if row["source"] == "german"]
    assert issue["kind"] == "read-refused"
    assert "the text is in de" in issue["says"]


def test_a_roll_call_that_does_not_add_up_says_so_on_its_page(ran):
    page = ran[1] / "releases/latest/site/en/promises/one-l4/index.html"
    assert "4 are declared, and 3 different ones are named; both stand." in page.read_text("utf-8")


def test_an_observatory_of_records_alone_publishes_them(tmp_path):
    assert atalaya("init", "--empty", "observatory", cwd=tmp_path).code == 0
    folder = tmp_path / "observatory"
    with serving({"/page": _route("page")}) as server, pytest.MonkeyPatch.context() as patched:
        _declare_one(folder / "sources", server.home, "page")
        patched.setenv("ATALAYA_FETCHING_PAUSE_SECONDS", "0")
        done = atalaya("run", "--no-serve", cwd=tmp_path)
    assert done.code == 0, done.err
    assert rows(folder, "claims")
    assert (folder / "releases/latest/site/es/sessions/one/index.html").exists()
    verified = atalaya("verify", cwd=folder)
    assert verified.code == 0, verified.out + verified.err
    assert atalaya("run", "--no-serve", cwd=tmp_path).code == 0


def test_an_observatory_that_read_nothing_publishes_nothing(tmp_path):
    assert atalaya("init", "--empty", "observatory", cwd=tmp_path).code == 0
    done = atalaya("run", "--no-serve", cwd=tmp_path)
    assert done.code == 4
    assert "nothing was read" in done.err

"""The static copy: every link inside it leads to a file of it, and it says until when it holds."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import MaterialNames, explain, release

from atalaya.publishing.site.writing import write_pages


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "site"
    feeds = {f"feeds/{code}/all.atom": b"<feed/>" for code in ("en", "es")}
    made = write_pages(release(), folder, "Test observatory", MaterialNames(), explain, feeds)
    assert made > 100
    return folder


def local_links(page: Page) -> list[str]:
    links = [str(found["href"]) for found in page.all("a") if "href" in found]
    return [
        link for link in links if not link.startswith(("#", "https://", "http://"))
    ] + page.loaded()


def test_every_link_leads_to_a_file(copy: Path) -> None:
    for file in copy.rglob("*.html"):
        for link in local_links(Page(file.read_text("utf-8"))):
            target = (file.parent / unquote(link.partition("#")[0])).resolve()
            if copy in target.parents:
                assert target.is_file(), f"{file.relative_to(copy)} -> {link}"
            else:
                assert copy.parent in (target.parent.parent, target.parent)


def test_pages_are_whole(copy: Path) -> None:
    for file in copy.rglob("*.html"):
        assert Page(file.read_text("utf-8")).wrong == [], file


def test_every_page_has_its_twin_beside_it(copy: Path) -> None:
    for file in (copy / "en").rglob("index.html"):
        assert json.loads(file.with_name("index.json").read_bytes())["language"] == "en"


def test_there_is_a_copy_of_the_first_page_for_each_year(copy: Path) -> None:
    years = sorted(folder.name for folder in (copy / "es" / "as-of").iterdir())
    assert (years[0], years[-1], len(years)) == ("2012", "2024", 13)
    twin = json.loads((copy / "es" / "as-of" / "2019" / "index.json").read_bytes())
    assert twin["as_of"] == "2019-12"


def test_a_static_page_says_on_which_day_it_holds(copy: Path) -> None:
    page = Page((copy / "en" / "index.html").read_text("utf-8"))
    assert "holds on November 23, 2026" in page.text


def test_a_static_page_asks_nothing_of_a_server(copy: Path) -> None:
    for file in copy.rglob("*.html"):
        page = Page(file.read_text("utf-8"))
        assert page.all("form") == [], file


def test_the_trees_of_the_first_screen_are_written(copy: Path) -> None:
    page = Page((copy / "en" / "index.html").read_text("utf-8"))
    opened = [str(found["href"]) for found in page.all("a") if found.get("class") == "figure"]
    trees = [link for link in opened if "/why/" in link]
    assert trees
    for link in trees:
        assert "claim:0000000000000001" in (copy / "en" / link).resolve().read_text("utf-8")


def test_what_would_only_repeat_the_tables_has_no_page_and_no_link(copy: Path) -> None:
    assert [file.parent.name for file in (copy / "en" / "series").rglob("*.html")] == ["series"]
    assert not (copy / "en" / "countries" / "MMR").exists()
    assert (copy / "en" / "countries" / "PER" / "index.html").exists()


def test_every_page_leads_to_the_feed_of_its_language(copy: Path) -> None:
    for code in ("en", "es"):
        for file in (copy / code).rglob("index.html"):
            page = Page(file.read_text("utf-8"))
            links = [one for one in page.all("link") if one.get("type") == "application/atom+xml"]
            *own, alerts = [(file.parent / str(link["href"])).resolve() for link in links]
            assert alerts == copy / "feeds" / code / "all.atom"
            assert alerts.read_bytes() == b"<feed/>"
            assert own in ([], [file.parent / "index.atom"])
            assert all(feed.exists() for feed in own)

"""The page of changes: marked words, both dates, what is not told, in English and Spanish."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from tests.material.html_reading import Page
from tests.material.page_changes import ADDED, ASIDE, CHANGED, HOSTILE, ROW, WITHHELD
from tests.material.small_release import (
    Drawings,
    MaterialNames,
    explain,
    release,
    visit,
)

from atalaya.model.errors import WrongUse
from atalaya.publishing.site import Edition, Site

ATOM = "{http://www.w3.org/2005/Atom}"


def _site(*rows: dict[str, object]) -> Site:
    tables = dict(release().tables)
    tables["page_changes"] = [ROW | row for row in rows]
    released = replace(release(), tables=tables)
    return Site(Edition(released, MaterialNames()), "Test observatory", explain, Drawings())


def _html(site: Site, path: str = "changes", language: str = "en") -> str:
    return site.html(site.show(path, visit(path, language)))


@pytest.mark.parametrize(
    ("language", "removed", "added", "counted"),
    [
        ("en", "removed:", "added:", "3 · navigation, banners and footers"),
        ("es", "eliminado:", "añadido:", "3 · navegación, avisos y pies de página"),
    ],
)
def test_words_that_changed_are_marked_for_eyes_and_for_screen_readers(
    language, removed, added, counted
):
    html = _html(_site(CHANGED, ADDED, ASIDE), language=language)
    assert f'It has <del><span class="hide">{removed} </span>40</del>' in html
    assert f'<ins><span class="hide">{added} </span>44</ins> members.' in html
    assert "40 → 44" in html
    assert 'datetime="2026-03-01T08:00:00Z"' in html
    assert 'datetime="2026-03-02T09:30:00Z"' in html
    assert counted in html
    assert HOSTILE not in html
    assert "withheld" not in _html(_site(WITHHELD), language="es").split("</h1>")[1]
    if language == "es":
        assert '<p class="said" lang="en">' not in html  # no document says the page's language


def test_the_newest_stands_first_and_every_source_has_its_page():
    site = _site(CHANGED, ADDED, ASIDE, WITHHELD)
    days = [[one.source for one in day] for day in site.show("changes", visit("changes")).view.days]
    assert days == [["ct-deaths"], ["cnd68"]]
    assert "its pages are about people: only that they changed is told" in _html(site)
    one = site.show("changes/cnd68", visit("changes/cnd68")).view
    assert [[version.source for version in day] for day in one.days] == [["cnd68"]]
    assert 'href="/en/changes/cnd68"' in _html(site)
    assert "ct-deaths" not in _html(site, "changes/cnd68").split("</h1>")[1].split("</main>")[0]


def test_a_page_of_changes_needs_no_script_and_says_when_there_are_none():
    assert "No followed page has changed" in _html(_site())
    tables = {name: rows for name, rows in release().tables.items() if name != "page_changes"}
    released = replace(release(), tables=tables)
    older = Site(Edition(released, MaterialNames()), "Test observatory", explain, Drawings())
    assert "No followed page has changed" in _html(older)
    with pytest.raises(WrongUse, match="no change of a page of 'cnd68'"):
        older.show("changes/cnd68", visit("changes/cnd68"))
    assert Page(_html(_site(CHANGED)))


def test_a_file_of_the_package_is_named_and_is_no_link_that_leads_nowhere():
    site = _site(CHANGED | {"address": "package:cnd68/data/votes.csv"})
    shown = site.show("changes", visit("changes"))
    page = Page(site.html(shown))
    assert "package:cnd68/data/votes.csv" in page.text
    assert not [one for one in page.all("a") if str(one.get("href")).startswith("package:")]
    assert b"package:" not in site.form(shown, "atom")


@pytest.mark.parametrize(
    ("language", "titles", "only_that"),
    [
        ("en", ["changed", "added"], "its pages are about people"),
        ("es", ["cambiado", "añadido"], "sus páginas tratan de personas"),
    ],
)
def test_changes_can_be_followed_by_feed(language, titles, only_that):
    site = _site(CHANGED, ADDED, ASIDE, WITHHELD)
    root = fromstring(site.form(site.show("changes", visit("changes", language)), "atom"))
    entries = root.findall(f"{ATOM}entry")
    said = {one.findtext(f"{ATOM}title"): one.findtext(f"{ATOM}content") or "" for one in entries}
    assert [title for word in titles for title in said if title.endswith(f": {word}")]
    assert any("It has 40 members. → It has 44 members." in text for text in said.values())
    assert any(only_that in text for text in said.values())
    days = [one.findtext(f"{ATOM}updated") for one in entries]
    assert days == sorted(days, reverse=True)
    assert "application/atom+xml" in _html(site, language=language)

"""The page of the catalogue: every source once, filters that are plain links, evidence shown."""

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import edition, site, visit

from atalaya.evidence.catalogue import load_catalogue
from atalaya.model.errors import WrongUse
from atalaya.publishing.site.views.catalogue import CatalogueView, catalogue, keys

EDITION = edition()


def view(key: str = "", language: str = "en") -> CatalogueView:
    return catalogue(EDITION, visit("catalogue", language), key)


def html(path: str, language: str) -> str:
    return site().html(site().show(path, visit(path, language)))


def test_every_source_stands_on_the_page_once_with_its_evidence() -> None:
    shown = [one.source["slug"] for one in view().sources]
    assert sorted(shown) == [one.slug for one in load_catalogue()]
    assert all(one.seen for one in view().sources)


@pytest.mark.parametrize(
    ("key", "title", "titulo", "slug"),
    [
        ("language-pt", "Portuguese", "portugués", "br-sar"),
        ("group-scheduling", "Gazettes and scheduling notices", "Diarios oficiales", "es-boe"),
        ("place-chl", "Chile", "Chile", "cl-sat"),
        ("place-m49-001", "World", "Mundo", "un-cnd"),
    ],
)
def test_a_filter_is_a_page_of_its_own(key: str, title: str, titulo: str, slug: str) -> None:
    assert view(key).title == title
    assert view(key, "es").title.startswith(titulo)
    shown = {one.source["slug"] for one in view(key).sources}
    assert slug in shown
    assert len(shown) < view().total


@pytest.mark.parametrize("name", ["group", "language", "place"])
def test_each_filter_counts_every_source_once(name: str) -> None:
    choices = view().filters[name]
    assert sum(one.count for one in choices) == view().total
    assert {one.key for one in choices} <= set(keys(EDITION))
    for one in choices:
        assert len(view(one.key).sources) == one.count


def test_the_filters_need_no_script() -> None:
    page = Page(html("catalogue", "en"))
    links = {str(found.get("href")) for found in page.all("a")}
    assert {f"/en/catalogue/{key}" for key in keys(EDITION)} <= {
        link.partition("?")[0] for link in links
    }


def test_a_source_that_may_not_be_passed_on_says_so_in_both_languages() -> None:
    assert "linked, not bundled" in html("catalogue/place-chl", "en")
    assert "se enlaza, no se incluye" in html("catalogue/place-chl", "es")


def test_what_no_source_has_is_refused() -> None:
    with pytest.raises(WrongUse, match="no sources under 'language-xx'"):
        view("language-xx")

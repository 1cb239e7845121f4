"""Every page, in both languages, is whole, escaped, local, and has a JSON twin."""

import json

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import HOSTILE, edition, site, visit

from atalaya.publishing.site.languages import LANGUAGES
from atalaya.publishing.site.pages import PAGES, find_page, keys_of
from atalaya.publishing.site.rendering import plain

EDITION = edition()
PATHS = [page.at(key) for page in PAGES for key in keys_of(page, EDITION)]


def html(path: str, language: str = "en", **asked: str) -> str:
    return site().html(site().show(path, visit(path, language, **asked)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_and_loads_nothing_from_elsewhere(path: str, language: str) -> None:
    page = Page(html(path, language))
    assert page.wrong == []
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert len(page.ids()) == len(set(page.ids()))
    assert all(address.startswith("/") for address in page.loaded())
    assert not [found for _, found in page.elements if "style" in found or "onclick" in found]
    assert [found.get("src") for found in page.all("script")] == ["/assets/atalaya.js"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_carries_its_date_and_a_dial_to_move_it(path: str) -> None:
    page = Page(html(path))
    assert "As of December 2024" in page.text
    assert [found["type"] for found in page.all("input") if found.get("name") == "as_of"] == [
        "month"
    ]
    assert [found for found in page.all("a") if "as_of=2019" in str(found.get("href"))]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_a_twin_that_says_the_same_as_json(path: str) -> None:
    shown = site().show(path, visit(path))
    twin = json.loads(site().twin(shown))
    assert twin["page"] == shown.page.name
    assert twin["as_of"] == "2024-12"
    assert twin["release"] == "2026-11-23-1"
    assert isinstance(twin["view"], dict)


def test_hidden_counts_read_the_same_in_page_and_twin() -> None:
    path = "series/made-up~hard-case~US-CT~deaths"
    twin = json.loads(site().twin(site().show(path, visit(path))))
    assert {point["count"] for point in twin["view"]["points"]} == {0, "1-9", None}
    assert "1–9" in html(path)


@pytest.mark.parametrize("path", ["issues", "sources", "signals", "why"])
def test_hostile_text_is_shown_and_never_run(path: str) -> None:
    text = html(path, ref="signals.csv:1:observed") if path == "why" else html(path)
    assert HOSTILE not in text
    assert "&lt;script&gt;alert(" in text


def test_hostile_questions_are_shown_and_never_run() -> None:
    text = html("countries", q=HOSTILE)
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_replay_is_said_on_the_first_screen_in_both_languages() -> None:
    assert "Evidence ends December 2024; nothing here is a current warning." in html("")
    assert (
        "La evidencia termina en diciembre de 2024; nada de lo que hay aquí es un aviso actual."
        in html("", "es")
    )


def test_an_unreviewed_signal_is_labelled_and_never_called_an_alert() -> None:
    text = html("signals/f87f7db7ef9877e2")
    assert "not reviewed by a person – not an alert" in text
    assert "Signed by" not in text


def test_every_figure_of_a_signal_opens_its_chain() -> None:
    page = Page(html("signals/f87f7db7ef9877e2"))
    figures = [found for found in page.all("a") if found.get("class") == "figure"]
    assert len(figures) > 100
    assert all(str(found["href"]).startswith("/en/why?ref=") for found in figures)


def test_a_chart_is_drawn_with_a_name_a_legend_and_a_table() -> None:
    page = Page(html("signals/f87f7db7ef9877e2"))
    (plot,) = [found for found in page.all("div") if found.get("class") == "plot"]
    assert plot["role"] == "img"
    assert "xylazine, Connecticut" in str(plot["aria-label"])
    assert len(page.all("svg")) > 1
    assert page.all("table")


@pytest.mark.parametrize(
    ("path", "name", "key"),
    [("", "home", ""), ("signals/ab", "signal", "ab"), ("why", "why", "")],
)
def test_a_path_leads_to_its_page(path: str, name: str, key: str) -> None:
    page, found = find_page(path)
    assert (page.name, found) == (name, key)


def test_a_set_is_written_in_the_same_order_whatever_the_hashes_of_a_run():
    codes = {"PER", "AUT", "CHL", "BOL", "MEX"}
    assert plain({"codes": codes}) == {"codes": ["AUT", "BOL", "CHL", "MEX", "PER"]}
    assert plain(["b", "a"]) == ["b", "a"], "what has an order keeps it"

"""The page of source health: the worst first, in words as well as in the picture."""

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import edition, site, visit

from atalaya.publishing.site.views.health import health

EDITION = edition()


def html(language: str) -> str:
    return site().html(site().show("source-health", visit("source-health", language)))


def test_the_worst_stands_first_and_every_state_is_counted() -> None:
    view = health(EDITION, visit("source-health", "en"), "")
    assert [one.row["state"] for one in view.sources] == ["failing", "fine"]
    assert view.states == {"fine": 1, "late": 0, "failing": 1, "silent": 0, "shipped": 0}


def test_a_week_in_which_nobody_asked_is_a_gap_and_no_zero() -> None:
    view = health(EDITION, visit("source-health", "en"), "")
    kinds = [bar.kind for bar in view.sources[1].weeks]
    assert kinds == ["plain", "plain", "gap", "plain", "plain", "plain", "zero", "plain"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Sources in order: 1.", "9 in the last whole week, usually 2 to 17", "unknown"]),
        ("es", ["Fuentes en orden: 1.", "9 en la última semana entera"]),
    ],
)
def test_the_page_says_in_words_what_its_picture_shows(language: str, words: list[str]) -> None:
    text = Page(html(language)).text
    assert [one for one in words if one not in text] == []

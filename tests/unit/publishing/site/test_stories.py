"""The page of stories: few, dated, placed with how sure, and never more voices than there are."""

from dataclasses import replace

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import (
    Drawings,
    MaterialNames,
    edition,
    explain,
    release,
    site,
    visit,
)
from tests.material.told_stories import HOSTILE

from atalaya.model.errors import WrongUse
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.stories import taken_out
from atalaya.publishing.site.views.stories import StoriesView, keys, left_out, stories

EDITION = edition()


def view(key: str = "", language: str = "en") -> StoriesView:
    return stories(EDITION, visit("stories", language), key)


def html(path: str = "stories", language: str = "en") -> str:
    return site().html(site().show(path, visit(path, language)))


def titles(shown: StoriesView) -> list[str]:
    return [card.title for month in shown.groups for card in month]


def other_release(**tables: list[dict[str, object]]) -> Edition:
    return Edition(replace(release(), tables=release().tables | tables), MaterialNames())


def test_the_newest_stands_first_and_what_is_about_nothing_here_is_no_story() -> None:
    days = [[card.day for card in month] for month in view().groups]
    assert days == [["2026-05-06", "2026-05-05"], ["2026-04-11"], ["2026-02-09"], [""]]
    assert "Football" not in html()
    assert (view().total, view().texts) == (5, 8)


def test_copies_of_one_report_count_once() -> None:
    text = Page(html()).text
    assert "3 texts, 3 sources, 2 independent origins" in text
    assert "1 text, 1 source, 1 independent origin" in text
    assert "3 textos, 3 fuentes, 2 orígenes independientes" in Page(html(language="es")).text


def test_a_title_stays_in_its_language_and_one_that_may_not_be_passed_on_is_told_in_our_words() -> (
    None
):
    assert '<span lang="es">Xilacina hallada en Lima</span>' in html()
    assert '<span lang="es">' not in html(language="es").split("<main")[1]
    assert "Reported: fentanyl, Connecticut" in titles(view())
    assert "Noticia: fentanyl, Connecticut" in titles(view(language="es"))
    for language in ("en", "es"):
        assert "may not be passed on</" not in html(language=language)
        assert "Nor may these" not in html(language=language)
    assert HOSTILE not in html()


def test_a_place_says_how_sure_it_is_and_why_and_an_unknown_one_is_no_place() -> None:
    text = Page(html()).text
    assert "Peru high: Lima, Peru, named in the sentence" in text
    assert "Connecticut moderate: Hartford, named in the title" in text
    assert "Connecticut low" in text
    assert "place not known" in text


def test_that_a_machine_read_it_and_what_is_hard_to_believe_is_said_plainly() -> None:
    text = Page(html()).text
    assert "Read by machine, checked by nobody." in text
    assert "Hard to believe: 2 tonnes of fentanyl are more than is seized in the world" in text
    assert '<span lang="en">2 tonnes of fentanyl' in html(language="es")


def test_what_was_taken_out_is_counted_by_reason() -> None:
    assert view().withheld == {"name": 4, "address": 1}
    assert "names of private persons: 4" in Page(html()).text
    assert "nombres de personas particulares: 4" in Page(html(language="es")).text
    assert taken_out(None) == {}
    assert taken_out("how-to 12") == {"how-to": 12}


@pytest.mark.parametrize(
    ("key", "title", "total"),
    [
        ("place-per", "Peru", 2),
        ("place-usa", "United States", 2),
        ("place-unknown", "place not known", 1),
        ("substance-xylazine", "xylazine", 2),
        ("language-es", "Spanish", 1),
        ("month-2026-05", "May 2026", 2),
    ],
)
def test_a_filter_is_a_page_of_its_own(key: str, title: str, total: int) -> None:
    shown = view(key)
    assert (shown.title, shown.total, len(titles(shown))) == (title, total, total)
    assert key in keys(EDITION)
    assert f'href="/en/stories-by/{key}"' in html()
    assert any(choice.key == key and choice.count == total for choice in _choices())


def _choices() -> list[object]:
    return [choice for choices in view().filters.values() for choice in choices]


def test_a_filter_that_no_story_has_is_refused() -> None:
    with pytest.raises(WrongUse, match="no story is known under 'place-atl'"):
        view("place-atl")


def test_a_month_of_which_nothing_was_read_is_a_gap_and_no_zero() -> None:
    kinds = {bar.period: bar.kind for bar in view().months}
    assert kinds["2025-12"] == "zero"
    assert kinds["2026-01"] == "gap"
    assert kinds["2026-05"] == "plain"
    assert "Jan 2026: no data" in Page(html()).text


def test_a_static_copy_holds_the_newest_stories_and_the_fullest_pages_alone() -> None:
    (row,) = [one for one in release().tables["stories"] if one["id"] == "story:c3"]
    many = [
        row | {"id": f"story:{n:04}", "territory": f"territory:{n % 50:03}"} for n in range(140)
    ]
    gone = set(left_out(other_release(stories=many)))
    assert len([path for path in gone if path.startswith("stories/")]) == 40
    assert "stories/0000" in gone
    assert "stories/0139" not in gone
    assert len([path for path in gone if path.startswith("stories-by/place-")]) == 20
    assert "stories-by/language-en" not in gone
    shown = stories(other_release(stories=many), visit("stories"), "")
    assert (shown.total, shown.shown) == (140, 100)


def test_an_observatory_without_stories_says_why_there_are_none() -> None:
    tables = {
        name: rows
        for name, rows in release().tables.items()
        if name not in ("stories", "texts", "candidates")
    }
    older = Edition(replace(release(), tables=tables), MaterialNames())
    shown = Site(older, "Test observatory", explain, Drawings())
    text = Page(shown.html(shown.show("stories", visit("stories")))).text
    assert "No story is told: either no open source is read here" in text
    assert keys(older) == ()

"""Pages of one story and of names that wait; stories on other pages; coverage that is no event."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

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
from atalaya.publishing.site.links import StaticLinks
from atalaya.publishing.site.views.coverage import coverage
from atalaya.publishing.site.views.story import keys, story
from atalaya.publishing.site.visits import Visit

EDITION = edition()
ATOM = "{http://www.w3.org/2005/Atom}"
MENTIONS = "made-up/xylazine/US-CT/mentions"


def html(path: str, language: str = "en") -> str:
    return site().html(site().show(path, visit(path, language)))


def text(path: str, language: str = "en") -> str:
    return Page(html(path, language)).text


def test_texts_of_a_story_stand_in_order_and_a_copy_says_of_which() -> None:
    told = story(EDITION, visit("stories/a1"), "a1").texts
    days = [one.row["published"] for one in told]
    assert days == ["2026-05-03", "2026-05-04", "2026-05-05"]
    assert [one.copies for one in told] == [0, 1, 0]
    assert "as text 1 does: counted once" in text("stories/a1")
    assert "como el texto 1: cuenta una vez" in text("stories/a1", "es")


def test_what_may_not_be_passed_on_is_linked_and_none_of_its_words_are_shown() -> None:
    page = html("stories/a1")
    assert "https://herald.example/a1" in page
    assert "Its words may not be passed on: it is linked only." in page
    assert "A kept text" not in page
    told = story(EDITION, visit("stories/a1"), "a1").texts
    assert [one.linked for one in told] == [False, False, True]
    assert [len(one.sayings) for one in told] == [1, 1, 0]


def test_each_passage_keeps_its_language_its_doubt_and_its_evidence() -> None:
    page = html("stories/a1")
    assert '<p lang="es">La policía de Lima halló xilacina en tres muestras.</p>' in page
    assert "unverified" in page
    (saying,) = story(EDITION, visit("stories/a1"), "a1").texts[0].sayings
    assert f"ref=claims.csv%3A{saying.row['row']}%3Aquote" in page


def test_what_was_taken_out_of_a_text_is_counted_beside_it() -> None:
    said = "Taken out before it was kept: names of private persons 2, addresses 1"
    assert said in text("stories/a1")
    assert "nombres de personas particulares 2, direcciones 1" in text("stories/a1", "es")


def test_what_is_hard_to_believe_and_stories_like_it_stand_on_the_page() -> None:
    assert "Hard to believe: 2 tonnes of fentanyl" in text("stories/b2")
    others = story(EDITION, visit("stories/b2"), "b2").others
    assert [one.key for one in others] == ["c3"]
    assert story(EDITION, visit("stories/d4"), "d4").others == ()
    assert HOSTILE not in html("stories/b2")


def test_a_story_that_is_not_there_is_refused() -> None:
    assert keys(EDITION) == ("e5", "a1", "b2", "c3", "d4")
    with pytest.raises(WrongUse, match="there is no story 'f6'"):
        site().show("stories/f6", visit("stories/f6"))


def test_a_name_that_waits_is_shown_with_the_words_that_name_it_and_what_to_do() -> None:
    said = text("candidates")
    assert "N-pyrrolidino nebrazene First named May 6, 2026" in said
    assert "The laboratory named N-pyrrolidino nebrazene in one sample from Peru." in said
    assert "No name on this page raises a signal" in said
    assert "Looks for a second source that does not copy the first" in said
    assert "Busca una segunda fuente que no copie a la primera" in text("candidates", "es")


@pytest.mark.parametrize(
    ("texts", "words"),
    [(True, "No such name stands in the 8 texts"), (False, "No open source was read")],
)
def test_where_no_name_waits_the_page_says_why(texts: bool, words: str) -> None:
    tables = release().tables | {"candidates": []}
    kept = {name: rows for name, rows in tables.items() if name != "candidates"}
    if not texts:
        kept = {name: rows for name, rows in kept.items() if name not in ("texts", "stories")}
    shown = Site(
        Edition(replace(release(), tables=kept), MaterialNames()), "T", explain, Drawings()
    )
    assert words in Page(shown.html(shown.show("candidates", visit("candidates")))).text


def test_coverage_is_a_share_of_what_was_read_with_both_numbers() -> None:
    found = coverage(EDITION, visit("series"), MENTIONS)
    assert found is not None
    assert (found.last, found.said, found.read, found.share) == ("2026-04", 1, 1, 1.0)
    kinds = {bar.period: bar.kind for bar in found.bars}
    assert (kinds["2025-12"], kinds["2026-01"], kinds["2026-05"]) == ("zero", "gap", "gap")
    assert coverage(EDITION, visit("series"), "ct-deaths/xylazine/US-CT/deaths") is None


def test_series_and_countries_say_that_coverage_is_no_event() -> None:
    for path in (f"series/{MENTIONS.replace('/', '~')}", "countries/US-CT"):
        assert "This is coverage, not events" in text(path)
        assert "1 of 1 documents read in April 2026 (100%)" in text(path)
        assert "1 de 1 documentos leídos en abril de 2026" in text(path, "es")
    counted = site().show("countries/US-CT", visit("countries/US-CT")).view.series
    assert "mentions" not in {card.predicate for card in counted}


def test_the_newest_stories_stand_on_the_first_page_and_on_those_of_countries() -> None:
    assert [card.key for card in site().show("", visit("")).view.stories] == list(keys(EDITION))
    assert site().show("", visit("", as_of="2019-08")).view.stories == ()
    here = site().show("countries/US-CT", visit("countries/US-CT")).view.stories
    assert [card.key for card in here] == ["b2", "c3"]
    whole = site().show("countries/USA", visit("countries/USA")).view.stories
    assert [card.key for card in whole] == ["b2", "c3"]
    assert "names of private persons: 4" in text("about")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "independent origins 2"), ("es", "orígenes independientes 2")],
)
def test_stories_can_be_followed_by_feed(language: str, words: str) -> None:
    shown = site().show("stories", visit("stories", language))
    entries = fromstring(site().form(shown, "atom")).findall(f"{ATOM}entry")
    days = [str(one.findtext(f"{ATOM}updated")) for one in entries]
    assert days == sorted(days, reverse=True)
    assert len(entries) == 4  # a story without a day is in no feed
    contents = [one.findtext(f"{ATOM}content") or "" for one in entries]
    assert any(words in content for content in contents)
    links = [one.get("href") for entry in entries for one in entry.findall(f"{ATOM}link")]
    assert f"/{language}/stories/a1" in links
    part = site().form(site().show("stories-by/place-per", visit("stories-by/place-per")), "atom")
    assert len(fromstring(part).findall(f"{ATOM}entry")) == 2


def test_the_static_copy_needs_no_server() -> None:
    static = Visit("en", StaticLinks("en", "stories/a1"), visit().today)
    page = site().html(site().show("stories/a1", static))
    assert 'href="../../../en/stories/index.html"' in page
    assert "/why?" not in page

"""Addresses are local, keep the date and the search, and survive hostile keys."""

from hypothesis import given
from hypothesis import strategies as st

from atalaya.publishing.site.links import ServedLinks, StaticLinks, why_folder

DATED = frozenset({"", "signals"})


def test_a_page_keeps_the_date_of_the_page_before() -> None:
    assert ServedLinks("en", "", "2019-06").page("signals") == "/en/signals?as_of=2019-06"


def test_the_other_language_keeps_page_date_and_search() -> None:
    links = ServedLinks("en", "countries", "2019-06", (("q", "peru"),))
    assert links.page("countries", language="es") == "/es/countries?q=peru&as_of=2019-06"


def test_the_twin_stands_at_the_same_address() -> None:
    assert ServedLinks("en", "", "2019-06").twin() == "/en/index.json?as_of=2019-06"
    assert ServedLinks("es", "signals").twin() == "/es/signals.json"


def test_static_links_are_relative() -> None:
    links = StaticLinks("en", "signals/ab12", None, DATED)
    assert links.page("signals") == "../../../en/signals/index.html"
    assert links.page("", language="es") == "../../../es/index.html"
    assert links.asset("atalaya.css") == "../../../assets/atalaya.css"
    assert links.download("data/signals.csv") == "../../../../data/signals.csv"


def test_a_static_page_without_a_copy_of_a_date_leads_to_the_first_page_of_that_date() -> None:
    links = StaticLinks("en", "sources", None, DATED)
    assert links.page("sources", as_of="2019") == "../../en/as-of/2019/index.html"


def test_a_dated_static_page_leads_to_the_latest_of_pages_that_have_no_dates() -> None:
    links = StaticLinks("en", "", "2019", DATED)
    assert links.page("sources") == "../../../en/sources/index.html"
    assert links.page("signals") == "../../../en/as-of/2019/signals/index.html"


def test_only_written_trees_are_linked() -> None:
    links = StaticLinks("en", "", references=frozenset({"signals.csv:1:observed"}))
    assert links.why("signals.csv:1:observed") == "../en/why/signals.csv~1~observed/index.html"
    assert links.why("series.csv:9:count") == ""
    assert why_folder("a:1:b") == "a~1~b"


@given(st.text(max_size=30))
def test_no_key_leaves_the_site(key: str) -> None:
    address = ServedLinks("en", "").page(f"series/{key}")
    assert address.startswith("/en/series/")
    assert not set(address) & set("<>\"' ")


def test_a_feed_is_served_and_is_copied_only_where_it_was_written():
    assert ServedLinks("es", "signals").feed("all") == "/feeds/es/all.atom"
    written = StaticLinks("es", "signals/ab12", feeds=frozenset({"feeds/es/all.atom"}))
    assert written.feed("all") == "../../../feeds/es/all.atom"
    assert StaticLinks("es", "signals/ab12").feed("all") == ""

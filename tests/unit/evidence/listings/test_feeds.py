from datetime import UTC, datetime

import pytest
from tests.material.listings import ATOM, JSON_FEED, RSS, listing, page

from atalaya.evidence.listings import read_listing
from atalaya.model.errors import LookAtThis

FEED = listing("feed")


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("iso-8859-1", "application/rss+xml"),
        ("utf-8", "application/rss+xml; charset=utf-8"),
        ("windows-1252", "text/xml; charset=windows-1252"),
    ],
)
def test_a_feed_is_read_in_its_own_encoding(encoding: str, content_type: str) -> None:
    found = read_listing(FEED, page(RSS.format(encoding=encoding).encode(encoding), content_type))
    first, second = found.items
    assert first.address == "https://office.example/alertas/1.html"
    assert first.title == "Alerta por opioides en la región"
    assert first.published == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert (second.published, found.left_out, found.fault) == (None, 1, "")


def test_an_entry_is_a_page_of_its_own_without_scripts() -> None:
    found = read_listing(FEED, page(RSS.format(encoding="utf-8"), "application/rss+xml"))
    entry = found.items[0].entry.decode()
    assert "<p>Se confirmó <b>un</b> nuevo opioide.</p>" in entry
    assert "<title>Alerta por opioides en la región</title>" in entry
    assert "x()" not in entry


def test_a_wrong_charset_in_the_header_does_not_make_a_feed_broken() -> None:
    body = RSS.format(encoding="utf-8").encode()
    found = read_listing(FEED, page(body, "application/rss+xml; charset=us-ascii"))
    assert len(found.items) == 2


def test_an_atom_feed_says_when_it_was_published_and_when_changed() -> None:
    (entry,) = read_listing(FEED, page(ATOM, "application/atom+xml")).items
    assert entry.address == "https://office.example/notice/1"
    assert entry.published == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert entry.changed == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert b"Words of the notice." in entry.entry


def test_a_json_feed_is_read_with_the_page_it_leads_to() -> None:
    found = read_listing(FEED, page(JSON_FEED, "application/feed+json"))
    (item,) = found.items
    assert (item.address, item.title, found.left_out) == ("https://office.example/7", "Seven", 2)
    assert item.published == datetime(2026, 11, 2, 1, 4, 5, tzinfo=UTC)
    assert b"a &lt; b" in item.entry
    assert found.further == ("https://office.example/feed.json?page=2",)


def test_a_feed_that_breaks_off_gives_what_stands_before_and_says_so() -> None:
    cut = RSS.format(encoding="utf-8").split("<item><title>Sin")[0] + "<item><title>Bro"
    found = read_listing(FEED, page(cut, "application/rss+xml"))
    assert [one.title for one in found.items] == [
        "Alerta por opioides en la región",
        "Segundo aviso",
    ]
    assert "not well-formed" in found.fault


def test_what_unfolds_is_refused_before_it_does() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>'
    with pytest.raises(LookAtThis, match="declares entities"):
        read_listing(FEED, page(bomb))


@pytest.mark.parametrize("text", ["not a feed", "{}", '{"items": 1}', "<html><p>Moved", "{"])
def test_what_is_no_feed_is_refused_with_its_place_and_a_remedy(text: str) -> None:
    with pytest.raises(LookAtThis) as refused:
        read_listing(FEED, page(text))
    assert refused.value.where is not None
    assert refused.value.do

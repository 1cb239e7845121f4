import gzip
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.material.listings import (
    ANSWER,
    COMMITS,
    FR_KEYS,
    INDEX,
    PAGE,
    SITEMAP,
    listing,
    page,
    versions,
)

from atalaya.evidence.listings import chosen, read_folder, read_listing
from atalaya.model.errors import LookAtThis

MAP = listing("sitemap")


def addresses(found: object) -> list[str]:
    return [one.address for one in getattr(found, "items")]  # noqa: B009


@pytest.mark.parametrize("body", [SITEMAP.encode(), gzip.compress(SITEMAP.encode())])
def test_a_sitemap_is_read_packed_or_not(body: bytes) -> None:
    found = read_listing(MAP, page(body))
    assert addresses(found) == ["https://office.example/a", "https://office.example/b"]
    assert found.items[0].changed == datetime(2026, 11, 1, tzinfo=UTC)
    assert found.items[1].published == datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert (found.items[1].title, found.left_out) == ("Bee", 1)


def test_an_index_leads_to_its_sitemaps_the_last_changed_first() -> None:
    found = read_listing(MAP, page(INDEX))
    assert found.further == ("https://office.example/new.xml.gz", "https://office.example/old.xml")
    assert found.items == ()


def test_a_sitemap_of_plain_lines_is_read() -> None:
    found = read_listing(MAP, page("https://office.example/x\nhttps://office.example/y\n"))
    assert len(found.items) == 2


def test_a_sitemap_that_breaks_off_gives_what_stands_before() -> None:
    found = read_listing(MAP, page(SITEMAP[: SITEMAP.index("<url><loc> ")] + "<url><loc>"))
    assert addresses(found) == ["https://office.example/a"]
    assert "broken" in found.fault


def test_entities_of_a_sitemap_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://office.example/secret")
    head = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{secret}">]>'
    found = read_listing(MAP, page(head + "<urlset><url><loc>&x;</loc></url></urlset>"))
    assert (found.items, found.left_out) == ((), 1)


def test_a_sitemap_that_unpacks_to_more_than_the_protocol_allows_is_refused() -> None:
    with pytest.raises(LookAtThis, match="unpacks to more than"):
        read_listing(MAP, page(gzip.compress(bytes(53_000_000), 1)))


@pytest.mark.parametrize("text", ["<html></html>", "nothing", "", "<urlset"])
def test_what_is_no_sitemap_is_refused(text: str) -> None:
    with pytest.raises(LookAtThis, match="cannot be read"):
        read_listing(MAP, page(text))


def test_links_are_read_within_the_declared_part_with_their_dates() -> None:
    found = read_listing(listing("pages", within="//main"), page(PAGE.encode("iso-8859-1")))
    assert addresses(found) == [
        "https://office.example/news/one.html",
        "https://office.example/news/two.pdf",
    ]
    assert found.items[0].title == "Número uno"
    assert [one.published for one in found.items] == [datetime(2026, 11, 5, tzinfo=UTC), None]


def test_a_page_without_the_declared_part_is_refused() -> None:
    with pytest.raises(LookAtThis, match="it has no part //article"):
        read_listing(listing("pages", within="//article"), page(PAGE))


def test_patterns_and_dates_choose_what_is_wanted() -> None:
    found = read_listing(listing("pages"), page(PAGE))
    wanted = listing("pages", links=["https://office.example/news/*"], skip=["*.pdf"])
    assert [one.address for one in chosen(wanted, found.items)] == [
        "https://office.example/news/one.html"
    ]
    late = listing("pages", since=date(2026, 11, 6), links=["*one*"])
    assert list(chosen(late, found.items)) == []


def test_an_answer_is_read_by_its_keys_with_the_next_page() -> None:
    found = read_listing(listing("api", keys=FR_KEYS), page(ANSWER))
    (item,) = found.items
    assert (item.address, item.title) == ("https://office.example/d/1", "Placement")
    assert (found.further, found.left_out) == (("https://office.example/api?page=2",), 1)
    assert b'"body": "Words"' in item.entry


def test_an_entry_without_an_address_is_known_by_what_it_says() -> None:
    keys = {name: said for name, said in FR_KEYS.items() if name != "address"}
    found = read_listing(listing("api", keys=keys, item="entry"), page(ANSWER))
    again = read_listing(listing("api", keys=keys, item="entry"), page(ANSWER))
    assert len(set(addresses(found))) == 2
    assert addresses(found) == addresses(again)


def test_versions_are_dated_and_the_next_page_may_be_a_link_header() -> None:
    link = '<https://office.example/c?page=2>; rel="next", <https://office.example/c>; rel="last"'
    found = read_listing(versions(), page(COMMITS, link=link))
    assert addresses(found) == [
        "https://office.example/raw/b2/table.csv",
        "https://office.example/raw/a1/table.csv",
    ]
    assert found.items[1].published == datetime(2026, 10, 2, tzinfo=UTC)
    assert (found.further, found.left_out) == (("https://office.example/c?page=2",), 1)


@pytest.mark.parametrize("text", ["{}", "[", '{"results": {}}', "7"])
def test_an_answer_without_the_list_is_refused(text: str) -> None:
    with pytest.raises(LookAtThis, match="cannot be read"):
        read_listing(listing("api", keys=FR_KEYS), page(text))


def test_a_folder_gives_the_files_of_declared_kinds_and_where_they_are(tmp_path: Path) -> None:
    inbox = tmp_path / "office" / "inbox"
    (inbox / "2026").mkdir(parents=True)
    (inbox / "2026" / "a report.pdf").write_bytes(b"%PDF-1.4")
    (inbox / "notes.exe").write_bytes(b"MZ")
    (inbox / ".hidden.pdf").write_bytes(b"%PDF-1.4")
    os.utime(inbox / "2026" / "a report.pdf", (1_700_000_000, 1_700_000_000))
    said = listing("folder").model_copy(update={"address": "folder:inbox"})
    found, places = read_folder(said, tmp_path / "office")
    (item,) = found.items
    assert item.address == "folder:office/inbox/2026/a%20report.pdf"
    assert item.changed == datetime.fromtimestamp(1_700_000_000, UTC)
    assert (item.entry_type, found.left_out) == ("application/pdf", 1)
    assert places[item.address].read_bytes() == b"%PDF-1.4"


def test_a_folder_that_is_a_link_out_of_the_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "office" / "inbox").symlink_to(tmp_path / "elsewhere")
    said = listing("folder").model_copy(update={"address": "folder:inbox"})
    with pytest.raises(LookAtThis, match="no such folder"):
        read_folder(said, tmp_path / "office")

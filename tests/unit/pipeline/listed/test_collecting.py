"""Listings on a real server: what is asked, what is kept, and what happens when it fails."""

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import brotli
import pytest
from tests.material.fetching_visits import in_turn, to
from tests.material.listed_house import PAGE, ListedHouse, feed, html, rss
from tests.material.loopback_server import Exchange, replies, serving

from atalaya.evidence.fetched import Fetched
from atalaya.evidence.sources import load_sources
from atalaya.model.declarations import SourceDeclaration
from atalaya.pipeline.editions import days
from atalaya.pipeline.intake import Named
from atalaya.pipeline.listed import collecting
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.tabulating import read


class Cut(Exception):
    """A machine that stops."""


FEED = {"kind": "feed", "address": "{home}/feed.xml", "private_persons": False}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ListedHouse]:
    with serving({}) as server:
        server.routes = {}
        yield ListedHouse(tmp_path, server)


def test_each_document_of_a_feed_is_a_capture_of_its_own_with_its_date(house: ListedHouse) -> None:
    house.server.routes = {"/feed.xml": feed("/a", "/b"), "/a": html(), "/b": html(PAGE + b"\n")}
    house.declare("office", FEED)
    assert house.run() == ["/feed.xml", "/a", "/b"]
    first, second = house.captures()
    assert first.address == house.server.home + "/a"
    assert (first.dated, first.media_type) == ("2026-11-24T09:30:00Z", "text/html")
    assert first.listing == second.listing == house.server.home + "/feed.xml"
    assert house.store.payload(first) == PAGE
    assert house.failures() == ()
    assert house.problems() == ()


def test_what_is_known_is_not_asked_for_again_and_an_unchanged_list_is_not_sent(
    house: ListedHouse,
) -> None:
    def answer(exchange: Exchange) -> None:
        known = exchange.headers.get("If-None-Match") == '"v1"'
        feed("/a", Etag='"v1"')(exchange) if not known else exchange.reply(304)

    house.server.routes = {"/feed.xml": answer, "/a": html()}
    house.declare("office", FEED)
    house.run()
    assert house.run() == ["/feed.xml"]
    assert house.server.record.asked[-1].headers["if-none-match"] == '"v1"'
    assert len(house.store.all()) == 2


def test_a_page_that_fails_for_now_is_asked_for_in_the_next_run_though_the_list_is_the_same(
    house: ListedHouse,
) -> None:
    def answer(exchange: Exchange) -> None:
        known = exchange.headers.get("If-None-Match") == '"v1"'
        exchange.reply(304) if known else feed("/a", "/b", Etag='"v1"')(exchange)

    busy = replies(b"", 429, Retry_After="7")
    house.server.routes = {"/feed.xml": answer, "/a": in_turn(busy, html()), "/b": html()}
    house.declare("office", FEED)
    assert house.run() == ["/feed.xml", "/a", "/b"]
    (failure,) = house.failures()
    assert (failure.later, failure.listing) == (True, house.server.home + "/feed.xml")
    assert "429" in failure.says
    assert house.run() == ["/feed.xml", "/a"]
    assert house.failures() == ()
    assert len(house.captures()) == 2


def test_a_page_that_is_gone_is_an_issue_is_not_asked_for_daily_and_ends_when_unlisted(
    house: ListedHouse,
) -> None:
    house.server.routes = {"/feed.xml": feed("/gone", "/b"), "/b": html()}
    house.declare("office", FEED)
    house.run()
    (failure,) = house.failures()
    assert (failure.address, failure.later) == (house.server.home + "/gone", False)
    assert house.run() == ["/feed.xml"]
    assert len(house.failures()) == 1
    house.server.routes["/feed.xml"] = feed("/b")
    house.run()
    assert house.failures() == ()


def test_one_failing_source_never_stops_the_others(house: ListedHouse) -> None:
    house.server.routes = {
        "/feed.xml": feed("/a"),
        "/a": html(),
        "/broken.xml": replies(b"<rss", Content_Type="application/rss+xml"),
    }
    house.declare("broken", FEED | {"address": "{home}/broken.xml"})
    house.declare("gone", FEED | {"address": "{home}/nothing.xml"})
    house.declare("office", FEED)
    house.run()
    assert [one.source for one in house.captures()] == ["office"]
    assert sorted(one.source for one in house.failures()) == ["broken", "gone"]


def test_only_so_many_items_are_asked_in_a_run_newest_first_and_the_next_goes_on(
    house: ListedHouse,
) -> None:
    paths = [f"/{number}" for number in range(5)]

    def answer(exchange: Exchange) -> None:
        home = exchange.server.home
        items = b"".join(
            rss(home, path, dated=f"Tue, {10 + day} Nov 2026 09:00:00 GMT").split(b"<title>N")[1]
            for day, path in enumerate(paths)
        ).replace(b"</title>", b"", 1)
        body = b'<rss version="2.0"><channel><title>N</title>' + items.replace(
            b"</channel></rss>", b""
        ).replace(b"</title><item>", b"<item>")
        exchange.reply(200, body + b"</channel></rss>", Content_Type="text/xml")

    house.server.routes = {"/feed.xml": answer, **{path: html() for path in paths}}
    house.declare("office", FEED | {"max_items": 2})
    asked = [house.run()[1:] for _ in range(4)]
    assert asked == [["/4", "/3"], ["/2", "/1"], ["/0"], []]


def test_robots_txt_is_kept_for_every_item(house: ListedHouse) -> None:
    house.server.routes = {
        "/robots.txt": replies(b"User-agent: *\nDisallow: /private\n", Content_Type="text/plain"),
        "/feed.xml": feed("/private/a", "/b"),
        "/b": html(),
    }
    house.declare("office", FEED)
    assert house.run() == ["/feed.xml", "/b"]
    (failure,) = house.failures()
    assert "robots.txt does not let" in failure.says


def test_an_item_may_not_lead_into_a_network_its_listing_is_not_in(house: ListedHouse) -> None:
    house.server.routes = {
        "/feed.xml": replies(rss("http://169.254.169.254", "/meta"), Content_Type="text/xml")
    }
    house.declare("office", FEED)
    house.run()
    (failure,) = house.failures()
    assert "not to a public host" in failure.says


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)], ids=["gzip", "br"]
)
def test_redirects_chunks_packed_bodies_and_odd_charsets_come_out_whole(
    house: ListedHouse, encoding: str, pack
) -> None:
    latin = "<html><head><meta charset='utf-8'></head><body>Año</body></html>".encode("latin-1")

    def chunked(exchange: Exchange) -> None:
        exchange.begin(200, Transfer_Encoding="chunked", Content_Type="text/html")
        for piece in (PAGE[:9], PAGE[9:]):
            exchange.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        exchange.wfile.write(b"0\r\n\r\n")

    house.server.routes = {
        "/feed.xml": feed("/moved", "/chunked", "/packed", "/latin"),
        "/moved": to("/here", 301),
        "/here": html(),
        "/chunked": chunked,
        "/packed": replies(pack(PAGE), Content_Type="text/html", Content_Encoding=encoding),
        "/latin": replies(latin, Content_Type="text/html; charset=ascii"),
    }
    house.declare("office", FEED)
    house.run()
    kept = {one.address.rpartition("/")[2]: one for one in house.captures()}
    assert kept["moved"].url == house.server.home + "/here"
    assert [house.store.payload(kept[one]) for one in ("moved", "chunked", "packed")] == [PAGE] * 3
    assert house.store.payload(kept["latin"]) == latin
    assert house.failures() == ()


def test_a_slow_drip_and_a_cut_connection_are_left_for_later(house: ListedHouse) -> None:
    def drip(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length="100", Content_Type="text/html")
        exchange.wfile.write(b"<html>")
        exchange.wfile.flush()
        time.sleep(0.6)

    def cut(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length="100", Content_Type="text/html")
        exchange.wfile.write(b"<html>")
        exchange.cut()

    house.server.routes = {
        "/feed.xml": feed("/drip", "/cut", "/a"),
        "/drip": drip,
        "/cut": cut,
        "/a": html(),
    }
    house.declare("office", FEED)
    house.run(timeout_seconds=0.3)
    assert [one.later for one in house.failures()] == [True, True]
    assert len(house.captures()) == 1


def test_a_host_that_answers_nothing_is_not_asked_for_every_item(house: ListedHouse) -> None:
    paths = [f"/{number}" for number in range(9)]
    house.server.routes = {"/feed.xml": feed(*paths), "*": replies(b"", 503)}
    house.server.routes["/robots.txt"] = replies(b"", 404)
    house.declare("office", FEED)
    assert len(house.run()) == 1 + 3
    assert len(house.run()) == 1 + 3


def test_a_sitemap_index_and_the_pages_of_a_list_are_followed(house: ListedHouse) -> None:
    def index(exchange: Exchange) -> None:
        home = exchange.server.home
        text = f"<sitemapindex><sitemap><loc>{home}/one.xml</loc></sitemap></sitemapindex>"
        exchange.reply(200, text.encode(), Content_Type="application/xml")

    def one(exchange: Exchange) -> None:
        home = exchange.server.home
        text = f"<urlset><url><loc>{home}/a</loc><lastmod>2026-11-01</lastmod></url></urlset>"
        exchange.reply(200, gzip.compress(text.encode()), Content_Type="application/gzip")

    house.server.routes = {
        "/sitemap.xml": index,
        "/one.xml": one,
        "/list": html(b"<html><body><main><a href='/b.pdf'>B</a></main></body></html>"),
        "/a": html(),
        "/b.pdf": replies(b"%PDF-1.4 x", Content_Type="application/pdf"),
    }
    house.declare(
        "office",
        {"kind": "sitemap", "address": "{home}/sitemap.xml", "private_persons": False},
        {
            "kind": "pages",
            "address": "{home}/list",
            "within": "//main",
            "private_persons": False,
        },
    )
    house.run()
    assert sorted(one.media_type for one in house.captures()) == ["application/pdf", "text/html"]
    assert house.failures() == ()


def test_a_page_that_is_said_to_have_changed_and_has_not_is_kept_once(house: ListedHouse) -> None:
    days = iter(("2026-11-01", "2026-11-26"))

    def sitemap(exchange: Exchange) -> None:
        loc = f"<loc>{exchange.server.home}/a</loc><lastmod>{next(days)}</lastmod>"
        body = f"<urlset><url>{loc}</url></urlset>".encode()
        exchange.reply(200, body, Content_Type="application/xml")

    def reads(said: SourceDeclaration, named: Named, fetched: Fetched) -> bytes:
        return b"Words."

    house.reads = reads
    house.server.routes = {"/map.xml": sitemap, "/a": html()}
    listing = {"kind": "sitemap", "address": "{home}/map.xml", "private_persons": False}
    house.declare("office", listing)
    assert house.run() == ["/map.xml", "/a"]
    kept = [one.id for one in house.captures()]
    assert len(kept) == 2, "the page, and what was read of it"
    assert house.run() == ["/map.xml", "/a"]
    assert house.problems() == ()
    assert len({house.store.payload(one) for one in house.captures()}) == 2


API = {
    "kind": "api",
    "address": "{home}/api",
    "item": "entry",
    "item_types": ["application/json"],
    "private_persons": False,
    "keys": {"items": "results", "address": "html_url", "date": "day", "next": "next_page_url"},
}


COUNTED = """
[[table]]
address = "folder:inbox"
record = "counts"
subject = { column = "substance", register = "substance" }
predicate = { value = "samples" }
value = { column = "count" }
unit = "samples"
period = { column = "month" }
"""


def answer_of(*numbers: int, following: str = "") -> object:
    def answer(exchange: Exchange) -> None:
        home = exchange.server.home
        results = [{"html_url": f"{home}/d/{one}", "day": "2026-11-20"} for one in numbers]
        said = {"results": results} | ({"next_page_url": home + following} if following else {})
        exchange.reply(200, json.dumps(said).encode(), Content_Type="application/json")

    return answer


def test_a_paged_interface_whose_second_page_fails_gives_the_first_and_goes_on_later(
    house: ListedHouse,
) -> None:
    house.server.routes = {
        "/api": answer_of(1, 2, following="/api?page=2"),
        "/api?page=2": in_turn(replies(b"", 500), answer_of(3)),
    }
    house.declare("register", API)
    assert house.run() == ["/api", "/api?page=2"]
    assert len(house.captures()) == 2
    (failure,) = house.failures()
    assert failure.address.endswith("/api?page=2")
    assert house.run() == ["/api", "/api?page=2"]
    assert len(house.captures()) == 3
    assert house.failures() == ()
    assert json.loads(house.store.payload(house.captures()[0]))["day"] == "2026-11-20"
    assert house.run() == ["/api"], "what is old is not turned to again"


VERSIONS = {
    "kind": "versions",
    "address": "{home}/commits",
    "item_types": ["text/csv"],
    "item_address": "{home}/raw/{version}/table.csv",
    "file": "{home}/raw/main/table.csv",
    "keys": {"version": "sha", "date": "commit.committer.date"},
}


def test_the_dated_versions_of_a_file_are_kept_as_such(house: ListedHouse) -> None:
    commits = [
        {"sha": f"v{day}", "commit": {"committer": {"date": f"2026-10-0{day}T00:00:00Z"}}}
        for day in (3, 2, 1)
    ]
    house.server.routes = {
        "/commits": replies(json.dumps(commits).encode(), Content_Type="application/json"),
        "/raw/v3/table.csv": replies(b"a,b\n1,3\n", Content_Type="text/plain"),
        "/raw/v2/table.csv": replies(b"a,b\n1,2\n", Content_Type="text/plain"),
        "/raw/v1/table.csv": replies(b"a,b\n1,2\n", Content_Type="text/plain"),
    }
    house.declare("lab", VERSIONS | {"max_items": 2})
    assert house.run() == ["/commits", "/raw/v3/table.csv", "/raw/v2/table.csv"]
    assert house.run() == ["/commits", "/raw/v1/table.csv"]
    assert house.run() == ["/commits"]
    kept = sorted(house.captures(), key=lambda one: one.known_at)
    assert [one.dated[:10] for one in kept] == ["2026-10-01", "2026-10-02", "2026-10-03"]
    assert {one.address for one in kept} == {house.server.home + "/raw/main/table.csv"}
    assert house.store.payload(kept[-1]) == b"a,b\n1,3\n"
    assert house.problems() == ()
    (said,) = load_sources(house.root / "sources")
    assert days(said, house.captures()) == [date(2026, 10, day) for day in (1, 2, 3)]


def test_a_version_without_its_date_is_an_issue_and_no_version_of_today(
    house: ListedHouse,
) -> None:
    commits = [{"sha": "v1", "commit": {"committer": {"date": "some day"}}}]
    house.server.routes = {
        "/commits": replies(json.dumps(commits).encode(), Content_Type="application/json")
    }
    house.declare("lab", VERSIONS)
    assert house.run() == ["/commits"]
    (failure,) = house.failures()
    assert "1 of 1 items have no address, or no date" in failure.says


def test_a_date_in_the_future_is_no_later_than_the_capture(house: ListedHouse) -> None:
    body = rss(house.server.home, "/a", dated="Mon, 01 Jan 2035 00:00:00 GMT")
    house.server.routes = {"/feed.xml": replies(body, Content_Type="text/xml"), "/a": html()}
    house.declare("office", FEED)
    house.run()
    (one,) = house.captures()
    assert one.dated.startswith("2035")
    assert one.known_at == one.fetched_at


def test_the_words_of_a_feed_itself_may_be_the_documents(house: ListedHouse) -> None:
    body = rss(house.server.home, "/a").replace(
        b"</title><link>", b"</title><description>Words.</description><link>"
    )
    house.server.routes = {"/feed.xml": replies(body, Content_Type="text/xml")}
    house.declare("office", FEED | {"item": "entry"})
    assert house.run() == ["/feed.xml"]
    (one,) = house.captures()
    assert b"<body>Words.</body>" in house.store.payload(one)
    assert house.run() == ["/feed.xml"]
    assert len(house.captures()) == 1


def test_files_of_a_folder_are_taken_once_and_again_when_they_change(house: ListedHouse) -> None:
    house.declare(
        "desk",
        {
            "kind": "folder",
            "address": "folder:inbox",
            "item_types": ["text/plain"],
            "private_persons": False,
        },
    )
    inbox = house.root / "sources" / "desk" / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("one")
    house.run()
    house.run()
    assert [house.store.payload(one) for one in house.captures()] == [b"one"]
    assert house.captures()[0].address == "folder:desk/inbox/a.txt"


def test_tables_of_a_folder_are_read_file_by_file(house: ListedHouse) -> None:
    said = {"kind": "folder", "address": "folder:inbox", "item_types": ["text/csv"]}
    house.declare("desk", said | {"private_persons": False})
    declared = house.root / "sources" / "desk" / "source.toml"
    declared.write_text(declared.read_text() + COUNTED)
    inbox = declared.parent / "inbox"
    inbox.mkdir()
    for month in ("2026-08", "2026-09"):
        (inbox / f"{month}.csv").write_text(f"substance,month,count\nfentanyl,{month},3\n")
    house.run()
    found = read(load_sources(house.root / "sources"), house.captures(), house.store, Silent())
    assert found.claims["period"].to_pylist() == ["2026-08", "2026-09"]
    assert found.documents["rows"].to_pylist() == [1, 1]


def test_a_run_that_is_cut_goes_on_where_it_was(house: ListedHouse) -> None:
    paths = [f"/{number}" for number in range(25)]
    house.server.routes = {"/feed.xml": feed(*paths), **{path: html() for path in paths}}

    house.declare("office", FEED)
    kept: list[str] = []
    whole = collecting.archive

    def cut_after_twenty(*given):
        captures = whole(*given)
        kept.extend(one.address for one in captures)
        if len(kept) >= 20:
            raise Cut
        return captures

    collecting.archive = cut_after_twenty
    try:
        with pytest.raises(Cut):
            house.run()
    finally:
        collecting.archive = whole
    again = house.run()
    assert len(kept) == 20
    assert not set(again) & {address.removeprefix(house.server.home) for address in kept[1:]}
    assert len(house.captures()) == 25
    assert house.problems() == ()

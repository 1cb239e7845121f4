import gzip
import threading
import zlib
from datetime import timedelta
from email.utils import format_datetime

import pytest
from tests.material.clocks import START, StoppedClock
from tests.material.fetching_visits import CSV, Visit, csv, in_turn, to
from tests.material.loopback_server import Exchange, replies, serving

from atalaya.evidence.fetched import Validators
from atalaya.evidence.fetching import Fetcher
from atalaya.model.declarations import Fetch
from atalaya.model.errors import LookAtThis, TryLater
from atalaya.model.settings import FetchingSettings


def test_what_a_server_answers_is_given_with_where_when_and_how() -> None:
    with serving({"/a.csv": csv}) as server:
        visit = Visit(server, contact="https://observatory.example/contact")
        got = visit.fetch("/a.csv")
    assert (got.payload, got.status, got.media_type, got.via) == (CSV, 200, "text/csv", "http")
    assert got.url == got.address == server.home + "/a.csv"
    assert got.fetched_at == START + timedelta(seconds=1)  # robots.txt, and the pause after it
    assert dict(got.headers)["content-type"] == "text/csv; charset=utf-8"


def test_every_request_says_who_asks_and_carries_no_cookie() -> None:
    sets = replies(CSV, Content_Type="text/csv", Set_Cookie="who=you; Path=/")
    with serving({"/a.csv": sets, "/robots.txt": sets}) as server:
        visit = Visit(server, contact="https://observatory.example/contact")
        got = [visit.fetch("/a.csv"), visit.fetch("/a.csv")]
    agents = {asked.headers["user-agent"] for asked in server.record.asked}
    assert agents == {"Atalaya/0.1.0 (+https://observatory.example/contact)"}
    assert not any("cookie" in asked.headers for asked in server.record.asked)
    assert not any("set-cookie" in dict(answer.headers) for answer in got)


def test_a_contact_that_would_break_the_header_is_refused_before_anything_is_asked() -> None:
    with serving({"/a.csv": csv}) as server:
        said = Visit(server, contact="me\r\nCookie: x").refused("/a.csv", LookAtThis)
    assert "cannot be sent in a header" in said
    assert server.paths == []


def test_robots_txt_is_asked_once_a_host_and_first() -> None:
    with serving({"/a.csv": csv, "/b.csv": csv}) as server:
        fetcher = Fetcher(FetchingSettings(), StoppedClock())
        with fetcher:
            for path in ("/a.csv", "/b.csv"):
                fetcher.fetch(Fetch(address=server.home + path, media_type="text/csv"))
    assert server.paths == ["/robots.txt", "/a.csv", "/b.csv"]


def test_an_address_that_robots_txt_forbids_is_never_asked() -> None:
    rules = replies(b"User-agent: *\nDisallow: /\n\nUser-agent: atalaya\nDisallow: /private\n")
    with serving({"/robots.txt": rules, "/a.csv": csv, "/private/a.csv": csv}) as server:
        assert Visit(server).fetch("/a.csv").payload == CSV
        said = Visit(server).refused("/private/a.csv", LookAtThis)
    assert "robots.txt does not let Atalaya fetch" in said
    assert "/private/a.csv" not in server.paths


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_whose_robots_txt_is_broken_is_not_asked_for_anything_else(status: int) -> None:
    with serving({"/robots.txt": replies(b"", status), "/a.csv": csv}) as server:
        visit = Visit(server, retries=1)
        said = visit.refused("/a.csv", TryLater)
        assert f"answers {status}" in visit.refused("/a.csv", TryLater)
    assert "allowing nothing" in said
    assert "/a.csv" not in server.paths


def test_a_host_without_a_robots_txt_allows_everything() -> None:
    with serving({"/robots.txt": replies(b"", 403), "/a.csv": csv}) as server:
        assert Visit(server).fetch("/a.csv").payload == CSV


def test_a_robots_txt_that_redirects_is_followed() -> None:
    rules = replies(b"User-agent: *\nDisallow: /")
    with serving({"/robots.txt": to("/r.txt"), "/r.txt": rules, "/a.csv": csv}) as server:
        assert "robots.txt does not let" in Visit(server).refused("/a.csv", LookAtThis)


def test_of_an_endless_robots_txt_only_the_start_is_read() -> None:
    rules = replies(b"User-agent: *\nDisallow: /no\n" + b"# more\n" * 200_000)
    with serving({"/robots.txt": rules, "/no": csv, "/a.csv": csv}) as server:
        assert Visit(server).fetch("/a.csv").payload == CSV
        assert "robots.txt does not let" in Visit(server).refused("/no", LookAtThis)


@pytest.mark.parametrize("rule", ["Crawl-delay: 7", "Request-rate: 2/14"])
def test_the_pause_a_host_asks_for_is_kept(rule: str) -> None:
    rules = replies(f"User-agent: *\n{rule}\n".encode())
    with serving({"/robots.txt": rules, "/a.csv": csv}) as server:
        visit = Visit(server)
        visit.fetch("/a.csv")
    assert visit.clock.slept == [7.0]


def test_a_run_does_not_stand_still_for_a_host_that_asks_for_a_day() -> None:
    rules = replies(b"User-agent: *\nCrawl-delay: 86400\n")
    with serving({"/robots.txt": rules, "/a.csv": csv}) as server:
        visit = Visit(server)
        assert "asks for 86400 seconds" in visit.refused("/a.csv", TryLater)
    assert visit.clock.slept == []


def test_one_request_at_a_time_goes_to_a_host_whatever_the_number_of_threads() -> None:
    def slow(exchange: Exchange) -> None:
        threading.Event().wait(0.02)
        exchange.reply(200, CSV, Content_Type="text/csv")

    with serving({"*": slow, "/robots.txt": replies(b"")}) as server:
        clock = StoppedClock()
        fetcher = Fetcher(FetchingSettings(pause_seconds=2), clock)

        def ask(number: int) -> None:
            fetcher.fetch(Fetch(address=f"{server.home}/{number}.csv", media_type="text/csv"))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        fetcher.close()
    assert server.record.most_at_once == 1
    assert len(server.paths) == 6
    assert clock.slept == [2.0] * 5


def test_an_unchanged_file_is_said_to_be_so_and_not_sent_again() -> None:
    def conditional(exchange: Exchange) -> None:
        if exchange.headers.get("If-None-Match") == '"v1"':
            exchange.reply(304, ETag='"v1"')
        else:
            exchange.reply(200, CSV, ETag='"v1"', Last_Modified="Tue, 31 Dec 2024 00:00:00 GMT")

    with serving({"/a.csv": conditional}) as server:
        visit = Visit(server)
        first = visit.fetch("/a.csv")
        second = visit.fetch("/a.csv", first.validators)
    assert not first.not_modified
    assert (second.not_modified, second.status, second.payload) == (True, 304, b"")
    asked = server.record.asked[-1].headers
    assert asked["if-modified-since"] == "Tue, 31 Dec 2024 00:00:00 GMT"


def test_validators_of_another_address_are_not_sent() -> None:
    with serving({"/a.csv": to("/b.csv"), "/b.csv": csv}) as server:
        known = Validators(server.home + "/a.csv", etag='"v1"')
        assert Visit(server).fetch("/a.csv", known).url.endswith("/b.csv")
    assert "if-none-match" in server.record.asked[1].headers
    assert "if-none-match" not in server.record.asked[2].headers


def test_not_modified_without_having_asked_is_no_answer() -> None:
    with serving({"/a.csv": replies(b"", 304)}) as server:
        assert "answers 304" in Visit(server).refused("/a.csv", LookAtThis)


def test_a_server_that_asks_for_patience_gets_it() -> None:
    busy = replies(b"", 429, Retry_After="42")
    with serving({"/a.csv": in_turn(busy, csv)}) as server:
        visit = Visit(server)
        assert visit.fetch("/a.csv").payload == CSV
    assert visit.clock.slept == [1.0, 42.0]


def test_a_date_until_which_a_server_asks_for_patience_is_kept() -> None:
    until = format_datetime(START + timedelta(seconds=31), usegmt=True)
    with serving({"/a.csv": in_turn(replies(b"", 503, Retry_After=until), csv)}) as server:
        visit = Visit(server)
        assert visit.fetch("/a.csv").payload == CSV
    assert visit.clock.slept == [1.0, 30.0]


def test_a_server_that_asks_for_an_hour_is_left_for_the_next_run() -> None:
    with serving({"/a.csv": replies(b"", 429, Retry_After="3600")}) as server:
        visit = Visit(server)
        assert "asks to wait 3600 seconds" in visit.refused("/a.csv", TryLater)
    assert server.paths == ["/robots.txt", "/a.csv"]


def test_a_failing_server_is_tried_again_ever_more_slowly_and_then_left() -> None:
    with serving({"/a.csv": replies(b"", 500)}) as server:
        visit = Visit(server, retries=3, pause_seconds=0)
        assert "answers 500" in visit.refused("/a.csv", TryLater)
    assert server.paths.count("/a.csv") == 4
    first, second, third = visit.clock.slept
    assert 0.5 <= first <= 1 <= second <= 2 <= third <= 4


def test_a_server_that_recovers_is_heard() -> None:
    with serving({"/a.csv": in_turn(replies(b"", 502), Exchange.cut, csv)}) as server:
        assert Visit(server).fetch("/a.csv").payload == CSV


@pytest.mark.parametrize(("status", "words"), [(404, "nothing at this"), (410, "has removed")])
def test_an_address_that_is_gone_is_said_to_be_so_and_not_tried_again(
    status: int, words: str
) -> None:
    with serving({"/a.csv": replies(b"<html>gone</html>", status)}) as server:
        assert words in Visit(server).refused("/a.csv", LookAtThis)
    assert server.paths.count("/a.csv") == 1


def test_a_page_behind_a_log_in_is_not_asked_again() -> None:
    with serving({"/a.csv": replies(b"", 401, WWW_Authenticate="Basic")}) as server:
        assert "only public pages" in Visit(server).refused("/a.csv", LookAtThis)


def test_a_chunked_body_is_put_together() -> None:
    def chunked(exchange: Exchange) -> None:
        exchange.begin(200, Transfer_Encoding="chunked", Content_Type="text/csv")
        for piece in (CSV[:5], CSV[5:]):
            exchange.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        exchange.wfile.write(b"0\r\n\r\n")

    with serving({"/a.csv": chunked}) as server:
        assert Visit(server).fetch("/a.csv").payload == CSV


BARE = zlib.compressobj(wbits=-15)
ENCODED = {
    "gzip": gzip.compress(CSV),
    "GZip": gzip.compress(CSV[:9]) + gzip.compress(CSV[9:]),
    "deflate": zlib.compress(CSV),
    "deflate ": BARE.compress(CSV) + BARE.flush(),
    "identity": CSV,
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_a_compressed_body_is_unpacked(encoding: str) -> None:
    route = replies(ENCODED[encoding], Content_Encoding=encoding, Content_Type="text/csv")
    with serving({"/a.csv": route}) as server:
        assert Visit(server).fetch("/a.csv").payload == CSV


@pytest.mark.parametrize("body", [b"\xff\xfe" + "a,b\n1,2".encode("utf-16-le"), b"a\n\xe9\n"])
def test_a_file_in_another_encoding_than_said_is_kept_byte_for_byte(body: bytes) -> None:
    with serving({"/a.csv": replies(body, Content_Type="text/csv; charset=utf-8")}) as server:
        assert Visit(server).fetch("/a.csv").payload == body

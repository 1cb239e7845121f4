from collections.abc import Callable

import httpx
import pytest
from tests.material.clocks import StoppedClock
from tests.material.fetching_visits import CSV, Visit, csv, to
from tests.material.loopback_server import Exchange, replies, serving

from atalaya.evidence.fetching import Fetcher
from atalaya.model.declarations import Fetch
from atalaya.model.errors import LookAtThis
from atalaya.model.settings import FetchingSettings


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_answering_address_kept(status: int) -> None:
    with serving({"/a.csv": to("b.csv#part", status), "/b.csv": csv}) as server:
        got = Visit(server).fetch("/a.csv")
    assert (got.payload, got.url) == (CSV, server.home + "/b.csv")
    assert got.address == server.home + "/a.csv"


def test_a_redirect_loop_is_named_with_its_chain() -> None:
    with serving({"/a": to("/b"), "/b": to("/c"), "/c": to("/b")}) as server:
        said = Visit(server).refused("/a", LookAtThis)
    home = server.home
    assert "round in a circle" in said
    assert f"{home}/a -> {home}/b -> {home}/c -> {home}/b" in said


def test_an_endless_chain_of_redirects_is_cut() -> None:
    def next_one(exchange: Exchange) -> None:
        exchange.reply(302, Location=f"/{int(exchange.path[1:]) + 1}")

    with serving({"*": next_one, "/robots.txt": replies(b"")}) as server:
        assert "more than 10 redirects" in Visit(server).refused("/0", LookAtThis)
    assert len(server.paths) == 12


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "its scheme is 'file'"),
        ("ftp://example.org/a", "its scheme is 'ftp'"),
        ("package:ct-deaths/data/monthly.csv", "its scheme is 'package'"),
        ("http://me:secret@example.org/", "user name or password"),
        ("http://[broken/", "cannot be followed"),
        ("http://169.254.169.254/latest/meta-data", "forbidden network address"),
        ("http://10.0.0.1/", "private network address"),
        ("http://[::ffff:10.0.0.1]/", "private network address"),
        ("http://0.0.0.0/", "forbidden network address"),
    ],
)
def test_a_redirect_that_leads_where_it_must_not_is_refused(target: str, words: str) -> None:
    with serving({"/a": to(target)}) as server:
        assert words in Visit(server).refused("/a", LookAtThis)


def test_each_hop_is_checked_against_robots_txt() -> None:
    rules = replies(b"User-agent: *\nDisallow: /b")
    with serving({"/robots.txt": rules, "/a": to("/b"), "/b": csv}) as server:
        assert "does not let" in Visit(server).refused("/a", LookAtThis)
    assert server.paths == ["/robots.txt", "/a"]


def public(answer: Callable[[httpx.Request], httpx.Response], **settings: object) -> Fetcher:
    transport = httpx.MockTransport(answer)
    return Fetcher(FetchingSettings.model_validate(settings), StoppedClock(), transport=transport)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("https://127.0.0.1:1/", "loopback network address"),
        ("https://localhost/admin", "loopback network address"),
        ("https://192.168.1.1/", "private network address"),
        ("http://example.org/plain", "from https to http"),
    ],
)
def test_a_public_page_cannot_send_us_into_a_private_network(target: str, words: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        return httpx.Response(302, headers={"Location": target})

    with public(answer) as fetcher, pytest.raises(LookAtThis, match=words):
        fetcher.fetch(Fetch(address="https://example.org/a.csv", media_type="text/csv"))
    assert asked == ["https://example.org/robots.txt", "https://example.org/a.csv"]

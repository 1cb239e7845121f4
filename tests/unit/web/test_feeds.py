"""Feeds on the site: asked for by language and name, and nothing else answers there."""

import re

from fastapi.testclient import TestClient
from tests.material.clocks import StillClock
from tests.material.small_release import MaterialNames, explain, release

from atalaya.web.app import application
from atalaya.web.desk import ReadingDesk
from atalaya.web.shelf import Shelf

_FEED = b"<feed/>"


def _client() -> TestClient:
    shelf = Shelf("t", lambda: release().name, release, MaterialNames(), lambda _release: explain)

    def feeds(code: str, name: str) -> bytes | None:
        return _FEED if (code, name) == ("es", "US-CT-xylazine") else None

    app = application(shelf, StillClock(), ReadingDesk(), feeds=feeds)
    return TestClient(app, base_url="http://testserver")


def test_a_feed_is_served_as_atom():
    answer = _client().get("/feeds/es/US-CT-xylazine.atom")
    assert (answer.status_code, answer.content) == (200, _FEED)
    assert answer.headers["content-type"].startswith("application/atom+xml")


def test_a_feed_that_does_not_exist_is_not_found_and_a_bad_name_is_refused():
    client = _client()
    assert client.get("/feeds/es/nowhere.atom").status_code == 404
    assert client.get("/feeds/fr/all.atom").status_code == 400
    assert client.get("/feeds/es/..%2Fkeys.atom").status_code in (400, 404)


def test_a_site_without_an_observatory_has_no_feeds():
    shelf = Shelf("t", lambda: release().name, release, MaterialNames(), lambda _release: explain)
    client = TestClient(application(shelf, StillClock(), ReadingDesk()))
    assert client.get("/feeds/en/all.atom").status_code == 404


def test_every_page_names_the_feed_of_its_language_where_feed_readers_look():
    for code in ("en", "es"):
        for path in ("", "signals", "nowhere-at-all"):
            page = _client().get(f"/{code}/{path}", headers={"accept": "text/html"}).text
            (link,) = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', page)
            assert f'href="/feeds/{code}/all.atom"' in link

"""Feeds, sitemaps, pages and answers as publishers write them, of our own making."""

from typing import Any

from atalaya.evidence.listings.page import ListingPage
from atalaya.model.listings import Listing

HOME = "https://office.example/"

RSS = """\
<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>Boletín</title><link>https://office.example/</link>
<item><title>Alerta por opioides en la región</title><link>/alertas/1.html#arriba</link>
<pubDate>Tue, 24 Nov 2026 09:30:00 -0500</pubDate>
<description><![CDATA[
<p>Se confirmó <b>un</b> nuevo opioide.</p><script>x()</script>]]></description>
</item>
<item><title>Segundo aviso</title><link>https://office.example/alertas/2.html</link></item>
<item><title>Sin dirección</title></item>
</channel></rss>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>Notices</title><id>urn:a</id>
<entry><title>A notice</title><id>urn:1</id><link href="notice/1"/>
<published>2026-11-20T10:00:00Z</published><updated>2026-11-21T10:00:00Z</updated>
<content type="html">&lt;p&gt;Words of the notice.&lt;/p&gt;</content></entry></feed>
"""
JSON_FEED = """\
{"version": "https://jsonfeed.org/version/1.1", "title": "N", "next_url": "feed.json?page=2",
 "items": [{"id": "7", "url": "https://office.example/7", "title": "Seven",
            "date_published": "2026-11-02T03:04:05+02:00", "content_text": "a < b"},
           {"id": "not an address"}, "noise"]}
"""
SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://office.example/a</loc><lastmod>2026-11-01</lastmod></url>
<url><loc> https://office.example/b </loc><news:news>
<news:publication_date>2026-11-03T10:00:00Z</news:publication_date><news:title>Bee</news:title>
</news:news></url><url><loc>ftp://office.example/c</loc></url></urlset>
"""
INDEX = """\
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://office.example/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
<sitemap><loc>https://office.example/new.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap>
</sitemapindex>
"""
PAGE = """\
<!doctype html><html><head><meta charset="iso-8859-1"><base href="/news/"></head><body>
<nav><a href="/">Home</a></nav><main><ul>
<li><time datetime="2026-11-05">5 Nov</time> <a href="one.html">N\u00famero uno</a></li>
<li><a href="two.pdf">Two</a></li><li><a href="mailto:x@office.example">Write</a></li>
<li><a href="one.html#again">Once more</a></li></ul></main></body></html>
"""
ANSWER = """\
{"count": 3, "next_page_url": "https://office.example/api?page=2", "results": [
 {"document_number": "2026-1", "html_url": "https://office.example/d/1", "title": "Placement",
  "publication_date": "2026-11-10", "body": "Words"}, {"title": "no address"}]}
"""
COMMITS = """\
[{"sha": "b2", "commit": {"committer": {"date": "2026-11-02T00:00:00Z"}}},
 {"sha": "a1", "commit": {"committer": {"date": "2026-10-02T00:00:00Z"}}}, {"sha": null}]
"""
FR_KEYS = {
    "items": "results",
    "address": "html_url",
    "title": "title",
    "date": "publication_date",
    "next": "next_page_url",
}
GIT_KEYS = {"version": "sha", "date": "commit.committer.date"}


def page(text: str | bytes, content_type: str = "", link: str = "") -> ListingPage:
    """Make a page of a listing."""
    headers = [("content-type", content_type)] if content_type else []
    headers += [("link", link)] if link else []
    body = text.encode() if isinstance(text, str) else text
    return ListingPage(HOME, body, tuple(headers))


def listing(kind: str = "feed", **said: Any) -> Listing:
    """Declare a listing."""
    return Listing.model_validate({"kind": kind, "address": f"{HOME}list", **said})


def versions(**said: Any) -> Listing:
    """Declare the versions of one file."""
    named = {
        "item_address": f"{HOME}raw/{{version}}/table.csv",
        "file": f"{HOME}table.csv",
        "item_types": ["text/csv"],
        "keys": GIT_KEYS,
    }
    return listing("versions", **named | said)

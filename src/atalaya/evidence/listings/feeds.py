"""Feeds: RSS, Atom and RDF by feedparser, JSON Feed by its own fields.

Source: RSS 2.0 (RSS Advisory Board), RFC 4287 (Atom), JSON Feed 1.1 (jsonfeed.org).
"""

from __future__ import annotations

import html
import json
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from atalaya.evidence.listings.items import Found, Listed, address_in, found, moment, titled
from atalaya.evidence.listings.page import ListingPage, unreadable
from atalaya.model.sentences import sentence

_ENTITIES = 200  # declarations of entities that a feed may hold; HTML's own need none
_LOOKED_AT = 65_536


def read_feed(page: ListingPage) -> Found:
    """Read a feed's entries, each with its words as a document of its own.

    Args:
        page: The feed as it came.

    Returns:
        Its entries in the feed's order; an entry without a link is known by its identifier where
        that is an address.

    Raises:
        LookAtThis: It is no feed.
    """
    if page.payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(page)
    if page.payload[:_LOOKED_AT].count(b"<!ENTITY"):
        raise unreadable(page, sentence("it declares entities, which no feed needs"))
    parsed = _parsed(page)
    entries = parsed.get("entries", [])
    broken = parsed.get("bozo_exception") if parsed.get("bozo") else None
    if not entries and (broken is not None or not parsed.get("version")):
        raise unreadable(page, str(broken or sentence("it is no RSS or Atom feed"))[:300])
    return found((_entry(page, one) for one in entries), _fault(broken))


def _parsed(page: ListingPage) -> Mapping[str, Any]:
    import feedparser

    said = {"content-location": page.address}
    said |= {name.lower(): value for name, value in page.headers if name.lower() == "content-type"}
    try:
        parsed: Mapping[str, Any] = feedparser.parse(page.payload, response_headers=said)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # feedparser lets some mistakes of a feed through as errors of its own.
        raise unreadable(page, f"{type(error).__name__}: {error}"[:300]) from error
    return parsed


def _fault(broken: object) -> str:
    """Say what is broken; a feed whose encoding was only named wrongly is whole."""
    if broken is None or type(broken).__name__ in {
        "CharacterEncodingOverride",
        "NonXMLContentType",
    }:
        return ""
    return sentence("the feed is not well-formed ({fault})", fault=str(broken)[:200])


def _entry(page: ListingPage, entry: Mapping[str, Any]) -> Listed | None:
    address = _address(page, entry.get("link"), entry.get("id"))
    if address is None:
        return None
    title = titled(html.unescape(entry.get("title", "")))
    body = next((one.get("value", "") for one in entry.get("content", ())), "")
    words = body or entry.get("summary", "")
    return Listed(
        address,
        title,
        _moment(entry.get("published_parsed")),
        # Asked for, it would be told the date of publication, with a warning that this will end.
        _moment(entry.get("updated_parsed")) if "updated_parsed" in entry else None,
        _as_page(title, words),
        "text/html",
    )


def _address(page: ListingPage, link: object, name: object) -> str | None:
    """Give where an entry is; its identifier may only stand for that where it is an address."""
    if isinstance(link, str) and link.strip():
        return address_in(page.address, link)
    named = isinstance(name, str) and name.strip().startswith(("https://", "http://"))
    return address_in(page.address, str(name)) if named else None


def _as_page(title: str, words: str) -> bytes:
    """Write an entry as a page of its own; feedparser has made its markup harmless."""
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>'
    return f"<!doctype html>\n<html><head>{head}</head>\n<body>{words}</body></html>\n".encode(
        "utf-8", "replace"
    )


def _moment(parsed: Any) -> datetime | None:
    """Turn the nine numbers that feedparser gives, in UTC, into a moment."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _json_feed(page: ListingPage) -> Found:
    try:
        feed = json.loads(page.payload)
    except (ValueError, RecursionError) as error:
        raise unreadable(page, str(error)[:300]) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise unreadable(page, sentence("it is no JSON Feed: it has no version and list of items"))
    all_found = found(_json_items(page, items))
    further = address_in(page.address, str(feed.get("next_url") or ""))
    more = (further,) if feed.get("next_url") and further else ()
    return Found(all_found.items, more, all_found.left_out, all_found.fault)


def _json_items(page: ListingPage, items: list[Any]) -> Iterator[Listed | None]:
    for item in items:
        said = item if isinstance(item, dict) else {}
        address = _address(page, said.get("url") or said.get("external_url"), said.get("id"))
        if address is None:
            yield None
            continue
        title = titled(said.get("title"))
        words = said.get("content_html") or html.escape(str(said.get("content_text") or ""))
        yield Listed(
            address,
            title,
            moment(said.get("date_published")),
            moment(said.get("date_modified")),
            _as_page(title, str(words)),
            "text/html",
        )

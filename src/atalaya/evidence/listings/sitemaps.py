"""Sitemaps and indexes of sitemaps, packed or not, read piece by piece under a cap.

Source: Sitemap protocol 0.9 (sitemaps.org); Google's extension for news, 0.9.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from atalaya.evidence.listings.items import MOST, Found, Listed, address_in, found, moment, titled
from atalaya.evidence.listings.page import ListingPage, unreadable
from atalaya.model.sentences import sentence

_LARGEST = 52_428_800  # bytes unpacked: what the protocol allows
_FIRST = datetime.min.replace(tzinfo=UTC)


def read_sitemap(page: ListingPage) -> Found:
    """Read a sitemap, or an index of sitemaps, which leads to further ones.

    Args:
        page: The file as it came: XML, text with an address a line, either of them packed by gzip.

    Returns:
        The pages it names, or the sitemaps, last changed first. A file that breaks off gives what
        stands before the break, and says so.

    Raises:
        LookAtThis: It is no sitemap, or unpacks to more than the protocol allows.
    """
    body = _unpacked(page)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    if start.lower().startswith((b"http://", b"https://"[:8])):
        lines = body.decode("utf-8-sig", "replace").split()
        return found(_web(page, one, {}) for one in lines[:MOST])
    reader = _Reader()
    entries = list(reader.entries(body))
    if reader.fault and not entries:
        raise unreadable(page, reader.fault)
    if reader.root not in {"urlset", "sitemapindex"}:
        raise unreadable(page, sentence("it is no sitemap but <{root}>", root=reader.root))
    items = found((_web(page, one.get("loc", ""), one) for one in entries), reader.fault)
    if reader.root == "urlset":
        return items
    maps = sorted(items.items, key=lambda one: one.changed or _FIRST, reverse=True)
    return Found((), tuple(one.address for one in maps), items.left_out, items.fault)


def _web(page: ListingPage, link: str, entry: dict[str, str]) -> Listed | None:
    address = address_in(page.address, link) if link.strip() else None
    if address is None:
        return None
    return Listed(
        address,
        titled(entry.get("title")),
        moment(entry.get("publication_date")),
        moment(entry.get("lastmod")),
    )


class _Reader:
    """Reads entries without building the tree; entities are left alone, nothing is loaded."""

    def __init__(self) -> None:
        self.root, self.fault = "", ""

    def entries(self, body: bytes) -> Iterator[dict[str, str]]:
        """Give the fields of each ``url`` or ``sitemap``, by local name."""
        from lxml import etree

        options: dict[str, Any] = {"no_network": True, "load_dtd": False, "huge_tree": False}
        tree = etree.iterparse(
            BytesIO(body), events=("start", "end"), resolve_entities=False, **options
        )
        given = 0
        try:
            for event, node in tree:
                name = _name(node)
                if event == "start":
                    self.root = self.root or name
                elif name in {"url", "sitemap"}:
                    yield {_name(one): (one.text or "").strip() for one in node.iter() if one.text}
                    node.clear()
                    given += 1
                    if given >= MOST:
                        return
        except etree.XMLSyntaxError as error:
            self.fault = sentence("the sitemap is broken: {fault}", fault=str(error)[:200])


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _unpacked(page: ListingPage) -> bytes:
    if not page.payload.startswith(b"\x1f\x8b"):
        return page.payload
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        body = inflater.decompress(page.payload, _LARGEST + 1)
    except zlib.error as error:
        raise unreadable(page, str(error)) from error
    if len(body) > _LARGEST:
        raise unreadable(page, sentence("it unpacks to more than {most} bytes", most=str(_LARGEST)))
    return body

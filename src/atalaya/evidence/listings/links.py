"""Links of a web page, of all of it or of the parts a source names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from atalaya.evidence.listings.items import Found, Listed, address_in, found, moment, titled
from atalaya.evidence.listings.page import ListingPage, unreadable
from atalaya.model.sentences import sentence

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLIMBED = 3  # elements around a link in which its date is looked for: an entry of a list


def read_links(page: ListingPage, within: str = "") -> Found:
    """Read the links of a page.

    Args:
        page: The page as it came.
        within: XPath of the parts that hold the links; empty for all of it.

    Returns:
        What the links lead to, in the page's order, with their words as titles and the date that
        a ``time`` beside a link says.

    Raises:
        LookAtThis: It is no page, or has no such part.
    """
    root = _root(page)
    base = root.base_url or page.address
    for one in root.iterfind(".//base[@href]"):
        base = address_in(page.address, one.get("href") or "") or base
        break
    parts = root.xpath(within) if within else [root]
    parts = [one for one in parts if hasattr(one, "iter")] if isinstance(parts, list) else []
    if not parts:
        raise unreadable(page, sentence("it has no part {within}", within=within))
    return found(_links(parts, base))


def _root(page: ListingPage) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding=_known(page.charset), no_network=True)
    try:
        root = html.document_fromstring(page.payload, parser=parser, base_url=page.address)
    except (etree.LxmlError, ValueError) as error:
        raise unreadable(page, str(error)[:300]) from error
    return root


def _known(charset: str | None) -> str | None:
    """Give an encoding that lxml knows, or None, which lets the page say it."""
    import codecs

    try:
        return codecs.lookup(charset).name if charset else None
    except LookupError:
        return None


def _links(parts: list[Any], base: str) -> Iterator[Listed | None]:
    for part in parts:
        for link in part.iter("a"):
            href = (link.get("href") or "").strip()
            if not href or href.startswith(("#", "mailto:", "javascript:", "tel:", "data:")):
                continue
            address = address_in(base, href)
            words = titled("".join(link.itertext()))
            yield Listed(address, words, moment(_time(link))) if address else None


def _time(link: _Element) -> str | None:
    """Give the date that stands nearest to a link, where only one link stands beside it."""
    node: _Element | None = link
    for _ in range(_CLIMBED):
        if node is None:
            return None
        times = [one.get("datetime") for one in node.iter("time")]
        if times:
            return str(times[0])
        node = node.getparent()
        if node is not None and sum(1 for _ in node.iter("a")) > _CLIMBED:
            return None
    return None

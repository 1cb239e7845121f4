"""Answers of an interface in JSON: lists of documents, or of the versions of one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from atalaya.evidence.fetched import header
from atalaya.evidence.listings.items import Found, Listed, address_in, found, moment, titled
from atalaya.evidence.listings.page import ListingPage, unreadable
from atalaya.model.identifiers import sha256_hex
from atalaya.model.listings import Listing
from atalaya.model.sentences import sentence

_NEXT = re.compile(r"<([^<>]{1,2000})>\s*;[^,<]{0,500}\brel\s*=\s*\"?next\"?", re.IGNORECASE)


def read_answer(page: ListingPage, listing: Listing) -> Found:
    """Read one page of an interface.

    Args:
        page: The answer as it came.
        listing: Its keys say where in it an item's parts stand.

    Returns:
        The items, and the page that the answer or its ``Link`` header calls the next.

    Raises:
        LookAtThis: It is no JSON, or has no list where the keys say.

    Source: RFC 8288 for ``Link``.
    """
    try:
        answer = json.loads(page.payload)
    except (ValueError, RecursionError) as error:
        raise unreadable(page, str(error)[:300]) from error
    items = at(answer, listing.keys.items)
    if items is None and listing.keys.items and not _leads_on(answer, listing):
        fault = sentence("it has no list {key!r}", key=listing.keys.items)
        raise unreadable(page, fault)
    if items is not None and not isinstance(items, list):
        fault = sentence("{key!r} is no list", key=listing.keys.items or "the answer")
        raise unreadable(page, fault)
    said = found(_items(page, listing, items or []))
    return Found(said.items, _further(page, listing, answer), said.left_out)


def at(answer: Any, key: str) -> Any:
    """Give what stands under a key, a key inside another after a dot; None where nothing does.

    >>> at({"commit": {"date": "2026"}}, "commit.date")
    '2026'
    """
    for part in key.split(".") if key else ():
        if isinstance(answer, dict):
            answer = answer.get(part)
        elif isinstance(answer, list) and part.isascii() and part.isdigit():
            answer = answer[int(part)] if int(part) < len(answer) else None
        else:
            return None
    return answer


def _leads_on(answer: Any, listing: Listing) -> bool:
    """Whether an answer without its list is an empty page: some interfaces leave the key out."""
    return isinstance(answer, dict) and answer.get("count") == 0 and bool(listing.keys.items)


def _items(page: ListingPage, listing: Listing, items: list[Any]) -> Iterator[Listed | None]:
    keys = listing.keys
    for item in items:
        entry = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        address = _address(page, listing, item, entry)
        dated = moment(at(item, keys.date) if keys.date else None)
        if address is None or (dated is None and listing.kind == "versions"):
            yield None  # a version without its date would be one of no day
            continue
        yield Listed(
            address,
            titled(at(item, keys.title) if keys.title else ""),
            dated,
            entry=entry,
            entry_type="application/json",
        )


def _address(page: ListingPage, listing: Listing, item: Any, entry: bytes) -> str | None:
    keys = listing.keys
    if keys.version and "{version}" in listing.item_address:
        version = at(item, keys.version)
        if not isinstance(version, str | int) or not str(version).strip():
            return None
        named = listing.item_address.replace("{version}", quote(str(version).strip(), safe=""))
        return address_in(page.address, named)
    link = at(item, keys.address) if keys.address else None
    if isinstance(link, str) and link.strip():
        return address_in(page.address, link)
    if listing.item == "entry":  # it needs a name of its own, and the same one each time
        return f"{listing.address.partition('#')[0]}#{sha256_hex(entry)[:16]}"
    return None


def _further(page: ListingPage, listing: Listing, answer: Any) -> tuple[str, ...]:
    said = at(answer, listing.keys.next) if listing.keys.next else None
    if not isinstance(said, str) or not said.strip():
        link = _NEXT.search(header(page.headers, "link") or "")
        said = link[1] if link else None
    address = address_in(page.address, said) if said else None
    return (address,) if address and address != page.address else ()

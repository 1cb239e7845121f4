"""What a ``[[listing]]`` of a ``source.toml`` says: an address that lists documents.

A listing is asked again and again, and each document it names becomes a capture of its own. Nothing
of it is code: the kind says how the list is written, the keys where in it an item's parts stand.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from atalaya.model.declaring import Declared, Expectation, Words

Kind = Literal["feed", "sitemap", "pages", "api", "versions", "folder"]
FOLDER = "folder:"

_LISTED_AS: dict[str, tuple[str, ...]] = {
    "feed": (
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "application/json",
        "text/html",  # so many servers call a feed; what is none is refused when it is read
    ),
    "sitemap": ("application/xml", "application/gzip", "text/plain"),
    "pages": ("text/html", "application/xhtml+xml"),
    "api": ("application/json",),
    "versions": ("application/json",),
    "folder": (),
}


class Keys(Declared):
    """Where an ``api`` or ``versions`` listing says what; a key inside another after a dot.

    Args:
        items: The list of items; empty where the answer itself is the list.
        address: Address of an item, in it.
        version: What stands for ``{version}`` in ``item_address``.
        title: Its title.
        date: When it was published.
        next: Address of the next page, in the answer; a ``Link`` header with ``rel="next"`` is
            followed without it.
    """

    items: str = ""
    address: str = ""
    version: str = ""
    title: str = ""
    date: str = ""
    next: str = ""


class Listing(Declared):
    """An address that lists documents, each of which becomes a capture of its own.

    Args:
        kind: How the list is written.
        address: Where it is; ``folder:NAME`` for files in the source's own folder.
        item_types: Media types that items may have; one that answers otherwise is refused.
        item: ``page``: what an item's address answers; ``entry``: what the listing says of it.
        item_address: Address of an item, with ``{version}`` where the list gives no address.
        file: For ``versions``: what they are versions of; a ``[[table]]`` names this address.
        keys: Where an ``api`` or ``versions`` listing says what.
        within: XPath of the parts of a page that hold the links; everywhere when empty.
        links: Patterns of item addresses, ``*`` standing for anything; any address when empty.
        skip: Patterns of item addresses that are left out.
        since: Items dated earlier are left out.
        max_pages: Most pages of the listing, or sitemaps of an index, that are asked in a run.
        max_items: Most items that are asked in a run; the next run goes on with the others.
        private_persons: Whether items may name private persons, so that they are sealed; None is
            yes for all kinds but ``versions``.
        expect: What must hold of an item.
    """

    kind: Kind
    address: Words
    item_types: tuple[Words, ...] = ("text/html", "application/pdf")
    item: Literal["page", "entry"] = "page"
    item_address: str = ""
    file: str = ""
    keys: Keys = Keys()
    within: str = ""
    links: tuple[Words, ...] = ()
    skip: tuple[Words, ...] = ()
    since: date | None = None
    max_pages: int = Field(default=10, ge=1, le=1_000)
    max_items: int = Field(default=50, ge=1, le=10_000)
    private_persons: bool | None = None
    expect: Expectation = Expectation()

    @property
    def sealed(self) -> bool:
        """Whether its items may name private persons: who does not know says yes (R2)."""
        return self.kind != "versions" if self.private_persons is None else self.private_persons

    @property
    def listed_as(self) -> tuple[str, ...]:
        """Media types in which the list itself may come."""
        return _LISTED_AS[self.kind]

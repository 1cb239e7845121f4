"""One page of a listing, as it came."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

from atalaya.evidence.fetched import Fetched, Headers, header
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.sentences import sentence


@dataclass(frozen=True, slots=True)
class ListingPage:
    """The bytes of a page, and what was said of them.

    Args:
        address: The address that answered: what its links are relative to.
        payload: Its bytes.
        headers: The headers that are kept.
    """

    address: str
    payload: bytes
    headers: Headers = ()

    @classmethod
    def of(cls, fetched: Fetched) -> ListingPage:
        """Take the page from an answer."""
        return cls(fetched.url, fetched.payload, fetched.headers)

    @property
    def charset(self) -> str | None:
        """The encoding the server names, or None."""
        said = Message()
        said["content-type"] = header(self.headers, "content-type") or "text/plain"
        return said.get_content_charset()


def unreadable(page: ListingPage, fault: str) -> LookAtThis:
    """Make the error for a page of which nothing can be read."""
    return LookAtThis(
        sentence("this listing cannot be read: {fault}", fault=fault),
        why="what it lists is not asked for until it can be",
        do=sentence(
            "open the address; if it is right as it is, correct kind and keys in source.toml"
        ),
        where=Place(page.address),
    )

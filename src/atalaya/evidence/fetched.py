"""The answer of an address: what fetching hands to the captures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]

# Headers that say what was published, when and how; all others (cookies, tracking, the server's
# inner workings) are dropped before anything is stored.
KEPT_HEADERS = frozenset(
    {
        "content-type",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "date",
        "etag",
        "last-modified",
        "link",
        "server",
        "vary",
        "x-robots-tag",
    }
)


def header(headers: Headers, name: str) -> str | None:
    """Give the first header of a name, whatever its capitals.

    >>> header((("ETag", "x"),), "etag")
    'x'
    """
    return next((value for key, value in headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets a server say that nothing has changed since.

    Args:
        url: The address that answered: validators say nothing of any other.
        etag: Its ``ETag`` header, or None.
        last_modified: Its ``Last-Modified`` header, or None.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered at a moment.

    Args:
        address: The address asked for, as declared.
        url: The address that answered, after redirects.
        status: HTTP status; 200 for package and mirror addresses.
        media_type: Media type as answered, lower case, without parameters; for package and mirror
            addresses, which answer none, as declared.
        headers: The answer's headers that are kept (``KEPT_HEADERS``); empty unless over HTTP.
        payload: The body without content encoding; empty when not modified.
        fetched_at: When the answer was complete, UTC, whole seconds.
        via: ``http``, ``package`` or ``mirror``.
        asked: The headers that were sent; empty unless over HTTP.
        not_modified: The server says that nothing changed since the known validators.
    """

    address: str
    url: str
    status: int
    media_type: str
    headers: Headers
    payload: bytes
    fetched_at: datetime
    via: str
    asked: Headers = ()
    not_modified: bool = False

    @property
    def validators(self) -> Validators:
        """What to hand to the next fetch of the same address."""
        return Validators(
            self.url, header(self.headers, "etag"), header(self.headers, "last-modified")
        )

"""What a listing says there is, and which of it a source wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urldefrag, urljoin

from atalaya.evidence.addresses import parse_web
from atalaya.model.errors import BadInput
from atalaya.model.listings import Listing

MOST = 50_000  # items of one page: what the sitemap protocol allows
_TITLE = 500  # letters
# What an address keeps as it is when it is made plain: RFC 3986, and what is encoded already.
_PLAIN = "-._~:/?#[]@!$&'()*+,;=%"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that a listing names.

    Args:
        address: Where it is.
        title: Its title there, or empty; it may name private persons.
        published: When it was published, UTC, or None where the listing does not say.
        changed: When it was last changed, UTC, or None.
        entry: What the listing itself says of it, where that is the document; else empty.
        entry_type: Media type of the entry.
    """

    address: str
    title: str = ""
    published: datetime | None = None
    changed: datetime | None = None
    entry: bytes = b""
    entry_type: str = ""

    @property
    def dated(self) -> datetime | None:
        """When it was published, or else last changed."""
        return self.published or self.changed


@dataclass(frozen=True, slots=True)
class Found:
    """What one page of a listing says.

    Args:
        items: The documents it names, in its order, each address once.
        further: Addresses of further pages of the listing.
        left_out: How many of its items have no address that can be asked, or no date where they
            need one.
        fault: What is wrong with the page, though something of it could be read; else empty.
    """

    items: tuple[Listed, ...]
    further: tuple[str, ...] = ()
    left_out: int = 0
    fault: str = ""


def found(items: Iterable[Listed | None], fault: str = "") -> Found:
    """Gather items; None stands for one whose address cannot be asked."""
    kept: dict[str, Listed] = {}
    left_out = 0
    for item in items:
        if item is None:
            left_out += 1
        elif len(kept) < MOST:
            kept.setdefault(item.address, item)
    return Found(tuple(kept.values()), left_out=left_out, fault=fault)


def chosen(listing: Listing, items: Iterable[Listed]) -> Iterator[Listed]:
    """Give the items that a source wants: by patterns, and by date where one is said.

    Args:
        listing: What the source declares.
        items: What its listing names.
    """
    for item in items:
        if listing.since is not None and _before(item, listing.since):
            continue
        named = any(fits(one, item.address) for one in listing.links or ("*",))
        if named and not any(fits(one, item.address) for one in listing.skip):
            yield item


def _before(item: Listed, day: date) -> bool:
    return item.dated is not None and item.dated.date() < day


def fits(pattern: str, address: str) -> bool:
    """Say whether an address fits a pattern, each ``*`` of which stands for anything.

    Each part is sought once, from where the last one ended, so that no pattern is slow.

    >>> fits("https://*/news/*.html", "https://example.org/news/1.html"), fits("a*", "ba")
    (True, False)
    """
    first, *parts = pattern.split("*")
    if not parts:
        return address == pattern
    end = len(address) - len(parts[-1])
    if not address.startswith(first) or not address.endswith(parts[-1]) or end < len(first):
        return False
    at = len(first)
    for part in parts[:-1]:
        at = address.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def address_in(base: str, link: str) -> str | None:
    """Give the address a link leads to, plain and without fragment; None where it is no web page.

    >>> address_in("https://example.org/news/", "../a b.html#top")
    'https://example.org/a%20b.html'
    >>> address_in("https://example.org/", "mailto:office@example.org") is None
    True
    """
    try:
        whole = urldefrag(urljoin(base, link.strip())).url
        plain = quote(whole, safe=_PLAIN)
        return parse_web(plain).text
    except (ValueError, BadInput):
        return None


def moment(said: object) -> datetime | None:
    """Read a date as ISO 8601 or RFC 9110 write it; UTC, to the second.

    A day alone is its first second, and a time without a zone is taken for UTC.

    >>> moment("2026-11-25T10:00:00+02:00"), moment("soon")
    (datetime.datetime(2026, 11, 25, 8, 0, tzinfo=datetime.timezone.utc), None)
    """
    if not isinstance(said, str):
        return None
    text = said.strip()[:64]
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(text)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            return at.astimezone(UTC).replace(microsecond=0)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue  # the other form, or none
    return None


def titled(said: object) -> str:
    """Give a title as one line, cut where it is too long to be one."""
    return " ".join(said.split())[:_TITLE] if isinstance(said, str) else ""

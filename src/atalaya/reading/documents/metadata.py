"""What a page says about itself: title and day, from JSON-LD and meta elements, never guessed.

Source: schema.org NewsArticle, the Open Graph protocol, Dublin Core in HTML (DCMI).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_DATES = (  # the most exact first; a date of change is no date of publication
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "pubdate",
    "date",
)
_ARTICLE = re.compile(r"Article|Report|Posting|WebPage|Publication|CreativeWork")
_SPACES = re.compile(r"\s+")
_SITE = re.compile(r"\s+[|–—·»:-]\s+[^|–—·»]{1,40}$")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s])")
_FIRST_YEAR = 1990  # no page is older; what says so holds a default of its software
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says about itself.

    Args:
        title: Its title, or empty.
        published: ISO 8601, a day or an instant, or None.
        body: The whole text of the article where JSON-LD gives it, or empty.
        language: What its ``lang`` attribute says, two letters, or None.
    """

    title: str
    published: str | None
    body: str
    language: str | None


def said_by(root: HtmlElement) -> Said:
    """Gather what a page says about itself, before anything is pruned from it."""
    metas = _metas(root)
    linked = list(_linked(root))
    title = _first(metas, _TITLES) or _text(linked, "headline") or _headings(root)
    dates = [_text(linked, "datePublished"), *(metas.get(name, "") for name in _DATES)]
    published = next((found for one in dates if (found := iso(one))), None) or _time(root)
    declared = (root.get("lang") or root.get("xml:lang") or "")[:2].lower()
    language = declared if len(declared) == 2 and declared.isalpha() else None  # noqa: PLR2004
    return Said(plain(title), published, _text(linked, "articleBody"), language)


def plain(text: str) -> str:
    """Give a text on one line."""
    return _SPACES.sub(" ", text).strip()


def iso(written: str) -> str | None:
    """Read a machine-written date.

    Args:
        written: ISO 8601, ``YYYY/MM/DD`` or RFC 2822.

    Returns:
        ISO 8601, a day where no time is given; None for anything else and for impossible days.

    >>> iso("2024-03-05T10:00:00Z"), iso("2024/3/5"), iso("0001-01-01"), iso("5 March")
    ('2024-03-05T10:00:00+00:00', '2024-03-05', None, None)
    """
    written = written.strip()
    found = _DAY.match(written)
    try:
        if found is None:
            moment = parsedate_to_datetime(written)
            return moment.isoformat() if moment.year >= _FIRST_YEAR else None
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if day.year < _FIRST_YEAR:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return day.isoformat()
    return moment.isoformat() if len(written) > len("2024-03-05") else day.isoformat()


def _metas(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = meta.get("content")
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if content and name:
            found.setdefault(name.lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _linked(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            try:
                yield from _things(orjson.loads(script.text), _DEEPEST)
            except orjson.JSONDecodeError:
                continue  # a page with a broken block still has its text


def _things(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Give the articles of a block, wherever they are nested."""
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value:
            yield from _things(one, depth - 1)
    elif isinstance(value, dict):
        if _ARTICLE.search(str(value.get("@type", ""))):
            yield value
        yield from _things(value.get("@graph"), depth - 1)
        yield from _things(value.get("mainEntity"), depth - 1)


def _text(linked: list[dict[str, Any]], name: str) -> str:
    return next((one[name] for one in linked if isinstance(one.get(name), str)), "")


def _headings(root: HtmlElement) -> str:
    headings = [plain(one.text_content()) for one in root.iter("h1")]
    named = next((one for one in headings if one), "") if len(headings) <= 2 else ""  # noqa: PLR2004
    if named:
        return named
    return _SITE.sub("", plain(root.findtext(".//title") or ""))


def _time(root: HtmlElement) -> str | None:
    """Give the day in a page's only ``time`` element, or the one marked as publication."""
    times = [one for one in root.iter("time") if one.get("datetime")]
    marked = [
        one for one in times if one.get("itemprop") == "datePublished" or "pubdate" in one.attrib
    ]
    chosen = marked or (times if len(times) == 1 else [])
    return iso(chosen[0].get("datetime") or "") if chosen else None

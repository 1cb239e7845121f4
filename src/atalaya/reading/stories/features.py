"""What the grouping of a document needs of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from urllib.parse import urlsplit

from atalaya.reading.mentions.mention import Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.stories.agencies import credited
from atalaya.reading.stories.facts import (
    Facts,
    Kind,
    hashed,
    kept,
    of_mentions,
    of_numbers,
    of_title,
)
from atalaya.reading.stories.sketches import Bytes, sketch

_DIGEST = 8  # bytes


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """What the grouping of a document needs of it.

    Args:
        digest: 64 bits of the hash of its folded title and text, its facts and its day.
        sketch: Of its text; None where that has fewer than three words.
        facts: What it says of a happening, ascending.
        day: Proleptic ordinal of the day of publication, or None.
        agency: The news agency it credits, or None.
        publisher: Host of its address, or None.
    """

    digest: int
    sketch: Bytes | None
    facts: Facts
    day: int | None
    agency: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document beside its words.

    Args:
        country: ISO 3166 alpha-3 of where it happened, or None.
        published: Day of publication, or None.
        url: Its address, or None.
        language: Code of its language, or None.
    """

    country: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None


def of(
    page: Page,
    title: Page | None,
    mentions: tuple[Iterable[Mention], Iterable[Mention]],
    known: Known,
) -> StoryFeatures:
    """Gather a document's features.

    Args:
        page: Its text.
        title: Its title, or None.
        mentions: In the text, and in the title.
        known: What is known beside.
    """
    heading = title.folded.text if title is not None else ""
    facts = of_mentions(page.text, mentions[0]) | of_numbers(page.text)
    if title is not None:
        facts |= of_mentions(title.text, mentions[1])
    if known.language is not None:
        facts.add(hashed(Kind.LANGUAGE, known.language))
    facts |= of_title(title.text if title is not None and title.text.strip() else page.text[:120])
    if known.country is not None:
        facts.add(hashed(Kind.COUNTRY, known.country))
    told = kept(facts)
    return StoryFeatures(
        _digest(heading, page.folded.text, told, known),
        sketch(page.folded.text if page.text.strip() else heading),
        told,
        known.published.toordinal() if known.published is not None else None,
        credited(page),
        _host(known.url),
    )


def _digest(heading: str, text: str, facts: Facts, known: Known) -> int:
    """Hash what tells a document from another; of one without words, its address."""
    address = known.url if not f"{heading}{text}".strip() else ""
    whole = f"{heading}|{text}|{known.published}|{address}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(whole + facts.tobytes(), digest_size=_DIGEST).digest(), "big")


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None

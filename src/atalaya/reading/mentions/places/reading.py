"""The one door for a whole document: its places and its country, each page searched once."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.reading.mentions.mention import Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.country import (
    LEAST,
    Placed,
    found_in,
    strongest,
    weigh_found,
)
from atalaya.reading.mentions.places.mentions import mentions_of


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a document.

    Args:
        title: Mentions in its title, by start.
        text: Mentions in its text, by start.
        country: Where it happens, or None.
        heading: The page of the title that was read.
    """

    title: tuple[Mention, ...]
    text: tuple[Mention, ...]
    country: Placed | None
    heading: Page | None = None

    def on(self, page: Page) -> tuple[Mention, ...]:
        """Give the mentions on one of the two pages that were read."""
        return self.title if page is self.heading else self.text


def read(
    title: Page | None, text: Page, language: str | None = None, url: str | None = None
) -> Places:
    """Read the places of a document; names are read by what title and text say together.

    Args:
        title: Its title, if it has one.
        text: Its text.
        language: Its language, ISO 639-1.
        url: Its address.
    """
    heading, running = found_in(title), found_in(text)
    weighed = weigh_found((heading, running), (title, text), language, url)
    placed = strongest(weighed)
    return Places(
        tuple(mentions_of(title, heading, weighed.weights)) if title is not None else (),
        tuple(mentions_of(text, running, weighed.weights)),
        placed if placed is not None and placed.confidence >= LEAST else None,
        title,
    )

"""A short text of somebody's own words, held against what may not be shown."""

from __future__ import annotations

from functools import cache

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.safety.finding import Unsafe, unsafe
from atalaya.reading.safety.signs import entries


def unsafe_words(text: str) -> list[Unsafe]:
    """Find what may not be shown of a text that nothing else reads, such as an alert's advice.

    >>> [found.kept.value for found in unsafe_words("DM me to buy, stealth shipping worldwide.")]
    ['market']
    >>> unsafe_words("Carry naloxone; a second dose may be needed.")
    []
    """
    return unsafe(Page.of(text, _signs()))


@cache
def _signs() -> Lexicon:
    return Lexicon(entries())

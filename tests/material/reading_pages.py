"""Pages scanned for substances, as the reader scans them."""

from functools import cache

from atalaya.reading.mentions import substances
from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.mention import Mention
from atalaya.reading.mentions.page import Page


@cache
def _lexicon() -> Lexicon:
    return Lexicon(substances.entries())


def page_of(text: str) -> Page:
    """Scan a text."""
    return Page.of(text, _lexicon())


def read(text: str, language: str | None = None) -> list[Mention]:
    """Give the substances of a text."""
    return substances.mentions(page_of(text), language=language)


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Give written form, identifier without prefix, and status of each mention."""
    return [
        (text[m.start : m.end], m.id and m.id.removeprefix("substance:"), m.status.value)
        for m in read(text)
    ]

"""Finds names that no list holds: inside or misspelt in a word, as a code, or new altogether."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from atalaya.reading.mentions import candidates
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.substances_names import Naming
from atalaya.reading.mentions.substances_slips import Inside, inside

RULE = "substances.register/1"
JOINED = "substances.joined/1"
MISSPELT = "substances.misspelt/1"
# No name is sought inside shorter words, and no stem makes a name of fewer letters;
# what is longer is no word.
_LONG_WORD = re.compile(r" ([a-z]{7,60})(?= )")
_MOST_REMEMBERED = 1 << 18  # words; about 20 MB


class Found(NamedTuple):
    """A span with what it stands for: offsets in the text, then in its folded form."""

    start: int
    end: int
    at: int
    to: int
    naming: Naming | None
    rule: str


class _Plain:
    """Words already looked into that hold nothing, so that most texts cost one set operation."""

    def __init__(self) -> None:
        self._words: dict[bool, set[str]] = {False: set(), True: set()}

    def unknown(self, text: str, about_drugs: bool) -> set[str]:
        """Give the words of a folded text, of letters alone, that may hold something."""
        return set(_LONG_WORD.findall(text)).difference(self._words[about_drugs])

    def remember(self, word: str, about_drugs: bool) -> None:
        """Look into a word no more."""
        held = self._words[about_drugs]
        if len(held) >= _MOST_REMEMBERED:
            held.clear()
        held.add(word)


_PLAIN = _Plain()


def unlisted(page: Page, about_drugs: bool) -> Iterator[Found]:
    """Find what no list holds on a page; in a text that is not about drugs, sure shapes only."""
    for start, end, at, to, known in candidates.codes(page):
        yield Found(start, end, at, to, known, RULE if known else candidates.RULE)
    for word in _PLAIN.unknown(page.folded.text, about_drugs):
        parts = inside(word, about_drugs)
        if parts:
            for at in _places(page.folded.text, word):
                yield from (_part(page, at, part) for part in parts)
        elif candidates.looks_new(word, about_drugs):
            yield from (_whole(page, at, word) for at in _places(page.folded.text, word))
        else:
            _PLAIN.remember(word, about_drugs)


def _part(page: Page, at: int, part: Inside) -> Found:
    first = int(page.folded.offsets[at + 1 + part.start])
    last = int(page.folded.offsets[at + part.end]) + 1
    rule = MISSPELT if part.how == "misspelt" else JOINED
    return Found(first, last, at, at + part.end + 1, part.naming, rule)


def _whole(page: Page, at: int, word: str) -> Found:
    to = at + len(word) + 1
    start, last = int(page.folded.offsets[at + 1]), int(page.folded.offsets[to - 1])
    return Found(start, last + 1, at, to, None, candidates.RULE)


def _places(text: str, word: str) -> Iterator[int]:
    """Give the offsets of the spaces before a word in a folded text."""
    sought = f" {word} "
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)

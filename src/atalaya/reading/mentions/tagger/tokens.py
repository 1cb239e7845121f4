"""The tokens of a sentence as the tagger sees them: numbers, words, single marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A sentence in pieces.

    Args:
        words: The pieces as written.
        starts: Offset of each in the text.
        ends: Offset after each.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Cut a stretch of a text into tokens; offsets are those of the whole text."""
    found = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
    return Tokens(
        [one[0] for one in found], [one.start() for one in found], [one.end() for one in found]
    )

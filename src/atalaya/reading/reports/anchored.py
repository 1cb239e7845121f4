"""Dear patterns looked for only where a word stands that each of their matches ends with or holds.

A number in words is one of two hundred: tried at every letter, it takes most of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STARTS = re.compile(r"(?<!\w)[\w-]")


@dataclass(frozen=True, slots=True)
class Anchored:
    """A pattern with a cheap one that finds where it may stand.

    Args:
        pattern: What is looked for; it begins where a word does.
        anchor: A word of every match.
        before: Letters of a match that may stand before its anchor, at most.
    """

    pattern: re.Pattern[str]
    anchor: re.Pattern[str]
    before: int = 60

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Give the matches in order; none overlaps the one before."""
        last, stop = start, len(text) if end is None else end
        for word in self.anchor.finditer(text, start, stop):
            if word.start() < last:
                continue
            for at in _STARTS.finditer(text, max(last, word.start() - self.before), word.end()):
                found = self.pattern.match(text, at.start(), stop)
                if found is not None and found.end() > word.start():
                    yield found
                    last = found.end()
                    break

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Give the first match, or None."""
        return next(self.finditer(text, start, end), None)

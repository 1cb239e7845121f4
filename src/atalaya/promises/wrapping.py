"""Lines that end where the paper ended: read over, with every place still that of the document.

A line's end inside a sentence becomes a blank, of which places know nothing. A word broken at a
line's end is put together and blanks fill up the rest; ``Unwrapped.place`` tells where it stood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from atalaya.reading.reports.spans import Span

_BREAK = re.compile(
    r"(?<=[^\s:.;!?])(?P<hyphen>(?<=[^\W\d_])[-\u00ad])?(?P<end>[^\S\n]*\n[^\S\n]*)(?=\S)"
)
_BRACKET = 400  # characters behind an opened bracket in which a line goes on
_NEVER = 1_000_000  # characters: no line is as long
_OPEN = re.compile(
    r"(?:^|[\s'’])(?:the|of|and|by|from|for|with|to|in|on|at|de|la|el|los|las|del|al|y|e|por|con|en|du|des|"
    r"et|par|les|le|au|aux|dans|da|do|das|dos|Mr\.|Ms\.|M\.|Mme|Sr\.|Sra\.)$"
)
_TAIL = re.compile(r"[^\W\d_]+")
# Before these a hyphen stays: it is part of the word, wherever the line ends.
_KEPT = re.compile(
    r"(?:\b(?:non|vice|self|well|follow|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|vingt|trente|"
    r"quarante|cinquante|soixante|quatre|dix))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text of the same length without soft line ends.

    Args:
        text: The text.
        moved: Where each word put together was broken, how long its rest is and by how many
            characters the rest moved, in order.
    """

    text: str
    moved: tuple[tuple[int, int, int], ...] = ()

    def place(self, span: Span) -> Span:
        """Give where a stretch of this text stands in the document."""
        return Span(self._at(span.start, inside=0), self._at(span.end, inside=1))

    def _at(self, place: int, inside: int) -> int:
        found = bisect_right(self.moved, (place - inside, len(self.text), 0)) - 1
        if found < 0:
            return place
        start, length, by = self.moved[found]
        return place + by if start + inside <= place < start + length + inside else place


def unwrapped(text: str, hard: Callable[[str, int], bool], full: int = _NEVER) -> Unwrapped:
    """Put the lines of sentences together.

    A line goes on where the next begins with a small letter, a figure or a bracket, where its last
    word, a comma or an open bracket asks for more, or where it was full and no mark ends it.

    Args:
        text: The document.
        hard: Whether something new begins at a place, so that the line's end before it stays.
        full: Characters of a line behind which a capital goes on with the sentence.
    """
    plain = list(text)
    moved: list[tuple[int, int, int]] = []
    for found in _BREAK.finditer(text):
        if hard(text, found.end()) or not _goes_on(text, found, full):
            continue
        tail = _TAIL.match(text, found.end())
        if found["hyphen"] is None or tail is None:
            plain[found.start("end") : found.end()] = " " * len(found["end"])
            continue
        keep = tail[0][0].isupper() or _KEPT.search(text, max(0, found.start() - 12), found.start())
        start = found.end("hyphen") if keep else found.start("hyphen")
        by = found.end() - start
        plain[start : tail.end()] = [*tail[0], *" " * by]
        moved.append((start, len(tail[0]), by))
    return Unwrapped("".join(plain), tuple(moved))


def _goes_on(text: str, found: re.Match[str], full: int) -> bool:
    first = text[found.end()]
    if found["hyphen"] is not None and first.isalpha():
        return True
    if first.islower() or first.isdecimal() or first in "(«“\"'":
        return True
    line = text.rfind("\n", 0, found.start()) + 1
    before = text[max(0, found.start() - _BRACKET) : found.start()]
    open_ = (
        before.endswith((",", "/"))
        or _OPEN.search(before[-8:]) is not None
        or before.rfind("(") > before.rfind(")")
    )
    return first.isupper() and (open_ or found.start() - line >= full)


def placed(record: Any, place: Callable[[Span], Span]) -> Any:
    """Give a record, or a tuple of them, with every place in it moved."""
    if isinstance(record, Span):
        return place(record)
    if isinstance(record, tuple):
        return tuple(placed(one, place) for one in record)
    if is_dataclass(record) and not isinstance(record, type):
        parts = {one.name: placed(getattr(record, one.name), place) for one in fields(record)}
        return replace(record, **parts)
    return record

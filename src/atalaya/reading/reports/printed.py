"""The running text of a printed document: words whole that a line broke, no heads of its pages.

Both are taken out before anything is read, and every place is given back in the text as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from atalaya.reading.reports.blocks import FEWEST_WRAPPED
from atalaya.reading.reports.spans import Span

_BROKEN = re.compile(r"(?<=[^\W\d_])(?:[-\u2010]\n[ \t]*|\u00ad\n?[ \t]*)(?=[a-zà-ÿ])")
_END = r"(?:^|(?<=\n)|(?<=\f))"
_OF = r"(?:[ ]?(?:/|of|de|sur|von)[ ]?\d{1,4})?"
# A page's number by itself, with a word for it, or set apart from the words of a head.
_HEAD = re.compile(
    rf"{_END}[ \t]*(?:"
    rf"(?P<mark>[–—-] ?)?(?i:(?:page|p\.|pág(?:ina|\.)) ?)?(?P<alone>\d{{1,4}}){_OF}"
    rf"(?(mark) ?[–—-])|"
    rf"(?P<left>\S[^\n\f]{{2,100}}?)(?:[ ]{{4,}}|\t+| [|·] )(?i:(?:page|p\.|pág(?:ina|\.)) ?)?"
    rf"(?P<right>\d{{1,4}}){_OF}|"
    rf"(?P<first>\d{{1,4}})(?:[ ]{{4,}}|\t+| [|·] )(?P<after>\S[^\n\f]{{2,100}})"
    r")[ \t]*(?=\n|\f|$)"
)
_WORD = re.compile(r"[^\W\d]+(?:-[^\W\d]+)*")
_GROUP = ("alone", "right", "first")
_GAP = re.compile(r"\n[ \t]*(?:[\n\f]|$)|\f")


@dataclass(frozen=True, slots=True)
class Printed:
    """A document's running text.

    Args:
        text: What is left to read.
        begins: Where each of its pieces begins in it, in order.
        given: Where each of them begins in the text as it was.
        broken: Where words were broken, in the text as it was.
        heads: Where heads and numbers of pages stood in it.
    """

    text: str
    begins: tuple[int, ...]
    given: tuple[int, ...]
    broken: tuple[Span, ...]
    heads: tuple[Span, ...]

    def place(self, span: tuple[int, int]) -> Span:
        """Give a place of the running text in the text as it was."""
        start, end = span
        return Span(self._at(start), self._at(end - 1) + 1 if end > start else self._at(start))

    def _at(self, place: int) -> int:
        piece = bisect_right(self.begins, place) - 1
        return self.given[piece] + place - self.begins[piece]

    def placed(self, one: Any) -> Any:
        """Give a value with every place in it as it was in the document."""
        if isinstance(one, Span):
            return self.place(one)
        if isinstance(one, tuple):
            return tuple(self.placed(each) for each in one)
        if is_dataclass(one) and not isinstance(one, type):
            moved = {
                each.name: self.place(said) if each.name == "span" else self.placed(said)
                for each in fields(one)
                for said in (getattr(one, each.name),)
            }
            return replace(one, **moved)
        return one


def printed(text: str) -> Printed | None:
    """Give the running text of a document, or None where nothing of a page stands in its way."""
    broken, heads = [*_breaks(text)], [*_heads(text)]
    if not broken and not heads:
        return None
    cuts = sorted([*broken, *(_around(text, one) for one in heads), Span(len(text), len(text))])
    signs: list[str] = []
    begins, given, at = [], [], 0
    ends: list[int] = []
    lines = {one.end for one in broken if "\n" in one.of(text)}
    for cut in cuts:
        begins.append(len(signs))
        given.append(at)
        if at in lines:
            ends.append(len(signs))
        signs += text[at : cut.start]
        at = max(at, cut.end)
    _end_lines(signs, ends)
    return Printed("".join(signs), tuple(begins), tuple(given), tuple(broken), tuple(heads))


def _end_lines(signs: list[str], words: Sequence[int]) -> None:
    """End full lines behind the words that were broken: paragraphs are told by their lines."""
    for begin in words:
        end = start = begin
        while end < len(signs) and not signs[end].isspace():
            end += 1
        while start and signs[start - 1] != "\n":
            start -= 1
        if end < len(signs) and end - start >= FEWEST_WRAPPED:
            signs[end] = "\n"


def _breaks(text: str) -> Iterator[Span]:
    """Give where a hyphen at a line's end breaks a word; that of a compound stays."""
    if not _BROKEN.search(text):
        return
    # Where no half of a broken word stands alone.
    words = frozenset(_WORD.findall(_BROKEN.sub("_", text).lower()))
    for found in _BROKEN.finditer(text):
        left = re.search(r"[^\W\d_]+$", text[max(0, found.start() - 40) : found.start()])
        right = re.compile(r"[^\W\d_]+").match(text, found.end())
        soft = found[0][0] == "\u00ad" or left is None or right is None
        kept = not soft and left and right and _compound(words, left[0].lower(), right[0].lower())
        yield Span(found.start() + (1 if kept else 0), found.end())


def _compound(words: Collection[str], left: str, right: str) -> bool:
    """Whether both halves are words of the document: "side-" and "event" are, "con-" alone is."""
    return f"{left}-{right}" in words or (left in words and right in words)


def _heads(text: str) -> Iterator[Span]:
    """Give the heads of pages: the same words with numbers that go on one by one."""
    last: dict[str, tuple[int, Span]] = {}
    told: set[Span] = set()
    for found in _HEAD.finditer(text):
        group = next(one for one in _GROUP if found[one] is not None)
        words = " ".join((found["left"] or found["after"] or "").split())
        span, number = Span(*found.span()), int(found[group])
        alone = _GAP.match(text, span.end) or span.end == len(text)
        before = last.get(words)
        if before is not None and number == before[0] + 1 and alone:
            for one in (before[1], span):
                if one not in told:
                    told.add(one)
                    yield one
        if alone:
            last[words] = number, span


def _around(text: str, head: Span) -> Span:
    """Give a head with the empty lines around it where a sentence goes on behind it."""
    before = text[: head.start].rstrip()
    line = text.find("\n", len(before), head.start)
    after = re.compile(r"\s*").match(text, head.end)
    end = after.end() if after else head.end
    goes_on = before and before[-1] not in ".:;!?" and text[end : end + 1].islower()
    return Span(line + 1, end) if goes_on and line >= 0 else head

"""Which part of a report a block belongs to: resolutions, events, meetings, achievements ..."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_MOST_WORDS = 9
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\n:.;(]{3,48}?)(?:\*\*|__)?[ \u00a0]?:(?:\*\*|__)?[ \u00a0]+(?=\S)"
)
_LEVEL = re.compile(r"[ \t]*(#{1,6})[ \t]")
_MOST_LABEL = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the part of the report it is in.

    Args:
        block: The block.
        part: Kind of section, or None.
        says: Its words, without the label that names the section.
        heads: Whether it only names a section or introduces a list.
    """

    block: Block
    part: str | None
    says: Span
    heads: bool = False


def placed(text: str, found: Sequence[Block]) -> tuple[Placed, ...]:
    """Give every block its part."""
    reader = _Reader(text, found)
    return tuple(reader.place(at) for at in range(len(found)))


def part_of(text: str, span: tuple[int, int]) -> str | None:
    """Give the kind of section that words name: the one whose word comes first."""
    hits = []
    for kind, pattern in lexicon.load().sections.items():
        one = pattern.search(text, *span)
        if one is not None:
            hits.append((one.start(), -len(one[0]), kind))
    return min(hits)[2] if hits else None


class _Reader:
    def __init__(self, text: str, found: Sequence[Block]) -> None:
        self._text, self._found = text, found
        self._part: str | None = None
        self._list: str | None = None
        self._level = 0

    def place(self, at: int) -> Placed:
        block = self._found[at]
        if block.kind is Kind.DEBRIS:
            # What stood there was a heading: what follows is not of the part before.
            self._part = self._list = None
            return Placed(block, None, block.span)
        if block.kind is Kind.HEADING:
            return self._heading(block)
        if block.kind in (Kind.ITEM, Kind.ROW):
            return self._in_list(block)
        return self._line(block, at)

    def _heading(self, block: Block) -> Placed:
        level = self._level_of(block)
        part = part_of(self._text, block.span)
        if part is not None and (self._part != "events" or level <= self._level):
            self._part, self._level = part, level
        elif level <= self._level:
            self._part = None
        self._list = None
        return Placed(block, self._part, block.span, heads=part is not None)

    def _level_of(self, block: Block) -> int:
        begin = self._text.rfind("\n", 0, block.span.start) + 1
        found = _LEVEL.match(self._text, begin)
        return len(found[1]) if found else 6

    def _in_list(self, block: Block) -> Placed:
        label = self._labelled(block)
        if label is not None and self._part is None and self._list is None:
            return Placed(block, label[0], label[1])
        return Placed(block, self._list or self._part, block.span)

    def _line(self, block: Block, at: int) -> Placed:
        words = block.span.of(self._text)
        after = self._found[at + 1] if at + 1 < len(self._found) else None
        introduces = after is not None and after.kind in (Kind.ITEM, Kind.ROW)
        short = (
            not words[0].isdigit()
            and len(words.split()) <= _MOST_WORDS
            and not words.endswith((".", "!", "?", ",", ";"))
        )
        label = self._labelled(block)
        if label is not None:
            self._list = label[0] if introduces else None
            return Placed(block, label[0], label[1])
        if short or (introduces and words.endswith(":")):
            part = part_of(self._text, block.span)
            if short and part is not None and not self._is_first(at):
                self._part, self._list, self._level = part, None, 6
                return Placed(block, part, block.span, heads=True)
            self._list = part if introduces and part != "other" else None
            return Placed(block, self._part, block.span, heads=introduces and part is not None)
        self._list = self._introduced(block) if introduces else None
        return Placed(block, self._part, block.span)

    def _is_first(self, at: int) -> bool:
        return at == 0

    def _introduced(self, block: Block) -> str | None:
        """Which list a paragraph introduces: its last sentence says it, else an earlier one."""
        for one in reversed([*sentences(self._text, block.span)]):
            part = part_of(self._text, one)
            if part is not None and part != "other":
                return part
        return None

    def _labelled(self, block: Block) -> tuple[str, Span] | None:
        found = _LABEL.match(self._text, *block.span)
        if found is None or len(found["label"].split()) > _MOST_LABEL:
            return None
        part = part_of(self._text, found.span("label"))
        return None if part is None else (part, Span(found.end(), block.span.end))

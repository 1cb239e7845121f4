"""Which part of a report a block belongs to: resolutions, events, meetings, achievements ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import LOWEST, Block, Kind
from atalaya.reading.reports.clauses import roles, sentences
from atalaya.reading.reports.furniture import is_furniture
from atalaya.reading.reports.leaves import several
from atalaya.reading.reports.ordinals import SITTING
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.symbols import SYMBOL

_MOST_WORDS = 9
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\n:.;(]{3,48}?)(?:\*\*|__)?[ \u00a0]?:(?:\*\*|__)?[ \u00a0]+(?=\S)"
)
_MOST_LABEL = 5
_NEAR = 20  # blocks in which the items of one list stand
_COUNTED = re.compile(r"(?:\*\*|__)?\d{1,3}(?:\*\*|__)?[ \u00a0][a-zà-ÿ]{4}")  # "3 side events"
_UNTOLD = ((True, None), (True, "other"))  # lists of no kind
_NEARLY_ALL = 3, 4  # of the items of a list, for the whole to be of one kind
_SENTENCE = 12  # words from which a line under a short one is running text
LISTS = ("meetings", "achievements", "challenges", "demands")
_OF_EVENTS = ("organiser", "cohosts", "attendance", "symbol", "sponsors")


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
    every = [reader.place(at) for at in range(len(found))]
    return tuple(_told_by_items(text, every))


def _told_by_items(text: str, found: Sequence[Placed]) -> Iterator[Placed]:
    """Know a list of resolutions under any heading: its items have symbols, or States behind."""
    for listed, run in groupby(found, lambda one: (one.block.kind is Kind.ITEM, one.part)):
        same = [*run]
        tabled = sum(_tabled(text, one.says) for one in same) if listed in _UNTOLD else 0
        counted = sum(_COUNTED.match(text, *one.says) is not None for one in same)
        if tabled > 1 and tabled * _NEARLY_ALL[1] >= len(same) * _NEARLY_ALL[0]:
            same = [replace(one, part="resolutions") for one in same]
        elif listed in _UNTOLD and counted > 1 and counted * 2 >= len(same):
            same = [replace(one, part="achievements") for one in same]
        yield from same


def _tabled(text: str, span: Span) -> bool:
    """Whether a first sentence tells of a text by its symbol or the States behind it."""
    span = next(sentences(text, span), span)
    events = lexicon.load().sections["events"].search(text, *span)
    if events is not None:
        return False
    if SYMBOL.search(text, *span):
        return True
    return any(
        one.iso3 is not None
        for role in roles(text, span, ("sponsors",))
        for one in several(text, role.filled)
    )


def part_of(text: str, span: tuple[int, int], *, listing: bool = False) -> str | None:
    """Give the kind of section that words name: the one whose word comes first.

    Args:
        text: The document.
        span: A heading, or a sentence before a list.
        listing: Whether it is such a sentence: "The Meeting adopted the following resolutions:"
            lists no meetings.
    """
    hits = []
    sitting = SITTING.search(text, *span)  # "Report of the fifth session" heads no section
    if sitting is not None and not re.match(r"\d+[ \u00a0]", sitting[0]):
        return None
    for kind, pattern in lexicon.load().sections.items():
        one = pattern.search(text, *span)
        if one is not None and not (listing and kind == "other"):
            hits.append((listing and kind == "meetings", one.start(), -len(one[0]), kind))
    return min(hits)[3] if hits else None


@cache
def _adopted() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['adopted']}(?!\w)")


def _numbering(text: str, block: Block) -> str:
    """Give how a block is numbered, without the number: "#.", "(#)"."""
    return "" if block.marker is None else re.sub(r"\d+", "#", block.marker.of(text).strip())


def is_item(text: str, found: Sequence[Placed], at: int) -> bool:
    """Whether a block is an item: marked as one, or a sentence among lines that lost their bullets.

    Args:
        text: The document.
        found: Its blocks.
        at: Number of the block.
    """
    one = found[at]
    if one.block.kind is not Kind.LINE or one.heads:
        return one.block.kind is Kind.ITEM and not one.heads
    around = found[max(at - _NEAR, 0) : at + _NEAR]
    if any(two.block.kind is Kind.ITEM and two.part == one.part for two in around):
        return False  # bullets were not lost: lines beside items are none
    pairs = [(by, max(by, at)) for by in (at - 1, at + 1) if 0 <= by < len(found)]
    near = [found[by] for by, later in pairs if not found[later].block.gap]
    listed = any(
        two.block.kind is Kind.LINE and two.part == one.part and not two.heads for two in near
    )
    return listed and one.says.of(text)[-1] != ":" and len([*sentences(text, one.says)]) == 1


class _Reader:
    def __init__(self, text: str, found: Sequence[Block]) -> None:
        self._text, self._found = text, found
        self._part: str | None = None
        self._list: str | None = None
        self._outer: str | None = None  # how the block is numbered that introduced the list
        self._level = 0

    def place(self, at: int) -> Placed:
        block = self._found[at]
        if block.kind is Kind.DEBRIS:
            # What stood there was a heading: what follows is not of the part before.
            self._part = self._list = None
            return Placed(block, None, block.span)
        if block.kind is Kind.HEADING:
            return self._heading(block, at)
        if block.kind in (Kind.ITEM, Kind.ROW):
            return self._in_list(block, at)
        return self._line(block, at)

    def _heading(self, block: Block, at: int) -> Placed:
        level = block.level
        if at == 0 or (level == 1 and not any(one.level == 1 for one in self._found[:at])):
            self._level = level  # the title of the whole
            return Placed(block, None, block.span)
        part = "other" if is_furniture(self._text, block.span) else part_of(self._text, block.span)
        inside = self._part in ("events", "resolutions") and level > self._level
        if part is not None and not inside:
            self._part, self._level = part, level
        elif level <= self._level:
            self._part = None
        self._list = self._outer = None
        return Placed(block, self._part, block.span, heads=part is not None and not inside)

    def _in_list(self, block: Block, at: int) -> Placed:
        if block.kind is Kind.ITEM and self._outer and _numbering(self._text, block) == self._outer:
            self._list = None  # what numbers the whole goes on: the list inside is over
            return self._line(block, at)
        label = self._labelled(block)
        if label is not None and self._part is None and self._list is None:
            return Placed(block, label[0], label[1])
        return Placed(block, self._list or self._part, block.span)

    def _line(self, block: Block, at: int) -> Placed:
        words = block.span.of(self._text)
        after = self._found[at + 1] if at + 1 < len(self._found) else None
        introduces = after is not None and after.kind in (Kind.ITEM, Kind.ROW)
        if block.number is not None and introduces and words.endswith(":"):
            self._outer = _numbering(self._text, block)
        short = (
            ":" not in words.rstrip(": *_")
            and not words[0].isdigit()
            and len(words.split()) <= _MOST_WORDS
            and not words.endswith((".", "!", "?", ",", ";"))
        )
        label = self._labelled(block)
        if label is not None and self._part == "challenges" and self._beside_labels(at):
            label = None  # "Follow-up: no date is set", among other names: of the same list
        if label is not None:
            self._list = label[0] if introduces else None
            return Placed(block, label[0], label[1])
        if short or (introduces and words.endswith(":")):
            listing = introduces and words.endswith(":") and len(words.split()) > _MOST_LABEL
            part = part_of(self._text, block.span, listing=listing)
            if part is None and introduces and words.endswith(":") and _adopted().search(words):
                part = "resolutions"  # "Also adopted:"
            if short and not listing and part is not None and not self._is_no_heading(at):
                self._part, self._list, self._level = part, None, LOWEST
                return Placed(block, part, block.span, heads=True)
            if short and introduces and block.gap and part is None and self._part in LISTS:
                self._part = None  # nothing is known of what it heads but that it is another list
            self._list = part if introduces and part != "other" else None
            if part is None and self._ends_part(block, after):
                self._part = None
            return Placed(block, self._part, block.span, heads=introduces and part is not None)
        self._list = self._introduced(block) if introduces else None
        return Placed(block, self._part, block.span)

    def _ends_part(self, block: Block, after: Block | None) -> bool:
        """Whether a short line heads a part of its own, of no kind that is read.

        Under side events such a line may be a title, and so it may where a text is told below it.
        """
        if after is None or after.kind is not Kind.LINE or not (block.gap and after.gap):
            return False
        running = len(after.span.of(self._text).split()) >= _SENTENCE
        return running and self._part != "events" and not _tabled(self._text, after.span)

    def _beside_labels(self, at: int) -> bool:
        near = [] if self._found[at].gap else [self._found[at - 1]]
        near += [one for one in self._found[at + 1 : at + 2] if not one.gap]
        lines = (one for one in near if one.kind is Kind.LINE)
        return any(_LABEL.match(self._text, *one.span) for one in lines)

    def _is_no_heading(self, at: int) -> bool:
        """Whether a short line is of the title above everything, or is the title of an event."""
        if not any(one.gap for one in self._found[: at + 1]):
            return True
        after = self._found[at + 1] if at + 1 < len(self._found) else None
        held = lexicon.load().roles["organised"]
        return after is not None and held.match(self._text, *after.span) is not None

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
        columns = lexicon.load().columns
        if any(columns[name].fullmatch(found["label"]) for name in _OF_EVENTS):
            return None
        if found["label"][-1].isdigit():  # "Side event 1: ..." is one of them
            return None
        named = lexicon.load().facts["session"].fullmatch(found["label"].strip())
        if named and SITTING.search(self._text, found.end(), block.span.end):
            return None  # "Event: 77th regular session of ..." is the session itself
        tags = lexicon.compiled(lexicon.load().phrases["tags"]).fullmatch(found["label"])
        part = "other" if tags else part_of(self._text, found.span("label"))
        return None if part is None else (part, Span(found.end(), block.span.end))

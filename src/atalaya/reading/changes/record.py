"""What two versions of a page differ in, as records: changes, runs of words, and what was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What happened to a passage."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Unit(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"
    CELL = "cell"


class Aside(StrEnum):
    """Why a difference is counted and not listed."""

    LAYOUT = "layout"
    """Markup, spaces, line breaks, quotation marks, the order of a file's rows."""
    NAVIGATION = "navigation"
    """Menus, banners, footers, the running heads of a PDF."""
    DATES = "dates"
    """Dates of printing, of generating or of the last update."""
    TOKENS = "tokens"
    """Session identifiers, nonces, counters of page views."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a changed passage.

    Args:
        op: ``keep``, ``del`` (only before) or ``ins`` (only after).
        text: The words, with the spaces between them.
    """

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of content.

    Args:
        kind: What happened.
        unit: To what.
        before: Its words before; None where it was added.
        after: Its words after; None where it was removed.
        where: The heading it stands under, or the page of a PDF; that of the newer version, but
            for what was removed.
        where_before: The same in the older version where it was another, else empty.
        row: For a cell or row, what its row is called; else empty.
        column: For a cell, the heading of its column; else empty.
        words: For a change, its words in order: those kept, taken out and put in.
        numbers: For a change, numbers and dates that became others: before and after.
    """

    kind: Kind
    unit: Unit
    before: str | None
    after: str | None
    where: str = ""
    where_before: str = ""
    row: str = ""
    column: str = ""
    words: tuple[Run, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()

    @property
    def named_numbers(self) -> str:
        """Numbers that changed, as people read them.

        >>> Change(Kind.CHANGED, Unit.CELL, "40", "44", numbers=(("40", "44"),)).named_numbers
        '40 -> 44'
        """
        return "; ".join(f"{before} -> {after}" for before, after in self.numbers)

    @property
    def place(self) -> str:
        """Where it is: heading, row and column, those there are."""
        return " / ".join(filter(None, (self.where, self.row, self.column)))

    def content(self) -> dict[str, Any]:
        """Give it as JSON values."""
        said: dict[str, Any] = {
            "kind": self.kind.value,
            "unit": self.unit.value,
            "before": self.before,
            "after": self.after,
            "numbers": self.named_numbers or None,
            "where": self.where or None,
            "where_before": self.where_before or None,
            "row_name": self.row or None,
            "column_name": self.column or None,
        }
        return said | {"words": [[run.op, run.text] for run in self.words] or None}


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the way from the older passages to the newer: a slice is replaced.

    Args:
        start: First older passage that goes.
        end: The one after the last that goes; ``start`` where none does.
        put: Texts of the passages that come in their place.
    """

    start: int
    end: int
    put: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that two versions of a page differ in.

    Args:
        changes: Changes of content, in the order of the newer version; what was removed stands
            where it was.
        aside: Why -> how many differences are no change of content.
        passages: How many passages the older and the newer version have.
        edits: The same as a script: applied to the older passages it gives the newer.
        unread: Why the versions could not be compared, in a word; else empty.
    """

    changes: tuple[Change, ...] = ()
    aside: Mapping[Aside, int] = field(default_factory=dict)
    passages: tuple[int, int] = (0, 0)
    edits: tuple[Edit, ...] = ()
    unread: str = ""

    def applied(self, older: tuple[str, ...]) -> tuple[str, ...]:
        """Give the newer version's passages.

        Args:
            older: The texts of the older version's passages.
        """
        made: list[str] = []
        at = 0
        for edit in self.edits:
            made += (*older[at : edit.start], *edit.put)
            at = edit.end
        return (*made, *older[at:])

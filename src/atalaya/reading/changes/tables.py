"""CSV files: rows by key, whatever their order."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.reading.changes.keys import key_columns, paired
from atalaya.reading.changes.passages import folded, plain, row
from atalaya.reading.changes.record import Aside, Change, Difference, Kind, Unit
from atalaya.reading.changes.words import numbers, word_runs

_SEPARATORS = ",;\t|"
_SAMPLE = 50  # rows by which it is judged whether a text is a table
_MOSTLY = 0.9  # share of them that have as many cells as the first
_LONGEST = 10_000_000  # letters of one cell, above csv's own limit


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file.

    Args:
        heads: Headings of its columns.
        rows: The rows below, cells with plain spaces.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Its rows as texts, headings first."""
        return (row(self.heads), *map(row, self.rows))


def sheet(text: str) -> Sheet | None:
    """Read a text as CSV, by the separator that cuts its rows alike; None where it is no table."""
    for separator in sorted(_SEPARATORS, key=lambda one: -text[:4096].count(one)):
        if separator not in text[:4096]:
            continue
        read = _rows(text, separator)
        if read is not None and len(read) > 1 and _is_table(read):
            width = len(read[0])
            rows = tuple((*one, *[""] * (width - len(one))) for one in read[1:])
            return Sheet(read[0], rows)
    return None


def _rows(text: str, separator: str) -> list[tuple[str, ...]] | None:
    before = csv.field_size_limit(_LONGEST)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [tuple(map(plain, cells)) for cells in lines if any(cells)]
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(before)


def _is_table(rows: Sequence[tuple[str, ...]]) -> bool:
    sample = rows[:_SAMPLE]
    width = len(rows[0])
    return width > 1 and sum(len(one) == width for one in sample) >= _MOSTLY * len(sample)


def compared(old: Sheet, new: Sheet) -> Difference:
    """Compare two versions of a CSV file: columns by heading, rows by key.

    Args:
        old: The older version.
        new: The newer one.
    """
    ours, theirs = _places(old), _places(new)
    shared = [name for name in theirs if name in ours]
    narrow = [tuple(folded(one[ours[name]]) for name in shared) for one in old.rows]
    wide = [tuple(folded(one[theirs[name]]) for name in shared) for one in new.rows]
    left, right = _different(narrow, wide)
    known = key_columns(narrow, wide)
    pairs = [
        (None if a is None else left[a], None if b is None else right[b])
        for a, b in paired([narrow[at] for at in left], [wide[at] for at in right], known)
    ]
    heads = _Heads(old, new, ours, theirs, tuple(shared[at] for at in known))
    changes = (*heads.columns(), *(one for pair in pairs for one in heads.row(*pair)))
    order = _out_of_order(narrow, wide, known) + (
        shared != [name for name in ours if name in theirs]
    )
    return Difference(
        changes=changes,
        aside={Aside.LAYOUT: order} if order else {},
        passages=(len(old.rows) + 1, len(new.rows) + 1),
    )


def _places(one: Sheet) -> dict[str, int]:
    """Give the columns by heading; a heading that stands twice is told apart by a number."""
    seen: Counter[str] = Counter()
    places = {}
    for at, head in enumerate(map(folded, one.heads)):
        seen[head] += 1
        places[head if seen[head] == 1 else f"{head} ({seen[head]})"] = at
    return places


def _different(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]
) -> tuple[list[int], list[int]]:
    """Give the rows of each version that the other does not have, as often as it has them."""
    there = Counter(new)
    left = []
    for at, one in enumerate(old):
        if there[one] > 0:
            there[one] -= 1
        else:
            left.append(at)
    here = Counter(old)
    right = []
    for at, one in enumerate(new):
        if here[one] > 0:
            here[one] -= 1
        else:
            right.append(at)
    return left, right


@dataclass(frozen=True, slots=True)
class _Heads:
    """Two versions of a file with where each column stands in them."""

    old: Sheet
    new: Sheet
    ours: dict[str, int]
    theirs: dict[str, int]
    known: tuple[str, ...]

    def columns(self) -> Iterator[Change]:
        """Say which columns came and went."""
        for name, at in self.theirs.items():
            if name not in self.ours:
                yield Change(Kind.ADDED, Unit.HEADING, None, self.new.heads[at], column=name)
        for name, at in self.ours.items():
            if name not in self.theirs:
                yield Change(Kind.REMOVED, Unit.HEADING, self.old.heads[at], None, column=name)

    def row(self, one: int | None, other: int | None) -> Iterator[Change]:
        """Say what changed in a row."""
        if one is None and other is not None:
            cells = self.new.rows[other]
            yield Change(
                Kind.ADDED, Unit.ROW, None, row(cells), row=self.called(cells, self.theirs)
            )
        elif other is None and one is not None:
            cells = self.old.rows[one]
            yield Change(
                Kind.REMOVED, Unit.ROW, row(cells), None, row=self.called(cells, self.ours)
            )
        elif one is not None and other is not None:
            yield from self._cells(self.old.rows[one], self.new.rows[other])

    def _cells(self, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
        called = self.called(after, self.theirs)
        for name, at in self.theirs.items():
            if name in self.ours:
                change = cell_change(before[self.ours[name]], after[at], called, name)
                yield from change

    def called(self, cells: tuple[str, ...], places: dict[str, int]) -> str:
        """Give what a row is called: the cells of its key, else its first."""
        return ", ".join(cells[places[name]] for name in self.known) or cells[0]


def cell_change(
    before: str, after: str, called: str, column: str, where: str = ""
) -> Iterator[Change]:
    """Say what changed in a cell; nothing where it is the same but for typography."""
    if folded(before) == folded(after):
        return
    kind = Kind.ADDED if not before else Kind.REMOVED if not after else Kind.CHANGED
    words = word_runs(before, after) if kind is Kind.CHANGED else ()
    yield Change(
        kind,
        Unit.CELL,
        before or None,
        after or None,
        where,
        row=called,
        column=column,
        words=words,
        numbers=numbers(words),
    )


def _out_of_order(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], known: tuple[int, ...]
) -> int:
    """Count the rows in both versions that stand in another order: the fewest that explain it."""
    if not known:
        return 0
    places = {tuple(one[at] for at in known): number for number, one in enumerate(old)}
    there = [places.get(tuple(one[at] for at in known)) for one in new]
    kept = [place for place in there if place is not None]
    tops: list[int] = []
    for place in kept:
        pile = bisect_right(tops, place)
        tops[pile : pile + 1] = [place]
    return len(kept) - len(tops)

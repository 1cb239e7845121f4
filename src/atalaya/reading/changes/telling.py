"""What is told of passages that were paired: changes of content, in the order of the newer page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from atalaya.reading.changes.aligning import Gap
from atalaya.reading.changes.boilerplate import Days, is_boilerplate, same_but_for
from atalaya.reading.changes.pairing import Pairs, headings
from atalaya.reading.changes.passages import Passage
from atalaya.reading.changes.record import Aside, Change, Kind, Unit
from atalaya.reading.changes.tables import cell_change
from atalaya.reading.changes.words import numbers, word_runs

_Placed = tuple[int, Change]
_Heads = dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Teller:
    """Two versions of a page, their passages paired.

    Args:
        old: Passages of the older version, without the frame.
        new: Passages of the newer one.
        pairs: What became of those that differ.
        days: When each was captured.
        aside: Counts what is not told.
    """

    old: Sequence[Passage]
    new: Sequence[Passage]
    pairs: Pairs
    days: Days
    aside: Counter[Aside]

    def changes(self, found: Sequence[Gap]) -> tuple[Change, ...]:
        """Give the changes in the order of the newer version.

        Args:
            found: Where the versions differ; what is gone stands where its gap is.
        """
        placed = [*self._moves()]
        heads = _heads(self.old), _heads(self.new)
        for one, other in self.pairs.changed.items():
            placed += ((other, change) for change in self._changed(one, other, heads))
        for at in self.pairs.new:
            placed += ((at, change) for change in self._alone(at, Kind.ADDED))
        gone = {at: gap.c for gap in found for at in range(gap.a, gap.b)}
        for at in self.pairs.gone:
            placed += ((gone[at], change) for change in self._alone(at, Kind.REMOVED))
        return tuple(change for _, change in sorted(placed, key=lambda pair: pair[0]))

    def _moves(self) -> Iterator[_Placed]:
        """Tell moves, passages that moved together as one."""
        run: list[tuple[int, int]] = []
        for pair in sorted(self.pairs.moved.items()):
            if run and pair != (run[-1][0] + 1, run[-1][1] + 1):
                yield from self._move(run)
                run = []
            run.append(pair)
        if run:
            yield from self._move(run)

    def _move(self, run: Sequence[tuple[int, int]]) -> Iterator[_Placed]:
        ours = [self.old[one] for one, _ in run]
        theirs = [self.new[other] for _, other in run]
        if why := self._nothing("\n".join(one.text for one in theirs), self.days[1]):
            self.aside[why] += len(run)
            return
        change = Change(
            kind=Kind.MOVED,
            unit=theirs[0].unit,
            before="\n".join(one.text for one in ours),
            after="\n".join(one.text for one in theirs),
            where=theirs[0].where,
            where_before=ours[0].where if ours[0].where != theirs[0].where else "",
            row=self._name(run[0][1], Kind.ADDED),
        )
        yield run[0][1], change

    def _changed(self, one: int, other: int, heads: tuple[_Heads, _Heads]) -> Iterator[Change]:
        before, after = self.old[one], self.new[other]
        if why := same_but_for(before.text, after.text, self.days):
            self.aside[why] += 1
        elif before.unit is Unit.ROW and after.unit is Unit.ROW:
            yield from self._cells(before, other, heads)
        else:
            words = word_runs(before.text, after.text)
            yield Change(
                kind=Kind.CHANGED,
                unit=after.unit,
                before=before.text,
                after=after.text,
                where=after.where,
                where_before=before.where if before.where != after.where else "",
                words=words,
                numbers=numbers(words),
            )

    def _cells(self, before: Passage, other: int, heads: tuple[_Heads, _Heads]) -> Iterator[Change]:
        """Tell which cells of a row changed, by the headings of their columns."""
        after = self.new[other]
        ours = _named(before, heads[0].get(before.table, ()))
        theirs = _named(after, heads[1].get(after.table, ()))
        for name in dict.fromkeys((*theirs, *ours)):
            was, now = ours.get(name, ""), theirs.get(name, "")
            why = same_but_for(was, now, self.days) if was and now and was != now else None
            if why:
                self.aside[why] += 1
                continue
            column = "" if name.startswith("#") else name
            yield from cell_change(was, now, self._name(other, Kind.ADDED), column, after.where)

    def _alone(self, at: int, kind: Kind) -> Iterator[Change]:
        added = kind is Kind.ADDED
        passage = self.new[at] if added else self.old[at]
        if why := self._nothing(passage.text, self.days[added]):
            self.aside[why] += 1
            return
        yield Change(
            kind=kind,
            unit=passage.unit,
            before=None if added else passage.text,
            after=passage.text if added else None,
            where=passage.where,
            row=self._name(at, kind),
        )

    def _nothing(self, text: str, day: date | None) -> Aside | None:
        """Say why a passage says nothing of its own, or None."""
        if not any(map(str.isalnum, text)):
            return Aside.LAYOUT
        return is_boilerplate(text, day)

    def _name(self, at: int, kind: Kind) -> str:
        """Give what a row is called: the cells of its key, else its first; nothing for others."""
        passages, called = (
            (self.new, self.pairs.called)
            if kind is Kind.ADDED
            else (self.old, self.pairs.called_before)
        )
        return called.get(at) or next((cell for cell in passages[at].cells if cell), "")


def _heads(passages: Sequence[Passage]) -> _Heads:
    return {one.table: headings(one) for one in passages if one.heads}


def _named(passage: Passage, heads: tuple[str, ...]) -> dict[str, str]:
    """Give the cells of a row by the headings of their columns, by number where there is none."""
    known = () if passage.heads else heads  # changed headings stand for their columns
    numbered = (f"#{at}" for at in range(len(known), len(passage.cells)))
    return dict(zip((*known, *numbered), passage.cells, strict=False))

"""What became of the passages that are not where they were: moved, changed, gone or new."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from atalaya.reading.changes.aligning import Gap
from atalaya.reading.changes.keys import key_columns
from atalaya.reading.changes.passages import Passage, folded
from atalaya.reading.changes.record import Unit

_WORD = re.compile(r"\w+")
_COMMON = 60  # passages that share a word before the word tells nothing of any of them
_MOST_CANDIDATES = 8
_AROUND = 3  # neighbours in the same gap that are looked at whatever words they share
_ALIKE, _ALIKE_ELSEWHERE = 0.5, 0.6  # share of words two passages have in common, order counting
_LONG = 2_000  # words from which order is not looked at, for its cost grows with their square
_MOST_TABLES = 10_000  # pairs of tables that are looked at
_FEWEST_HEADS = 0.5  # share of headings in common from which two tables are one
_FEW = 4  # words of a passage that stands for another in the same place without sharing any


@dataclass
class Pairs:
    """Who became whom.

    Args:
        moved: Older passage -> newer one with the same words elsewhere.
        changed: Older passage -> newer one with other words.
        gone: Older passages that are in neither.
        new: Newer passages that are in neither.
        called: Newer row -> the cells of its key.
        called_before: Older row, likewise.
    """

    moved: dict[int, int] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    called: dict[int, str] = field(default_factory=dict)
    called_before: dict[int, str] = field(default_factory=dict)


def paired(old: Sequence[Passage], new: Sequence[Passage], found: Sequence[Gap]) -> Pairs:
    """Pair what went with what came.

    Args:
        old: Passages of the older version.
        new: Passages of the newer one.
        found: Where they differ.

    Returns:
        Every passage in a gap, in one of the four.
    """
    return _Pairing(old, new, found).done()


class _Pairing:
    def __init__(
        self, old: Sequence[Passage], new: Sequence[Passage], found: Sequence[Gap]
    ) -> None:
        self.old, self.new, self.found = old, new, found
        self.gone = {at: number for number, gap in enumerate(found) for at in range(gap.a, gap.b)}
        self.come = {at: number for number, gap in enumerate(found) for at in range(gap.c, gap.d)}
        self.pairs = Pairs()

    def done(self) -> Pairs:
        self._same_words()
        self._same_rows()
        self._alike()
        self._in_place()
        self.pairs.gone, self.pairs.new = sorted(self.gone), sorted(self.come)
        return self.pairs

    def _same_words(self) -> None:
        """A passage whose words stand elsewhere was moved."""
        places: dict[str, list[int]] = defaultdict(list)
        for at in sorted(self.gone, reverse=True):
            places[self.old[at].key].append(at)
        for at in sorted(self.come):
            if places[self.new[at].key]:
                one = places[self.new[at].key].pop()
                self.pairs.moved[one] = at
                del self.gone[one], self.come[at]

    def _same_rows(self) -> None:
        """Rows of one table that are known by the same key are one row."""
        for ours, theirs in matched(tables_of(self.old), tables_of(self.new)):
            shared = [head for head in theirs.heads if head in ours.heads]
            left = [_by_head(self.old[at], ours.heads, shared) for at in ours.rows]
            right = [_by_head(self.new[at], theirs.heads, shared) for at in theirs.rows]
            known = key_columns(left, right)
            if not known:
                continue
            keys = {}
            for row, at in zip(left, ours.rows, strict=True):
                called = tuple(row[one] for one in known)
                self.pairs.called_before[at] = ", ".join(called)
                keys[called] = at
            for row, at in zip(right, theirs.rows, strict=True):
                called = tuple(row[one] for one in known)
                self.pairs.called[at] = ", ".join(called)
                one = keys.get(called, -1)
                if one in self.gone and at in self.come:
                    self._change(one, at)

    def _alike(self) -> None:
        """Pair passages that share most of their words, the most alike first."""
        words = {at: _words(self.old[at]) for at in self.gone}
        index: dict[str, list[int]] = defaultdict(list)
        for at, said in words.items():
            for word in set(said):
                index[word].append(at)
        scored = []
        for at in self.come:
            said = _words(self.new[at])
            for one in self._candidates(at, said, index):
                share = _share(words[one], said)
                near = self.gone[one] == self.come[at]
                if share > (_ALIKE if near else _ALIKE_ELSEWHERE):
                    scored.append((-share, not near, one, at))
        for _, _, one, at in sorted(scored):
            if one in self.gone and at in self.come:
                self._change(one, at)

    def _candidates(self, at: int, said: list[str], index: dict[str, list[int]]) -> Iterator[int]:
        """Give older passages that share seldom words with a newer one, and its neighbours."""
        shared: Counter[int] = Counter()
        for word in set(said):
            places = index.get(word, ())
            if len(places) <= _COMMON:
                shared.update(places)
        unit = self.new[at].unit
        gap = self.found[self.come[at]]
        beside = gap.a + (at - gap.c)
        around = range(max(gap.a, beside - _AROUND), min(gap.b, beside + _AROUND + 1))
        likely = [one for one, _ in shared.most_common(_MOST_CANDIDATES)]
        for one in dict.fromkeys((*likely, *around)):
            if one in self.gone and (self.old[one].unit is Unit.ROW) == (unit is Unit.ROW):
                yield one

    def _in_place(self) -> None:
        """A few words that alone take the place of a few others became those."""
        for number, gap in enumerate(self.found):
            ours = [at for at in range(gap.a, gap.b) if at in self.gone]
            theirs = [at for at in range(gap.c, gap.d) if at in self.come]
            if len(ours) != 1 or len(theirs) != 1 or self.gone[ours[0]] != number:
                continue
            one, other = self.old[ours[0]], self.new[theirs[0]]
            few = max(len(_words(one)), len(_words(other))) <= _FEW
            if one.unit is other.unit and one.unit is not Unit.ROW and few:
                self._change(ours[0], theirs[0])

    def _change(self, one: int, at: int) -> None:
        self.pairs.changed[one] = at
        del self.gone[one], self.come[at]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page.

    Args:
        heads: Headings of its columns, each once; their numbers where it has none.
        rows: Places of its rows among the passages, without that of the headings.
    """

    heads: tuple[str, ...]
    rows: list[int]


def tables_of(passages: Sequence[Passage]) -> list[Table]:
    """Give the tables of a page, in order."""
    found: dict[int, Table] = {}
    for at, one in enumerate(passages):
        if one.unit is Unit.ROW and not one.apart:
            said = found.setdefault(one.table, Table(headings(one), []))
            if not one.heads:
                said.rows.append(at)
    return list(found.values())


def headings(first: Passage) -> tuple[str, ...]:
    """Give a name for each column of a table from its first row, each once.

    Where that holds no headings, the columns have none but their numbers.
    """
    seen: Counter[str] = Counter()
    names = []
    for at, cell in enumerate(first.cells):
        head = folded(cell) if first.heads and cell else f"#{at}"
        seen[head] += 1
        names.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return tuple(names)


def matched(old: Sequence[Table], new: Sequence[Table]) -> list[tuple[Table, Table]]:
    """Pair the tables of two versions: those with the most headings in common, then in order."""
    left, right = list(range(len(old))), list(range(len(new)))
    if len(left) * len(right) > _MOST_TABLES:
        return [
            (one, other) for one, other in zip(old, new, strict=False) if one.heads == other.heads
        ]
    scored = sorted(
        (-_common(old[one].heads, new[other].heads), abs(one - other), one, other)
        for one in left
        for other in right
    )
    pairs = []
    for score, _, one, other in scored:
        if -score >= _FEWEST_HEADS and one in left and other in right:
            left.remove(one)
            right.remove(other)
            pairs.append((old[one], new[other]))
    return pairs


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return len({*one} & {*other}) / max(len(one), len(other), 1)


def _by_head(passage: Passage, heads: tuple[str, ...], shared: Sequence[str]) -> list[str]:
    cells = dict(zip(heads, passage.cells, strict=False))
    return [folded(cells.get(head, "")) for head in shared]


def _words(passage: Passage) -> list[str]:
    if passage.unit is Unit.ROW:
        return [cell.lower() for cell in passage.cells]
    return _WORD.findall(passage.key.lower())


def _share(one: list[str], other: list[str]) -> float:
    """Give the share of words in common, 0..1; for very long passages without their order."""
    if not one or not other:
        return 0.0
    if len(one) * len(other) > _LONG * _LONG:
        common = sum((Counter(one) & Counter(other)).values())
        return 2 * common / (len(one) + len(other))
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))

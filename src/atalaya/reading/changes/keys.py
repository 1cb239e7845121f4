"""Which rows of two versions of a table are about the same thing: rows by key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import prod

Cells = Sequence[str]
_MOST_COLUMNS = 8  # of a table, that are tried as a key
_MOST_JOINED = 3  # columns that make a key together
_DIGITS = 15  # of a whole number that may count the rows
_YEARS = (1500, 2199)
_FEW = 3  # rows whose numbers may rise by chance
_DAY = re.compile(r"\d{4}[-/.]\d{2}(?:[-/.]\d{2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_FEWEST_SHARED = 0.5  # share of the shorter table's rows that a key must find in the other


def key_columns(old: Sequence[Cells], new: Sequence[Cells]) -> tuple[int, ...]:
    """Find the columns by which rows of two versions of a table are known.

    A key names each row of both versions once. The key that finds most rows again wins, and of
    those the one that stands first. What is measured names nothing, even where its numbers happen
    to differ, unless nothing else does and it finds half of the rows again.

    Args:
        old: Rows of the older version, without headings.
        new: Rows of the newer one; both have the same columns in the same order.

    Returns:
        Numbers of the columns from 0; empty where no columns do.
    """
    width = min((len(row) for row in (*old, *new)), default=0)
    columns = range(min(width, _MOST_COLUMNS))
    naming = [at for at in columns if _names(old, at) and _names(new, at)]
    found = _best(old, new, naming)
    if found is None and len(naming) < len(columns):
        found = _best(old, new, columns)
        if found and found[0] < _FEWEST_SHARED * min(len(old), len(new)):
            return ()
    return found[1] if found else ()


def _names(rows: Sequence[Cells], column: int) -> bool:
    """Whether a column holds names, years or numbers that count the rows, and no measures."""
    cells = [row[column] for row in rows]
    if sum(any(map(str.isalpha, cell)) for cell in cells) * 2 >= len(cells):
        return True
    if not all(cell.isdecimal() and len(cell) <= _DIGITS for cell in cells):
        return all(_DAY.fullmatch(cell) for cell in cells)
    numbers = [int(cell) for cell in cells]
    years = all(_YEARS[0] <= one <= _YEARS[1] for one in numbers)
    rising = all(one < next_ for one, next_ in pairwise(numbers))
    return years or (len(numbers) > _FEW and rising)


def _best(
    old: Sequence[Cells], new: Sequence[Cells], columns: Sequence[int]
) -> tuple[int, tuple[int, ...]] | None:
    """Give the key that finds most rows again, with how many; None where there is none."""
    kinds = {at: min(len({row[at] for row in rows}) for rows in (old, new)) for at in columns}
    fewest = min(len(old), len(new))
    best: tuple[int, tuple[int, ...]] | None = None
    tried = (one for many in range(1, _MOST_JOINED + 1) for one in combinations(columns, many))
    for chosen in sorted(tried):
        if prod(kinds[at] for at in chosen) < fewest:
            continue
        shared = _shared(old, new, chosen)
        if shared is not None and (best is None or shared > best[0]):
            best = (shared, chosen)
            if shared == fewest:
                break
    return best


def _shared(old: Sequence[Cells], new: Sequence[Cells], chosen: tuple[int, ...]) -> int | None:
    """Count the rows that columns find again; None where they are no key."""
    ours, theirs = _keys(old, chosen), _keys(new, chosen)
    return None if ours is None or theirs is None else len(ours & theirs)


def _keys(rows: Sequence[Cells], chosen: tuple[int, ...]) -> set[tuple[str, ...]] | None:
    keys = [tuple(row[at] for at in chosen) for row in rows]
    found = set(keys)
    whole = len(found) == len(keys) and all(any(key) for key in found)
    return found if whole else None


def paired(
    old: Sequence[Cells], new: Sequence[Cells], chosen: tuple[int, ...]
) -> list[tuple[int | None, int | None]]:
    """Pair the rows of two versions by their key, in the order of the newer; what is gone last.

    Args:
        old: Rows of the older version.
        new: Rows of the newer one.
        chosen: The key's columns; where there are none, only equal rows are the same.

    Returns:
        Numbers of the rows from 0, older and newer; None where there is none.
    """

    def key(row: Cells) -> tuple[str, ...]:
        return tuple(row[at] for at in chosen) if chosen else tuple(row)

    left: dict[tuple[str, ...], list[int]] = {}
    for at, row in enumerate(old):
        left.setdefault(key(row), []).append(at)
    pairs: list[tuple[int | None, int | None]] = []
    taken: Counter[tuple[str, ...]] = Counter()
    for at, row in enumerate(new):
        mine = left.get(key(row), [])
        number = taken[key(row)]
        taken[key(row)] += 1
        pairs.append((mine[number] if number < len(mine) else None, at))
    seen = {one for one, _ in pairs}
    return [*pairs, *((at, None) for at in range(len(old)) if at not in seen)]

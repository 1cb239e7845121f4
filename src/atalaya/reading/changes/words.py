"""Words of a changed passage: which stayed, went and came, and which numbers became others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from atalaya.reading.changes.aligning import gaps
from atalaya.reading.changes.days import DATE
from atalaya.reading.changes.record import Run

_SYMBOL = r"[A-Z][\w.]*(?:/[\w.]+)+"  # of a document, such as E/CN.7/2025/L.6
_NUMBER = r"[$€£]?[-−+]?\d+(?:[.,'’\u00a0\u202f]\d+)*(?:\s?%)?"
_TOKEN = re.compile(rf"{_SYMBOL}|{DATE}|{_NUMBER}|(?!\d)\w+(?:['’-]\w+)*|\s+|.", re.DOTALL)
_WORD = re.compile(rf"{_SYMBOL}|\w+(?:['’-]\w+)*|\s+|.", re.DOTALL)
_COUNTED = re.compile(rf"(?P<symbol>{_SYMBOL})|{DATE}|(?<![\w.-]){_NUMBER}(?![\w-])")
_LONGEST = 20_000  # letters of a passage whose words are looked at: longer ones are no sentences
_FEWEST_KEPT = 0.2  # share of words kept below which marking single ones helps nobody


def tokens(text: str) -> list[str]:
    """Cut a text into words, numbers, dates, spaces and signs; joined they are the text again.

    >>> tokens("In 2025, 40 States")
    ['In', ' ', '2025', ',', ' ', '40', ' ', 'States']
    """
    pattern = _TOKEN if any(map(str.isdigit, text)) else _WORD
    return [found[0] for found in pattern.finditer(text)]


def word_runs(before: str, after: str) -> tuple[Run, ...]:
    """Mark the words that changed.

    Args:
        before: The older passage.
        after: The newer one.

    Returns:
        Runs in order: what is kept and what is only before make up ``before``; what is kept and
        what is only after, ``after``.

    >>> [(run.op, run.text) for run in word_runs("It has 40 members.", "It has 44 members.")]
    [('keep', 'It has '), ('del', '40'), ('ins', '44'), ('keep', ' members.')]
    """
    if max(len(before), len(after)) > _LONGEST:
        return (Run("del", before), Run("ins", after))
    old, new = tokens(before), tokens(after)
    regions = list(_regions(old, new))
    kept = sum(_said(part) for same, part, _ in regions if same)
    if kept < _FEWEST_KEPT * max(_said(old), _said(new)):
        regions = [(False, old, new)]
    return tuple(_runs(regions))


def numbers(runs: Sequence[Run]) -> tuple[tuple[str, str], ...]:
    """Name the numbers and dates that became others: before and after, in order.

    >>> numbers(word_runs("40 of 1,200 by 30 June 2025", "44 of 1,300 by 31 July 2025"))
    (('40', '44'), ('1,200', '1,300'), ('30 June 2025', '31 July 2025'))
    """
    found: list[tuple[str, str]] = []
    for gone, come in pairwise(runs):
        if (gone.op, come.op) == ("del", "ins") and len(gone.text) + len(come.text) < _LONGEST:
            old, new = list(_counted(gone.text)), list(_counted(come.text))
            if len(old) == len(new):
                found += [(one, two) for one, two in zip(old, new, strict=True) if one != two]
            elif old and new:
                found.append((", ".join(old), ", ".join(new)))
    return tuple(found)


def _counted(text: str) -> Iterator[str]:
    return (one[0].strip() for one in _COUNTED.finditer(text) if one["symbol"] is None)


def _said(parts: Sequence[str]) -> int:
    return sum(any(map(str.isalnum, part)) for part in parts)


def _regions(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Give what is the same and what is not, in turn; a space alone parts no words."""
    a = 0
    held: tuple[list[str], list[str]] = ([], [])
    for gap in [*gaps(old, new), None]:
        same = old[a : gap.a if gap else len(old)]
        if held[0] or held[1]:
            if gap and not "".join(same).strip():
                held = (held[0] + same, held[1] + same)
                same = []
            else:
                yield False, *held
                held = ([], [])
        if same:
            yield True, same, same
        if gap:
            held = (held[0] + old[gap.a : gap.b], held[1] + new[gap.c : gap.d])
            a = gap.b


def _runs(regions: Sequence[tuple[bool, list[str], list[str]]]) -> Iterator[Run]:
    for same, old, new in regions:
        if same:
            yield Run("keep", "".join(old))
            continue
        if old:
            yield Run("del", "".join(old))
        if new:
            yield Run("ins", "".join(new))

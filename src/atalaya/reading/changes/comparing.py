"""Two versions of a page in, what they differ in out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from atalaya.reading.changes.aligning import Gap, gaps
from atalaya.reading.changes.boilerplate import Days
from atalaya.reading.changes.pairing import paired
from atalaya.reading.changes.passages import Passage
from atalaya.reading.changes.record import Aside, Difference, Edit
from atalaya.reading.changes.telling import Teller


def compare(
    old: Sequence[Passage], new: Sequence[Passage], days: Days = (None, None)
) -> Difference:
    """Compare two versions of a page, passage by passage.

    Args:
        old: Passages of the older version.
        new: Passages of the newer one.
        days: When each was captured, where it is known: that day is no news in either.
    """
    aside = Counter[Aside]()
    aside[Aside.NAVIGATION] = _frames(old, new)
    ours, theirs = _content(old), _content(new)
    found = gaps([one.key for one in ours], [one.key for one in theirs])
    aside[Aside.LAYOUT] = _rewritten(ours, theirs, found)
    telling = []
    for gap in found:
        if _said(ours[gap.a : gap.b]) == _said(theirs[gap.c : gap.d]):
            aside[Aside.LAYOUT] += 1  # the same words, cut into other passages
        else:
            telling.append(gap)
    teller = Teller(ours, theirs, paired(ours, theirs, telling), days, aside)
    return Difference(
        changes=teller.changes(telling),
        aside={why: aside[why] for why in Aside if aside[why]},
        passages=(len(old), len(new)),
        edits=tuple(_edits(old, new)),
    )


def _content(passages: Sequence[Passage]) -> list[Passage]:
    return [one for one in passages if not one.apart]


def _frames(old: Sequence[Passage], new: Sequence[Passage]) -> int:
    """Count the passages of the frame that differ."""
    ours, theirs = (Counter(one.key for one in side if one.apart) for side in (old, new))
    return max((ours - theirs).total(), (theirs - ours).total())


def _rewritten(old: Sequence[Passage], new: Sequence[Passage], found: Sequence[Gap]) -> int:
    """Count passages with the same words that are written otherwise."""
    changed = a = c = 0
    for gap in (*found, Gap(len(old), len(old), len(new), len(new))):
        same = zip(old[a : gap.a], new[c : gap.c], strict=True)
        changed += sum(
            one.written != other.written or one.text != other.text for one, other in same
        )
        a, c = gap.b, gap.d
    return changed


def _said(passages: Sequence[Passage]) -> str:
    return "".join(" ".join(one.key for one in passages).split())


def _edits(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Edit]:
    for gap in gaps([one.text for one in old], [one.text for one in new]):
        yield Edit(gap.a, gap.b, tuple(one.text for one in new[gap.c : gap.d]))

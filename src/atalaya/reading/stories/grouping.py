"""Documents into stories, in bounded memory: about two hundred bytes a document.

Two passes over what is held. First texts that share a band of their sketches: joined where their
words overlap and their facts do not disagree. Then reports that share a key made of what, where
and when: joined where they agree on enough. A pair is joined only if the oldest members of both
stories do not disagree either, so that no chain of half-agreements links two happenings. Documents
are taken in the order of their days and digests, so that the order of adding does not matter.

Source: M. Henzinger, "Finding near-duplicate web pages", SIGIR 2006, for the two steps.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt

from atalaya.reading.stories.features import StoryFeatures
from atalaya.reading.stories.joining import Held, join_agreeing, join_alike
from atalaya.reading.stories.sketches import SLOTS

_NO_DAY = -1
_EMPTY = bytes(SLOTS)


class Grouping:
    """Documents that are grouped together; ``keys`` may be asked at any time, and again.

    >>> from atalaya.reading.mentions.lexicon import Entry, Lexicon
    >>> from atalaya.reading.mentions.page import Page
    >>> from atalaya.reading.stories.features import Known, of
    >>> words = Lexicon([Entry("seized", "verb")])
    >>> pages = [Page.of(f"Police in Quito seized {kg} kilos on a farm", words) for kg in (5, 5)]
    >>> grouping = Grouping()
    >>> for page in pages:
    ...     grouping.add(of(page, None, ([], []), Known()))
    >>> one, other = grouping.keys()
    >>> one == other
    True
    """

    def __init__(self) -> None:
        self._sketches = bytearray()
        self._sketched = bytearray()
        self._facts = array("I")
        self._ends = array("Q")
        self._days = array("i")
        self._digests = array("Q")
        self._firsts = array("Q")  # digest of the oldest of its story when others were forgotten

    def __len__(self) -> int:
        """How many documents are held."""
        return len(self._days)

    def add(self, document: StoryFeatures) -> None:
        """Take a document."""
        self._sketches += _EMPTY if document.sketch is None else document.sketch.tobytes()
        self._sketched.append(document.sketch is not None)
        self._facts.frombytes(document.facts.tobytes())
        self._ends.append(len(self._facts))
        self._days.append(_NO_DAY if document.day is None else document.day)
        self._digests.append(document.digest)
        self._firsts.append(document.digest)

    def keys(self) -> list[str]:
        """Give the story key of each document, in the order of adding.

        Returns:
            The key of a story is made of its oldest member: the same for the same documents,
            whatever their order. A younger document that joins does not change it.
        """
        return [f"story:{digest:016x}" for digest in self._oldest().tolist()]

    def _oldest(self) -> npt.NDArray[np.uint64]:
        """Give, in the order of adding, the digest of the oldest document of each one's story."""
        if not len(self):
            return np.empty(0, np.uint64)
        held, order = self._ordered()
        join_alike(held)
        join_agreeing(held)
        oldest = np.empty(len(self), np.uint64)
        oldest[order] = np.frombuffer(self._firsts, np.uint64)[order][held.roots()]
        return oldest

    def forget(self, before: date) -> None:
        """Let go of documents older than a day; those that stay keep their stories' keys."""
        self._firsts = array("Q", self._oldest().tobytes())
        days = np.frombuffer(self._days, np.int32)
        rows = np.flatnonzero((days >= before.toordinal()) | (days == _NO_DAY)).tolist()
        fresh = Grouping()
        for row in rows:
            fresh._take(self, row)
        for name in ("_sketches", "_sketched", "_facts", "_ends", "_days", "_digests", "_firsts"):
            setattr(self, name, getattr(fresh, name))

    def _take(self, other: Grouping, row: int) -> None:
        self._sketches += other._sketches[row * SLOTS : (row + 1) * SLOTS]
        self._sketched.append(other._sketched[row])
        self._facts.extend(other._facts[other._ends[row - 1] if row else 0 : other._ends[row]])
        self._ends.append(len(self._facts))
        self._days.append(other._days[row])
        self._digests.append(other._digests[row])
        self._firsts.append(other._firsts[row])

    def _ordered(self) -> tuple[Held, np.ndarray]:
        """Give what is held, oldest first, documents without a day last; and the order."""
        days = np.frombuffer(self._days, np.int32)
        digests = np.frombuffer(self._digests, np.uint64)
        last = np.where(days == _NO_DAY, np.iinfo(np.int32).max, days)
        order = np.lexsort((digests, last))
        ends = np.frombuffer(self._ends, np.uint64).astype(np.int64)
        starts = np.concatenate(([0], ends[:-1]))
        sketches = np.frombuffer(self._sketches, np.uint8).reshape(-1, SLOTS)
        return Held(
            sketches[order],
            np.frombuffer(self._sketched, np.uint8)[order].astype(np.bool_),
            np.frombuffer(self._facts, np.uint32),
            starts[order],
            ends[order],
            days[order],
            np.arange(len(order)),
        ), order


def origins(documents: Iterable[tuple[StoryFeatures, int]]) -> int:
    """Count the independent origins of a story.

    Args:
        documents: Its documents, each with the number of the cluster of near copies it is in.

    Returns:
        How many groups remain where documents that credit one agency, are near copies of each
        other or come from one publisher are one.
    """
    group: dict[object, int] = {}
    parent: list[int] = []

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for number, (document, copies) in enumerate(documents):
        parent.append(number)
        for mark in (("agency", document.agency), ("host", document.publisher), ("copy", copies)):
            if mark[1] is not None:
                first = root(group.setdefault(mark, number))
                mine = root(number)
                parent[max(first, mine)] = min(first, mine)
    return len({root(number) for number in range(len(parent))})

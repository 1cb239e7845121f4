"""How a text speaks of a thing: it was there, it was not, or somebody thought it was.

A cue ("no", "sold as", "wurde nicht nachgewiesen") governs what stands on its side of it, within
its reach and its sentence, until a word that ends its scope ("but", "contained"). A wording that
only looks like a cue ("not only") is none. What is listed beside a governed thing ("no heroin,
cocaine or fentanyl") is governed with it.

Source: W. W. Chapman et al., "A simple algorithm for identifying negated findings and diseases in
discharge summaries" (NegEx), J. Biomed. Inform. 34 (2001) 301-310, and H. Harkema et al.,
"ConText", J. Biomed. Inform. 42 (2009) 839-851: cue, direction, pseudo-cue, termination. The cues
are our own, in five languages: ``data/status_cues.csv`` and ``data/status_ends.csv``.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.reading.mentions.lexicon import Entry, Hit
from atalaya.reading.mentions.mention import Status
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.words_read import spelt_out, table

CUE, END = "status-cue", "status-end"
_BREAKS = re.compile(r";|\n\s*\n")
_LIST = re.compile(
    r"[\s,/&()\"'“”«»]*(?:and|or|nor|y|e|o|u|ni|et|ou|und|oder|noch|nem|and/or)?[\s,/\"'“”«»]*"
    r"(?:the|any|la|el|de|d'|du|des|da|do|le|l'|las|los)?[\s\"'“”«»]*"
)
_LONGEST_GAP = 24
_FARTHEST = 240  # characters; no reach is longer, and a line may be a million
_LINKS = 8  # things of one list that a cue may govern


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that says how something is spoken of.

    Args:
        status: What it says.
        side: Where it stands: ``before`` the thing, ``after`` it, or ``as``: after a thing that
            follows an "als" ("als MDMA verkauft").
        reach: How many words may stand between.
    """

    status: Status
    side: str
    reach: int


def entries() -> Iterator[Entry]:
    """Give the cues and the wordings that end their scope or cancel them."""
    for row in table("status_cues"):
        cue = Cue(Status(row["status"]), row["side"], int(row["reach"]))
        for wording in spelt_out(row["cue"]):
            yield Entry(wording, CUE, cue)
    for row in table("status_ends"):
        for wording in spelt_out(row["cue"]):
            yield Entry(wording, END, row["kind"] == "end")


class Statuses:
    """The cues of a page, ready to be asked about spans of it."""

    def __init__(self, page: Page):
        self.page = page
        ends = page.found(END)
        cancelled = sorted((hit.at, hit.to) for hit in ends if not hit.entry.value)
        self._cues = [hit for hit in page.found(CUE) if not _within(hit, cancelled)]
        self._cue_ends = [hit.end for hit in self._cues]
        self._ends = sorted((hit.at, hit.to) for hit in ends if hit.entry.value)
        self._at = [at for at, _ in self._ends]

    def of_list(self, spans: Sequence[tuple[int, int, int, int]]) -> list[Status]:
        """Say how each of several things is spoken of.

        Args:
            spans: Start and end in the text and in its folded form, in order.

        Returns:
            A status each, in the same order.
        """
        if not self._cues:
            return [Status.AFFIRMED] * len(spans)
        found = [self._of(number, spans) for number in range(len(spans))]
        self._carry(spans, found, range(1, len(spans)), -1, "before")
        self._carry(spans, found, range(len(spans) - 2, -1, -1), 1, "after")
        return [Status.AFFIRMED if each is None else each[0] for each in found]

    def _of(
        self, number: int, spans: Sequence[tuple[int, int, int, int]]
    ) -> tuple[Status, str] | None:
        """Give the status that the nearest governing cue says, with the side it stands on.

        A cue governs the first thing on its side; what is listed with that follows it.
        """
        start, _, at, to = spans[number]
        after = spans[number - 1][3] if number else 0
        until = spans[number + 1][2] if number + 1 < len(spans) else len(self.page.folded.text)
        first, last = start - _FARTHEST, start + _FARTHEST
        if bisect_left(self._cue_ends, first) == bisect_right(self._cue_ends, last):
            return None
        begin, end = self.page.sentence_of(start)
        first, last = max(first, begin), min(last, end)
        best: tuple[int, Status, str] | None = None
        lo, hi = bisect_left(self._cue_ends, first), bisect_right(self._cue_ends, last)
        for hit in self._cues[lo:hi]:
            cue = hit.entry.value
            if not isinstance(cue, Cue) or hit.start < first or hit.to < after or hit.at > until:
                continue
            gap = self._gap(hit, cue, at, to)
            if gap is None or gap > cue.reach:
                continue
            # Of two cues at one distance the longer wording knows better.
            key = gap * 100 - (hit.to - hit.at)
            if best is None or key < best[0]:
                best = (key, cue.status, cue.side)
        return None if best is None else best[1:]

    def _gap(self, hit: Hit, cue: Cue, at: int, to: int) -> int | None:
        """Count the words between a cue and a thing; None where the cue cannot govern it."""
        text = self.page.folded.text
        if cue.side == "before":
            left, right = hit.to, at
        else:
            left, right = to, hit.at
            if cue.side == "as" and not text.endswith(" als", 0, at):
                return None
        if right < left or self._ended(left, right):
            return None
        return text.count(" ", left, right)

    def _ended(self, left: int, right: int) -> bool:
        """Tell whether a scope ends between two places of the folded text."""
        number = bisect_left(self._at, left)
        if number < len(self._ends) and self._ends[number][1] <= right:
            return True
        offsets = self.page.folded.offsets
        return bool(_BREAKS.search(self.page.text, int(offsets[left]), int(offsets[right + 1])))

    def _carry(
        self,
        spans: Sequence[tuple[int, int, int, int]],
        found: list[tuple[Status, str] | None],
        order: range,
        step: int,
        side: str,
    ) -> None:
        """Let what is listed beside a governed thing share its status."""
        links = 0
        for number in order:
            beside = found[number + step]
            one, two = sorted((number, number + step))
            listed = (
                beside is not None and beside[1] == side and self._listed(spans[one], spans[two])
            )
            links = links + 1 if listed else 0
            if listed and found[number] is None and links <= _LINKS:
                found[number] = beside

    def _listed(self, one: tuple[int, int, int, int], two: tuple[int, int, int, int]) -> bool:
        gap = two[0] - one[1]
        return 0 <= gap <= _LONGEST_GAP and bool(_LIST.fullmatch(self.page.text, one[1], two[0]))


def _within(hit: Hit, others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether one of some ordered stretches holds a hit."""
    number = bisect_right(others, (hit.at, sys.maxsize)) - 1
    return any(hit.to <= to for _, to in others[max(0, number - 1) : number + 1])

"""One scan for all names and cue words of all rules: an Aho-Corasick automaton over folded text.

Source: A. V. Aho and M. J. Corasick, "Efficient string matching", Communications of the ACM 18
(1975) 333-340, as built by ``ahocorasick_rs``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs
import numpy as np

from atalaya.reading.mentions.folding import Folded, fold_name


@dataclass(frozen=True, slots=True)
class Entry:
    """A name or cue word that some rule wants to know of.

    Args:
        name: As people write it; case, accents and marks between words do not matter.
        kind: The rule's own word for what it is, such as ``substance`` or ``unit``.
        value: What the rule wants to be told at a hit.
    """

    name: str
    kind: str
    value: object = None


class Hit(NamedTuple):
    """An entry found in a text.

    Args:
        start: Offset of its first character in the original text.
        end: Offset after its last.
        entry: What was found.
        at: Offset in the folded text of the space before it.
        to: Offset in the folded text of the space after it.
    """

    start: int
    end: int
    entry: Entry
    at: int
    to: int


class Lexicon:
    """Entries, made ready to be found all at once.

    An entry whose name folds to nothing is refused; equal names of several kinds are all found.
    """

    def __init__(self, entries: Iterable[Entry]):
        by_form: dict[str, list[Entry]] = {}
        for entry in entries:
            form = fold_name(entry.name)
            if not form.strip():
                raise ValueError(f"the entry {entry.name!r} ({entry.kind}) has no letter or digit")
            by_form.setdefault(form, []).append(entry)
        self._entries = tuple(tuple(dict.fromkeys(found)) for found in by_form.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(by_form), matchkind=ahocorasick_rs.MatchKind.Standard
        )

    def __len__(self) -> int:
        """How many different forms are looked for."""
        return len(self._entries)

    def scan(self, folded: Folded) -> Mapping[str, list[Hit]]:
        """Find every entry in a text.

        Args:
            folded: The text.

        Returns:
            Kind -> its hits, overlapping ones too, ordered by end and then by start.
        """
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        raw = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        if not raw:
            return found
        where = np.array(raw, np.int64)
        starts = folded.offsets[where[:, 1] + 1].tolist()
        stops = folded.offsets[where[:, 2] - 1].tolist()
        entries = self._entries
        for (pattern, at, end), start, stop in zip(raw, starts, stops, strict=True):
            for entry in entries[pattern]:
                found[entry.kind].append(Hit(start, stop, entry, at, end - 1))
        return found


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Keep of overlapping hits the longest, of equally long ones the first; ordered by start."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept

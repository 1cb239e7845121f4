"""Our own labelled sentences and death texts on substances, and how well they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "open_sources"
Marked = frozenset[tuple[object, ...]]


@dataclass(slots=True)
class Counted:
    """Things labelled and read, and how many of them are the same."""

    right: int = 0
    read: int = 0
    labelled: int = 0

    def add(self, read: Iterable[object], labelled: Iterable[object]) -> None:
        """Count one text."""
        one, other = set(read), set(labelled)
        self.right += len(one & other)
        self.read += len(one)
        self.labelled += len(other)

    @property
    def precision(self) -> float:
        """The share of what was read that is labelled."""
        return self.right / max(1, self.read)

    @property
    def recall(self) -> float:
        """The share of what is labelled that was read."""
        return self.right / max(1, self.labelled)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(1, self.read + self.labelled)

    def __str__(self) -> str:
        """Write the three figures."""
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence: its mentions as (start, end, identifier, status)."""

    text: str
    language: str
    part: str
    mentions: Marked


def sentences() -> list[Sentence]:
    """Give every labelled sentence, of both parts."""
    found = []
    with (FOLDER / "substances.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            marked = [(m["start"], m["end"], m["id"], m["status"]) for m in row["mentions"]]
            found.append(Sentence(row["text"], row["language"], row["part"], frozenset(marked)))
    return found


def death_texts() -> list[tuple[str, frozenset[str]]]:
    """Give our own death texts, each with the identifiers of what it says was involved."""
    found = []
    for line in (FOLDER / "death_texts.txt").read_text(encoding="utf-8").splitlines():
        text, _, slugs = line.rpartition("|")
        found.append((text.strip(), frozenset(f"substance:{slug}" for slug in slugs.split())))
    return found


def scored(part: str, read: Callable[[str, str], Iterable[tuple[object, ...]]]) -> Counted:
    """Count a part's mentions, each right where span, identifier and status are."""
    counted = Counted()
    for one in sentences():
        if one.part == part:
            counted.add(read(one.text, one.language), one.mentions)
    return counted

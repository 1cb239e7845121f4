"""What the checker says: counts, and a problem for each thing that is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the log.

    Args:
        path: The file it is in, relative to the log.
        says: What is wrong, one sentence.
        leaf: Index of the first leaf it touches, or None when it touches no leaf.
    """

    path: str
    says: str
    leaf: int | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.says}"


@dataclass(frozen=True, slots=True)
class LogReport:
    """What checking a log found.

    Args:
        origin: Name of the log, empty when the checkpoint could not be believed.
        size: Number of entries that the checkpoint signs for.
        root: The signed root, hex digits.
        bundles: Number of entry bundles read.
        tiles: Number of hash tiles read.
        problems: What is wrong, in order of place.
    """

    origin: str
    size: int
    root: str
    bundles: int
    tiles: int
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

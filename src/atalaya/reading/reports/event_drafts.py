"""A side event, and one that is still being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from atalaya.reading.reports.leaves import Named
from atalaya.reading.reports.spans import Leaf


@dataclass(frozen=True, slots=True)
class Event:
    """One side event, each value or None."""

    title: Leaf | None
    organiser: Leaf | None = None
    cohosts: tuple[Named, ...] = ()
    attendance: Leaf | None = None
    n: Leaf | None = None


@dataclass
class Draft:
    """An event that further blocks may add to."""

    event: Event
    last: int
    """Number of the block it ends with."""
    open: bool = field(default=False)
    """Whether its co-hosts follow as a list."""

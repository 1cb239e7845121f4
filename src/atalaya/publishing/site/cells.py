"""A published figure: a number, a range that hides a small count, or nothing known."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from atalaya.model.errors import BadInput

_RANGE = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a release says in one cell.

    Args:
        low: Smallest value the true figure can have, or None when nothing is known.
        high: Largest value it can have; equal to ``low`` for a plain number.
    """

    low: float | None = None
    high: float | None = None

    @classmethod
    def parse(cls, value: object) -> Cell:
        """Read a cell as a release writes it.

        Args:
            value: A number, ``"12"``, ``"1-9"`` (a hidden small count), ``""`` or None.

        Raises:
            BadInput: It is none of these.

        >>> Cell.parse("1-9").hidden, Cell.parse("0").low, Cell.parse(None).known
        (True, 0.0, False)
        """
        return _UNKNOWN if value is None or value == "" else _parsed(str(value))

    @property
    def known(self) -> bool:
        """Whether anything is known of the figure."""
        return self.low is not None

    @property
    def hidden(self) -> bool:
        """Whether the exact figure is hidden behind a range."""
        return self.low != self.high

    def plain(self) -> float | int | str | None:
        """Give the cell as JSON and CSV say it: a number, ``"1-9"`` or None."""
        if self.low is None or self.high is None:
            return None
        if self.hidden:
            return f"{self.low:g}-{self.high:g}"
        return int(self.low) if self.low.is_integer() else self.low


_UNKNOWN: Final = Cell()


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> Cell:
    found = _RANGE.fullmatch(text.strip())
    low, high = found.groups() if found else (text, text)
    try:
        read = Cell(float(low), float(high))
    except ValueError:
        read = Cell(math.nan, math.nan)
    if not (math.isfinite(read.low or 0.0) and math.isfinite(read.high or 0.0)):
        raise BadInput(
            f"{text!r} is neither a number nor a range such as 1-9",
            why="a figure that cannot be read must not be shown as another one",
            do="build the release again",
        )
    return read


def total(cells: Iterable[Cell]) -> Cell:
    """Add cells up; hidden ones make the sum a range, a single unknown one makes it unknown.

    Returns:
        The sum's range, or an unknown cell when a cell is unknown or there is none.

    >>> total([Cell(3, 3), Cell(1, 9)]), total([Cell(3, 3), Cell()]).known
    (Cell(low=4, high=12), False)
    """
    known = tuple(cells)
    pairs = [
        (cell.low, cell.high) for cell in known if cell.low is not None and cell.high is not None
    ]
    if not pairs or len(pairs) < len(known):
        return Cell()
    return Cell(sum(low for low, _ in pairs), sum(high for _, high in pairs))

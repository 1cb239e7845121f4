"""The last periods of a series as the bars of a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.points import Point

MOST = 36  # periods: three years of months say whether it is new, and stay readable when small


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of a small chart: what is known, and whether it was an alarm.

    A bar whose count is not known is a gap or is withheld; it is never drawn as zero.
    """

    period: str
    count: Cell
    alarm: bool

    @property
    def kind(self) -> str:
        """How it is drawn: ``alarm``, ``range`` (hidden, 1-9), ``plain``, ``zero`` or ``gap``."""
        if self.count.high:
            return "alarm" if self.alarm else "range" if self.count.hidden else "plain"
        return "zero" if self.count.known else "gap"


def bars(points: Sequence[Point], most: int = MOST) -> tuple[Bar, ...]:
    """Give the bars of the last ``most`` points."""
    return tuple(
        Bar(
            point.period,
            point.count if point.status == "observed" else Cell(),
            bool(point.alarm),
        )
        for point in points[-most:]
    )

"""What a clock can do. It is read in one place, the command line's, and handed down."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits; tests pass one that never really waits."""

    def now(self) -> datetime:
        """Give the present moment, in UTC."""

    def monotonic(self) -> float:
        """Give seconds since some fixed moment; it never goes back."""

    def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""

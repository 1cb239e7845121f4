"""The one place that reads the clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """This machine's clock; see ``model.clock.Clock``."""

    def now(self) -> datetime:
        """Give the present moment, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)

    def monotonic(self) -> float:
        """Give seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

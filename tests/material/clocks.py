"""Clocks that never wait."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2024, 12, 31, 12, 0, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class StoppedClock:
    """Time moves only when somebody sleeps; keeps what was slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._elapsed = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return START + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        return self._elapsed

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self._elapsed += seconds


@dataclass
class StillClock:
    """A clock that moves only when told to."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

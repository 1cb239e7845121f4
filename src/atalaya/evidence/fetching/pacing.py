"""One request at a time to a host, and a pause after each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from atalaya.model.clock import Clock
from atalaya.model.errors import Place, TryLater
from atalaya.model.sentences import sentence

LONGEST_WAIT = 600.0  # seconds; a run that stands still longer looks broken to whoever started it


class Pacing:
    """Gives turns at hosts, in this process, to any number of threads.

    Args:
        clock: Tells the time and waits.
        pause: Shortest time between two requests to one host, in seconds.
    """

    def __init__(self, clock: Clock, pause: float) -> None:
        self._clock, self._pause = clock, pause
        self._guard = Lock()
        self._locks: dict[str, Lock] = defaultdict(Lock)
        self._free: dict[str, float] = {}
        self._pauses: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked, and keep others waiting until the answer is in.

        Args:
            host: The host, without port: ports of one machine share its turns.

        Raises:
            TryLater: The host asks for a longer wait than a run should stand still.
        """
        with self._guard:
            lock = self._locks[host]
        with lock:
            wait = self._free.get(host, 0.0) - self._clock.monotonic()
            if wait > LONGEST_WAIT:
                raise TryLater(
                    sentence(
                        "{host} asks for {seconds} seconds until the next request",
                        host=host,
                        seconds=f"{wait:.0f}",
                    ),
                    why="hosts set their pace, and a run does not stand still that long",
                    do=sentence("run again after that time"),
                    where=Place(host),
                )
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                self.defer(host, max(self._pause, self._pauses.get(host, 0.0)))

    def set_pause(self, host: str, seconds: float) -> None:
        """Keep a host's own pause between requests, where it is longer than ours."""
        if seconds > self._pauses.get(host, 0.0):
            with self._guard:
                self._pauses[host] = seconds
            self.defer(host, seconds)  # the robots.txt that says so was a request, too

    def defer(self, host: str, seconds: float) -> None:
        """Let nobody ask a host for some seconds from now."""
        until = self._clock.monotonic() + seconds
        with self._guard:
            self._free[host] = max(until, self._free.get(host, until))

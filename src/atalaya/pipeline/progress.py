"""How long work says how far it is: a port, so that the pipeline draws nothing itself."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a step tells of itself while it runs."""

    def begin(self, step: str, total: int | None = None) -> None:
        """A step begins, with so many things to do where that is known."""

    def advance(self, what: str = "") -> None:
        """One more thing is done."""

    def end(self, says: str) -> None:
        """The step is over; one line says what came of it."""


class Silent:
    """Says nothing; for tests and for callers that only want the result."""

    def begin(self, step: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, what: str = "") -> None:
        """Say nothing."""

    def end(self, says: str) -> None:
        """Say nothing."""

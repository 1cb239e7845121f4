"""Trying again what may work the second time, ever more slowly, as the server asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom
from typing import TypeVar

from atalaya.model.errors import Place, TryLater
from atalaya.model.sentences import sentence

_FIRST, _LONGEST = 1.0, 60.0  # seconds before the first further try, and before any
_LONGEST_ASKED = 120.0  # a server may ask for more by Retry-After; then the next run asks again
# What a server answers when the same request may work another time (RFC 9110, RFC 6585, RFC 8470).
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_spread = SystemRandom()

Answer = TypeVar("Answer")


class Unanswered(TryLater):
    """A request that may work another time.

    Args:
        what: What happened.
        address: The address.
        wait: Seconds the server asks to wait, or None.
    """

    def __init__(self, what: str, address: str, wait: float | None = None) -> None:
        super().__init__(
            what,
            why="nothing was captured, and what is known of this source grows older",
            do=sentence(
                "nothing now: the next run asks again; if it lasts, open the address in a browser"
            ),
            where=Place(address),
        )
        self.wait = wait


def retried(attempt: Callable[[], Answer], retries: int, defer: Callable[[float], None]) -> Answer:
    """Make a request, and make it again after a growing wait while it stays unanswered.

    Args:
        attempt: Makes the request; raises ``Unanswered`` when it may work another time.
        retries: How often it is tried again.
        defer: Puts off the next request to the host by some seconds.

    Returns:
        The answer.

    Raises:
        Unanswered: All tries failed, or the server asks for a longer wait than a run makes.
    """
    for tried in range(retries + 1):
        try:
            return attempt()
        except Unanswered as unanswered:
            wait = unanswered.wait
            if wait is not None:
                defer(wait)
            if tried == retries or (wait or 0.0) > _LONGEST_ASKED:
                raise
            defer(max(backoff(tried, _spread.random()), wait or 0.0))
    raise AssertionError  # range(retries + 1) is never empty: settings refuse retries < 0


def backoff(tried: int, spread: float) -> float:
    """Give the wait before the next try: doubling, half of it at random.

    Args:
        tried: How many further tries there have been.
        spread: A random number from 0 to 1, so that many observatories do not return at once.

    Returns:
        Seconds.

    Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("equal
        jitter": never less than half the wait).

    >>> backoff(0, 0.0), backoff(2, 1.0), backoff(50, 1.0)
    (0.5, 4.0, 60.0)
    """
    whole = min(_FIRST * 2.0 ** min(tried, 30), _LONGEST)
    return whole / 2 + whole / 2 * spread


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a ``Retry-After`` header: seconds, or a date.

    Args:
        value: The header, or None.
        now: The present moment, with time zone.

    Returns:
        Seconds from now, not below 0; None when there is none that can be read.

    Source: RFC 9110, section 10.2.3.

    >>> retry_after("7", datetime.fromisoformat("2026-11-23T12:00:00+00:00"))
    7.0
    """
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        then = parsedate_to_datetime(value)
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None  # what cannot be read asks for nothing: the ordinary backoff holds

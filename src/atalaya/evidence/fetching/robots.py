"""What hosts let robots fetch: robots.txt, asked once a host and kept for a day.

Source: RFC 9309, Robots Exclusion Protocol.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from atalaya.evidence.addresses import WebAddress, parse_web
from atalaya.model.clock import Clock
from atalaya.model.errors import LookAtThis, Place, TryLater
from atalaya.model.sentences import sentence

ROBOT = "Atalaya"  # the name that robots.txt files address us by
LONGEST = 512_000  # bytes that are read; RFC 9309, 2.5 asks for at least 500 KiB
_KEPT = 86_400.0  # seconds; RFC 9309, 2.4: not longer than 24 hours
_UNREACHABLE_KEPT = 600.0  # seconds in which a host that did not answer is not asked again
_OK, _CLIENT_ERRORS, _SERVER_ERRORS = 200, 400, 500

AskRobots = Callable[[WebAddress], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one robots.txt says, until when; where it did not answer, ``fault`` says why."""

    parsed: Protego
    until: float
    fault: str = ""


class Robots:
    """Keeps robots.txt of every host that is asked.

    Args:
        clock: Tells how old a kept file is.
        ask: Gets a robots.txt: its status and at most ``LONGEST`` bytes; raises ``TryLater``
            when the host does not answer.
    """

    def __init__(self, clock: Clock, ask: AskRobots) -> None:
        self._clock, self._ask = clock, ask
        self._guard = Lock()
        self._locks: dict[str, Lock] = defaultdict(Lock)
        self._kept: dict[str, _Rules] = {}

    def check(self, address: WebAddress) -> float:
        """Refuse an address that its host does not let robots fetch.

        Args:
            address: What is about to be asked.

        Returns:
            The pause the host asks for between requests, in seconds; 0 when it asks for none.

        Raises:
            LookAtThis: robots.txt says no.
            TryLater: robots.txt cannot be had now; until it can, everything is disallowed.
        """
        rules = self._rules(address)
        place = Place(f"{address.authority}/robots.txt")
        if rules.fault:
            raise TryLater(
                sentence(
                    "robots.txt cannot be had, so {address} is not asked: {fault}",
                    address=address.text,
                    fault=rules.fault,
                ),
                why="a host that cannot say what is allowed counts as allowing nothing (RFC 9309)",
                do=sentence("nothing now: the next run asks again"),
                where=place,
            )
        if not rules.parsed.can_fetch(address.text, ROBOT):
            raise LookAtThis(
                sentence(
                    "robots.txt does not let {robot} fetch {address}",
                    robot=ROBOT,
                    address=address.text,
                ),
                why="only what publishers let robots fetch is collected",
                do=sentence(
                    "ask the publisher, use another address, or save the file in a mirror yourself"
                ),
                where=place,
            )
        return _delay(rules.parsed)

    def _rules(self, address: WebAddress) -> _Rules:
        with self._guard:
            lock = self._locks[address.authority]
        with lock:
            kept = self._kept.get(address.authority)
            if kept is None or self._clock.monotonic() >= kept.until:
                kept = self._asked(address)
                self._kept[address.authority] = kept
            return kept

    def _asked(self, address: WebAddress) -> _Rules:
        try:
            status, body = self._ask(parse_web(f"{address.authority}/robots.txt"))
        except TryLater as error:
            return self._unreachable(error.what)
        if status >= _SERVER_ERRORS:
            return self._unreachable(sentence("the server answers {status}", status=str(status)))
        # Any 4xx means that there is no such file, and so no rule (RFC 9309, 2.3.1.3).
        text = body.decode("utf-8", "replace").removeprefix("\ufeff") if status == _OK else ""
        return _Rules(Protego.parse(text), self._clock.monotonic() + _KEPT)

    def _unreachable(self, fault: str) -> _Rules:
        return _Rules(Protego.parse(""), self._clock.monotonic() + _UNREACHABLE_KEPT, fault)


def _delay(rules: Protego) -> float:
    rate = rules.request_rate(ROBOT)
    paced = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(float(rules.crawl_delay(ROBOT) or 0.0), paced)

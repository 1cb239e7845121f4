"""Asks a declared web address: robots, pace, tries, redirects, and what the answer means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import httpx

from atalaya.evidence.addresses import Address, WebAddress
from atalaya.evidence.fetched import Headers, Validators
from atalaya.evidence.fetching.agent import user_agent
from atalaya.evidence.fetching.body import take_in, take_start, too_long
from atalaya.evidence.fetching.pacing import Pacing
from atalaya.evidence.fetching.redirects import Hop, follow
from atalaya.evidence.fetching.retries import AGAIN, Unanswered, retried, retry_after
from atalaya.evidence.fetching.robots import LONGEST, Robots
from atalaya.evidence.fetching.web import Web
from atalaya.model.clock import Clock
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.sentences import Sentence, sentence
from atalaya.model.settings import FetchingSettings

_OK, _NOT_MODIFIED = 200, 304
_MEANS = {
    401: sentence("it asks for a log-in, and only public pages are fetched"),
    403: sentence("it refuses; some hosts refuse robots without saying so in robots.txt"),
    404: sentence("there is nothing at this address"),
    407: sentence("a proxy asks for a log-in"),
    410: sentence("the publisher has removed it"),
    451: sentence("it is withheld for legal reasons"),
}

TakeBody = Callable[[httpx.Response], bytes]


class Asking:
    """Asks web addresses politely.

    Args:
        settings: Timeouts, retries, pause, contact.
        clock: Tells the time and waits.
        transport: What carries requests in tests; None asks the network.
    """

    def __init__(
        self, settings: FetchingSettings, clock: Clock, transport: httpx.BaseTransport | None
    ) -> None:
        self._retries, self._clock = settings.retries, clock
        self._agent = user_agent(settings.contact)
        self._web = Web(settings.timeout_seconds, clock, transport)
        self._pacing = Pacing(clock, settings.pause_seconds)
        self._robots = Robots(clock, self._ask_robots)

    def ask(
        self,
        declared: WebAddress,
        max_bytes: int,
        known: Validators | None,
        trusted: Address | None = None,
    ) -> Hop:
        """Ask a declared address.

        Args:
            declared: The address.
            max_bytes: Most bytes of the body.
            known: Validators of what is known of it, or None.
            trusted: The address whose own word makes a host inside a network one that may be
                asked; None is the declared one. A listing's items are not declared.

        Returns:
            An answer with status 200 and its body, or 304 where the known validators still hold.

        Raises:
            TryLater: It may work another time.
            LookAtThis: It will fail again until somebody changes something.
        """
        source = trusted if isinstance(trusted, WebAddress) else declared

        def ask_one(address: WebAddress) -> Hop:
            # Before robots.txt is asked, so that a redirect cannot reach a private host that way.
            self._web.check(address, source)
            self._pacing.set_pause(address.host, self._robots.check(address))
            headers = (*self._headers(), *_conditions(address, known))

            def take(response: httpx.Response) -> bytes:
                return self._take(response, address, max_bytes)

            return self._hop(address, source, headers, take)

        hop = follow(declared, ask_one)
        _check_status(hop, declared)
        return hop

    def close(self) -> None:
        """Close all connections."""
        self._web.close()

    def _ask_robots(self, address: WebAddress) -> tuple[int, bytes]:
        def ask_one(hop: WebAddress) -> Hop:
            def take(response: httpx.Response) -> bytes:
                encoding = response.headers.get("content-encoding", "")
                return take_start(response.iter_raw(), encoding, LONGEST, hop.text)

            return self._hop(hop, address, self._headers(), take)

        hop = follow(address, ask_one)
        return hop.status, hop.body

    def _hop(
        self, address: WebAddress, declared: WebAddress, headers: Headers, take: TakeBody
    ) -> Hop:
        """Ask one address, in turn, trying again; only a 200 has its body taken."""

        def attempt() -> Hop:
            with (
                self._pacing.turn(address.host),
                self._web.asking(address, declared, headers) as response,
            ):
                self._refuse_for_now(response, address)
                body = take(response) if response.status_code == _OK else b""
                return Hop(
                    address,
                    response.status_code,
                    tuple(response.headers.multi_items()),
                    body,
                    self._clock.now().astimezone(UTC).replace(microsecond=0),
                    headers,
                )

        return retried(
            attempt, self._retries, lambda seconds: self._pacing.defer(address.host, seconds)
        )

    def _refuse_for_now(self, response: httpx.Response, address: WebAddress) -> None:
        if response.status_code in AGAIN:
            wait = retry_after(response.headers.get("retry-after"), self._clock.now())
            raise Unanswered(_refused(response.status_code, wait), address.text, wait)

    def _take(self, response: httpx.Response, address: WebAddress, max_bytes: int) -> bytes:
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:18]) > max_bytes:
            raise too_long(declared, max_bytes, address.text)
        return take_in(
            response.iter_raw(),
            encoding=response.headers.get("content-encoding", ""),
            max_bytes=max_bytes,
            address=address.text,
            patience=self._web.patience(address),
        )

    def _headers(self) -> Headers:
        return (
            ("User-Agent", self._agent),
            ("Accept", "*/*"),
            ("Accept-Encoding", "gzip, deflate, br"),
        )


def _refused(status: int, wait: float | None) -> Sentence:
    if wait is None:
        return sentence("the server answers {status}", status=str(status))
    return sentence(
        "the server answers {status} and asks to wait {seconds} seconds",
        status=str(status),
        seconds=f"{wait:.0f}",
    )


def _conditions(address: WebAddress, known: Validators | None) -> Headers:
    """Give the conditions, only for the address whose validators they are."""
    if known is None or known.url != address.text:
        return ()
    conditions = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return tuple((name, value) for name, value in conditions if value)


def _check_status(hop: Hop, declared: WebAddress) -> None:
    conditional = any(name.startswith("If-") for name, _ in hop.asked)
    if hop.status == _OK or (hop.status == _NOT_MODIFIED and conditional):
        return
    means = _MEANS.get(hop.status, sentence("this is not an answer with a document in it"))
    raise LookAtThis(
        sentence("the server answers {status}: {means}", status=str(hop.status), means=means),
        why="an error page is no evidence of what the source declares",
        do=sentence("open the address in a browser; correct it in source.toml if it has moved"),
        where=Place(declared.text if hop.address == declared else hop.address.text),
    )

"""Sends signed bodies to web addresses, and tries again what may work the second time."""

from __future__ import annotations

import httpx

from atalaya.evidence.addresses import WebAddress, parse_web
from atalaya.evidence.fetching.agent import user_agent
from atalaya.evidence.fetching.hosts import check_host, check_peer, resolve, written_kind
from atalaya.evidence.fetching.retries import AGAIN, retried, retry_after
from atalaya.evidence.sending.signing import signature_headers
from atalaya.evidence.sending.undelivered import Undelivered
from atalaya.model.clock import Clock
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.model.settings import FetchingSettings

_GONE = 410


class Webhooks:
    """Posts signed bodies, without cookies, proxies or redirects.

    Args:
        settings: Time-out, number of further tries, contact.
        clock: Tells the time and waits.
    """

    def __init__(self, settings: FetchingSettings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._agent = user_agent(settings.contact)
        self._transport = httpx.HTTPTransport(trust_env=False)

    def send(self, url: str, message: str, body: bytes, secret: bytes) -> None:
        """Post a body until it is taken.

        Args:
            url: Where to, as the operator wrote it: ``https:``, or ``http:`` to this machine.
            message: Identifier of what is sent, the same for every try.
            body: JSON.
            secret: Shared with the receiver.

        Raises:
            BadInput: The address may not be sent to.
            LookAtThis: The receiver refuses for good, or the host leads into a private network.
            Undelivered: It was not taken in any of the tries.
        """
        address = checked(url)
        pause = _Pause(self._clock)

        def attempt() -> None:
            pause.over()
            check_host(address, address, resolve)
            self._post(address, message, body, secret)

        retried(attempt, self._settings.retries, pause.defer)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _post(self, address: WebAddress, message: str, body: bytes, secret: bytes) -> None:
        seconds = self._settings.timeout_seconds
        headers = [
            ("Content-Type", "application/json"),
            ("User-Agent", self._agent),
            *signature_headers(message, self._clock.now(), body, secret),
        ]
        request = httpx.Request(
            "POST",
            address.text,
            headers=headers,
            content=body,
            extensions={"timeout": httpx.Timeout(seconds).as_dict()},
        )
        try:
            response = self._transport.handle_request(request)
        except httpx.TimeoutException as error:
            raise Undelivered("no answer in time", address.text) from error
        except httpx.TransportError as error:
            raise Undelivered(f"no connection: {error}", address.text) from error
        try:
            self._check(response, address)
        finally:
            response.close()

    def _check(self, response: httpx.Response, address: WebAddress) -> None:
        stream = response.extensions.get("network_stream")
        if stream and (peer := stream.get_extra_info("server_addr")):
            check_peer(str(peer[0]), address, address)
        status = response.status_code
        if response.is_success:
            return
        if status in AGAIN:
            wait = retry_after(response.headers.get("retry-after"), self._clock.now())
            raise Undelivered(f"the receiver answers {status}", address.text, wait)
        means = "it wants no more of them" if status == _GONE else "it will not take this"
        raise LookAtThis(
            f"the receiver answers {status}: {means}",
            why="this recipient has not been told; redirects are not followed",
            do="ask the receiver, then correct [webhooks] to",
            where=Place(address.text),
        )


def checked(url: str) -> WebAddress:
    """Read a receiver's address and refuse one that would be sent to in the clear.

    Raises:
        BadInput: It is no web address, or ``http:`` to another machine.

    >>> checked("https://receiver.example/hook").host
    'receiver.example'
    """
    address = parse_web(url, Place("observatory.toml", column="webhooks.to"))
    if address.scheme == "http" and written_kind(address) != "loopback":
        raise BadInput(
            f"{url} would be sent to in the clear",
            why="anybody on the way could read or hold back an alert",
            do="write https://",
            where=Place("observatory.toml", column="webhooks.to"),
        )
    return address


class _Pause:
    """Waits before a further try, the longest of the waits that were asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._until = clock, 0.0

    def defer(self, seconds: float) -> None:
        self._until = max(self._until, self._clock.monotonic() + seconds)

    def over(self) -> None:
        left = self._until - self._clock.monotonic()
        if left > 0:
            self._clock.sleep(left)

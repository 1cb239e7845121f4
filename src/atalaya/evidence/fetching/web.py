"""Asks one web address, politely: the connection, its limits, its errors.

Redirects, robots and what an answer means are judged elsewhere; here a request is made.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from atalaya.evidence.addresses import WebAddress
from atalaya.evidence.fetched import Headers
from atalaya.evidence.fetching.hosts import Resolve, check_host, check_peer, resolve
from atalaya.evidence.fetching.retries import Unanswered
from atalaya.model.clock import Clock
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.sentences import sentence

# A host that does not take a connection in 10 s is down or far overloaded.
_CONNECT = 10.0
# A request is a few hundred bytes: a host that does not take them in 10 s reads nothing.
_WRITE = 10.0
# Connections are never queued for (one request a host), so waiting for one is a mistake of ours.
_POOL = 5.0
# The read timeout bounds each silence; this many of them bound the whole answer, so that a server
# that sends a byte now and then does not hold a run for ever (600 s with the default of 30 s).
_SILENCES = 20


class Web:
    """Makes requests over one pool of connections, without cookies, proxies or log-in.

    Args:
        timeout: Longest silence while an answer arrives, in seconds.
        clock: Tells how long an answer takes.
        transport: What carries requests in tests; None asks the network.
    """

    def __init__(
        self, timeout: float, clock: Clock, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._clock = clock
        self._longest = timeout * _SILENCES
        self._lookup: Resolve | None = resolve if transport is None else None
        self._timeout = httpx.Timeout(
            connect=min(_CONNECT, timeout), read=timeout, write=min(_WRITE, timeout), pool=_POOL
        )
        # The transport alone: a client would add cookies, log-in and redirects of its own. The
        # environment is read in one place, the command line's; proxies are not settings.
        self._transport = transport or httpx.HTTPTransport(trust_env=False)

    @contextmanager
    def asking(
        self, address: WebAddress, declared: WebAddress, headers: Headers
    ) -> Iterator[httpx.Response]:
        """Make a request and give its answer, the body still on its way.

        Args:
            address: What is asked.
            declared: What the source declares, which decides whether a private host may be asked.
            headers: The headers to send.

        Yields:
            The answer; its body is taken with ``iter_raw``.

        Raises:
            LookAtThis: The host may not be asked, or proves not to be who it says (TLS).
            Unanswered: The connection failed, fell silent or broke off.
        """
        self.check(address, declared)
        request = self._request(address, headers)
        try:
            response = self._transport.handle_request(request)
            response.request = request
            try:
                _check_peer(response, address, declared)
                yield response
            finally:
                response.close()
        except httpx.TimeoutException as error:
            fault = sentence("no answer in time ({fault})", fault=type(error).__name__)
            raise Unanswered(fault, address.text) from error
        except httpx.ConnectError as error:
            raise _unconnected(error, address) from error
        except httpx.TransportError as error:
            fault = sentence("the connection broke: {fault}", fault=str(error))
            raise Unanswered(fault, address.text) from error

    def check(self, address: WebAddress, declared: WebAddress) -> None:
        """Refuse a host that may not be asked (``check_host``)."""
        check_host(address, declared, self._lookup)

    def patience(self, address: WebAddress) -> Callable[[], None]:
        """Give a check that raises ``Unanswered`` once an answer has taken too long in all."""
        until = self._clock.monotonic() + self._longest

        def check() -> None:
            if self._clock.monotonic() > until:
                fault = sentence(
                    "the answer was not complete after {seconds} seconds", seconds=self._longest
                )
                raise Unanswered(fault, address.text)

        return check

    def _request(self, address: WebAddress, headers: Headers) -> httpx.Request:
        try:
            return httpx.Request(
                "GET",
                address.text,
                headers=list(headers),
                extensions={"timeout": self._timeout.as_dict()},
            )
        except httpx.InvalidURL as error:
            raise LookAtThis(
                sentence("the address cannot be asked: {fault}", fault=str(error)),
                do=sentence("correct it in source.toml"),
                where=Place(address.text),
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()


def _check_peer(response: httpx.Response, address: WebAddress, declared: WebAddress) -> None:
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    if peer:
        check_peer(str(peer[0]), address, declared)


def _unconnected(error: httpx.ConnectError, address: WebAddress) -> Unanswered | LookAtThis:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return Unanswered(sentence("no connection: {fault}", fault=str(error)), address.text)
    return LookAtThis(
        sentence(
            "the host cannot prove that it is {host}: {fault}",
            host=address.host,
            fault=cause.verify_message,
        ),
        why="an answer from somebody else would be archived under the publisher's name",
        do=sentence(
            "tell the publisher that its certificate is not valid; certificates are never ignored"
        ),
        where=Place(address.text),
    )

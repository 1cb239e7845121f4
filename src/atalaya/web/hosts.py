"""Under which names the site answers: a page of another site must not read or steer this one.

A name that an attacker owns can be made to point at this machine (DNS rebinding); a browser then
takes their page and this site for one origin, and only the ``Host`` header still tells them apart.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from atalaya.model.settings import ServingSettings

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_MISDIRECTED = 421  # RFC 9110, 15.5.20: not able to answer for this host


class KnownHosts:
    """Refuses requests for a host that is not this site's.

    Args:
        app: The application.
        names: Names and addresses it answers under, without port.
        addresses: Whether it also answers under any address: one that is asked for by number cannot
            be rebound. For a site that listens on every address of the machine.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str], *, addresses: bool = False) -> None:
        self._app, self._names, self._addresses = app, names, addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say that it is for somebody else."""
        if scope["type"] == "http":
            name = host_name(Headers(scope=scope).get("host", ""))
            if not (name in self._names or (self._addresses and _is_address(name))):
                said = (
                    f"this observatory does not answer under {name[:100]!r}. If that is its name, "
                    "its operator names it in observatory.toml: [serving] hosts\n"
                )
                await PlainTextResponse(said, _MISDIRECTED)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def allowed(serving: ServingSettings) -> frozenset[str]:
    """Give the names a site answers under: this machine's own, where it listens, and those named.

    >>> sorted(allowed(ServingSettings(hosts=("data.example.org",))))
    ['127.0.0.1', '::1', 'data.example.org', 'localhost']
    """
    named = {host_name(name) for name in (serving.host, *serving.hosts)}
    return LOOPBACK | named


def listens_everywhere(serving: ServingSettings) -> bool:
    """Say whether a site listens on every address of its machine."""
    return _is_address(serving.host) and ip_address(serving.host).is_unspecified


def host_name(host: str) -> str:
    """Give the name in a ``Host`` header: lower case, without port, brackets or final dot.

    >>> host_name("LocalHost:8420"), host_name("[::1]:8420"), host_name("::1")
    ('localhost', '::1', '::1')
    """
    if _is_address(host):
        return str(ip_address(host))
    if host.startswith("["):
        inner, closed, _ = host[1:].partition("]")
        return str(IPv6Address(inner)) if closed and _is_address(inner) else host
    return host.partition(":")[0].removesuffix(".").lower()


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

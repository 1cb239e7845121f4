"""Which hosts may be asked: public ones, and those the operator wrote down by their IP address.

Without this a publisher's redirect (or name server) could make the observatory ask machines inside
its own network and publish what they answer.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from atalaya.evidence.addresses import WebAddress
from atalaya.model.errors import LookAtThis, Place, TryLater
from atalaya.model.sentences import sentence

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host name.

    Args:
        host: The name.
        port: The port that will be asked.

    Returns:
        Its IP addresses.

    Raises:
        TryLater: The name is not known now.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TryLater(
            sentence(
                "the host name {host!r} cannot be resolved: {fault}", host=host, fault=str(error)
            ),
            why="nothing was captured, and what is known of this source grows older",
            do=sentence("check the spelling and this machine's network; the next run asks again"),
            where=Place(host),
        ) from error
    return sorted({str(entry[4][0]) for entry in found})


def kind_of_ip(text: str) -> str:
    """Say what an IP address reaches: ``public``, ``loopback``, ``private`` or ``forbidden``.

    Source: IANA special-purpose address registries, as Python's ``ipaddress`` keeps them.

    >>> kind_of_ip("127.0.0.1"), kind_of_ip("10.0.0.8"), kind_of_ip("169.254.169.254")
    ('loopback', 'private', 'forbidden')
    """
    ip = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    inside = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    ip = inside or ip
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved:
        return "forbidden"
    return "public" if ip.is_global else "private"


def written_kind(address: WebAddress) -> str:
    """Say what a host, as it is written, reaches; ``named`` when only a name server can tell.

    >>> from atalaya.evidence.addresses import parse_web
    >>> written_kind(parse_web("http://127.0.0.1:8000/"))
    'loopback'
    """
    if address.host == "localhost":
        return "loopback"
    try:
        return kind_of_ip(address.host)
    except ValueError:
        return "named"


def check_host(address: WebAddress, declared: WebAddress, lookup: Resolve | None) -> None:
    """Refuse a host that may not be asked.

    Args:
        address: What is about to be asked: the declared address or a redirect's target.
        declared: What the source declares. A loopback or private address written out there is the
            operator's own choice and is allowed, for itself and for redirects to the same kind.
        lookup: Gives the IP addresses of a host name; None where a test's transport answers.

    Raises:
        LookAtThis: The host is loopback, private or reserved without having been declared so.
        TryLater: The name is not known now.
    """
    kind = written_kind(address)
    if kind == "named":
        ips = lookup(address.host, address.port) if lookup else []
        kinds = {kind_of_ip(ip) for ip in ips} - {"public"}
        kind = min(kinds) if kinds else "public"
        allowed = {"public"}
    else:
        allowed = {"public", *({written_kind(declared)} & {"loopback", "private"})}
    if kind not in allowed:
        raise _not_public(address, kind)


def check_peer(ip: str, address: WebAddress, declared: WebAddress) -> None:
    """Refuse an answer from a machine that the name did not mean a moment ago.

    Args:
        ip: The IP address that answered.
        address: What was asked.
        declared: What the source declares.

    Raises:
        LookAtThis: It is not public and was not declared so.
    """
    kind = kind_of_ip(ip)
    if kind != "public" and (written_kind(address) == "named" or written_kind(declared) != kind):
        raise _not_public(address, kind)


_KINDS = {
    "loopback": sentence("loopback"),
    "private": sentence("private"),
    "forbidden": sentence("forbidden"),
}


def _not_public(address: WebAddress, kind: str) -> LookAtThis:
    """Make the error for a host inside somebody's network."""
    return LookAtThis(
        sentence(
            "{host} leads to a {kind} network address, not to a public host",
            host=address.host,
            kind=_KINDS[kind],
        ),
        why="a publisher must not be able to make this machine ask others inside its own network",
        do=sentence(
            "correct the address in source.toml; a host of your own is declared by its IP address"
        ),
        where=Place(address.text),
    )

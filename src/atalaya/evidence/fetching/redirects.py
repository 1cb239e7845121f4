"""Follows redirects step by step, each judged before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urljoin

from atalaya.evidence.addresses import WebAddress, parse_web
from atalaya.evidence.fetched import Headers, header
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.model.sentences import sentence

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_CHAIN = 10  # browsers stop at 20; an address that needs more than 10 should be corrected


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer.

    Args:
        address: The address asked.
        status: HTTP status.
        headers: All headers of the answer.
        body: The decoded body; empty for a redirect or when not modified.
        fetched_at: When the answer was complete, UTC, whole seconds.
        asked: The headers that were sent.
    """

    address: WebAddress
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    asked: Headers


def follow(first: WebAddress, ask: Callable[[WebAddress], Hop]) -> Hop:
    """Ask an address, and the ones it redirects to, until one answers.

    Args:
        first: The declared address.
        ask: Asks one address, having judged whether it may be asked.

    Returns:
        The last answer.

    Raises:
        LookAtThis: A redirect loops, leads to no web address, from https to http, or the chain is
            too long; with the chain.

    Source: RFC 9110, section 15.4.
    """
    chain = [first]
    while (hop := ask(chain[-1])).status in REDIRECTS:
        target = _target(chain, header(hop.headers, "location"))
        if target.text in {address.text for address in chain}:
            raise _refused([*chain, target], sentence("the redirects go round in a circle"))
        if chain[-1].scheme == "https" and target.scheme == "http":
            raise _refused([*chain, target], sentence("a redirect leads from https to http"))
        chain.append(target)
        if len(chain) > _LONGEST_CHAIN + 1:
            fault = sentence("there are more than {most} redirects", most=_LONGEST_CHAIN)
            raise _refused(chain, fault)
    return hop


def _target(chain: list[WebAddress], location: str | None) -> WebAddress:
    if not location:
        raise _refused(chain, sentence("a redirect names no target"))
    # RFC 3986 characters and "%" stay; servers also send spaces and letters with accents.
    spelled = quote(location.strip(), safe="%:/?#[]@!$&'()*+,;=~")
    try:
        return parse_web(urljoin(chain[-1].text, spelled).split("#")[0])
    except (BadInput, ValueError) as error:
        fault = error.what if isinstance(error, BadInput) else str(error)
        says = sentence("a redirect cannot be followed: {fault}", fault=fault)
        raise _refused(chain, says) from error


def _refused(chain: list[WebAddress], fault: str) -> LookAtThis:
    return LookAtThis(
        sentence(
            "{fault}: {chain}",
            fault=fault,
            chain=" -> ".join(address.text for address in chain),
        ),
        why="what is archived must be what the declared address stands for",
        do=sentence(
            "open the address in a browser and declare the one where it ends in source.toml"
        ),
        where=Place(chain[0].text),
    )

"""The door of fetching: one declared address in, its answer out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from atalaya.evidence.addresses import Address, PackageAddress, WebAddress, parse_address
from atalaya.evidence.fetched import KEPT_HEADERS, Fetched, Headers, Validators, header
from atalaya.evidence.fetching.content import ANYTHING, bare, check_content, kind_of
from atalaya.evidence.fetching.mirror import from_mirror
from atalaya.evidence.fetching.packaged import Packaged, packaged
from atalaya.model.clock import Clock
from atalaya.model.declarations import Fetch
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.sentences import sentence
from atalaya.model.settings import FetchingSettings

if TYPE_CHECKING:  # httpx is paid for only when the network is asked
    import httpx

    from atalaya.evidence.fetching.asking import Asking

_NOT_MODIFIED = 304
_LONGEST_HEADER = 2_000  # letters; a Link header can list a whole site


def _kept(headers: Headers) -> Headers:
    return tuple(
        (name, value)
        for name, value in headers
        if name.lower() in KEPT_HEADERS and len(value) <= _LONGEST_HEADER
    )


@dataclass(frozen=True, slots=True)
class ListedBy:
    """What names an address that no source declares itself.

    Args:
        address: The listing, as declared: what it names may lead where it itself may.
        kinds: Media types that the answer may have.
    """

    address: str
    kinds: tuple[str, ...]


class Fetcher:
    """Fetches declared addresses: from the package, from a mirror, or from the web.

    One instance keeps robots.txt, turns and connections; it may be shared by threads.

    Args:
        settings: ``[fetching]`` of the observatory.
        clock: Tells the time and waits.
        packaged: Reads a ``package:`` address.
        transport: What carries web requests in tests; None asks the network.
    """

    def __init__(
        self,
        settings: FetchingSettings,
        clock: Clock,
        *,
        packaged: Packaged = packaged,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._settings, self._clock = settings, clock
        self._packaged, self._transport = packaged, transport
        self._asking: Asking | None = None
        self._guard = Lock()

    def fetch(
        self, wanted: Fetch, known: Validators | None = None, *, listed: ListedBy | None = None
    ) -> Fetched:
        """Fetch an address.

        Args:
            wanted: The address as its source declares it, with media type and expectations.
            known: Validators of its latest capture; the server may then say "not modified".
            listed: What names the address, where not the source itself does.

        Returns:
            The answer, of the declared kind and within the expected size.

        Raises:
            TryLater: It may work another time: a timeout, a cut connection, 429, 5xx.
            LookAtThis: Somebody must read the message: 404, an empty body, a web page where a
                table is declared, too many bytes, a redirect loop, a refusal by robots.txt.
        """
        address = parse_address(wanted.address)
        kinds = listed.kinds if listed else (wanted.media_type,)
        if self._settings.mirror:
            payload = from_mirror(Path(self._settings.mirror), address, wanted.expect.max_bytes)
            return self._local(wanted, kinds, address, payload, "mirror")
        if isinstance(address, PackageAddress):
            payload = self._packaged(address.text)
            return self._local(wanted, kinds, address, payload, "package")
        return self._from_web(wanted, address, known, listed)

    @property
    def asks(self) -> bool:
        """Whether it asks publishers; from a mirror nothing is learnt of how they are."""
        return not self._settings.mirror

    def close(self) -> None:
        """Close all connections."""
        if self._asking is not None:
            self._asking.close()
            self._asking = None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _local(
        self, wanted: Fetch, kinds: tuple[str, ...], address: Address, payload: bytes, via: str
    ) -> Fetched:
        if len(payload) > wanted.expect.max_bytes:
            raise LookAtThis(
                sentence(
                    "the file has {size} bytes, more than {most}",
                    size=len(payload),
                    most=wanted.expect.max_bytes,
                ),
                do=sentence("raise expect.max_bytes in source.toml"),
                where=Place(address.text),
            )
        kind = kind_of(payload, "", kinds)
        check_content(payload, "", kind, address.text)
        return Fetched(
            address=address.text,
            url=address.text,
            status=200,
            media_type=bare(kind),
            headers=(),
            payload=payload,
            fetched_at=self._clock.now().astimezone(UTC).replace(microsecond=0),
            via=via,
        )

    def _web(self) -> Asking:
        from atalaya.evidence.fetching.asking import Asking

        with self._guard:
            if self._asking is None:
                self._asking = Asking(self._settings, self._clock, self._transport)
            return self._asking

    def _from_web(
        self,
        wanted: Fetch,
        address: WebAddress,
        known: Validators | None,
        listed: ListedBy | None,
    ) -> Fetched:
        trusted = parse_address(listed.address) if listed else address
        hop = self._web().ask(address, wanted.expect.max_bytes, known, trusted)
        answered = bare(header(hop.headers, "content-type") or "")
        not_modified = hop.status == _NOT_MODIFIED
        kind = wanted.media_type
        if not not_modified:
            kind = kind_of(hop.body, answered, listed.kinds if listed else (kind,))
            check_content(hop.body, answered, kind, hop.address.text)
        return Fetched(
            address=address.text,
            url=hop.address.text,
            status=hop.status,
            media_type=bare(kind) if listed and answered in ANYTHING else answered or bare(kind),
            headers=_kept(hop.headers),
            payload=hop.body,
            fetched_at=hop.fetched_at,
            via="http",
            asked=hop.asked,
            not_modified=not_modified,
        )

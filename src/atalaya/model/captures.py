"""The record of what an address gave at a moment: where every way down from a figure ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from atalaya.model.commitments import salted_commitment
from atalaya.model.identifiers import canonical_json, record_id

DATED = "%Y-%m-%dT%H:%M:%SZ"
_OF_CONTENT = frozenset({"sha256", "length"})


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as received from an address at a moment, kept unchanged in the archive.

    Args:
        source: Slug of the source that declares the address.
        address: The address asked for, as declared.
        url: The address that answered, after redirects.
        fetched_at: When the answer was complete, UTC.
        media_type: Media type as answered, without parameters.
        status: HTTP status, or 200 for package and mirror addresses.
        sha256: SHA-256 of the payload, 64 hex digits.
        length: Length of the payload in bytes.
        tool: Name and version of the software that fetched it.
        warc: File name of the archive in ``evidence/``.
        offset: Byte offset of the record in that file.
        log_index: Index of the leaf in the transparency log; -1 until it is logged.
        salt: 64 hex digits with which the log commits to the content without telling it; empty
            where it tells the hash. It is kept with the evidence and never published.
        plain: For a sealed original, the commitment to its plain bytes, whose salt lies with the
            key; ``sha256`` and ``length`` are those of the sealed bytes then.
        made_from: For what intake left of a sealed original, the ``sha256`` that names it.
        dated: When the publisher put it out, as the listing that names it says; empty where no
            listing does. UTC, ``2026-11-25T10:00:00Z``.
        listing: Address of the listing that names it; its own address for a page of a listing.
    """

    source: str
    address: str
    url: str
    fetched_at: datetime
    media_type: str
    status: int
    sha256: str
    length: int
    tool: str
    warc: str
    offset: int
    log_index: int = -1
    salt: str = field(default="", repr=False)
    plain: str = ""
    made_from: str = ""
    dated: str = ""
    listing: str = ""

    @property
    def lists(self) -> bool:
        """Whether it is a page of a listing: it says which documents there are, and is none."""
        return self.listing == self.address

    @property
    def known_at(self) -> datetime:
        """When its content could first be known: when it was put out, or else when captured.

        A date later than the capture is a mistake of the publisher's.
        """
        if not self.dated:
            return self.fetched_at
        return min(self.fetched_at, datetime.strptime(self.dated, DATED).replace(tzinfo=UTC))

    @property
    def sealed(self) -> bool:
        """Whether it is a sealed original, which no step reads."""
        return bool(self.plain)

    @property
    def id(self) -> str:
        """``capture:`` and the hash of what was captured, where and when."""
        return record_id("capture", self.leaf())

    def leaf(self) -> dict[str, Any]:
        """What the transparency log commits to: everything but where the bytes are kept.

        The hash of a small file about people is a test of any guess at its counts: with a salt the
        leaf says neither hash nor length, but a commitment to both.
        """
        names = {
            "plain": self.plain,
            "made_from": self.made_from,
            "dated": self.dated,
            "listing": self.listing,
        }
        named = {name: said for name, said in names.items() if said}
        if not self.salt:
            return self.facts() | named
        said = {name: fact for name, fact in self.facts().items() if name not in _OF_CONTENT}
        content = canonical_json({"sha256": self.sha256, "length": self.length})
        return said | named | {"content": salted_commitment(bytes.fromhex(self.salt), content)}

    def facts(self) -> dict[str, Any]:
        """Say all that is known of a capture but its place and its salt."""
        return {
            "type": "capture",
            "source": self.source,
            "address": self.address,
            "url": self.url,
            "fetched_at": self.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "media_type": self.media_type,
            "status": self.status,
            "sha256": self.sha256,
            "length": self.length,
            "tool": self.tool,
        }

"""Who sends: the name and address every channel gives as the origin of an alert."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, indent, tostring

from atalaya.model.errors import BadInput, Place

_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


@dataclass(frozen=True, slots=True)
class Sender:
    """The observatory as channels name it.

    Args:
        name: Name of the observatory.
        address: Its mail address, which CAP and e-mail give as the sender.
        base: Where its feeds are served, without a slash at the end; empty where they are not.
    """

    name: str
    address: str
    base: str = ""

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.address):
            raise BadInput(
                f"{self.address!r} is not a mail address that can send alerts",
                why="every channel names who sends, so that a reader can ask back",
                do='set [alerts] sender = "alerts@your-observatory.example"',
                where=Place("observatory.toml", column="alerts.sender"),
            )

    @property
    def domain(self) -> str:
        """The domain of its address, which names its identifiers."""
        return self.address.rpartition("@")[2]


def moment(at: datetime) -> str:
    """Write a moment as RFC 3339 in UTC: ``2026-11-24T12:00:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain_xml(text: str) -> str:
    """Give text that XML 1.0 can hold: characters it forbids become U+FFFD.

    Source: XML 1.0, production 2 (Char).
    """
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def xml_bytes(root: Element) -> bytes:
    """Write an XML document: declared UTF-8, indented, ended by a line feed."""
    indent(root)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"

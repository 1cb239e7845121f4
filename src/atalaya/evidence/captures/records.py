"""How a capture is written as WARC records, and read back from them.

An answer over HTTP becomes a ``response`` and a ``request`` record; a file from the package or a
mirror a ``resource``; what intake left of a sealed original a ``conversion``. What WARC has no
field for stands in ``Atalaya-`` fields beside its own.

Source: ISO 28500:2017, WARC 1.1; its section 4 allows further named fields.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from atalaya.evidence.fetched import Fetched
from atalaya.evidence.log import new_salt
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Capture

DATE = "%Y-%m-%dT%H:%M:%SZ"
_SALT = re.compile(r"[0-9a-f]{64}")
# True of the bytes on the wire, not of the decoded ones that are kept: set aside under the name
# that web archives use for it, so that no reader decodes a second time.
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Received:
    """An answer and the source it is for.

    Args:
        source: Slug of the source.
        fetched: What its address answered.
        tool: Name and version of the software that fetched it.
        guessable: Whether it may hold small counts of people, so that its hash must not be read
            in the log: it would be a test of any guess at them.
        plain: For a sealed original, the commitment to its plain bytes.
        made_from: For what intake left of a sealed original, the SHA-256 that names it.
        dated: When the publisher put it out, as the listing that names it says; else empty.
        listing: Address of that listing; else empty.
    """

    source: str
    fetched: Fetched
    tool: str
    guessable: bool = False
    plain: str = ""
    made_from: str = ""
    dated: str = ""
    listing: str = ""

    def capture(self) -> Capture:
        """Give the capture this becomes, not stored anywhere yet; each call draws a new salt."""
        fetched = self.fetched
        return Capture(
            source=self.source,
            address=fetched.address,
            url=fetched.url,
            fetched_at=fetched.fetched_at.astimezone(UTC).replace(microsecond=0),
            media_type=fetched.media_type,
            status=fetched.status,
            sha256=sha256_hex(fetched.payload),
            length=len(fetched.payload),
            tool=f"{self.tool} ({fetched.via})",
            warc="",
            offset=-1,
            salt=new_salt().hex() if self.guessable else "",
            plain=self.plain,
            made_from=self.made_from,
            dated=self.dated,
            listing=self.listing,
        )


def write_info(writer: WARCWriter, tool: str, moment: datetime) -> None:
    """Write the ``warcinfo`` record that begins a file.

    Args:
        writer: Where to.
        tool: Name and version of the software.
        moment: Moment of the batch, UTC.
    """
    fields = (
        f"software: {tool}\r\n"
        "format: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/"
        "warc-1.1/\r\n"
        "robots: obey\r\n"
    ).encode()
    fixed = {
        "WARC-Record-ID": _record_id(f"warcinfo {moment.strftime(DATE)} {tool}"),
        "WARC-Date": moment.strftime(DATE),
    }
    _write(writer, "warcinfo", "", fixed, fields)


def write_received(writer: WARCWriter, received: Received, capture: Capture) -> None:
    """Write the records of one capture; the first of them holds the payload.

    Args:
        writer: Where to.
        received: What was received.
        capture: The capture it becomes.
    """
    fetched = received.fetched
    over_http = fetched.via == "http"
    named = {
        "WARC-Record-ID": _record_id(capture.id),
        "WARC-Date": capture.fetched_at.strftime(DATE),
        "WARC-Payload-Digest": f"sha256:{capture.sha256}",
        "Atalaya-Source": capture.source,
        "Atalaya-Address": capture.address,
        "Atalaya-Media-Type": capture.media_type,
        "Atalaya-Status": str(capture.status),
        "Atalaya-Tool": capture.tool,
    }
    named |= {
        f"Atalaya-{name.replace('_', '-').title()}": said for name, said in more_of(capture).items()
    }
    if not over_http:
        named["Content-Type"] = capture.media_type
        kind = "conversion" if capture.made_from else "resource"
        _write(writer, kind, capture.url, named, fetched.payload)
        return
    phrase = HTTPStatus(fetched.status).phrase
    answered = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name, value)
        for name, value in fetched.headers
    ]
    answer = StatusAndHeaders(f"{fetched.status} {phrase}", answered, protocol="HTTP/1.1")
    _write(writer, "response", capture.url, named, fetched.payload, answer)
    _write_request(writer, received, named)


def _write_request(writer: WARCWriter, received: Received, named: dict[str, str]) -> None:
    host, slash, path = received.fetched.url.split("://", 1)[1].partition("/")
    line = f"GET {slash}{path} HTTP/1.1" if slash else "GET / HTTP/1.1"
    asked = StatusAndHeaders(line, [("Host", host), *received.fetched.asked], is_http_request=True)
    fixed = {
        "WARC-Record-ID": _record_id(f"request {named['WARC-Record-ID']}"),
        "WARC-Date": named["WARC-Date"],
        "WARC-Concurrent-To": named["WARC-Record-ID"],
        "WARC-Payload-Digest": f"sha256:{sha256_hex(b'')}",
    }
    _write(writer, "request", received.fetched.url, fixed, b"", asked)


def _write(
    writer: WARCWriter,
    kind: str,
    url: str,
    named: dict[str, str],
    payload: bytes,
    http: StatusAndHeaders | None = None,
) -> None:
    block = hashlib.sha256()
    if http is not None:
        http.compute_headers_buffer()
        block.update(http.headers_buff)
    block.update(payload)
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=http,
        warc_headers_dict={**named, "WARC-Block-Digest": f"sha256:{block.hexdigest()}"},
    )
    writer.write_record(record)


def _record_id(name: str) -> str:
    """Name a record by what it holds, so that equal batches give equal files."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def capture_from(
    record: ArcWarcRecord, sha256: str, length: int, place: tuple[str, int]
) -> Capture:
    """Read a capture back from the record that holds its payload.

    Args:
        record: A ``response``, ``resource`` or ``conversion`` record.
        sha256: SHA-256 of its payload, as computed now.
        length: Length of its payload, as counted now.
        place: Name of the WARC file, and offset of the record in it.

    Returns:
        The capture, not known to be logged.

    Raises:
        KeyError: A field is missing; the message is its name.
        ValueError: A date or status cannot be read.
    """
    fields = {name.lower(): value for name, value in record.rec_headers.headers}
    return Capture(
        source=fields["atalaya-source"],
        address=fields["atalaya-address"],
        url=fields["warc-target-uri"],
        fetched_at=datetime.strptime(fields["warc-date"], DATE).replace(tzinfo=UTC),
        media_type=fields["atalaya-media-type"],
        status=int(fields["atalaya-status"]),
        sha256=sha256,
        length=length,
        tool=fields["atalaya-tool"],
        warc=place[0],
        offset=place[1],
        salt=_salt(fields),
        plain=fields.get("atalaya-plain", ""),
        made_from=fields.get("atalaya-made-from", ""),
        dated=_dated(fields),
        listing=fields.get("atalaya-listing", ""),
    )


def more_of(capture: Capture) -> dict[str, str]:
    """Give what a capture has beside its facts, where it has it."""
    names = ("salt", "plain", "made_from", "dated", "listing")
    return {name: said for name in names if (said := getattr(capture, name))}


def _dated(fields: dict[str, str]) -> str:
    dated = fields.get("atalaya-dated", "")
    if dated:
        datetime.strptime(dated, DATE).replace(tzinfo=UTC)  # another form is no date
    return dated


def _salt(fields: dict[str, str]) -> str:
    salt = fields.get("atalaya-salt", "")
    if salt and not _SALT.fullmatch(salt):
        raise ValueError("its salt is not 64 hex digits")
    return salt


def capture_from_facts(facts: dict[str, Any], place: tuple[str, int], log_index: int) -> Capture:
    """Read a capture back from what was noted of it.

    Args:
        facts: What ``Capture.facts`` gave, and what ``more_of`` gave beside.
        place: Name of the WARC file, and offset of the record in it.
        log_index: Index of the leaf.

    Raises:
        KeyError: A field is missing.
        ValueError: A date cannot be read.
    """
    moment = datetime.strptime(facts["fetched_at"], DATE).replace(tzinfo=UTC)
    rest = {key: facts[key] for key in facts if key not in {"type", "fetched_at"}}
    return Capture(**rest, fetched_at=moment, warc=place[0], offset=place[1], log_index=log_index)

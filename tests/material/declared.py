"""Small declared sources and registers that tests of reading and counting share."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.records import Document
from atalaya.reading.names import Registers
from atalaya.reading.tables import Reading, read_document
from atalaya.reading.text import WORKBOOKS
from atalaya.series.counting import Counted, count
from atalaya.series.cutoff import Edition

ADDRESS = "package:lab/data/counts.csv"
XLSX = min(WORKBOOKS, key=len)
COUNTS: Mapping[str, Any] = {
    "address": ADDRESS,
    "record": "counts",
    "subject": {"column": "substance", "register": "substance"},
    "predicate": {"value": "deaths"},
    "value": {"column": "count"},
    "unit": "deaths",
    "period": {"column": "month"},
    "population": {"column": "examined"},
    "checked": {"value": "verified"},
}
FACTS: Mapping[str, Any] = {
    "address": ADDRESS,
    "record": "facts",
    "subject": {"column": "subject"},
    "predicate": {"column": "predicate"},
    "value": {"column": "value"},
    "text": {"column": "text"},
}


@dataclass(frozen=True)
class Entry:
    """An entry of a small register."""

    id: str


@dataclass(frozen=True)
class Found:
    """What a name was found to stand for."""

    entry: Entry
    matched: str
    checked: bool


class Names:
    """A register of a few names; those that end in a question mark it only guesses."""

    def __init__(self, kind: str, known: Mapping[str, str]) -> None:
        self.known = {
            name.casefold().rstrip("?"): Found(Entry(f"{kind}:{code}"), name, "?" not in name)
            for name, code in known.items()
        }

    def look_up(self, text: str) -> Found | None:
        return self.known.get(text.casefold())

    def nearest(self, text: str, limit: int = 3) -> Sequence[Found]:
        near = [found for name, found in self.known.items() if name[:4] == text.casefold()[:4]]
        return near[:limit]


REGISTERS = Registers(
    substance=Names(
        "substance",
        {"fentanyl": "fentanyl", "fentanilo": "fentanyl", "fentanol?": "fentanyl"}
        | {"xylazine": "xylazine"}
        | {f"drug {number}": f"drug-{number}" for number in range(60)},
    ),
    territory=Names("territory", {"Colombia": "COL", "COL": "COL", "Peru": "PER"}),
)


def source(
    *tables: Mapping[str, Any], media_type: str = "text/csv", **fields: Any
) -> SourceDeclaration:
    """Declare a source with the tables given, at one address."""
    expect = fields.pop("expect", {})
    declared = {
        "schema": 1,
        "slug": "lab",
        "title": {"en": "A laboratory", "es": "Un laboratorio"},
        "publisher": "A laboratory",
        "homepage": "https://lab.example/",
        "language": "en",
        "cadence": "monthly",
        "territory": "territory:US-CT",
        "about_people": True,
        "as_of": "2024-12-31",
        "retrieved": "2024-12",
        "licence": {"name": "CC0", "redistribute": True, "attribution": "A laboratory"},
        "fetch": [{"address": ADDRESS, "media_type": media_type, "expect": expect}],
        "table": list(tables),
    }
    return SourceDeclaration.model_validate(declared | fields)


def document(payload: bytes, media_type: str = "text/csv") -> Document:
    """Describe a payload of the one address as a document."""
    digest = hashlib.sha256(payload).hexdigest()
    return Document("lab", ADDRESS, digest, "capture:0", media_type, "en", "A laboratory")


def read(payload: bytes | str, declared: SourceDeclaration | None = None) -> Reading:
    """Read a payload as the counts of the laboratory, or as declared."""
    body = payload.encode() if isinstance(payload, str) else payload
    declaration = declared or source(COUNTS)
    return read_document(declaration, document(body), body, REGISTERS)


def editions(*payloads: bytes | str, address: str = ADDRESS) -> dict[str, Edition]:
    """Say that payloads of the one address were captured a day after another, from 2025 on."""
    bodies = [one.encode() if isinstance(one, str) else one for one in payloads]
    return {
        document(body).id: Edition(address, datetime(2025, 1, 1 + day, tzinfo=UTC))
        for day, body in enumerate(bodies)
    }


def counted(*payloads: bytes | str, declared: SourceDeclaration | None = None) -> Counted:
    """Read payloads as successive editions of the laboratory's counts, and count them."""
    declaration = declared or source(COUNTS)
    claims = pa.concat_tables([read(payload, declaration).claims for payload in payloads])
    return count(claims, [declaration], editions(*payloads))


def sheet(*rows: str) -> str:
    """Write a table of counts with its heading."""
    return "\n".join(("month,substance,count,examined", *rows)) + "\n"

"""The starter's records of sessions, read as any source is."""

import hashlib
import tomllib
from functools import cache

import pyarrow as pa

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.records import Document
from atalaya.reading.names import Registers
from atalaya.reading.tables import read_document
from tests.material.declared import Entry, Found
from tests.material.starter_files import SOURCES

# What each row says beside its main claim: in Spanish, and whether another row contradicts it.
NOTES = {"es": "text_es", "disputed": "disputed"}


class Codes:
    """Takes every code or name for known, so that these tests rest on the record alone."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def look_up(self, text: str) -> Found | None:
        return Found(Entry(f"{self.kind}:{text.replace(' ', '-')}"), text, checked=True)

    def nearest(self, text: str, limit: int = 3) -> tuple[Found, ...]:
        return ()


@cache
def session_claims(slug: str = "cnd68") -> pa.Table:
    """Read all tables of a source into claims; of the 68th session where none is named."""
    declared = tomllib.loads((SOURCES / slug / "source.toml").read_text(encoding="utf-8"))
    for table in declared["table"]:
        table["notes"] = NOTES | table.get("notes", {})
    source = SourceDeclaration.model_validate(declared)
    registers = Registers(Codes("substance"), Codes("territory"))
    claims = []
    for fetch in source.fetch:
        payload = (SOURCES / fetch.address.removeprefix("package:")).read_bytes()
        digest = hashlib.sha256(payload).hexdigest()
        document = Document(slug, fetch.address, digest, "capture:0", "text/csv", "en", "68")
        claims.append(read_document(source, document, payload, registers).claims)
    return pa.concat_tables(claims)

"""The starter's own sources, read with the registers that ship beside them."""

import hashlib
from pathlib import Path

import pytest

import atalaya
from atalaya.evidence.sources import load_sources
from atalaya.model.records import Document
from atalaya.reading.names import Registers
from atalaya.reading.tables import read_document
from atalaya.registers import substances, territories

SOURCES = Path(atalaya.__file__).parent / "starter" / "sources"
FETCHES = [(one, fetch) for one in load_sources(SOURCES) for fetch in one.fetch]


@pytest.mark.parametrize(("source", "fetch"), FETCHES, ids=[fetch.address for _, fetch in FETCHES])
def test_every_row_of_the_starter_is_read_and_quoted_and_every_name_is_known(source, fetch):
    payload = (SOURCES / fetch.address.removeprefix("package:")).read_bytes()
    digest = hashlib.sha256(payload).hexdigest()
    document = Document(source.slug, fetch.address, digest, "capture:0", "text/csv", "en", "x")
    registers = Registers(substances.load(), territories.load())
    reading = read_document(source, document, payload, registers)
    assert reading.broken == 0
    assert [issue.says for issue in reading.issues if issue.kind.startswith("unknown-")] == []
    assert len(set(reading.claims["id"].to_pylist())) == reading.claims.num_rows
    for claim in reading.claims.to_pylist():
        assert payload[claim["start"] : claim["end"]].decode() == claim["quote"]

import pytest
from tests.material.declared import document

from atalaya.model.errors import BadInput
from atalaya.model.records import Claim
from atalaya.reading.readers import Opened, load_reader, read_with

# A real case: a notice in prose, which no declared table can read.
NOTICE = b"Alert of 2024-03-05.\nProtonitazene was found in 3 tablets sold as oxycodone.\n"
READER = '''
"""Reads the laboratory's notices: one sentence a finding."""

import re
from collections.abc import Iterator

from atalaya.model.records import Claim

FINDING = re.compile(rb"(?P<what>[A-Z][a-z]+) was found in (?P<count>[0-9]+) tablets")


def read(opened) -> Iterator[Claim]:
    for found in FINDING.finditer(opened.payload):
        yield Claim(
            document=opened.document.id,
            source=opened.document.source,
            subject="substance:" + found["what"].decode().lower(),
            predicate="tablets",
            value=float(found["count"]),
            text=None,
            unit="tablets",
            territory=None,
            period="2024-03-05",
            population=None,
            quote=found[0].decode(),
            start=found.start(),
            end=found.end(),
            line=opened.payload.count(b"\\n", 0, found.start()) + 1,
        )
'''


def loaded(folder, text):
    (folder / "reader.py").write_text(text, encoding="utf-8")
    return load_reader(folder)


def test_a_reader_gives_claims_that_quote_the_document(tmp_path):
    reading = read_with(loaded(tmp_path, READER), Opened(document(NOTICE), NOTICE))
    (row,) = reading.claims.to_pylist()
    assert row["quote"] == "Protonitazene was found in 3 tablets"
    assert (row["subject"], row["value"], row["line"]) == ("substance:protonitazene", 3.0, 2)
    named = row.pop("id")
    assert Claim(**row).id == named


def test_a_reader_that_is_not_utf_8_is_refused_by_name(tmp_path):
    (tmp_path / "reader.py").write_bytes("# Málaga\n".encode("cp1252"))
    with pytest.raises(BadInput, match="it is not Python"):
        load_reader(tmp_path)


def test_a_source_without_a_reader_has_none(tmp_path):
    assert load_reader(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import socket\ndef read(d): ...", "it imports socket"),
        ("import os.path\ndef read(d): ...", "it imports os.path"),
        ("from pathlib import Path\ndef read(d): ...", "it imports pathlib"),
        ("import io\ndef read(d): io.open('x')", "it imports io"),
        ("from . import other\ndef read(d): ...", "it imports from beside itself"),
        ("from atalaya.evidence import fetching", "it imports atalaya.evidence"),
        ("def read(d):\n    open('/tmp/x', 'w')", "it uses open"),
        ("def read(d):\n    print(d)", "it uses print"),
        ("def read(d):\n    ().__class__", "it reaches for __class__"),
        ("def reed(d): ...", "it has no function read"),
        ("def read(d:", "it is not Python"),
    ],
)
def test_a_reader_that_could_do_more_than_read_is_refused(tmp_path, text, words):
    with pytest.raises(BadInput, match="the reader cannot be used") as caught:
        loaded(tmp_path, text)
    assert words in caught.value.what


def test_a_quotation_that_does_not_stand_where_it_says_is_refused(tmp_path):
    moved = loaded(tmp_path, READER.replace("start=found.start()", "start=found.start() + 1"))
    with pytest.raises(BadInput, match="they say something else"):
        read_with(moved, Opened(document(NOTICE), NOTICE))


def test_a_claim_of_another_document_is_refused(tmp_path):
    strange = loaded(tmp_path, READER.replace("opened.document.id", "'document:0'"))
    with pytest.raises(BadInput, match="it was reading"):
        read_with(strange, Opened(document(NOTICE), NOTICE))

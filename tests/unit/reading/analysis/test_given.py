"""Lines of texts: what is one is taken, what is none is refused with line, column and remedy."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput, Place
from atalaya.reading.analysis.given import MOST_CHARACTERS, document

WHERE = Place("texts.jsonl", 7)


def line(**said: object) -> bytes:
    return json.dumps(said).encode()


def test_what_is_said_is_taken():
    found = document(
        line(id="a", text="words", title="T", language="es-AR", published="2025-03-14T08:00:00Z"),
        WHERE,
    )
    assert (found.id, found.text, found.title, found.language) == ("a", "words", "T", "es")
    assert found.published is not None
    assert found.published.isoformat() == "2025-03-14"
    assert found.faults == ()


def test_numbers_as_identifiers_and_keys_of_others_are_fine():
    assert document(line(id=12, text="", source="x"), WHERE).id == "12"


@pytest.mark.parametrize(
    ("said", "kind"),
    [({"published": "yesterday"}, "published-unread"), ({"language": "?"}, "language-unread")],
)
def test_a_day_or_language_that_is_none_is_left_out_and_said(said, kind):
    found = document(line(id="a", text="words", **said), WHERE)
    assert [one[0] for one in found.faults] == [kind]
    assert found.published is None
    assert found.language is None


def test_of_a_text_that_is_too_long_the_beginning_is_read():
    found = document(line(id="a", text="x" * (MOST_CHARACTERS + 5)), WHERE)
    assert len(found.text) == MOST_CHARACTERS
    assert found.faults[0][0] == "text-too-long"


def test_half_a_pair_of_surrogates_keeps_its_place():
    found = document(b'{"id": "a", "text": "x\\ud800y"}', WHERE)
    assert found.text == "x\ufffdy"


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        (b"{", "the line is not JSON"),
        (b"[]", "the line holds a list, not an object"),
        (b'{"text": "x"}', "id is nothing, not text"),
        (b'{"id": "", "text": "x"}', "id is empty"),
        (b'{"id": "a"}', "the object has no text"),
        (b'{"id": "a", "text": 3}', "text is a number, not text"),
        (b'{"id": "a", "text": "\xff"}', "the line is not UTF-8"),
    ],
)
def test_what_is_no_document_is_refused_with_its_line(payload, says):
    with pytest.raises(BadInput, match=r"texts\.jsonl, line 7") as refused:
        document(payload, WHERE)
    assert says in refused.value.what
    assert refused.value.do


@given(st.binary())
def test_any_bytes_are_a_document_or_refused(payload):
    try:
        found = document(payload, WHERE)
    except BadInput:
        return
    assert isinstance(found.text, str)

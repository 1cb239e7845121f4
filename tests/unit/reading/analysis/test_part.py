"""The readable part of a document: what is written comes back, and a quotation is its bytes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.reading.analysis.part import Part, is_part

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    WORDS,
    WORDS,
    st.none() | st.dates(min_value=date(1900, 1, 1)),
    st.dictionaries(st.sampled_from(["name", "address", "how-to"]), st.integers(1, 99)),
)
def test_a_part_comes_back(text, title, published, withheld):
    part = Part(text, title, "https://example.org/a", published, "es", withheld)
    payload = part.payload()
    assert is_part(payload)
    again = Part.of(payload)
    assert again.text == text
    assert again.title == " ".join(title.split())
    assert (again.published, again.withheld) == (published, withheld)
    assert payload[len(part.heading().encode()) :] == text.encode()


def test_what_is_no_part_is_refused():
    assert not is_part(b"<html>")
    with pytest.raises(BadInput, match="no readable part"):
        Part.of(b"<html>\n\n")

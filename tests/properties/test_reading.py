"""Whatever the bytes: claims quote them exactly, rows are accounted for, nothing else breaks."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.declared import COUNTS, FACTS, REGISTERS, XLSX, document, source
from tests.material.workbooks import workbook

from atalaya.model.errors import AtalayaError
from atalaya.model.records import Claim
from atalaya.reading.rows import join, splitter
from atalaya.reading.tables import read_document

ANYTHING = source(COUNTS, expect={"max_broken": 1, "min_rows": 0})
FACTS_ALL = source(FACTS, expect={"max_broken": 1, "min_rows": 0})
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
figures = st.one_of(st.integers(-3, 50).map(str), texts, st.just(""))
names = st.one_of(st.sampled_from(["fentanyl", "xylazine", "Тест"]), texts)
months = st.one_of(st.dates().map(lambda day: f"{day:%Y-%m}"), texts)
rows = st.lists(st.tuples(months, names, figures, figures), min_size=1, max_size=12)


def written(heading, table, line_end="\n"):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    writer.writerows(table)
    return text.getvalue().encode()


def reading_or_refusal(payload, declared=ANYTHING, media_type="text/csv"):
    """Give the reading, or the error of Atalaya's own; any other error fails the test."""
    try:
        return read_document(declared, document(payload, media_type), payload, REGISTERS)
    except AtalayaError as error:
        return error


@settings(deadline=None)  # the first example pays for imports
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_break_the_reader(noise, headed):
    payload = b"month,substance,count,examined\n" + noise if headed else noise
    found = reading_or_refusal(payload)
    if isinstance(found, AtalayaError):
        assert found.what
    else:
        assert found.claims.num_rows + found.broken + found.empty == found.rows


@settings(deadline=None)  # the first example pays for imports
@given(rows, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_every_row_is_a_claim_or_broken_or_empty_and_every_quote_is_in_its_place(
    table, line_end, marked
):
    heading = ("month", "substance", "count", "examined")
    payload = b"\xef\xbb\xbf" * marked + written(heading, table, line_end)
    found = reading_or_refusal(payload)
    if isinstance(found, AtalayaError):
        assert "second row of headings" in found.what
        return
    assert found.rows == len(table) - any(issue.kind == "tag-row" for issue in found.issues)
    assert found.claims.num_rows + found.broken + found.empty == found.rows
    for claim in found.claims.to_pylist():
        assert payload[claim["start"] : claim["end"]] == claim["quote"].encode()
        assert payload.count(b"\n", 0, claim["start"]) + 1 == claim["line"]
        named = claim.pop("id")
        assert Claim(**claim).id == named


@settings(deadline=None)  # the first example pays for imports
@given(st.lists(st.tuples(texts, st.floats(allow_nan=False, allow_infinity=False)), max_size=8))
def test_any_text_and_number_of_a_fact_comes_back_as_written(table):
    lines = [("a:b", "says", repr(value), text) for text, value in table]
    found = reading_or_refusal(written(("subject", "predicate", "value", "text"), lines), FACTS_ALL)
    said = [(claim["text"] or "", claim["value"]) for claim in found.claims.to_pylist()]
    assert said == [(text.strip(), value) for text, value in table]


@settings(deadline=None)  # the first example pays for imports
@given(st.lists(texts, min_size=1, max_size=5))
def test_what_is_joined_is_split_again(cells):
    assert splitter(",")(join(cells)) == cells


WORKBOOK = workbook(Data=[["month", "substance", "count", "examined"], ["2019-01"]])


@settings(deadline=None)  # the first example pays for imports
@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 255)), min_size=1, max_size=4))
def test_no_broken_workbook_breaks_the_reader(changes):
    payload = bytearray(WORKBOOK)
    for place, byte in changes:
        payload[place % len(payload)] = byte
    declared = source(COUNTS, media_type=XLSX, expect={"max_broken": 1, "min_rows": 0})
    found = reading_or_refusal(bytes(payload), declared, XLSX)
    assert isinstance(found, AtalayaError) or found.rows <= 1

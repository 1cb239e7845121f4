"""Properties of what is published, on texts and references nobody chose."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.publishing_house import ADDRESS, declaration

from atalaya.publishing.column import Column
from atalaya.publishing.forms import (
    FORMULA_STARTS,
    content_hash,
    csv_bytes,
    from_arrow,
    neutral,
    tabled,
)
from atalaya.publishing.lineage import reference, referenced
from atalaya.publishing.places import is_coarse
from atalaya.publishing.quotes import QuoteMask
from atalaya.publishing.words import wordings

COLUMNS = (Column("id", "Identifier"), Column("text", "Text"), Column("n", "Number", "number"))
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
ROWS = st.lists(st.tuples(st.text(), st.text(), NUMBERS), max_size=8)


def _table(rows):
    return tabled(
        "series", COLUMNS, [dict(zip(("id", "text", "n"), row, strict=True)) for row in rows]
    )


@settings(deadline=None)
@given(st.text())
def test_no_text_starts_a_formula_and_the_original_comes_back(text):
    safe = neutral(text)
    assert not safe.lstrip(" \u00a0").startswith(tuple(set(FORMULA_STARTS) - {"'"}))
    assert (safe.removeprefix("'")) == text


@settings(deadline=None)
@given(ROWS)
def test_a_csv_read_back_has_the_same_cells(rows):
    table = _table(rows)
    read = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8"), newline="")))[1:]
    for cells, row in zip(read, table.rows, strict=True):
        assert [cell or None for cell in cells[:2]] == [cell and neutral(cell) for cell in row[:2]]
        assert (float(cells[2]) if cells[2] else None) == row[2]


@settings(deadline=None)
@given(ROWS)
def test_the_parquet_twin_has_the_same_content_hash(rows):
    table = _table(rows)
    assert content_hash(from_arrow("series", COLUMNS, table.arrow())) == content_hash(table)


@settings(deadline=None)
@given(st.sets(st.integers(1, 10_000), max_size=60))
def test_references_read_back_name_the_same_rows(rows):
    assert referenced(reference("claims", rows)) == tuple(("claims", row) for row in sorted(rows))


@settings(deadline=None)
@given(st.from_regex(r"territory:[a-z][a-z0-9-]{0,20}", fullmatch=True))
def test_no_readable_place_name_passes_as_coarse(place):
    assert not is_coarse(place)


@settings(deadline=None)
@given(st.text())
def test_the_linter_never_fails_and_points_into_the_text(text):
    lines = text.split("\n")
    for found in wordings(text):
        assert lines[found.line - 1][found.column - 1 :].startswith(found.words.split("\n")[0])


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_a_mask_never_fails_and_never_shows_a_hidden_count(payload, quote):
    mask = QuoteMask.of(declaration(), ADDRESS, "month,substance,deaths,examined\n" + payload)
    row = mask.row(quote, {None: "1-9"}.get, "97")
    if row.text is not None:
        cells = next(csv.reader([row.text]))
        assert cells[2] == "1-9"

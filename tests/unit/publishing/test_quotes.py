"""Quoted rows: masked by column, whatever the cells hold."""

import pytest
from tests.material.publishing_house import ADDRESS, declaration, payload_of

from atalaya.publishing.quotes import QuoteMask


def _mask(headings=("month", "substance", "deaths", "examined"), source=None):
    return QuoteMask.of(source or declaration(), ADDRESS, payload_of([], headings).decode())


def test_the_count_reads_1_9_and_the_rest_is_the_row():
    row = _mask().row("2019-04,xylazine,3,97", {None: "1-9"}.get, "97")
    assert (row.text, row.steady) == ("2019-04,xylazine,1-9,97", True)


@pytest.mark.parametrize("month", ["2019-3", "3"])
def test_a_month_equal_to_the_count_is_not_masked_with_it(month):
    row = _mask().row(f"{month},xylazine,3,97", {None: "1-9"}.get, "97")
    assert row.text == f"{month},xylazine,1-9,97"


def test_columns_nobody_declared_are_withheld_because_they_may_be_computed_from_the_count():
    mask = _mask(("month", "substance", "deaths", "examined", "percent"))
    row = mask.row("2019-04,xylazine,3,97,3.1", {None: "1-9"}.get, "97")
    assert (row.text, row.steady) == ("2019-04,xylazine,1-9,97,…", False)


def test_a_count_in_words_withholds_the_row_because_its_length_tells_it():
    row = _mask().row("2019-04,xylazine,three,97", {None: "1-9"}.get, "97")
    assert (row.text, row.steady) == (None, False)


def test_a_row_with_other_cells_than_headings_is_withheld():
    assert _mask().row("2019-04,xylazine,3", {None: "1-9"}.get, "97").text is None


def test_a_count_that_may_be_shown_is_shown():
    assert _mask().row("2019-04,xylazine,12,97", {None: "12"}.get, "97").text.endswith("12,97")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_the_document_is_kept(delimiter):
    payload = delimiter.join(("month", "substance", "deaths", "examined"))
    mask = QuoteMask.of(declaration(), ADDRESS, "a title line\n" + payload)
    row = mask.row(delimiter.join(("2019-04", "x", "3", "97")), {None: "1-9"}.get, "97")
    assert row.text == delimiter.join(("2019-04", "x", "1-9", "97"))


def test_a_document_without_the_declared_headings_shows_no_rows():
    assert QuoteMask.of(declaration(), ADDRESS, "<html>3 deaths</html>") is None


def test_an_address_the_source_does_not_declare_shows_no_rows():
    assert QuoteMask.of(declaration(), "https://example.org/other", "") is None

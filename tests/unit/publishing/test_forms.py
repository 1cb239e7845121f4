"""What the forms of a published table keep: numbers, emptiness, and a spreadsheet's safety."""

import csv
import io
import json

import openpyxl
import pytest

from atalaya.publishing.column import Column
from atalaya.publishing.forms import (
    content_hash,
    csv_bytes,
    from_arrow,
    json_bytes,
    neutral,
    number_text,
    tabled,
)

COLUMNS = (
    Column("id", "Identifier", required=True),
    Column("count", "Count", "count"),
    Column("share", "Share", "number"),
    Column("alarm", "Alarm", "yes-no"),
)


def _table(*rows):
    return tabled("series", COLUMNS, rows)


def test_an_empty_cell_is_neither_zero_nor_false():
    table = _table({"id": "a"}, {"id": "b", "count": "0", "share": 0.0, "alarm": False})
    assert csv_bytes(table) == b"id,count,share,alarm\na,,,\nb,0,0,false\n"


def test_numbers_stay_numbers_when_they_are_negative():
    table = _table({"id": "a", "count": "-5", "share": -0.5})
    assert csv_bytes(table).splitlines()[1] == b"a,-5,-0.5,"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-cmd", "@sum", "\tx", "\rx", "'quoted", " =1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    cell = next(csv.reader(io.StringIO(csv_bytes(_table({"id": start})).decode(), newline="")))
    row = list(csv.reader(io.StringIO(csv_bytes(_table({"id": start})).decode(), newline="")))[1]
    assert cell == ["id", "count", "share", "alarm"]
    assert row[0] == f"'{start}"


def test_a_neutral_text_is_no_formula_for_openpyxl():
    sheet = openpyxl.Workbook().active
    sheet["A1"] = neutral("=1+1")
    assert sheet["A1"].data_type == "s"


def test_a_name_with_a_hyphen_inside_is_left_alone():
    assert neutral("2C-B") == "2C-B"


def test_json_lines_keep_the_text_as_it_was_said():
    line = json_bytes(_table({"id": "=x", "count": "1-9"}))
    assert json.loads(line) == {"id": "=x", "count": "1-9", "share": None, "alarm": None}


def test_the_content_hash_looks_at_content_and_not_at_the_form():
    table = _table({"id": "a", "share": 3.0}, {"id": "b"})
    assert content_hash(from_arrow("series", COLUMNS, table.arrow())) == content_hash(table)


def test_the_content_hash_changes_with_one_cell_and_with_the_order():
    one = _table({"id": "a"}, {"id": "b"})
    other = _table({"id": "b"}, {"id": "a"})
    filled = _table({"id": "a", "share": 0.0}, {"id": "b"})
    assert len({content_hash(table) for table in (one, other, filled)}) == 3


def test_a_heading_that_is_no_column_is_refused():
    with pytest.raises(KeyError, match="surprise"):
        _table({"id": "a", "surprise": 1})


def test_a_nul_and_a_lone_surrogate_cannot_break_a_file():
    table = _table({"id": "a\0b\ud800"})
    assert csv_bytes(table).decode("utf-8").splitlines()[1] == "a\N{REPLACEMENT CHARACTER}b?,,,"


def test_whole_numbers_have_no_point():
    assert [number_text(number) for number in (3.0, 0.1, 1e300)] == ["3", "0.1", "1e+300"]

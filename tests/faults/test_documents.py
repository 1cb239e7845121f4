"""One mistake a document, and the words its refusal or issue must hold."""

import io

import openpyxl
import pytest
from tests.material.declared import COUNTS, REGISTERS, XLSX, document, read, sheet, source

from atalaya.model.errors import BadInput
from atalaya.reading.tables import read_document

GOOD = [f"{year}-{month:02d},fentanyl,1,40" for year in (2018, 2019) for month in range(1, 13)]


def refusal(payload, declared=None):
    with pytest.raises(BadInput) as caught:
        read(payload, declared)
    assert caught.value.do
    assert caught.value.where is not None
    return str(caught.value)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"", "the body is empty"),
        (b" \r\n \n", "the body is empty"),
        (b"<!DOCTYPE html><title>Sign in</title>", "a web page (HTML)"),
        (b"\n<html lang=en>", "a web page (HTML)"),
        (b"PK\x03\x04rest", "a workbook or another packed file"),
        (b"\xd0\xcf\x11\xe0rest", "a workbook or another packed file"),
        (b"month\0,substance", "NUL bytes"),
        (sheet(*GOOD).replace("fentanyl", "fentanílo").encode("cp1252"), "is not UTF-8"),
        (sheet(*GOOD).encode("utf-16"), "looks like UTF-16"),
        (sheet('2019-01,5 " pipe,1,2'), "a quotation mark"),
        (sheet('2019-01,"fentanyl,1,2'), "line 2"),
        (sheet(), "0 rows under the heading"),
        ("Month,substance,count,examined\n", "Did you mean 'Month'?"),
        ("month,substance,count\n2019-01,fentanyl,1\n", "there is no column 'examined'"),
        ("month,substance,count,count,examined\n2019-01,a,1,1,2\n", "stands 2 times"),
        ("Deaths by month\n" + sheet(*GOOD), "line 2: the declared headings stand in line 2"),
        (
            "month,,deaths,\n,substance,count,examined\n2019-01,fentanyl,1,2\n",
            "there are two rows of headings",
        ),
        (sheet("mes,sustancia,muertes,examinadas", *GOOD), "looks like a second row of headings"),
        (
            sheet("2019-01,fentanyl,2,40", "02/03/2019,fentanyl,2,40"),
            "'02/03/2019' is not a period",
        ),
        (sheet("2019-13,fentanyl,2,40"), "'2019-13' is not a period"),
    ],
)
def test_a_document_that_is_not_what_was_declared_is_refused_with_place_and_remedy(payload, words):
    assert words in refusal(payload)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2020-01,fentanyl,many,40", "'many' is not a plain number"),
        ("2020-01,fentanyl,-1,40", "'-1' is negative"),
        ("2020-01,fentanyl,41,40", "the count 41 is above the population 40"),
        ("2020-01,fentanyl,1", "the row has 3 cells and the heading has 4"),
        ("2020-01,,1,40", "the subject is empty"),
        ("2020-01,???,1,40", "cannot name a register entry"),
        ("2020-Q1,fentanyl,1,40", "2020-Q1 is a quarter, and most rows are of a month"),
        ("yesterday,fentanyl,1,40", "'yesterday' is not a period"),
    ],
)
def test_one_bad_row_is_left_out_and_published_as_an_issue(row, words):
    reading = read(sheet(*GOOD, row))
    (issue,) = reading.issues
    assert (issue.kind, issue.where.line, issue.step) == ("broken-row", 26, "read")
    assert words in issue.says
    assert issue.do
    assert reading.claims.num_rows == len(GOOD)


def test_too_many_bad_rows_refuse_the_document_and_say_which():
    text = refusal(sheet(*GOOD, "2020-01,fentanyl,x,4", "2020-02,fentanyl,y,4"))
    assert "2 of 26 rows cannot be used" in text
    assert "line 26: 'x' is not a plain number" in text


def test_a_source_may_declare_that_more_rows_are_broken():
    declared = source(COUNTS, expect={"max_broken": 0.5})
    reading = read(sheet(*GOOD, "2020-01,fentanyl,x,4", "2020-02,fentanyl,y,4"), declared)
    assert (reading.rows, reading.broken) == (26, 2)


def test_fewer_rows_than_expected_are_refused():
    declared = source(COUNTS, expect={"min_rows": 100})
    assert "at least 100 are expected" in refusal(sheet(*GOOD), declared)


def test_an_unknown_or_unsplittable_encoding_is_refused():
    for charset in ("klingon", "utf-16"):
        declared = source(COUNTS, media_type=f"text/csv; charset={charset}")
        assert charset in refusal(sheet(*GOOD), declared)


def workbook_refusal(payload):
    declared = source(COUNTS, media_type=XLSX)
    with pytest.raises(BadInput) as caught:
        read_document(declared, document(payload, XLSX), payload, REGISTERS)
    assert caught.value.do
    return str(caught.value)


def merged(area):
    book = openpyxl.Workbook()
    for row in (
        ["month", "substance", "count", "examined"],
        ["2019-01", "fentanyl", 1, 40],
        [None],
    ):
        book.active.append(row)
    book.active.merge_cells(area)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_merged_cells_are_refused_by_their_place():
    text = workbook_refusal(merged("A2:A3"))
    assert "the cells A2:A3 are merged" in text
    assert "line 2, column A" in text


def test_what_is_not_a_workbook_is_refused():
    whole = merged("A2:A3")
    for payload in (b"", b"month,substance", b"<html>", whole[:900], whole[:-40]):
        assert "not a workbook that can be opened" in workbook_refusal(payload)


def test_an_empty_workbook_is_refused():
    packed = io.BytesIO()
    openpyxl.Workbook().save(packed)
    assert "no sheet of this workbook holds a cell" in workbook_refusal(packed.getvalue())

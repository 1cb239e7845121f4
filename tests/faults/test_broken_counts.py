"""A file of counts with one mistake: refused with place and remedy, and nothing is written."""

import pytest

from atalaya.model.errors import BadInput, WrongUse
from atalaya.pipeline.judging import JudgeOptions, judge_file
from atalaya.reading.counts import parse_counts

HEAD = b"series,period,count,population,source\n"
GOOD = b"x,2019-01,1,10,lab\n"

FAULTS = {
    "empty": (b"", "the file is empty", ""),
    "blank": (b"\n \n", "the file is empty", ""),
    "heading only": (HEAD, "there is a heading and no row under it", "line 1"),
    "missing column": (b"series,period\nx,2019-01\n", "there is no column 'count'", "line 1"),
    "misnamed column": (b"series,month,count\nx,2019-01,1\n", "no column 'period'", "line 1"),
    "misspelt optional column": (
        b"series,period,count,populaton\nx,2019-01,1,9\n",
        "did you mean 'population'",
        "line 1, column 4",
    ),
    "capitals": (b"Series,period,count\nx,2019-01,1\n", "by 'series'", "line 1"),
    "two columns of one name": (
        b"series,period,count,count\nx,2019-01,1,1\n",
        "two columns are called 'count'",
        "line 1, column 4",
    ),
    "semicolons": (b"series;period;count\nx;2019-01;1\n", "separated by semicolons", "line 1"),
    "tabs": (b"series\tperiod\tcount\nx\t2019-01\t1\n", "separated by tabs", "line 1"),
    "bad period": (
        HEAD + GOOD + b"x,2019-13,1,10,lab\n",
        "'2019-13' is no month",
        "line 3, column period",
    ),
    "spoken period": (HEAD + b"x,March 2019,1,10,lab\n", "is no month", "line 2, column period"),
    "year": (HEAD + b"x,2019,1,10,lab\n", "'2019' is no month", "line 2, column period"),
    "week 53 of a year of 52": (HEAD + b"x,2019-W53,1,10,lab\n", "is no month", "line 2"),
    "mixed kinds": (
        HEAD + GOOD + b"\ny,2019-W07,1,10,lab\n",
        "2019-W07 is a week where the file began with a month",
        "line 4, column period",
    ),
    "negative": (HEAD + GOOD + b"x,2019-02,-1,10,lab\n", "-1 is negative", "line 3, column count"),
    "share": (
        HEAD + b"x,2019-02,0.25,10,lab\n",
        "0.25 is not a whole number",
        "line 2, column count",
    ),
    "thousands": (
        HEAD + b'x,2019-02,"1,200",,lab\n',
        "'1,200' is not a number",
        "line 2, column count",
    ),
    "word": (HEAD + b"x,2019-02,many,10,lab\n", "'many' is not a number", "line 2, column count"),
    "not available": (
        HEAD + b"x,2019-02,NA,10,lab\n",
        "'NA' is not a number",
        "line 2, column count",
    ),
    "infinite": (HEAD + b"x,2019-02,1e400,10,lab\n", "is too large", "line 2, column count"),
    "above population": (
        HEAD + GOOD + b"x,2019-02,11,10,lab\n",
        "11 cases among 10 examined",
        "line 3, column count",
    ),
    "negative population": (
        HEAD + b"x,2019-02,1,-10,lab\n",
        "-10 is negative",
        "line 2, column population",
    ),
    "repeated row": (
        HEAD + GOOD + b"y,2019-01,1,10,lab\n" + GOOD,
        "series 'x' has 2019-01 already on line 2",
        "line 4, column period",
    ),
    "two sources": (
        HEAD + GOOD + b"x,2019-02,1,10,other\n",
        "came from 'lab' and now from 'other'",
        "line 3, column source",
    ),
    "nameless series": (HEAD + GOOD + b" ,2019-02,1,10,lab\n", "has no name", "line 3"),
    "short row": (HEAD + GOOD + b"x,2019-02\n", "2 columns where the heading has 5", "line 3"),
    "long row": (HEAD + GOOD + b"a,b,2019-02,1,10,lab\n", "6 columns where", "line 3"),
    "open quotation mark": (HEAD + GOOD + b'"x,2019-02,1,10,lab\n', "not closed", "line 3"),
    "latin-1": (
        HEAD + "día,2019-01,1,10,lab\n".encode("latin-1"),
        "byte 0xed is not UTF-8; it looks like cp1252",
        "line 2, column 2",
    ),
    "utf-16": ((HEAD + GOOD).decode().encode("utf-16"), "UTF-16", ""),
    "nul": (HEAD + b"x\0,2019-01,1,10,lab\n", "NUL byte", "line 2, column 2"),
    "web page": (b"\n<!DOCTYPE html><html>Not found</html>", "HTML", "line 1"),
    "workbook": (b"PK\x03\x04rest", "an Excel or zip file", ""),
    "gzip": (b"\x1f\x8b\x08rest", "a gzip file", ""),
    "mistyped year": (
        HEAD + b"".join(b"s%d,2019-01-01,1,10,lab\n" % each for each in range(100))
        + b"x,0219-01-01,1,10,lab\n",
        "101 series from 0219-01-01 to 2019-01-01",
        "column period",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_file_is_refused_with_place_and_remedy_and_nothing_is_written(fault, tmp_path):
    content, says, where = FAULTS[fault]
    given, output = tmp_path / "counts.csv", tmp_path / "verdicts.csv"
    given.write_bytes(content)
    output.write_text("what was there before")
    with pytest.raises(BadInput) as raised:
        judge_file(given, output)
    assert says in str(raised.value)
    assert f"counts.csv{where and ', '}{where}" in str(raised.value)
    assert raised.value.do, "the error names no remedy"
    assert output.read_text() == "what was there before"
    assert sorted(tmp_path.iterdir()) == [given, output]


GOOD_FILE = HEAD + b"".join(b"x,2019-%02d,1,10,lab\n" % month for month in range(1, 13))


@pytest.mark.parametrize(
    ("asked", "says", "near"),
    [
        ({"detector": "ears_c9"}, "there is no detector 'ears_c9'", "ears_c3"),
        ({"detector": "ears_c1", "parameters": {"basline": "7"}}, "basline", "baseline"),
        ({"parameters": {"baseline": "7"}}, "baseline set without a detector", None),
        ({"since": "2019-W07"}, "is a week where the counts are of months", None),
        ({"since": "March"}, "'March' is not a period", None),
        ({"since": "2020-01"}, "there is no period from 2020-01 on", None),
    ],
)
def test_wrong_use_is_refused_before_anything_is_written(asked, says, near, tmp_path):
    given, output = tmp_path / "counts.csv", tmp_path / "verdicts.csv"
    given.write_bytes(GOOD_FILE)
    with pytest.raises(WrongUse) as raised:
        judge_file(given, output, JudgeOptions(**asked))
    assert says in str(raised.value)
    assert raised.value.near == near
    assert raised.value.do
    assert not output.exists()


def test_a_missing_file_and_an_output_over_the_input_are_wrong_use(tmp_path):
    given = tmp_path / "counts.csv"
    with pytest.raises(WrongUse, match="there is no file"):
        judge_file(given, tmp_path / "verdicts.csv")
    with pytest.raises(WrongUse, match="there is no file"):
        judge_file(tmp_path, tmp_path / "verdicts.csv")
    given.write_bytes(GOOD_FILE)
    with pytest.raises(WrongUse, match="is the input"):
        judge_file(given, tmp_path / "." / "counts.csv")
    assert given.read_bytes() == GOOD_FILE


def test_a_cell_of_a_whole_page_is_quoted_by_its_beginning() -> None:
    for row in (f"x,{'a' * 5_000},1", f"x,2019-01,{'a' * 5_000}"):
        with pytest.raises(BadInput) as refused:
            parse_counts(f"series,period,count\n{row}\n".encode(), "counts.csv")
        assert len(str(refused.value)) < 500

from datetime import date

import pytest
from tests.material.declared import COUNTS, REGISTERS, XLSX, document, source
from tests.material.workbooks import workbook

from atalaya.model.errors import BadInput
from atalaya.reading.tables import passages, read_document

HEADING = ["month", "substance", "count", "examined"]
DECLARED = source(COUNTS, media_type=XLSX)


def read(payload):
    return read_document(DECLARED, document(payload, XLSX), payload, REGISTERS)


def test_a_workbook_is_read_like_a_csv_and_its_lines_are_the_sheets_rows():
    payload = workbook(
        Cover=[["A title"]],
        Data=[HEADING, ["2019-01", "fentanyl", 3, 40], [], ["2019-02", "fentanyl", 4, 41.0]],
    )
    claims = read(payload).claims.to_pylist()
    assert [claim["value"] for claim in claims] == [3.0, 4.0]
    assert [claim["line"] for claim in claims] == [2, 4]
    assert claims[1]["quote"] == "2019-02,fentanyl,4,41"


def test_the_spans_of_a_workbook_point_into_the_sheet_written_as_csv():
    payload = workbook(Data=[HEADING, ["2019-01", "fentanyl", 3, 40]])
    written = passages(DECLARED, document(payload, XLSX), payload).payload
    for claim in read(payload).claims.to_pylist():
        assert written[claim["start"] : claim["end"]].decode() == claim["quote"]


def test_a_date_of_a_workbook_is_written_as_a_day():
    payload = workbook(Data=[HEADING, [date(2019, 1, 5), "fentanyl", 3, 40]])
    assert read(payload).claims["period"].to_pylist() == ["2019-01-05"]


def test_two_sheets_with_the_same_columns_are_refused_by_name():
    rows = [HEADING, ["2019-01", "fentanyl", 3, 40]]
    with pytest.raises(BadInput, match="several sheets hold the declared columns"):
        read(workbook(North=rows, South=rows))

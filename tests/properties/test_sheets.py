"""Whatever a file holds, reading it ends in rows that add up or in an error of ours."""

import io
from datetime import UTC, datetime

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.sheet_reading import read
from tests.material.sheets import as_csv

from atalaya.model.errors import AtalayaError
from atalaya.pipeline.watch_versions import keyed
from atalaya.pipeline.watching import registers, watch
from atalaya.publishing.watch.lines import lines
from atalaya.publishing.watch.page import page
from atalaya.publishing.watch.voices import Voice
from atalaya.reading.sheets.asking import NOTHING_ASKED
from atalaya.reading.sheets.dates import read_dates
from atalaya.reading.sheets.finds import NameReader
from atalaya.reading.sheets.numbers import whole_number
from atalaya.registers.substances import load

HEADINGS = st.sampled_from(
    ["date", "fecha", "place", "sold as", "found", "resultado", "found 2", "method", "n", "tested",
     "name", "id", "lab", "", "notes", "casos"]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["2023-01-05", "13/02/2023", "03/04/2023", "45021", "MDMA", "cocaine; caffeine", "nd", "",
         "Peru", "Total", "3", "<5", "1.234", "=1+1", "no fentanyl", "2023", "jan 2023"]
    ),
    st.text(max_size=30),
)  # fmt: skip
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.tuples(
        st.lists(HEADINGS, min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=1, max_size=width + 1), max_size=20),
    )
)
QUICK = settings(max_examples=80, deadline=None)


def read_or_refused(payload):
    """Give the sheet, or the error that says what to do."""
    try:
        return read(payload)
    except AtalayaError as error:
        return error


def sound(answer):
    """Say whether every row was used or left out once with a reason; of an error, its remedy."""
    if isinstance(answer, AtalayaError):
        return bool(answer.do)
    whole = answer.rows.num_rows + len(answer.left_out) == answer.total
    places = {(one.sheet, one.line) for one in answer.left_out if one.kind}
    return whole and len(places) == len(answer.left_out)


@given(st.binary(max_size=400))
@QUICK
def test_random_bytes_are_refused_or_read(payload):
    assert sound(read_or_refused(payload))


@given(st.binary(max_size=60), st.integers(0, 4000), st.integers(0, 60))
@QUICK
def test_a_spoilt_workbook_is_refused_or_read(noise, at, cut):
    payload = bytearray(WORKBOOK)
    at %= len(payload)
    payload[at : at + cut] = noise
    assert sound(read_or_refused(bytes(payload)))


@given(TABLES)
@QUICK
def test_every_row_of_a_csv_is_used_or_left_out_with_a_reason(table):
    assert sound(read_or_refused(as_csv(*table)))


@given(TABLES)
@settings(max_examples=40, deadline=None)
def test_whatever_is_read_can_be_judged_and_shown_and_kept(table):
    payload = as_csv(*table)
    sheet = read_or_refused(payload)
    assert sound(sheet)
    if isinstance(sheet, AtalayaError):
        return
    now = datetime(2024, 6, 30, tzinfo=UTC)
    report = watch(payload, "sheet.csv", NOTHING_ASKED, now, None)
    known = registers()
    voice = Voice("es", known.substances, known.territories)
    assert page(report, voice).startswith("<!doctype html>")
    assert list(lines(report, voice))
    keys = keyed(sheet.rows, sheet.proposal.layout)["key"].to_pylist()
    assert len(set(keys)) == len(keys)


@given(st.text(max_size=200))
@QUICK
def test_any_cell_of_names_is_read_the_same_twice(cell):
    reader = NameReader(load())
    assert reader.read(cell) == NameReader(load()).read(cell)


@given(st.lists(st.text(max_size=25), max_size=10))
@QUICK
def test_any_column_of_dates_is_read_or_refused(cells):
    try:
        dates = read_dates(cells)
    except AtalayaError:
        return
    assert not set(dates.periods) & (dates.against | dates.unsure)


@given(st.integers(0, 10**11), st.sampled_from([",", ".", " ", "'"]))
def test_a_whole_number_survives_its_thousands_separators(number, separator):
    written = f"{number:,}".replace(",", separator)
    assert whole_number(written) == number


def _workbook():
    workbook = openpyxl.Workbook()
    for row in [["date", "found"], *[[f"2023-{m:02d}-02", "MDMA"] for m in range(1, 13)]]:
        workbook.active.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


WORKBOOK = _workbook()

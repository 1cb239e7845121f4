"""One mistake a sheet, and the words its refusal or its remark must hold."""

import io
import struct
import zipfile
from datetime import date

import pytest
from tests.material.sheet_reading import read
from tests.material.sheets import as_csv, as_xlsx

from atalaya.model.errors import AtalayaError, BadInput, WrongUse

HEADING = ["date", "place", "sold as", "found"]
ROWS = [[f"2023-{month:02d}-15", "Wales", "MDMA", "MDMA"] for month in range(1, 13)]


def refusal(payload, *asked, kind=BadInput):
    with pytest.raises(kind) as caught:
        read(payload, *asked)
    assert caught.value.do
    return str(caught.value)


def encrypted():
    """The head of a compound file whose directory names the stream of an encrypted workbook."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )


def bomb():
    """A packed file whose one part declares two gigabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 1000)
    payload = bytearray(buffer.getvalue())
    at = payload.index(b"PK\x01\x02")
    payload[at + 24 : at + 28] = struct.pack("<I", 2_000_000_000)
    return bytes(payload)


def lying():
    """A workbook one of whose parts does not unpack to what it declares."""
    payload = bytearray(as_xlsx(HEADING, ROWS))
    at = payload.index(b"PK\x01\x02")
    payload[at + 16 : at + 20] = b"\1\2\3\4"
    return bytes(payload)


def in_part(name, payload, old, new):
    """A workbook with other bytes in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as plain, zipfile.ZipFile(buffer, "w") as changed:
        for each in plain.namelist():
            content = plain.read(each)
            assert each != name or old in content
            changed.writestr(each, content.replace(old, new) if each == name else content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (b"<!DOCTYPE html><table>", "a web page (HTML)"),
        (b"%PDF-1.7", "a PDF document"),
        (b"{\\rtf1", "a text document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "a packed file (gzip)"),
        (b"date\0found", "binary"),
        (encrypted(), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "an old workbook (XLS)"),
        (bomb(), "unpacks to 2000000000 bytes"),
        (lying(), "it is broken"),
        (as_xlsx(HEADING, ROWS)[:2000], "it is broken"),
        (b"PK\x03\x04rest", "it is broken"),
        ("date,found\n2023-01-01,Москва\n".encode("cp1251"), "not UTF-8, and its encoding"),
        ("\ufeffdate".encode("utf-16-le") + b"\xff", "begins like utf-16"),
        (b'date,found\n2023-01-01,5" pipe\n', "a quotation mark"),
        (b"one,two\n1,2\n", "no row looks like headings"),
        (b"date,colour\n2023-01-01,red\n", "no column of substances found"),
        (b"fecha,lugar\n2023-01-01,Lima\n", "no column of substances found"),
        (b"place,found\nLima,MDMA\n", "no column of dates"),
        (as_csv(HEADING, []), "no column of dates"),
        (as_csv(HEADING, [["soon", "", "", "MDMA"]] * 3), "no column of dates"),
        (as_csv(HEADING, [["2023-01-01", "", "MDMA", ""]] * 3), "no column of substances"),
        (as_csv(HEADING, [["2023-01-01", "", "MDMA", "pending"]] * 3), "no row of the sheet"),
        (as_csv([*HEADING, "date"], [[*row, "x"] for row in ROWS]), "stands 2 times"),
        (
            as_csv(["date", "", "found"], [["", "place", "method"], *(["2023-01-01"] * 3,)]),
            "two rows of headings",
        ),
        (as_xlsx([], []), "no visible sheet"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(payload, words):
    assert words in refusal(payload)


def test_day_and_month_that_nothing_tells_apart_are_refused_with_the_option_that_tells():
    rows = [[f"0{1 + n % 9}/0{1 + n * 7 % 9}/2023", "Wales", "MDMA", "MDMA"] for n in range(9)]
    said = refusal(as_csv(HEADING, rows))
    assert "line 1, column date" in said
    assert "may be day/month or month/day" in said
    assert "--map dates=day-first" in said
    told = read(as_csv(HEADING, rows), "dates=month-first")
    assert told.rows["period"][1].as_py() == "2023-02-08"


def test_real_dates_that_a_program_swapped_are_recognised_and_refused():
    rows = [[date(2023, 1 + n % 12, 1 + n % 12), "", "MDMA", "MDMA"] for n in range(24)]
    rows += [[f"{13 + n}/01/2023", "", "MDMA", "MDMA"] for n in range(10)]
    assert "swapped day and month" in refusal(as_xlsx(HEADING, rows))


def test_a_column_with_both_orders_reads_the_plain_dates_and_names_the_other_rows():
    rows = [[f"{day}/03/2023", "", "", "MDMA"] for day in range(13, 25)]
    rows += [["03/25/2023", "", "", "MDMA"], ["04/05/2023", "", "", "MDMA"]]
    sheet = read(as_csv(HEADING, rows))
    assert [(one.line, one.kind) for one in sheet.left_out] == [
        (14, "date-other-order"),
        (15, "date-unsure"),
    ]
    assert sheet.rows.num_rows == 12


def test_merged_cells_in_the_table_are_refused_and_over_it_are_not():
    def merge(area):
        return lambda _, sheet: sheet.merge_cells(area)

    assert "rows 3 to 4 are merged" in refusal(as_xlsx(HEADING, ROWS, change=merge("B3:B4")))
    over = as_xlsx(HEADING, ROWS, more=[["Results of 2023"]], change=merge("A1:D1"))
    sheet = read(over)
    assert sheet.rows.num_rows == 12
    assert [one.kind for one in sheet.remarks][:1] == ["title-row"]


def test_a_formula_without_a_result_leaves_its_row_out():
    def spoil(_, sheet):
        sheet["D4"] = '=CONCAT("MD","MA")'

    sheet = read(as_xlsx(HEADING, ROWS, change=spoil))
    (out,) = sheet.left_out
    assert (out.line, out.kind, out.column) == (4, "formula", "found")
    assert sheet.rows.num_rows == 11


@pytest.mark.parametrize("gap", [" " * 20_000, "\t" * 20_000, "\n" * 20_000, "~ " * 5_000])
def test_a_cell_that_is_mostly_blank_is_read_at_once(gap):
    rows = [[*row[:3], f"MDMA;{gap}caffeine"] for row in ROWS]
    rows[0][1] = f"Wales{gap}x"
    sheet = read(as_csv(HEADING, rows))
    assert sheet.rows.num_rows == 12


def test_a_cell_of_prose_is_no_list_of_substances_and_is_not_repeated():
    rows = [*ROWS, ["2023-12-20", "Wales", "MDMA", "seen by Jane Roe, " * 200]]
    sheet = read(as_csv(HEADING, rows))
    assert sheet.rows["answer"].to_pylist()[-1] == "not-identified"
    assert "Roe" not in str((sheet.rows.to_pylist(), sheet.names, sheet.remarks))


def test_a_formula_whose_result_is_an_empty_text_was_computed():
    with_two = ["date", "found 1", "found 2"]
    rows = [[f"2023-{month:02d}-15", "MDMA", "caffeine"] for month in range(1, 13)]

    def empty_text(_workbook, sheet):
        sheet["C4"] = '=IF(B4="","","")'

    payload = as_xlsx(with_two, rows, change=empty_text)
    told = in_part("xl/worksheets/sheet1.xml", payload, b'<c r="C4">', b'<c r="C4" t="str">')
    sheet = read(told)
    assert (sheet.rows.num_rows, sheet.left_out) == (12, ())


def test_a_count_of_a_wide_table_that_was_never_computed_is_left_out_and_said():
    rows = [[f"2023-{month:02d}", 3, 4] for month in range(1, 13)]

    def formula(_workbook, sheet):
        sheet["C4"] = "=SUM(D4:E4)"

    sheet = read(as_xlsx(["month", "cocaine", "MDMA"], rows, change=formula))
    (out,) = sheet.left_out
    assert (out.line, out.kind, out.column) == (4, "formula", "MDMA")
    assert sheet.rows.num_rows + 1 == sheet.total == 24


def test_hidden_sheets_are_not_read_and_sheets_with_the_same_headings_are_read_together():
    def more(workbook, _):
        secret = workbook.create_sheet("secret")
        secret.sheet_state = "hidden"
        secret.append(HEADING)
        second = workbook.create_sheet("2024")
        for row in [HEADING, ["2024-01-03", "Wales", "MDMA", "ketamine"]]:
            second.append(row)
        other = workbook.create_sheet("codes")
        other.append(["code", "means"])

    payload = as_xlsx(HEADING, ROWS, title="2023", change=more)
    sheet = read(payload)
    assert sheet.sheets == ("2023", "2024")
    assert sheet.rows.num_rows == 13
    said = {(one.kind, one.sheet) for one in sheet.remarks}
    assert {("hidden-sheet", "secret"), ("sheet-not-read", "codes")} <= said
    assert read(payload, "sheet=2024").rows.num_rows == 1
    assert "no visible sheet" in refusal(payload, "sheet=secret", kind=WrongUse)


def test_rows_that_cannot_be_used_are_each_left_out_with_their_line_and_reason():
    rows = [
        *ROWS,
        ["", "", "", "MDMA"],
        ["31/02/2023", "", "", "MDMA"],
        ["2099-01-01", "", "", "MDMA"],
        ["1899-12-31", "", "", "MDMA"],
        ["2023", "", "", "MDMA"],
        ["2023-05-05", "", "", ""],
        ["Total", "", "", "17"],
        ["2023-05-05", "", "", "MDMA", "one more"],
    ]
    sheet = read(as_csv(HEADING, rows))
    assert [(one.line, one.kind) for one in sheet.left_out] == [
        (14, "no-date"),
        (15, "bad-date"),
        (16, "date-in-future"),
        (17, "date-too-early"),
        (18, "other-period"),
        (19, "no-result"),
        (20, "total-row"),
        (21, "uneven-row"),
    ]
    assert sheet.rows.num_rows + len(sheet.left_out) == sheet.total == len(rows)


def test_counts_that_cannot_be_are_left_out_and_unknown_is_never_zero():
    heading = ["month", "substance", "count", "tested"]
    rows = [[f"2023-{month:02d}", "xylazine", "2", "40"] for month in range(1, 10)]
    rows += [
        ["2023-10", "xylazine", "<5", "40"],
        ["2023-11", "xylazine", "41", "40"],
        ["2023-12", "nothing", "1", "40"],
        ["2023-09", "xylazine", "2", "40"],
        ["2023-08", "xylazine", "3", "40"],
    ]
    sheet = read(as_csv(heading, rows))
    assert sheet.proposal.layout == "counts"
    assert sorted((one.line, one.kind) for one in sheet.left_out) == [
        (9, "rows-disagree"),
        (11, "no-count"),
        (12, "above-tested"),
        (13, "no-substance"),
        (14, "repeated-row"),
        (15, "rows-disagree"),
    ]


def test_a_heading_that_is_not_there_is_answered_with_the_nearest():
    said = refusal(as_csv(HEADING, ROWS), "found=Fuond", kind=WrongUse)
    assert "Did you mean 'found'?" in said


@pytest.mark.parametrize("pair", ["found", "found=", "colour=x", "dates=us", "zeros=maybe"])
def test_what_map_does_not_know_is_wrong_use(pair):
    with pytest.raises(AtalayaError) as caught:
        read(as_csv(HEADING, ROWS), pair)
    assert caught.value.exit_code == 2
    assert caught.value.do

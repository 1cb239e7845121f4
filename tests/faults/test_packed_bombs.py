"""Small workbooks that would fill the memory are refused before anything lays them out."""

import io
import zipfile

import pytest
from tests.material.declared import COUNTS, REGISTERS, XLSX, document, source
from tests.material.sheet_reading import read
from tests.material.sheets import as_xlsx

from atalaya.model.errors import BadInput, Place
from atalaya.reading.packed import check_packed
from atalaya.reading.tables import read_document

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CORNERS = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
# The same corners, written as no program writes them and every reader takes them.
UNPLACED = '<row r="1048576"><c><v>1</v></c><c x=">" r=\'XFD1\'><v>1</v></c></row>'
SHARING = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2001))


def packed(rows, texts=""):
    """A workbook of ours with another first sheet, and other shared texts where some are given."""
    buffer = io.BytesIO()
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(as_xlsx(["date", "found"], [["2023-01-01", "MDMA"]]))) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    if texts:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{texts}</sst>".encode()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def long_text():
    return f"<si><t>{'a' * 1_000_000}</t></si>"


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (packed(CORNERS), "reaches over 17179869184 cells"),
        (packed(UNPLACED), "reaches over 17179869184 cells"),
        (packed(SHARING, long_text()), "repeats its texts to 2000"),
    ],
    ids=["corners", "unplaced", "shared-text"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused_at_both_doors(payload, words):
    with pytest.raises(BadInput, match=words):
        read(payload)
    with pytest.raises(BadInput, match=words):
        read_document(source(COUNTS, media_type=XLSX), document(payload, XLSX), payload, REGISTERS)


def test_cells_with_a_style_and_nothing_in_them_do_not_count():
    styled = "".join(f'<c r="{column}9" s="1"/>' for column in ("A", "XFD"))
    rows = f'<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="9">{styled}</row>'
    assert "xl/workbook.xml" in check_packed(packed(rows), Place("styled.xlsx"))


def test_a_long_text_in_few_cells_among_many_short_ones_is_no_bomb():
    texts = long_text() + "<si><t>MDMA</t></si>"
    rows = SHARING.replace("<v>0</v>", "<v>1</v>", 1999)
    assert "xl/workbook.xml" in check_packed(packed(rows, texts), Place("notes.xlsx"))

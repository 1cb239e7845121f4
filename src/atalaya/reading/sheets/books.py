"""Opens the visible sheets of an XLSX workbook as text cells."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from atalaya.model.errors import BadInput, Place
from atalaya.reading.sheets.grids import Area, Grid, Opened, tidy
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.workbooks import written

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# A formula's cell in SpreadsheetML: <c r="B2"><f>..</f><v>..</v></c>; with nothing in <v> the
# program that saved the file never computed it, unless t="str" says that the result is a text,
# which may be empty (ECMA-376 part 1, 18.3.1.4 and 18.3.1.40).
_FORMULA = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v>([^<]*)</v>|(<v[^>]*/>))?"
)
_IS_TEXT = re.compile(rb'\bt="str"')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")


def open_workbook(payload: bytes, name: str) -> Opened:
    """Open an XLSX workbook; hidden sheets are not read, and that is said.

    Args:
        payload: Its bytes, already known to be a sound packed file.
        name: The file's name.

    Raises:
        BadInput: It cannot be opened.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(payload))
        listed = workbook.sheets_metadata
        hidden = [one.name for one in listed if one.visible != SheetVisibleEnum.Visible]
        shown = [
            one.name
            for one in listed
            if one.name not in hidden and one.typ == SheetTypeEnum.WorkSheet
        ]
        grids = [_grid(workbook.get_sheet_by_name(sheet), sheet, name) for sheet in shown]
    except CalamineError as error:
        raise BadInput(
            f"the workbook cannot be opened ({error})",
            do="open it in a spreadsheet program and save it again as XLSX",
            where=Place(name),
        ) from error
    parts = _uncomputed(payload)
    full = tuple(
        Grid(grid.name, grid.place, grid.rows, grid.lines, grid.merged, parts.get(grid.name, ()))
        for grid in grids
        if grid.rows
    )
    remarks = tuple(Remark("hidden-sheet", sheet=sheet) for sheet in hidden)
    return Opened(full, remarks)


def _grid(sheet: CalamineSheet, name: str, file: str) -> Grid:
    rows, lines = [], []
    for line, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = [tidy(cell) if isinstance(cell, str) else written(cell) for cell in cells]
        if any(texts):
            rows.append(texts)
            lines.append(line)
    merged = tuple(
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(name, f"{file}, sheet {name!r}", tuple(rows), tuple(lines), merged)


def _uncomputed(payload: bytes) -> dict[str, tuple[tuple[int, int], ...]]:
    """Sheet name -> (row, column) of the formulas without a result."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(payload)) as packed:
        parts = set(packed.namelist())
        for name, part in _parts(packed).items():
            if part in parts:
                xml = packed.read(part)
                cells = _formulas(xml) if b"<f" in xml else ()
                if cells:
                    found[name] = cells
    return found


def _formulas(xml: bytes) -> tuple[tuple[int, int], ...]:
    cells = []
    for match in _FORMULA.finditer(xml):
        place = _REFERENCE.search(match[1])
        empty_text = _IS_TEXT.search(match[1]) and (match[2] is not None or match[3])
        if place and not (match[2] or empty_text):
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - ord("A") + 1
            cells.append((int(place[2]), column))
    return tuple(cells)


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part, through the workbook's relations."""
    if "xl/_rels/workbook.xml.rels" not in packed.namelist():
        return {}
    relations = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target").removeprefix("/xl/")
        for tag in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels"))
    }
    return {
        _attribute(tag, b"name"): "xl/" + relations.get(_attribute(tag, b"r:id"), "")
        for tag in _SHEET.findall(packed.read("xl/workbook.xml"))
    }


def _attribute(tag: bytes, name: bytes) -> str:
    from html import unescape

    found = re.search(rb"\s" + re.escape(name) + rb'="([^"]*)"', tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""

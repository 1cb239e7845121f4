"""Reads a sheet in a test, with the registers that ship with the package."""

from datetime import date

from atalaya.pipeline.watching import registers
from atalaya.reading.sheets.asking import asked_of
from atalaya.reading.sheets.reading import read_sheet

TODAY = date(2024, 6, 30)


def read(payload, *asked, name="sheet.csv"):
    """Read a sheet, ``asked`` as given to ``--map``."""
    return read_sheet(payload, name, registers(), TODAY, asked_of(asked))

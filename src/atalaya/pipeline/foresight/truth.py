"""Reads a file of dated events, the one that `atalaya backtest` takes too."""

from __future__ import annotations

from pathlib import Path

from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.shapes import Refused
from atalaya.reading.events import REQUIRED
from atalaya.reading.missing import bytes_of
from atalaya.reading.strict_csv import StrictCsv, read_strict


def read_events(path: Path) -> tuple[Event, ...]:
    """Read dated events, or refuse the file with line, column and remedy.

    Args:
        path: CSV in UTF-8 with the columns `reading.events.REQUIRED`; dates may be days, weeks,
            months, quarters or years, and empty where nothing is known.

    Raises:
        WrongUse: There is no such file.
        BadInput: The file cannot be used as it is.
    """
    payload = bytes_of(path, "give the path of a CSV file of dated events")
    table = read_strict(payload, str(path), REQUIRED, ())
    return tuple(_event(table, row) for row in range(table.n_rows))


def _event(table: StrictCsv, row: int) -> Event:
    said = {name: column.texts[column.codes[row]] for name, column in table.columns.items()}
    if not said["series"]:
        raise table.refuse(row, "series", "the event names no series", do="name its series")
    try:
        return Event.parse(said)
    except Refused as error:
        column, _, says = str(error).partition(": ")
        raise table.refuse(
            row, column, says, do="write a day 2019-03-02, a month 2019-03, or leave it empty"
        ) from error

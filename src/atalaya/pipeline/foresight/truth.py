"""Reads a file of dated events, the one that `atalaya backtest` takes too."""

from __future__ import annotations

from pathlib import Path

from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.shapes import Refused
from atalaya.model.errors import LookAtThis
from atalaya.reading.missing import no_file
from atalaya.reading.strict_csv import StrictCsv, read_strict

COLUMNS = ("series", "type", "first_period", "period_cum5", "official_notice")


def read_events(path: Path) -> tuple[Event, ...]:
    """Read dated events, or refuse the file with line, column and remedy.

    Args:
        path: CSV in UTF-8 with the columns `COLUMNS`; dates may be days, weeks, months, quarters or
            years, and empty where nothing is known.

    Raises:
        WrongUse: There is no such file.
        BadInput: The file cannot be used as it is.
    """
    try:
        payload = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise no_file(path, "give the path of a CSV file of dated events") from error
    except OSError as error:
        raise LookAtThis(f"{path} cannot be read: {error.strerror}", do="check who may") from error
    table = read_strict(payload, str(path), COLUMNS, ())
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

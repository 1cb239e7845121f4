"""The file of verdicts that ``atalaya judge`` writes, some series at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from atalaya import detection
from atalaya.detection import Judgement
from atalaya.detection.windows import chunks
from atalaya.series.panels import GivenPanel

COLUMNS = (
    "series", "period", "detector", "observed", "expected", "threshold", "statistic", "p_value",
    "alarm", "reason",
)  # fmt: skip
_NUMBERS = ("observed", "expected", "threshold", "statistic", "p_value")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The series of a panel that one detector judged, with its sentences."""

    rows: NDArray[np.intp]
    judgement: Judgement
    index: NDArray[np.int32]
    sentences: tuple[str, ...]


def verdicts(table: GivenPanel, start: int, parts: tuple[Part, ...]) -> Iterator[pa.Table]:
    """Give the verdicts some series at a time, so that memory does not grow with the file."""
    panel = table.panel
    names = pa.array(panel.series)
    periods = pa.array([str(panel.first + at) for at in range(start, panel.n_periods)])
    for block in chunks(len(panel.series)):
        tables, places = [], []
        for part in parts:
            here = slice(*np.searchsorted(part.rows, (block.start, block.stop)))
            row, column = np.nonzero(table.given[part.rows[here], start:])
            series = part.rows[here][row]
            at = (row + here.start, column)
            tables.append(_rows(part, at, names.take(series), periods.take(column)))
            places.append(series)
        merged = pa.concat_tables(tables)
        if len(parts) > 1:
            order = np.argsort(np.concatenate(places), kind="stable")
            merged = merged.take(pa.array(order))
        yield merged


def _rows(
    part: Part,
    at: tuple[NDArray[np.intp], NDArray[np.intp]],
    series: pa.Array,
    periods: pa.Array,
) -> pa.Table:
    alarm = part.judgement.alarm[at]
    numbers = [
        pa.array(getattr(part.judgement, name)[at], from_pandas=True)  # NaN becomes null
        for name in _NUMBERS
    ]
    detector = pa.array([part.judgement.detector]).take(pa.array(np.zeros(len(alarm), np.int64)))
    assessed = pa.array(alarm == detection.ALARM, mask=alarm == detection.NOT_ASSESSED)
    reasons = pa.array(part.sentences, pa.string()).take(pa.array(part.index[at]))
    return pa.table([series, periods, detector, *numbers, assessed, reasons], names=COLUMNS)


def append(verdicts: pa.Table, file: object) -> None:
    """Write verdicts as lines of CSV."""
    from pyarrow import csv  # here: loading it is left to those who write

    texts = [verdicts.column(name) for name in ("series", "reason")]
    plain = not any(_special(text) for column in texts for text in column.unique().to_pylist())
    # "none" writes bare texts, and refuses what needs quotation marks; "needed" quotes every text.
    style = csv.WriteOptions(include_header=False, quoting_style="none" if plain else "needed")
    csv.write_csv(verdicts, file, style)


def _special(text: str) -> bool:
    return any(mark in text for mark in ',"\r\n')

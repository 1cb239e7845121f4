"""Reads a file of dated events: ``series,type,first_period,period_cum5,official_notice``.

What really happened, against which detectors are scored. Policies, all tested: extra columns are
ignored and reported; a row whose type is no wave (``quiet``, ``reporting artefact`` ...) says that
nothing arrived, and may leave the periods empty; an empty fifth case is one that never came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period, PeriodKind
from atalaya.reading.missing import bytes_of
from atalaya.reading.strict_csv import StrictCsv, read_strict

REQUIRED = ("series", "type", "first_period", "period_cum5", "official_notice")
NO_WAVE = ("quiet", "reporting artefact", "testing change", "panel start", "volume step", "decline")
OUTBREAK = "outbreak"  # a rise above a level that was never silent


@dataclass(frozen=True, slots=True)
class Event:
    """What is known to have happened in one series.

    Args:
        series: Key of the series, as the file writes it.
        type: In the words of the file, such as ``new``, ``surge``, ``outbreak`` or ``quiet``.
        first: Period of the first case, None where nothing arrived.
        fifth: Period by which five cases had been counted, None where that is not said.
        notice: Day of the first official notice, None where there is none; of a longer period its
            first day.
        line: Line of the file.
        noticed: The period of the notice: a day, or longer where the file was read loosely.
    """

    series: str
    type: str
    first: Period | None
    fifth: Period | None
    notice: date | None
    line: int
    noticed: Period | None = None

    @property
    def is_wave(self) -> bool:
        """Whether something arrived."""
        return not self.type.casefold().startswith(NO_WAVE)

    @property
    def is_outbreak(self) -> bool:
        """Whether it is a rise on a series that need not have been silent before."""
        return self.type.casefold().startswith(OUTBREAK)


@dataclass(frozen=True, slots=True)
class Events:
    """The events of a file.

    Args:
        name: Path of the file as given.
        rows: In the order of the file.
        ignored: Headings that were not used.
        payload: The bytes read.
    """

    name: str
    rows: tuple[Event, ...]
    ignored: tuple[str, ...]
    payload: bytes


def read_events(path: Path, *, loosely: bool = False) -> Events:
    """Read a file of events, or refuse it with file, line, column and remedy.

    Args:
        path: CSV in UTF-8 with the columns `REQUIRED`.
        loosely: Whether a wave may be dated by its notice alone, a notice by its month, and a
            series in several kinds of period. Delays in periods and leads in days cannot be counted
            then.

    Raises:
        WrongUse: There is no such file.
        BadInput: The file cannot be used as it is.
    """
    payload = bytes_of(path, "give the path of a CSV file of events")
    return parse_events(payload, str(path), loosely=loosely)


def parse_events(payload: bytes, name: str, *, loosely: bool = False) -> Events:
    r"""Read events from the bytes of a file; see `read_events`.

    >>> heading = b"series,type,first_period,period_cum5,official_notice\n"
    >>> parse_events(heading + b"x,new,2019-03,2019-05,2019-11-20\n", "events.csv").rows[0].notice
    datetime.date(2019, 11, 20)
    """
    table = read_strict(payload, name, REQUIRED, ())
    rows: list[Event] = []
    seen: dict[tuple[str, Period | None], int] = {}
    kinds: dict[str, PeriodKind] = {}
    for row, line in zip(range(table.n_rows), table.lines(), strict=True):
        event = _event(table, row, line, loosely=loosely)
        key = (event.series, event.first or event.noticed)
        if key in seen:
            raise table.refuse(
                row,
                "first_period",
                f"series {event.series!r} has the same event already on line {seen[key]}",
                why="an event that stands twice would be counted twice",
                do="keep one of the rows",
            )
        if not loosely:
            _check_kind(table, row, event, kinds)
        seen[key] = event.line
        rows.append(event)
    return Events(name, tuple(rows), table.ignored, payload)


def _check_kind(table: StrictCsv, row: int, event: Event, kinds: dict[str, PeriodKind]) -> None:
    """Refuse a series whose events are dated in two kinds of period."""
    if event.first and kinds.setdefault(event.series, event.first.kind) != event.first.kind:
        raise table.refuse(
            row,
            "first_period",
            f"{event.first} is a {event.first.kind} where the series began with a "
            f"{kinds[event.series]}",
            do="write all events of a series in its own kind of period",
        )


def _event(table: StrictCsv, row: int, line: int, *, loosely: bool) -> Event:
    series, kind = (_needed(table, row, column) for column in ("series", "type"))
    first, fifth = (_period(table, row, column) for column in ("first_period", "period_cum5"))
    noticed = _noticed(table, row, loosely=loosely)
    notice = noticed.start if noticed else None
    event = Event(series, kind, first, fifth, notice, line, noticed)
    dated = loosely and (fifth or noticed)
    if first is None and not dated and (event.is_wave or fifth is not None):
        raise table.refuse(
            row,
            "first_period",
            f"an event of type {kind!r} has no first period",
            why="whether an alarm came in time cannot be said without it",
            do=f"write it, or give the type one of {', '.join(NO_WAVE)}",
        )
    if first and fifth and (fifth < first if fifth.kind is first.kind else not loosely):
        raise table.refuse(
            row,
            "period_cum5",
            f"{fifth} for the fifth case is before the first, {first}, or another kind of period",
            do="write the period by which five cases had been counted, or leave it empty",
        )
    return event


def _text(table: StrictCsv, row: int, column: str) -> str:
    given = table.columns[column]
    return given.texts[int(given.codes[row])]


def _needed(table: StrictCsv, row: int, column: str) -> str:
    text = _text(table, row, column)
    if not text:
        raise table.refuse(row, column, f"the {column} is empty", do=f"write the {column}")
    return text


def _period(table: StrictCsv, row: int, column: str) -> Period | None:
    text = _text(table, row, column)
    try:
        return Period.parse(text) if text else None
    except BadInput as error:
        raise table.refuse(row, column, error.what, do=error.do) from error


def _noticed(table: StrictCsv, row: int, *, loosely: bool) -> Period | None:
    text = _text(table, row, "official_notice")
    try:
        found = Period.parse(text) if text else None
    except BadInput as error:
        raise table.refuse(row, "official_notice", error.what, do=_DAY) from error
    if found is None or loosely or found.kind is PeriodKind.DAY:
        return found
    raise table.refuse(
        row,
        "official_notice",
        f"{text} is a {found.kind}, not a day",
        why="a lead counted in days needs the day of the notice",
        do=_DAY,
    )


_DAY = "write the day of the notice as 2019-11-20, or leave the cell empty"

"""The judge step: each monitor's detector over the series it watches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya import detection
from atalaya.detection import Detector, Judgement
from atalaya.evidence.toml_files import read_toml, validated
from atalaya.model.errors import BadInput, Place
from atalaya.model.identifiers import canonical_json, record_ids
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.periods import Period
from atalaya.model.tables import VERDICTS
from atalaya.pipeline.carrying import Carriers
from atalaya.pipeline.defects import NO_DOUBTS, Doubts
from atalaya.pipeline.watched import children, pools
from atalaya.series.panel import Panel
from atalaya.series.panels import panels

_ALARM: Mapping[int, bool | None] = {1: True, 0: False, -1: None}
Finish = Callable[[Mapping[str, object]], dict[str, object]]
_ROWS_A_BATCH = 50_000  # bounds memory: a verdict with its window is about 1 kB as Python objects


def load_monitors(folder: Path) -> tuple[MonitorDeclaration, ...]:
    """Read every ``monitors/<slug>.toml``, ordered by slug.

    Raises:
        BadInput: A file is not understood, or its name is not its slug; with file and line.
        WrongUse: It names a detector or parameter that does not exist.
    """
    found = []
    for path in sorted(folder.glob("*.toml")):
        monitor = validated(MonitorDeclaration, read_toml(path))
        if monitor.slug != path.stem:
            raise BadInput(
                f"the slug {monitor.slug!r} is not the file's name",
                do=f"name the file {monitor.slug}.toml or correct the slug",
                where=Place(str(path)),
            )
        detection.find(monitor.detector, monitor.parameters)
        found.append(monitor)
    return tuple(found)


def judge(
    series: pa.Table,
    monitors: Sequence[MonitorDeclaration],
    doubts: Doubts = NO_DOUBTS,
) -> pa.Table:
    """Judge what the monitors watch.

    Args:
        series: Table with the schema ``model.tables.SERIES``.
        monitors: Which series, which detector, which parameters.
        doubts: Which alarms must say that they may come of a change in testing.

    Returns:
        Table with the schema ``model.tables.VERDICTS``, a row for every period from the monitor's
        ``since`` on, gaps included (not assessed, with the reason). Parents are judged beside their
        children and change no verdict on these; the reason of an alarm on one names the child that
        carries it.

    Raises:
        BadInput: Two monitors let one detector judge the same series.
    """
    _refuse_twice(series, monitors)
    known = _observations(series)
    batches = [
        batch
        for monitor in monitors
        for panel in panels(children(series, monitor.series))
        for batch in _verdicts(panel, monitor, known, doubts.add_to)
    ]
    for monitor in monitors:
        for pool in pools(series, monitor):
            carriers = Carriers(pool, doubts, _detector(monitor).looks_back)
            for panel in panels(pool.series):
                batches += _verdicts(panel, monitor, known, carriers.of(panel), pool.members)
    return pa.Table.from_batches(batches, schema=VERDICTS)


def _refuse_twice(series: pa.Table, monitors: Sequence[MonitorDeclaration]) -> None:
    """Refuse two answers of one detector about one period: nobody could tell which one holds."""
    judging: dict[tuple[str, str], str] = {}
    for monitor in monitors:
        for key in _judged(series, monitor):
            other = judging.setdefault((key, monitor.detector), monitor.slug)
            if other != monitor.slug:
                raise BadInput(
                    f"the monitors {other} and {monitor.slug} both let {monitor.detector} judge "
                    f"{key}",
                    why="a verdict is named by its series, detector and period, so there is one",
                    do="narrow [series] of one of them, or give it another detector",
                    where=Place(f"monitors/{monitor.slug}.toml", column="series"),
                )


def _judged(series: pa.Table, monitor: MonitorDeclaration) -> Iterator[str]:
    """Give the key of every series a monitor judges."""
    yield from children(series, monitor.series)["series"].unique().to_pylist()
    for pool in pools(series, monitor):
        yield from pool.members


def _detector(monitor: MonitorDeclaration) -> Detector:
    return detection.find(monitor.detector, monitor.parameters)


@dataclass(frozen=True, slots=True)
class _Observation:
    """What a verdict needs to know of an observation it rests on."""

    id: str
    observed: bool


def _observations(series: pa.Table) -> dict[tuple[str, str], _Observation]:
    """(series, period) -> the observation."""
    columns = (series[name].to_pylist() for name in ("series", "period", "id", "status"))
    return {
        (key, period): _Observation(name, status == "observed")
        for key, period, name, status in zip(*columns, strict=True)
    }


def _verdicts(
    panel: Panel,
    monitor: MonitorDeclaration,
    observations: Mapping[tuple[str, str], _Observation],
    finished: Finish,
    only: Collection[str] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Judge a panel; ``finished`` has the last word on a verdict, ``only`` names what is given."""
    detector = _detector(monitor)
    since = max(Period.parse(monitor.since) - panel.first, 0) if monitor.since else 0
    judgement = detector.judge(panel, since)
    periods = [str(panel.first + step) for step in range(panel.n_periods)]
    rows: list[dict[str, object]] = []
    for row, key in enumerate(panel.series):
        if only is not None and key not in only:
            continue
        seen = [observations.get((key, period)) for period in periods]
        windows = _windows(seen, detector.looks_back)
        rows += map(finished, _of_one_series(panel, judgement, row, windows))
        if len(rows) >= _ROWS_A_BATCH:
            yield named(rows)
            rows = []
    if rows:
        yield named(rows)


def _windows(seen: Sequence[_Observation | None], looks_back: int) -> list[list[str]]:
    """For each period, the observations its verdict rests on, its own first, then newest first."""
    windows: list[list[str]] = []
    before: list[str] = []
    for one in seen:
        here = [] if one is None else [one.id]
        windows.append(here + before[: looks_back - 1])
        if one is not None and one.observed:
            before.insert(0, one.id)
    return windows


def _of_one_series(
    panel: Panel, judgement: Judgement, row: int, windows: Sequence[list[str]]
) -> Iterator[dict[str, object]]:
    key = panel.series[row]
    for column in range(judgement.alarm.shape[1]):
        place = judgement.since + column
        said: dict[str, object] = {
            "series": key,
            "period": str(panel.first + place),
            "detector": judgement.detector,
            **{
                name: _number(getattr(judgement, name)[row, column])
                for name in ("observed", "expected", "threshold", "statistic", "p_value")
            },
            "alarm": _ALARM[int(judgement.alarm[row, column])],
            "reason": judgement.sentence(row, column),
        }
        yield said | {"made_from": windows[place]}


def named(rows: Sequence[dict[str, object]]) -> pa.RecordBatch:
    """Name verdicts by their content, as ``record_id`` would, many at a time.

    Each distinct value is written as canonical JSON once; a test holds the names equal.
    """
    written: dict[tuple[type, object], str] = {}

    def piece(value: object) -> str:
        key = (type(value), value)  # True and 1.0 are equal, and are written differently
        if key not in written:
            written[key] = canonical_json(value).decode()
        return written[key]

    contents = (
        "{"
        + ",".join(
            f'"{key}":[{",".join(map(piece, row[key]))}]'  # type: ignore[call-overload]
            if key == "made_from"
            else f'"{key}":{piece(row[key])}'
            for key in sorted(row)
        )
        + "}"
        for row in rows
    )
    ids = record_ids("verdict", contents)
    return pa.RecordBatch.from_pylist(
        [{"id": name, **row} for name, row in zip(ids, rows, strict=True)], schema=VERDICTS
    )


def _number(value: float) -> float | None:
    return None if value != value else float(value)  # noqa: PLR0124 - NaN is not itself


def rejudger(series: pa.Table, monitors: Sequence[MonitorDeclaration]) -> Rejudge:
    """Give a function that judges one series again with other counts.

    It answers what an alarm would tell of a hidden count: if other counts raise the same alarms,
    the alarm does not tell them apart.

    Args:
        series: Table with the schema ``model.tables.SERIES``.
        monitors: Who judges what.

    Returns:
        ``(key, detector, variants) -> alarms``: a variant is changed period -> count; of each, the
        periods with an alarm.
    """

    @cache  # most releases never ask
    def judging() -> dict[tuple[str, str], MonitorDeclaration]:
        return {(key, one.detector): one for one in monitors for key in _judged(series, one)}

    def rejudge(
        key: str, detector: str, variants: Sequence[Mapping[str, float | None]]
    ) -> Sequence[frozenset[str]]:
        rows = series.filter(pc.equal(series["series"], key))
        (panel,) = panels(rows)
        judgement = _detector(judging()[key, detector]).judge(_varied(panel, variants))
        return [
            frozenset(str(panel.first + int(column)) for column in np.flatnonzero(row == 1))
            for row in judgement.alarm
        ]

    return rejudge


Rejudge = Callable[[str, str, Sequence[Mapping[str, float | None]]], Sequence[frozenset[str]]]


def _varied(panel: Panel, variants: Sequence[Mapping[str, float | None]]) -> Panel:
    """One row a variant of a panel's only series."""
    number = len(variants)
    counts = np.repeat(panel.counts, number, axis=0)
    for row, changes in enumerate(variants):
        for period, count in changes.items():
            counts[row, Period.parse(period) - panel.first] = np.nan if count is None else count
    population = None if panel.population is None else np.repeat(panel.population, number, axis=0)
    return Panel(
        series=tuple(f"variant {row}" for row in range(number)),
        first=panel.first,
        counts=counts if population is None else np.fmin(counts, population),
        population=population,
        gaps=None if panel.gaps is None else np.repeat(panel.gaps, number, axis=0),
    )

"""``atalaya judge``: a person's file of counts in, a file of verdicts out, nothing half-written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from atalaya import detection
from atalaya.detection import Detector
from atalaya.evidence.durable import replacing
from atalaya.findings.signals import CARRIED
from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.periods import Period
from atalaya.pipeline.verdict_file import COLUMNS, Part, append, verdicts
from atalaya.reading.counts import read_counts
from atalaya.series.panel import Panel
from atalaya.series.panels import GivenPanel, panel_of
from atalaya.series.pooling import Pool, carriers, pooled


@dataclass(frozen=True, slots=True)
class JudgeSummary:
    """What a run of ``atalaya judge`` did, for the person who ran it.

    Args:
        output: The file written.
        series: Number of series.
        first: First period judged, printed.
        last: Last period judged, printed.
        rows: Verdicts written.
        alarms: Verdicts that are alarms.
        not_assessed: Verdicts that are neither alarm nor no alarm.
        detectors: Each detector used, and why it was.
        filled: Missing rows read as an observed zero, at any period.
        ignored: Columns of the input that were not used.
    """

    output: Path
    series: int
    first: str
    last: str
    rows: int
    alarms: int
    not_assessed: int
    detectors: Mapping[str, str]
    filled: int
    ignored: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """Give it as one row, for programs."""
        return asdict(self) | {"output": str(self.output), "detectors": dict(self.detectors)}

    def lines(self) -> Iterator[str]:
        """Say in sentences what was done."""
        yield (
            f"{self.output}: {self.rows} verdicts on {self.series} series from {self.first} to "
            f"{self.last}, {self.alarms} alarms, {self.not_assessed} not assessed"
        )
        for name, because in self.detectors.items():
            yield f"{name}: {because}"
        if self.filled:
            yield f"{self.filled} rows that were not there were read as zeros"
        if self.ignored:
            yield f"columns not used: {', '.join(self.ignored)}"


@dataclass(frozen=True, slots=True)
class JudgeOptions:
    """What ``atalaya judge`` may be told beside its files.

    Args:
        detector: Name of a detector, or None for the one recommended for each series.
        parameters: Its parameters by name, as text.
        since: First period to judge; earlier ones are history only.
        fill_zero: Whether a missing row is an observed zero; see `series.panels.panel_of`.
        pool: Column that names a group of each series; groups are judged too, after the series.
    """

    detector: str | None = None
    parameters: Mapping[str, str] | None = None
    since: str | None = None
    fill_zero: bool = False
    pool: str | None = None


def judge_file(
    input: Path,  # noqa: A002 - named as the command's option
    output: Path,
    asked: JudgeOptions | None = None,
) -> JudgeSummary:
    """Judge a file of counts and write one verdict for every period given.

    Args:
        input: CSV ``series,period,count[,population][,source]``; see `reading.counts`.
        output: CSV to write, with the columns `COLUMNS`: series in the order in which they first
            appear, each one's periods ascending. Missing numbers are empty. Rows filled by
            ``fill_zero`` are periods given.
        asked: What else was asked for.

    Returns:
        What was done.

    Raises:
        WrongUse: A file, detector, parameter or period that does not exist was asked for.
        BadInput: The input cannot be used. In both cases nothing has been written.
        TryLater: The output could not be written; what was there before is still there.
    """
    wanted = asked or JudgeOptions()
    chosen = wanted.detector and detection.find(wanted.detector, wanted.parameters)
    if not chosen and wanted.parameters:
        raise WrongUse(
            f"{', '.join(wanted.parameters)} set without a detector",
            do="name the detector whose parameters these are with --detector",
        )
    if input.resolve() == output.resolve():
        raise WrongUse(f"{output} is the input", do="write the verdicts to another file")
    rows = read_counts(input, wanted.pool)
    children = panel_of(rows, fill_zero=wanted.fill_zero)
    table, pool = _with_parents(children, rows.groups)
    start = _start(wanted.since, table)
    parts, why = _parts(table.panel, start, chosen or None)
    parts = tuple(_carried(part, children.panel, pool) for part in parts)
    with replacing(output) as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for block in verdicts(table, start, parts):
            append(block, file)
    return _summary(output, table, start, (parts, why), rows.ignored)


def _with_parents(
    table: GivenPanel, groups: tuple[str | None, ...] | None
) -> tuple[GivenPanel, Pool | None]:
    if groups is None:
        return table, None
    pool = pooled(table.panel, groups)
    given = np.array([table.given[rows].any(axis=0) for rows in pool.members], bool)
    whole = np.concatenate([table.given, given.reshape(-1, table.panel.n_periods)])
    return GivenPanel(table.panel.beside(pool.panel), whole, table.filled), pool


def _carried(part: Part, children: Panel, pool: Pool | None) -> Part:
    """Say in a parent's alarm which child carries it."""
    if pool is None:
        return part
    index, place = part.index.copy(), {text: at for at, text in enumerate(part.sentences)}
    for row, parent in enumerate(part.rows - len(children.series)):
        if parent < 0:
            continue
        child = carriers(children, pool.members[parent])[part.judgement.since :]
        for at in np.flatnonzero(part.judgement.alarm[row] == detection.ALARM):
            carried = f"{CARRIED}{children.series[child[at]]}"
            said = part.sentences[part.index[row, at]] + carried
            index[row, at] = place.setdefault(said, len(place))
    return Part(part.rows, part.judgement, index, tuple(place))


def column_of(since: str | None, panel: Panel) -> int:
    """Give the column of the first period to judge, as ``--from`` names it.

    Raises:
        WrongUse: It is no period, or of another kind than those of the panel.
    """
    if since is None:
        return 0
    try:
        asked = Period.parse(since)
    except BadInput as error:
        raise WrongUse(f"--from {error.what}", do=error.do) from error
    if asked.kind is not panel.first.kind:
        raise WrongUse(
            f"--from {since} is a {asked.kind} where the counts are of {panel.first.kind}s",
            do=f"name one of {panel.first} to {panel.last}",
        )
    return min(max(asked - panel.first, 0), panel.n_periods)


def _start(since: str | None, table: GivenPanel) -> int:
    panel = table.panel
    start = column_of(since, panel)
    if not table.given[:, start:].any():
        raise WrongUse(
            f"there is no period from {since} on",
            do=f"name one of {panel.first} to {panel.last}",
        )
    return start


def _parts(
    panel: Panel, start: int, chosen: Detector | None
) -> tuple[tuple[Part, ...], Mapping[str, str]]:
    if chosen is not None:
        everything = np.arange(len(panel.series))
        return (_part(panel, everything, start, chosen),), {chosen.name: "asked for"}
    advice = detection.recommend(panel, start)
    names = np.array(advice.names)
    parts = tuple(
        _part(panel, np.flatnonzero(names == name), start, detection.find(name))
        for name in advice.why
    )
    return parts, advice.why


def _part(panel: Panel, rows: NDArray[np.intp], start: int, detector: Detector) -> Part:
    whole = len(rows) == len(panel.series)
    judgement = detector.judge(panel if whole else panel.take(rows), start)
    return Part(rows, judgement, *judgement.sentences())


def _summary(
    output: Path,
    table: GivenPanel,
    start: int,
    judged: tuple[tuple[Part, ...], Mapping[str, str]],
    ignored: tuple[str, ...],
) -> JudgeSummary:
    parts, why = judged
    given, panel = table.given[:, start:], table.panel
    states = [part.judgement.alarm[given[part.rows]] for part in parts]
    periods = np.flatnonzero(given.any(axis=0)) + start
    return JudgeSummary(
        output=output,
        series=len(panel.series),
        first=str(panel.first + int(periods[0])),
        last=str(panel.first + int(periods[-1])),
        rows=int(given.sum()),
        alarms=sum(int((state == detection.ALARM).sum()) for state in states),
        not_assessed=sum(int((state == detection.NOT_ASSESSED).sum()) for state in states),
        detectors=why,
        filled=table.filled,
        ignored=ignored,
    )

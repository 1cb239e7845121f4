"""The scorecard of an observatory: its monitors scored against what it keeps as having happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from atalaya import detection
from atalaya.findings.backtesting import Known, Scorecard
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.periods import Period
from atalaya.model.settings import Folder
from atalaya.pipeline.backtesting import Contender, Data, observatory, scored, unambiguous
from atalaya.reading.events import Events, read_events

PLAIN = "emergence_plain"  # beside whatever an observatory uses, so that scorecards compare


def truth_of(folder: Folder) -> Path:
    """Give the file in which an observatory keeps what happened in its series."""
    return folder.monitors / "events.csv"


def own_scorecard(
    folder: Folder,
    monitors: Sequence[MonitorDeclaration],
    kept_back: AbstractSet[str] = frozenset(),
) -> Scorecard | None:
    """Score an observatory against its own file of events.

    Args:
        folder: The observatory; the file is ``monitors/events.csv``.
        monitors: Its monitors; `PLAIN` is always scored beside their detectors.
        kept_back: Sources of which nothing leaves the observatory: their events are left out.

    Returns:
        The scorecard; None where there is no such file, or none of its series is there: a source
        that fails never stops the others.

    Raises:
        BadInput: The file cannot be used.
    """
    truth = truth_of(folder)
    if not truth.is_file():
        return None
    data, events = _without(observatory(folder), read_events(truth), kept_back)
    there = _named(data.panels)
    if not any(event.series in there for event in events.rows):
        return None
    return scored(data, events, tuple(contenders(monitors)), registered=True)


def _without(data: Data, events: Events, kept_back: AbstractSet[str]) -> tuple[Data, Events]:
    """Leave out some sources, with their events."""
    free = [each for each in data.panels if not kept_back & set(each[-1].panel.sources or ())]
    named, open_ = _named(data.panels), set(_named(free).values())
    rows = [one for one in events.rows if named.get(one.series) in {None, *open_}]
    return replace(data, panels=tuple(free)), replace(events, rows=tuple(rows))


def _named(panels: Sequence[Sequence[Known]]) -> dict[str, str]:
    return unambiguous([name for each in panels for name in each[-1].panel.series])


def contenders(monitors: Sequence[MonitorDeclaration]) -> Iterator[Contender]:
    """Give each detector as the monitors use it, then `PLAIN` unless a monitor uses just that.

    Monitors that use one detector in the same way are scored once. Where they use it in different
    ways the scorecard names the monitor too.
    """
    ways: dict[tuple[str, tuple[tuple[str, str], ...], str | None], MonitorDeclaration] = {}
    for one in monitors:
        way = (one.detector, tuple(sorted(one.parameters.items())), one.since)
        ways.setdefault(way, one)
    plain = (PLAIN, (), None)
    used = Counter(name for name, _, _ in {**ways, plain: None})
    for (name, parameters, since), monitor in ways.items():
        yield Contender(
            name if used[name] == 1 else f"{name} ({monitor.slug})",
            detection.find(name, dict(parameters)),
            Period.parse(since) if since else None,
        )
    if plain not in ways:
        yield Contender(PLAIN, detection.find(PLAIN))

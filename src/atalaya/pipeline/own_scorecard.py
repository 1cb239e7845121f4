"""The scorecard of an observatory: its monitors scored against what it keeps as having happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from atalaya import detection
from atalaya.findings.backtesting import Known, Scorecard
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.periods import Period
from atalaya.model.settings import Folder
from atalaya.pipeline.backtesting import Contender, Data, observatory, scored, unambiguous
from atalaya.publishing.disclosure import hiding_sources
from atalaya.publishing.places import is_national
from atalaya.reading.events import Events, read_events

PLAIN = "emergence_plain"  # beside whatever an observatory uses, so that scorecards compare


def truth_of(folder: Folder) -> Path:
    """Give the file in which an observatory keeps what happened in its series."""
    return folder.monitors / "events.csv"


def own_scorecard(
    folder: Folder,
    monitors: Sequence[MonitorDeclaration],
    leaving_out: AbstractSet[str] = frozenset(),
) -> Scorecard | None:
    """Score an observatory against its own file of events.

    Args:
        folder: The observatory; the file is ``monitors/events.csv``.
        monitors: Its monitors; `PLAIN` is always scored beside their detectors.
        leaving_out: Sources that are not judged, and whose events are left out.

    Returns:
        The scorecard; None where there is no such file, or none of its series is there: a source
        that fails never stops the others.

    Raises:
        BadInput: The file cannot be used.
    """
    truth = truth_of(folder)
    if not truth.is_file():
        return None
    data, events = _without(observatory(folder), read_events(truth), leaving_out)
    there = _named(data.panels)
    if not any(event.series in there for event in events.rows):
        return None
    return scored(data, events, tuple(contenders(monitors)), registered=True)


def kept_back(declarations: Iterable[SourceDeclaration]) -> frozenset[str]:
    """Give the sources of which a published scorecard tells nothing.

    Those that may only be linked; and those about people below national level whose publisher does
    not give out every record: their alarms are not published (R3), and "found" says that there was
    one between the first and the fifth case.
    """
    known = tuple(declarations)
    hiding = hiding_sources(known)
    return frozenset(
        one.slug
        for one in known
        if not one.licence.redistribute
        or (one.slug in hiding and one.published_records is None and not _national(one))
    )


def _national(one: SourceDeclaration) -> bool:
    """Whether every count of a source is declared to be of a country or more."""
    said = [table.territory for table in one.table if table.record == "counts"]
    return all(is_national(one.territory if place is None else place.value) for place in said)


def _without(data: Data, events: Events, sources: AbstractSet[str]) -> tuple[Data, Events]:
    """Leave out some sources, with their events."""
    free = [each for each in data.panels if not sources & set(each[-1].panel.sources or ())]
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

"""``atalaya backtest``: detectors scored on what was known at each date against dated events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from atalaya import __version__, detection
from atalaya.detection import DETECTORS, Detector
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.durable import write_file
from atalaya.evidence.sources import load_sources
from atalaya.findings.backtesting import Known, Replay, Scorecard, replay, scorecard
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput, Place, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Capture
from atalaya.model.settings import Folder
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.editions import counted_on, days
from atalaya.pipeline.judging import column_of
from atalaya.pipeline.store import path_of, read_table
from atalaya.reading.counts import parse_counts
from atalaya.reading.events import Event, Events, read_events
from atalaya.reading.missing import bytes_of
from atalaya.registers import notices, substances
from atalaya.series.mentions import without_mentions
from atalaya.series.panel import Panel
from atalaya.series.panels import panel_of, panels
from atalaya.series.parents import is_parent


@dataclass(frozen=True, slots=True)
class Asked:
    """What a back-test is told beside its data.

    Args:
        detectors: Names; empty for all.
        parameters: As given to ``--set``; only with one detector.
        lag_days: For a person's own counts: how long after a period its reports arrive.
        fill_zero: For a person's own counts: an absent row is an observed zero.
        since: First period judged; earlier ones are history only. None: the first there is.
        registered: Take the first official notice from the register where the truth names none.
    """

    detectors: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    lag_days: int = 0
    fill_zero: bool = False
    since: str | None = None
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Data:
    """What is judged: for each panel its editions, oldest first."""

    name: str
    sha256: str
    panels: tuple[tuple[Known, ...], ...]


def backtest(data: Data, truth: Path, output: Path, asked: Asked) -> Scorecard:
    """Score detectors and write the scorecard.

    Args:
        data: From `own_counts` or `observatory`.
        truth: CSV ``series,type,first_period,period_cum5,official_notice``.
        output: The scorecard to write, JSON.
        asked: Detectors and rules.

    Raises:
        WrongUse: A file, detector or parameter that does not exist was asked for.
        BadInput: A file cannot be used; nothing has been written.
        TryLater: The output could not be written; what was there before is still there.
    """
    if truth.resolve() == output.resolve():
        raise WrongUse(f"{output} is the truth", do="write the scorecard to another file")
    events = read_events(truth)
    card = scored(data, events, _contenders(asked, data), registered=asked.registered)
    write_file(output, card.text())
    return card


@dataclass(frozen=True, slots=True)
class Contender:
    """A detector that is to be scored.

    Args:
        name: What the scorecard calls it.
        detector: The detector, with its parameters.
        since: First period judged; earlier ones are history only. None: the first there is.
    """

    name: str
    detector: Detector
    since: Period | None = None

    def start(self, panel: Panel) -> int:
        """Give the column of a panel from which on it judges; a period of another kind is none."""
        if self.since is None or self.since.kind is not panel.first.kind:
            return 0
        return min(max(self.since - panel.first, 0), panel.n_periods)


def scored(
    data: Data, events: Events, contenders: Sequence[Contender], *, registered: bool = False
) -> Scorecard:
    """Let detectors judge the data and score them; reads and writes nothing.

    Args:
        data: What is judged.
        events: What happened.
        contenders: Who judges; their names differ.
        registered: Take the first official notice from the register where the truth names none.

    Raises:
        BadInput: An event stands in no series, or in another kind of period.
    """
    rows = _placed(events, data)
    data = _touched(data, {event.series for event in rows})
    if registered:
        rows = [_with_notice(event) for event in rows]
    replays = {
        one.name: [_replayed(one, editions) for editions in data.panels] for one in contenders
    }
    return scorecard(replays, rows, _about(data, events, contenders))


def _replayed(one: Contender, editions: Sequence[Known]) -> Replay:
    found = replay(one.detector, editions, one.start(editions[-1].panel))
    return replace(found, detector=one.name)


def own_counts(path: Path, asked: Asked) -> Data:
    """Read a person's own counts, as ``atalaya judge`` reads them.

    Raises:
        WrongUse: There is no such file.
        BadInput: It cannot be used.
    """
    payload = bytes_of(path, "give the path of a CSV file")
    table = panel_of(parse_counts(payload, str(path)), fill_zero=asked.fill_zero)
    known = Known(table.panel, None, asked.lag_days)
    return Data(path.name, sha256_hex(payload), ((known,),))


def observatory(folder: Folder) -> Data:
    """Give the series of an observatory, each source with its dated editions.

    Raises:
        LookAtThis: The tables are not there yet.
        StopEverything: A capture's bytes are not what was archived.
    """
    declarations = {one.slug: one for one in load_sources(folder.sources)}
    store = CaptureStore(folder.evidence)
    captures = logged_captures(store.all())
    table = without_mentions(read_table(folder.tables, "series"))
    table = table.filter(pc.invert(is_parent(table)))  # scored is what the sources count
    found = []
    for panel in panels(table):
        assert panel.sources is not None  # the panels of a table name their source
        source = declarations[str(panel.sources[0])]
        lag = source.reporting.lag_days
        earlier = tuple(
            Known(each, at, lag) for at, each in _earlier(source, captures, store, panel.first.kind)
        )
        moments = [one.known_at for one in captures if one.source == source.slug]
        found.append((*earlier, Known(panel, max(moments).date() if earlier else None, lag)))
    sums = sha256_hex(path_of(folder.tables, "series").read_bytes())
    return Data(folder.root.resolve().name, sums, tuple(found))


def _earlier(
    source: SourceDeclaration, captures: Sequence[Capture], store: CaptureStore, kind: PeriodKind
) -> Iterator[tuple[date, Panel]]:
    """Read what each edition of a source but the newest said, oldest first."""
    before = days(source, captures)[:-1]
    for day, series in counted_on(source, captures, store, before):
        for panel in panels(series):
            if panel.first.kind is kind:
                yield day, panel


def _contenders(asked: Asked, data: Data) -> tuple[Contender, ...]:
    if asked.parameters and len(asked.detectors) != 1:
        raise WrongUse(
            f"{', '.join(asked.parameters)} set without one detector",
            do="name the one detector whose parameters these are with --detector",
        )
    for editions in data.panels:
        column_of(asked.since, editions[-1].panel)  # refuses a period of another kind
    since = Period.parse(asked.since) if asked.since else None
    names = dict.fromkeys(asked.detectors or [one.name for one in DETECTORS])
    return tuple(Contender(name, detection.find(name, asked.parameters), since) for name in names)


def _placed(events: Events, data: Data) -> list[Event]:
    """Check that every event stands in a series that is there, in its kind of period."""
    kinds = {
        name: editions[-1].panel.first.kind
        for editions in data.panels
        for name in editions[-1].panel.series
    }
    known = unambiguous(list(kinds))
    rows = []
    for event in events.rows:
        series = known.get(event.series)
        where = Place(events.name, event.line, "series")
        if series is None:
            near = get_close_matches(event.series, list(known), n=1)
            raise BadInput(
                f"there is no series {event.series!r} in {data.name}",
                why="an event that is left out would not be counted as missed",
                do=f"did you mean {near[0]!r}?" if near else "write the series as the data name it",
                where=where,
            )
        if event.first and event.first.kind is not kinds[series]:
            raise BadInput(
                f"{event.first} is a {event.first.kind}; the series counts by {kinds[series]}",
                do="write the event in the period of its series",
                where=Place(events.name, event.line, "first_period"),
            )
        rows.append(replace(event, series=series))
    return rows


def _touched(data: Data, named: set[str]) -> Data:
    """Leave out the panels of which the truth names no series: nothing is known of them."""
    kept = [each for each in data.panels if named & set(each[-1].panel.series)]
    return replace(data, panels=tuple(kept))


def unambiguous(keys: Sequence[str]) -> dict[str, str]:
    """Give what may be written for each series: its key, or its substance where that is one."""
    short: dict[str, list[str]] = {}
    for key in keys:
        parts = key.split("/")
        if len(parts) > 1:
            short.setdefault(parts[1], []).append(key)
    return {name: whole[0] for name, whole in short.items() if len(whole) == 1} | {
        key: key for key in keys
    }


def _with_notice(event: Event) -> Event:
    """Enter the first verified notice of the register where the truth names none."""
    if event.notice is not None or not event.is_wave:
        return event
    parts = event.series.split("/")
    name = parts[1] if len(parts) > 1 else parts[0]
    found = substances.load().find(name.replace("-", " ")) or substances.load().find(name)
    notice = None if found is None else notices.load().first(found)
    return event if notice is None else replace(event, notice=notice.date)


def _about(data: Data, events: Events, contenders: Sequence[Contender]) -> dict[str, Any]:
    judged = [editions[-1].panel for editions in data.panels]
    return {
        "software": __version__,
        "data": {
            "name": data.name,
            "sha256": data.sha256,
            "series": sum(len(panel.series) for panel in judged),
            "first": str(min((panel.first for panel in judged), key=lambda one: one.start)),
            "last": str(max((panel.last for panel in judged), key=lambda one: one.end)),
            "editions": max(len(editions) for editions in data.panels),
            "lag_days": max(editions[-1].lag_days for editions in data.panels),
        },
        "truth": {
            "name": Path(events.name).name,
            "sha256": sha256_hex(events.payload),
            "events": len(events.rows),
            "ignored": list(events.ignored),
        },
        "parameters": {one.name: asdict(one.detector.parameters) for one in contenders},
    }

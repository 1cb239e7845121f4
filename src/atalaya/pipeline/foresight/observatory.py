"""What an observatory says now: standing signals, "not assessed", forecasts, deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya import detection
from atalaya.detection.forecasting import COVERAGE, forecast
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.sources import load_sources
from atalaya.findings.episodes import apart
from atalaya.findings.foresight.leaves import Basis
from atalaya.findings.foresight.statements import Interval, Kind, Statement, months
from atalaya.findings.foresight.tokens import Sighting
from atalaya.findings.signals import SourceStanding
from atalaya.model.identifiers import sha256_hex
from atalaya.model.periods import Period
from atalaya.model.records import Checked, Signal, SignalState
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline import store as tables
from atalaya.pipeline.foresight.hiding import hidden_series, silent_series
from atalaya.pipeline.foresight.saying import (
    DECIDED,
    ENDED,
    HIDDEN,
    REPLAYED,
    Said,
    parameters_hash,
    version,
)
from atalaya.pipeline.monitoring import load_monitors
from atalaya.pipeline.reviewing import decisions_of, reviewed
from atalaya.pipeline.signalling import captured, known_signals, last_observed, standings
from atalaya.promises import record
from atalaya.promises.following import matters
from atalaya.registers import territories
from atalaya.series.panels import panels

_OVER = frozenset((SignalState.DISMISSED, SignalState.WITHDRAWN, SignalState.EXPIRED))
_TABLES = ("claims", "series", "verdicts")
_AHEAD = 3  # periods that are forecast
_FIRST_VALUE = timedelta(days=366)  # how long after a forecast period its count may still arrive


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a series."""

    source: str
    subject: str
    territory: str
    newest: Period


@dataclass(frozen=True, slots=True)
class _Observatory:
    """An observatory's tables and what decides which of them may be sealed."""

    folder: Folder
    facts: Mapping[str, _Facts]
    live: Mapping[str, SourceStanding]
    ends: Mapping[str, Period]
    hidden: frozenset[str]
    silent: frozenset[str]
    parameters: Mapping[str, str]
    until: date

    def refusal(self, series: str, *, counts: bool = False) -> str | None:
        """Say why something about a series may not be sealed, or None.

        What may never be published may not be sealed, for it could not be opened. Where a publisher
        gives out the record of every case, an alarm says less than the records (R3).

        Args:
            series: Its key.
            counts: Whether it tells of counts, as an interval does.
        """
        if series in (self.hidden if counts else self.silent):
            return HIDDEN
        live = self.live[self.facts[series].source].mode == "live"
        return None if live else REPLAYED

    def basis(self, series: str, detector: str) -> Basis:
        """What a statement about a series rests on."""
        as_of = self.ends[self.facts[series].source].end
        return Basis(as_of, detector, version(), self.parameters.get(detector, parameters_hash({})))


def say(folder: Folder, settings: Settings, today: date, horizon: int) -> Said:
    """Give what an observatory says now.

    Args:
        folder: The observatory, its tables up to date.
        settings: Where its decisions lie.
        today: The day.
        horizon: Days within which an outcome counts for a signal.
    """
    said = Said(_hashes(folder), _release(folder))
    series = tables.read_table(folder.tables, "series")
    house = _observatory(folder, series, today + timedelta(days=horizon))
    said.live = any(one.mode == "live" for one in house.live.values())
    with decisions_of(folder, settings) as decisions:
        found = reviewed(known_signals(folder), decisions, today)
    _signals(said, house, found)
    _not_assessed(said, house)
    _forecasts(said, house, series)
    _deadlines(said, folder, today)
    return said


def _observatory(folder: Folder, series: pa.Table, until: date) -> _Observatory:
    declarations = load_sources(folder.sources)
    moments = captured(CaptureStore(folder.evidence).all())
    facts = _facts(series)
    return _Observatory(
        folder=folder,
        facts=facts,
        live=standings(declarations, series, moments),
        ends=last_observed(series),
        hidden=hidden_series(series, declarations),
        silent=silent_series(series, declarations),
        parameters=_parameters(folder),
        until=until,
    )


def _facts(series: pa.Table) -> dict[str, _Facts]:
    seen = series.filter(pc.equal(series["status"], "observed"))
    keys = ["series", "source", "subject", "territory", "period"]
    found: dict[str, _Facts] = {}
    for row in seen.group_by(keys).aggregate([]).to_pylist():
        period, known = Period.parse(row["period"]), found.get(row["series"])
        if known is None or known.newest.end < period.end:
            found[row["series"]] = _Facts(row["source"], row["subject"], row["territory"], period)
    return found


def _parameters(folder: Folder) -> dict[str, str]:
    """Detector -> hash of the parameters of every monitor that uses it."""
    used: dict[str, list[Any]] = {}
    for one in load_monitors(folder.monitors):
        found = detection.find(one.detector, one.parameters)
        resolved = {name: str(value) for name, value in asdict(found.parameters).items()}
        used.setdefault(one.detector, []).append({"monitor": one.slug, "parameters": resolved})
    return {name: parameters_hash(found) for name, found in used.items()}


def _signals(said: Said, house: _Observatory, found: Iterable[Signal]) -> None:
    for one in found:
        because = house.refusal(one.series) or _over(one, house)
        if because is not None:
            said.refused[because] += 1
            continue
        statement = Statement(
            kind=Kind.SIGNAL,
            series=one.series,
            subject=one.what,
            territory=one.territory,
            since=one.since,
            period=one.period,
            until=house.until,
            says=one.confidence,
        )
        said.statements.append((house.basis(one.series, one.detector), statement))
        said.seen.update(sightings(statement))


def _over(signal: Signal, house: _Observatory) -> str | None:
    if signal.state in _OVER:
        return DECIDED
    newest, latest = house.facts[signal.series].newest, Period.parse(signal.period)
    # What followed the episode is in the evidence already, so that nothing is foreseen by it.
    return ENDED if newest - latest > apart(latest.kind) else None


def sightings(statement: Statement) -> Iterator[Sighting]:
    """Give what a signal saw: its substance in each month, in its region and in the country."""
    if statement.territory is None:
        return
    known = territories.load()
    places = [statement.territory]
    if known.is_subnational(statement.territory):
        places += [one.id for one in known.ancestors(statement.territory) if one.level == "country"]
    for month in months(statement):
        for place in places:
            yield Sighting(statement.subject, place, month)


def _not_assessed(said: Said, house: _Observatory) -> None:
    verdicts = tables.read_table(house.folder.tables, "verdicts")
    newest: dict[tuple[str, str], Any] = {}
    columns = ["series", "detector", "period", "alarm", "reason"]
    for row in verdicts.select(columns).to_pylist():
        key = row["series"], row["detector"]
        if key not in newest or Period.parse(newest[key]["period"]) < Period.parse(row["period"]):
            newest[key] = row
    for (series, detector), row in newest.items():
        if row["alarm"] is not None or series not in house.facts:
            continue
        because = house.refusal(series)
        if because is not None:
            said.refused[because] += 1
            continue
        facts, period = house.facts[series], row["period"]
        statement = Statement(
            kind=Kind.NOT_ASSESSED,
            series=series,
            subject=facts.subject,
            territory=facts.territory,
            since=period,
            period=period,
            until=house.until,
            says=row["reason"],
        )
        said.statements.append((house.basis(series, detector), statement))


def _forecasts(said: Said, house: _Observatory, series: pa.Table) -> None:
    allowed = [key for key in house.facts if house.refusal(key, counts=True) is None]
    for panel in panels(
        series.filter(pc.is_in(series["series"], value_set=pa.array(allowed, pa.string())))
    ):
        found = forecast(panel, _AHEAD)
        for row, ahead in np.argwhere(~np.isnan(found.lower[:, -1])).tolist():
            key, period = panel.series[row], panel.last + (ahead + 1)
            ends = (float(found.lower[row, -1, ahead]), float(found.upper[row, -1, ahead]))
            facts = house.facts[key]
            statement = Statement(
                kind=Kind.FORECAST,
                series=key,
                subject=facts.subject,
                territory=facts.territory,
                since=str(period),
                period=str(period),
                until=max(house.until, period.end + _FIRST_VALUE),
                interval=Interval(*ends, COVERAGE),
            )
            if period.end <= house.ends[facts.source].end:
                said.refused[REPLAYED] += 1
            else:
                said.statements.append((house.basis(key, "forecast"), statement))


def _deadlines(said: Said, folder: Folder, today: date) -> None:
    """Seal what was promised by a date that has not come, as the record states it."""
    for one in matters(record(tables.read_table(folder.tables, "claims"))):
        asked, due = one.asks, one.by
        if asked is None or due is None or due.end <= today:
            continue  # what was promised for a day gone by is record, and no foresight
        if asked.disputed or asked.checked is not Checked.VERIFIED:
            continue
        statement = Statement(
            kind=Kind.DEADLINE,
            series=f"promise/{one.key}",
            subject=one.resolution.id if one.resolution else one.session,
            territory=asked.territory,
            since=str(due),
            period=str(due),
            until=due.end,
        )
        basis = Basis(today, "promises", version(), parameters_hash({}))
        said.statements.append((basis, statement))


def _hashes(folder: Folder) -> dict[str, str]:
    found = {name: tables.path_of(folder.tables, name) for name in _TABLES}
    return {name: sha256_hex(path.read_bytes()) for name, path in found.items() if path.is_file()}


def _release(folder: Folder) -> str | None:
    manifest = folder.releases / "latest" / "manifest.json"
    return sha256_hex(manifest.read_bytes()) if manifest.is_file() else None

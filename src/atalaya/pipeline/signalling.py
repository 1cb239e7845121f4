"""From the tables to signals: whose evidence is live, which sources copy which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.sources import load_sources
from atalaya.findings.signals import SourceStanding, signals
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.periods import Period
from atalaya.model.records import Capture, Signal
from atalaya.model.settings import Folder
from atalaya.pipeline.store import read_table
from atalaya.series.mentions import without_mentions


def known_signals(folder: Folder) -> tuple[Signal, ...]:
    """Give the signals of the tables as they lie, strongest first, without decisions."""
    declarations = load_sources(folder.sources)
    series = read_table(folder.tables, "series")
    return signals(
        read_table(folder.tables, "verdicts"),
        series,
        standings(declarations, series, captured(CaptureStore(folder.evidence).all())),
    )


def captured(captures: Iterable[Capture]) -> dict[str, datetime]:
    """Slug of a source -> when its newest capture was fetched, UTC."""
    newest: dict[str, datetime] = {}
    for one in captures:
        newest[one.source] = max(newest.get(one.source, one.fetched_at), one.fetched_at)
    return newest


def standings(
    declarations: Iterable[SourceDeclaration],
    series: pa.Table,
    captured_at: Mapping[str, datetime],
) -> dict[str, SourceStanding]:
    """Say of each source whether it is live, and which source it copies.

    Evidence is live when its newest observed period ended at most ``reporting.live_days`` before it
    was fetched, and it was fetched and not shipped with the package: what ships is history.
    """
    ends = last_observed(series)
    return {
        one.slug: SourceStanding(
            one.slug, one.copies or one.slug, _mode(one, ends.get(one.slug), captured_at)
        )
        for one in declarations
    }


def last_observed(series: pa.Table) -> dict[str, Period]:
    """Slug of a source -> the latest period in which anything of it was observed."""
    seen = series.filter(pc.equal(series["status"], "observed"))
    pairs = seen.group_by(["source", "period"]).aggregate([]).to_pylist()
    ends: dict[str, Period] = {}
    for row in pairs:
        period = Period.parse(row["period"])
        known = ends.get(row["source"])
        ends[row["source"]] = max(known, period, key=lambda one: one.end) if known else period
    return ends


def as_of(folder: Folder) -> date | None:
    """Give the last day of the latest period in which anything was observed, or None.

    How often open sources speak of something is no observation of what happens: a newspaper read
    today makes no laboratory's figures of last year late.
    """
    ends = last_observed(without_mentions(read_table(folder.tables, "series")))
    return max((period.end for period in ends.values()), default=None)


def _mode(
    declaration: SourceDeclaration, last: Period | None, captured_at: Mapping[str, datetime]
) -> str:
    shipped = all(address.startswith("package:") for address in declaration.asked)
    at = captured_at.get(declaration.slug)
    if shipped or last is None or at is None:
        return "replay"
    age = at.date() - last.end
    return "live" if age.days <= declaration.reporting.live_days else "replay"

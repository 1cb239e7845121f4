"""Which signed alerts are in doubt: their evidence was retracted, by a reviewer or its publisher.

What an alert was signed on is read again from the archive as it was known then, and compared with
what is known now. It is done once a run and kept in ``tables/``, for whoever asks for alerts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import pyarrow as pa

from atalaya.findings.alerts.doubts import Doubt, doubts_of, fewer_counted, retracted_under
from atalaya.findings.alerts.history import Life, lives
from atalaya.findings.alerts.record import Said
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.leaving_out import still_counting
from atalaya.findings.retractions import Retraction, known_at
from atalaya.model.records import Capture, Signal
from atalaya.model.settings import Folder
from atalaya.model.tables import DOUBTS
from atalaya.pipeline import store as tables
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.house import House
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.tabulating import document_of, newest, read
from atalaya.series.counting import count
from atalaya.series.cutoff import Edition

_TABLE = "doubts"


def known_doubts(folder: Folder) -> tuple[Doubt, ...]:
    """Give the doubts that the last run found; none before the first run."""
    if not tables.path_of(folder.tables, _TABLE).exists():
        return ()
    return tuple(map(Doubt.of, tables.read_table(folder.tables, _TABLE).to_pylist()))


def find_doubts(
    house: House, found: Sequence[Signal], decisions: DecisionStore, now: datetime
) -> tuple[Doubt, ...]:
    """Find the alerts in doubt and keep them in ``tables/``.

    Doubts of alerts that have ended since stay as they were found: their end refers to them.

    Args:
        house: The observatory, its tables up to date.
        found: Every signal of them.
        decisions: Its decisions.
        now: The present moment.
    """
    everything = lives((one.decision for one in decisions.decisions()), now.date())
    standing = [one for one in everything if one.kind == "issued"]
    names = {one.signed.id for one in standing}
    kept = [one for one in known_doubts(house.folder) if one.decision not in names]
    archive = _Archive(house)
    by_name = {one.id: one for one in found}
    made = [
        doubt
        for life in standing
        if life.signed.alert is not None
        for doubt in _doubts(life, archive, by_name.get(life.signed.signal))
    ]
    every = sorted({*kept, *made}, key=lambda one: (one.decision, one.at, one.because))
    rows = [one.row() for one in every]
    tables.write_table(house.folder.tables, _TABLE, pa.Table.from_pylist(rows, schema=DOUBTS))
    return tuple(every)


@dataclass
class _Archive:
    """The evidence of an observatory as it was known at any moment."""

    house: House
    _read: dict[tuple[str, ...], pa.Table] = field(default_factory=dict)

    @cached_property
    def captures(self) -> tuple[Capture, ...]:
        return logged_captures(self.house.store.all())

    @cached_property
    def series(self) -> pa.Table:
        return tables.read_table(self.house.folder.tables, "series")

    def later(self, source: str, moment: datetime) -> list[datetime]:
        """Give when editions of a source came after a moment, in order."""
        own = (one.fetched_at for one in self.captures if one.source == source)
        return sorted({at for at in own if at > moment})

    def known(self, source: str, moment: datetime, retracted: Sequence[Retraction]) -> pa.Table:
        """Count what a source said up to a moment, without what was retracted."""
        own = [one for one in self.captures if one.source == source and one.fetched_at <= moment]
        editions = newest(still_counting(own, retracted))
        key = tuple(sorted([*(one.id for one in editions), *(one.id for one in retracted)]))
        if key not in self._read:
            self._read[key] = self._counted(source, editions, retracted)
        return self._read[key]

    def _counted(
        self, source: str, editions: Sequence[Capture], retracted: Sequence[Retraction]
    ) -> pa.Table:
        said = [one for one in self.house.declarations if one.slug == source]
        claims = read(said, editions, self.house.store, Silent(), retracted).claims
        seen = {document_of(one).id: Edition(one.address, one.fetched_at) for one in editions}
        return count(claims, said, seen).series


def _doubts(life: Life, archive: _Archive, now: Signal | None) -> Iterator[Doubt]:
    said = Said.of((life.signed.alert or {})["said"])
    at, retracted = life.signed.decided_at, archive.house.retracted
    taken = retracted_under(life, retracted)
    if taken:
        before = archive.known(said.source, at, known_at(retracted, at))
        yield from doubts_of(life, taken, now, fewer=fewer_counted(said, before, archive.series))
    corrected = _corrected(said, at, archive, gone=now is None)
    if corrected is not None:
        yield Doubt(life.signed.signal, life.signed.id, corrected, "", now is None)


def _corrected(said: Said, at: datetime, archive: _Archive, *, gone: bool) -> datetime | None:
    """Give when the publisher's editions first held less than the alert was signed on, if so."""
    later = archive.later(said.source, at)
    if not later:
        return None
    retracted = archive.house.retracted
    before = archive.known(said.source, at, retracted)
    if not fewer_counted(said, before, archive.series, anywhere=gone):
        return None
    return next(
        (
            moment
            for moment in later
            if fewer_counted(
                said, before, archive.known(said.source, moment, retracted), anywhere=gone
            )
        ),
        None,
    )

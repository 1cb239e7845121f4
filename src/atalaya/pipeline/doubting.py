"""Which signed alerts are in doubt: their evidence was retracted, by a reviewer or its publisher.

What an alert was signed on is read again from the archive as it was known then, and compared with
what is known now. It is done by each run and each retraction, and kept in ``tables/`` for whoever
asks for alerts. A doubt stays in the table after its ground has come back: that was told as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

from atalaya.findings.alerts.doubts import Doubt, doubts_of, fewer_counted, retracted_under
from atalaya.findings.alerts.history import Life, lives
from atalaya.findings.alerts.record import Said
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reinstatements import Struck
from atalaya.model.errors import BadInput
from atalaya.model.records import Signal
from atalaya.model.settings import Folder
from atalaya.model.tables import DOUBTS
from atalaya.pipeline import store as tables
from atalaya.pipeline.house import House
from atalaya.pipeline.known_then import KnownThen
from atalaya.pipeline.published import content_of, published_signals
from atalaya.pipeline.remembered_doubts import Back, remembered
from atalaya.publishing.opening import latest_release

_TABLE = "doubts"
_MOMENT = timedelta(seconds=1)  # decisions and captures are dated to the second


def known_doubts(folder: Folder) -> tuple[Doubt, ...]:
    """Give the doubts that were found, lifted ones too; none before the first run."""
    if not tables.path_of(folder.tables, _TABLE).exists():
        return ()
    return tuple(map(Doubt.of, tables.read_table(folder.tables, _TABLE).to_pylist()))


def find_doubts(
    house: House, found: Sequence[Signal], decisions: DecisionStore, now: datetime
) -> tuple[Doubt, ...]:
    """Find the alerts in doubt, and those out of it again, and keep them in ``tables/``.

    Doubts of alerts that have ended since stay as they were found: their end refers to them.

    Args:
        house: The observatory, its tables up to date.
        found: Every signal of them.
        decisions: Its decisions.
        now: The present moment.
    """
    everything = lives((one.decision for one in decisions.decisions()), now.date())
    standing = {one.signed.id: one for one in everything if one.kind == "issued"}
    whole = not tables.path_of(house.folder.tables, _TABLE).exists()
    known = known_doubts(house.folder)
    every = [one for one in known if one.decision not in standing]
    archive, signals = KnownThen(house), {one.id: one for one in found}
    rows = published_signals(latest_release(house.folder.releases))
    for name, life in standing.items():
        try:
            said = Said.of(content_of(life.signed, house.folder.releases, rows)["said"])
        except BadInput:  # in no release: it is on no channel, and is named as left out
            continue
        mine = [one for one in known if one.decision == name]
        scan = whole or any(not one.because and one.lifted_at is None for one in mine)
        alert = _Standing(life, said, archive, signals.get(life.signed.signal), scan)
        every += remembered(mine, tuple(alert.doubts()), archive.newest, alert.back)
    every.sort(key=lambda one: one.key)
    kept = pa.Table.from_pylist([one.row() for one in every], schema=DOUBTS)
    tables.write_table(house.folder.tables, _TABLE, kept)
    return tuple(every)


@dataclass(frozen=True, slots=True)
class _Standing:
    """An alert that stands.

    Args:
        life: Its life.
        said: What it says.
        archive: The evidence as it was known.
        now: Its signal as it stands, or None where no alarm is left.
        scan: Whether every edition since is read, also where the newest holds all: after a doubt of
            the publisher's doing, and where the table of doubts was deleted. Each edition was the
            newest of a run, so that nothing told is lost.
    """

    life: Life
    said: Said
    archive: KnownThen
    now: Signal | None
    scan: bool

    def doubts(self) -> Iterator[Doubt]:
        """Give what evidence and decisions tell of it, lifted ones too."""
        archive, at = self.archive, self.life.signed.decided_at
        taken = retracted_under(self.life, archive.house.retracted)
        if taken:
            before = archive.series_at(self.said.source, at, archive.standing_at(at))
            fewer = fewer_counted(self.said, before, archive.series)
            yield from doubts_of(self.life, taken, self.now, fewer=fewer)
        yield from self._taken_back()
        yield from self._corrected()

    def back(self, doubt: Doubt) -> Back:
        """Say when and why the ground of a doubt came back."""
        for one in self.archive.house.struck:
            gone, back = one.retraction, one.back
            if back is not None and (gone.decided_at, gone.reason) == (doubt.at, doubt.because):
                return Back(back.decided_at, back.reason)
        later = self.archive.later(self.said.source, doubt.at)
        again = (moment for moment in later if not self._fewer_at(moment))
        return Back(next(again, self.archive.newest), "")

    def _taken_back(self) -> Iterator[Doubt]:
        """Give the doubts that a retraction brought which was taken back since."""
        for one in self.archive.house.struck:
            if one.back is not None and retracted_under(self.life, [one.retraction]):
                yield from self._lifted(one)

    def _lifted(self, one: Struck) -> Iterator[Doubt]:
        signed, back = self.life.signed, one.back
        if back is not None and self._fewer_at(back.decided_at - _MOMENT):
            yield Doubt(
                signed.signal,
                signed.id,
                one.retraction.decided_at,
                one.retraction.reason,
                gone=False,
                lifted_at=back.decided_at,
                lifted=back.reason,
            )

    def _fewer_at(self, moment: datetime) -> bool:
        """Whether less was counted at a moment than when it was signed, by whoever's doing."""
        archive, at = self.archive, self.life.signed.decided_at
        before = archive.series_at(self.said.source, at, archive.standing_at(at))
        then = archive.series_at(self.said.source, moment, archive.standing_at(moment))
        return fewer_counted(self.said, before, then)

    def _corrected(self) -> Iterator[Doubt]:
        """Give each stretch of time in which the publisher's editions held less than was signed."""
        archive, signed = self.archive, self.life.signed
        later = archive.later(self.said.source, signed.decided_at)
        if not later:
            return
        retracted, gone = archive.house.retracted, self.now is None
        before = archive.series_at(self.said.source, signed.decided_at, retracted)
        if not (self.scan or fewer_counted(self.said, before, archive.series, anywhere=gone)):
            return
        since: datetime | None = None
        for moment in later:
            then = archive.series_at(self.said.source, moment, retracted)
            fewer = fewer_counted(self.said, before, then, anywhere=gone)
            if fewer and since is None:
                since = moment
            elif since is not None and not fewer:
                yield Doubt(signed.signal, signed.id, since, "", gone=False, lifted_at=moment)
                since = None
        if since is not None:
            yield Doubt(signed.signal, signed.id, since, "", gone)

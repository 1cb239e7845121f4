"""The evidence of an observatory as it was known at any moment, read again from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

import pyarrow as pa

from atalaya.findings.leaving_out import still_counting
from atalaya.findings.reinstatements import standing_at
from atalaya.findings.retractions import Retraction
from atalaya.model.records import Capture
from atalaya.pipeline import store as tables
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.house import House
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.tabulating import document_of, newest, read
from atalaya.series.counting import count
from atalaya.series.cutoff import Edition


@dataclass
class KnownThen:
    """The evidence as it was known.

    Args:
        house: The observatory, its tables up to date.
    """

    house: House
    _read: dict[tuple[str, ...], pa.Table] = field(default_factory=dict)

    @cached_property
    def captures(self) -> tuple[Capture, ...]:
        """Every logged capture."""
        return logged_captures(self.house.store.all())

    @cached_property
    def series(self) -> pa.Table:
        """The series as they lie in the tables: what is known now."""
        return tables.read_table(self.house.folder.tables, "series")

    @cached_property
    def newest(self) -> datetime:
        """When what is known last changed: the newest capture, retraction or reinstatement."""
        moments = [one.known_at for one in self.captures]
        for one in self.house.struck:
            moments += [one.retraction.decided_at]
            moments += [one.back.decided_at] if one.back else []
        return max(moments, default=datetime.min.replace(tzinfo=UTC))

    def later(self, source: str, moment: datetime) -> list[datetime]:
        """Give when editions of a source came after a moment, in order."""
        own = (one.known_at for one in self.captures if one.source == source)
        return sorted({at for at in own if at > moment})

    def standing_at(self, moment: datetime) -> tuple[Retraction, ...]:
        """Give the retractions that stood at a moment."""
        return standing_at(self.house.struck, moment)

    def series_at(self, source: str, moment: datetime, retracted: Sequence[Retraction]) -> pa.Table:
        """Count what a source had said up to a moment, without what was retracted.

        Args:
            source: Its slug.
            moment: The moment.
            retracted: What is left out.

        Returns:
            Table with the schema ``model.tables.SERIES``.
        """
        own = [one for one in self.captures if one.source == source and one.known_at <= moment]
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
        seen = {document_of(one).id: Edition(one.address, one.known_at) for one in editions}
        return count(claims, said, seen).series

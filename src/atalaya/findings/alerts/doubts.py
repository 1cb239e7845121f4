"""Doubts: alerts that stand although evidence they rest on was retracted, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from atalaya.findings.alerts.history import Life
from atalaya.findings.alerts.record import Said
from atalaya.findings.retractions import Retraction
from atalaya.model.periods import Period
from atalaya.model.records import Signal

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was retracted under an alert.

    Args:
        signal: Identifier of the signal.
        decision: The decision that signed the alert.
        at: When, UTC: of the reviewer's decision, or of the first edition that no longer holds it.
        because: The reviewer's reason; empty where the publisher's own edition corrected it.
        gone: Whether no alarm is left of the signal; else its figures changed.
        lifted_at: From when on its ground was there again, UTC; None while it is not.
        lifted: Why, in the words of the reviewer who took the retraction back; else empty.
    """

    signal: str
    decision: str
    at: datetime
    because: str
    gone: bool
    lifted_at: datetime | None = None
    lifted: str = ""

    @property
    def key(self) -> tuple[str, datetime, str]:
        """What tells it from every other: the alert, since when, and why."""
        return self.decision, self.at, self.because

    def row(self) -> dict[str, Any]:
        """Give it as a row of ``model.tables.DOUBTS``."""
        return {name: getattr(self, name) for name in self.__slots__} | {
            "at": _text(self.at),
            "lifted_at": None if self.lifted_at is None else _text(self.lifted_at),
        }

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Doubt:
        """Take it back from such a row; one of an older table was never lifted."""
        lifted_at = None if row["lifted_at"] is None else _moment(row["lifted_at"])
        said = {"at": _moment(row["at"]), "lifted_at": lifted_at, "lifted": row["lifted"] or ""}
        return cls(**{**row, **said})


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_MOMENT)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)


def retracted_under(life: Life, retracted: Iterable[Retraction]) -> tuple[Retraction, ...]:
    """Give the retractions, later than its signature, on which the signal of an alert rested."""
    signed = life.signed
    return tuple(
        one
        for one in retracted
        if one.decided_at >= signed.decided_at and signed.signal in (*one.rested, *one.supported)
    )


def doubts_of(
    life: Life, taken: Iterable[Retraction], now: Signal | None, *, fewer: bool
) -> Iterator[Doubt]:
    """Give a doubt for each retraction under an alert that its signal or figures did not survive.

    Args:
        life: The alert.
        taken: The retractions under it.
        now: Its signal as it stands without them, or None where no alarm is left.
        fewer: Whether fewer were counted in the periods of the alert than when it was signed.
    """
    signed = life.signed
    said = (signed.alert or {}).get("said", {})
    if now is None or fewer or now.sources < said.get("sources", 0):
        for one in taken:
            yield Doubt(signed.signal, signed.id, one.decided_at, one.reason, now is None)


def fewer_counted(said: Said, before: pa.Table, after: pa.Table, *, anywhere: bool = False) -> bool:
    """Whether less is counted than before in a period of an alert.

    More than before is a late report, not a retraction.

    Args:
        said: What the alert says: substance, place, source, what is counted, first and last period.
        before: Series with the schema ``model.tables.SERIES``, as known when it was signed.
        after: The same, as known now.
        anywhere: Look at every period up to the alert's last, not only at those of its episode.
    """
    then, now = _counts(said, before), _counts(said, after)
    last = Period.parse(said.period).end
    since = Period.parse(said.since).start
    return any(
        count > now.get(period, 0.0)
        for period, count in then.items()
        if Period.parse(period).end <= last and (anywhere or Period.parse(period).start >= since)
    )


def _counts(said: Said, series: pa.Table) -> dict[str, float]:
    wanted = (said.source, said.what, said.territory, said.counted)
    names = ("source", "subject", "territory", "predicate", "period", "count")
    columns = (series[name].to_pylist() for name in names)
    return {
        period: count
        for *key, period, count in zip(*columns, strict=True)
        if tuple(key) == wanted and count is not None
    }

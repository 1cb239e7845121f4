"""A statement: one thing an observatory says before anybody knows how it will turn out.

It holds no count: what a signal rests on may be few people, and a score opens statements to all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from atalaya.findings.foresight.shapes import Refused, exactly
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import canonical_json
from atalaya.model.periods import Period, PeriodKind


class Kind(StrEnum):
    """What is said."""

    SIGNAL = "signal"
    NOT_ASSESSED = "not-assessed"
    FORECAST = "forecast"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Interval:
    """What a forecast says: where a count will lie, and how often such intervals should hold it.

    Args:
        low: Lowest count in the interval.
        high: Highest count in it.
        level: Share of such intervals that should hold what is then counted, 0 to 1.
    """

    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said.

    Args:
        kind: What is said.
        series: Key of the series; for a deadline ``promise/<resolution>/<property>``.
        subject: Register identifier of what it is about.
        territory: Register identifier of the place, or None where it has none.
        since: First period of the episode; else the same as ``period``.
        period: The latest period with an alarm, the period not assessed, the period forecast, or
            the period of the deadline.
        until: Last day on which an outcome counts for it.
        says: Confidence of an observatory's signal, reason of a "not assessed", else empty.
        interval: Of a forecast.
    """

    kind: Kind
    series: str
    subject: str
    territory: str | None
    since: str
    period: str
    until: date
    says: str = ""
    interval: Interval | None = None

    def content(self) -> dict[str, Any]:
        """Give everything it says, as JSON values."""
        found = self.interval
        return {
            "kind": str(self.kind),
            "series": self.series,
            "subject": self.subject,
            "territory": self.territory,
            "since": self.since,
            "period": self.period,
            "until": self.until.isoformat(),
            "says": self.says,
            "interval": found and {"low": found.low, "high": found.high, "level": found.level},
        }

    @property
    def payload(self) -> bytes:
        """What is committed to: its content as canonical JSON."""
        return canonical_json(self.content())

    @property
    def gist(self) -> tuple[str, ...]:
        """What makes it the same statement when it is said again later."""
        said = (self.kind, self.series, self.since, self.period, self.says, str(self.interval))
        return tuple(map(str, said))

    @property
    def begins(self) -> date:
        """The first day of its first period."""
        return Period.parse(self.since).start

    @property
    def ends(self) -> date:
        """The last day of its period."""
        return Period.parse(self.period).end

    @classmethod
    def parse(cls, content: object) -> Statement:
        """Read a statement from its content.

        Raises:
            Refused: It is none; the message names the field.
        """
        said = exactly(content, "statement", _SHAPE)
        interval = said["interval"]
        if (interval is not None) != (said["kind"] == Kind.FORECAST):
            raise Refused("interval: a forecast has one, and nothing else has")
        try:
            return cls(
                kind=Kind(said["kind"]),
                series=said["series"],
                subject=said["subject"],
                territory=said["territory"],
                since=_period(said, "since"),
                period=_period(said, "period"),
                until=date.fromisoformat(said["until"]),
                says=said["says"],
                interval=None if interval is None else _interval(interval),
            )
        except ValueError as error:
            raise Refused(f"statement: {error}") from error


_SHAPE: Mapping[str, tuple[type, ...]] = {
    "kind": (str,), "series": (str,), "subject": (str,), "territory": (str, type(None)),
    "since": (str,), "period": (str,), "until": (str,), "says": (str,),
    "interval": (dict, type(None)),
}  # fmt: skip
_NUMBER = (int, float)


def _interval(content: object) -> Interval:
    said = exactly(content, "interval", {"low": _NUMBER, "high": _NUMBER, "level": _NUMBER})
    found = Interval(said["low"], said["high"], said["level"])
    if found.low > found.high or not 0 < found.level < 1:
        raise Refused("interval: low is above high, or level is not between 0 and 1")
    return found


def _period(said: Mapping[str, Any], name: str) -> str:
    try:
        Period.parse(said[name])
    except BadInput as error:
        raise Refused(f"{name}: {error.what}") from error
    return str(said[name])


def months(statement: Statement) -> Iterator[str]:
    """Give every month from the first to the last period of a statement.

    >>> from datetime import date
    >>> said = Statement(Kind.SIGNAL, "s", "substance:x", None, "2019-12", "2020-02", date.max)
    >>> list(months(said))
    ['2019-12', '2020-01', '2020-02']
    """
    first = Period.containing(Period.parse(statement.since).start, PeriodKind.MONTH)
    last = Period.containing(Period.parse(statement.period).end, PeriodKind.MONTH)
    return (str(month) for month in first.until(last))

"""What came to pass: dated first cases and official notices, as a file of events says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from atalaya.findings.foresight.shapes import Refused, exactly
from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.reading.events import NO_WAVE
from atalaya.reading.events import REQUIRED as _COLUMNS
from atalaya.reading.events import Event as DatedEvent


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a file of events.

    Args:
        series: Key of the series.
        type: What happened, in the words of the file.
        first_period: Period of the first case, or empty.
        period_cum5: Period of the fifth case, or empty.
        official_notice: Day or month of the first official notice, or empty.
    """

    series: str
    type: str
    first_period: str = ""
    period_cum5: str = ""
    official_notice: str = ""

    def content(self) -> dict[str, str]:
        """Give the row."""
        return {name: getattr(self, name) for name in _COLUMNS}

    @property
    def arrives(self) -> bool:
        """Whether something arrived at all, rather than only looking like it."""
        return not self.type.casefold().startswith(NO_WAVE)

    @property
    def outcome(self) -> date | None:
        """The day from which the outcome may have been known.

        The notice, or without one the fifth case. Of a month it is the first day: a warning within
        that month may have come after the notice, so it does not count.
        """
        known = self.official_notice or self.period_cum5
        return Period.parse(known).start if known else None

    @property
    def begins(self) -> date | None:
        """The first day of the period of the first case."""
        return Period.parse(self.first_period).start if self.first_period else None

    @classmethod
    def of(cls, read: DatedEvent) -> Event:
        """Give an event of a file that was read loosely."""
        periods = (read.first, read.fifth, read.noticed)
        return cls(read.series, read.type, *("" if one is None else str(one) for one in periods))

    @classmethod
    def parse(cls, content: object) -> Event:
        """Read an event from its content.

        Raises:
            Refused: It is none; the message names the field.
        """
        shape: Mapping[str, tuple[type, ...]] = dict.fromkeys(_COLUMNS, (str,))
        said: dict[str, Any] = exactly(content, "event", shape)
        found = cls(**said)
        for name in _COLUMNS[2:]:
            if said[name]:
                try:
                    Period.parse(said[name])
                except BadInput as error:
                    raise Refused(f"{name}: {error.what}") from error
        if found.arrives and not any(said[name] for name in _COLUMNS[2:]):
            raise Refused("first_period: neither a case nor a notice is dated")
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted later in a period that was forecast."""

    series: str
    period: str
    observed: float

    def content(self) -> dict[str, Any]:
        """Give it as JSON values."""
        return {"series": self.series, "period": self.period, "observed": self.observed}

    @classmethod
    def parse(cls, content: object) -> Outcome:
        """Read an outcome from its content."""
        shape: Mapping[str, tuple[type, ...]] = {
            "series": (str,), "period": (str,), "observed": (int, float),
        }  # fmt: skip
        return cls(**exactly(content, "outcome", shape))

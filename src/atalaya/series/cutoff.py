"""When a period is complete, and when a source has been silent for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.periods import Period

PACKAGED = "package:"
# Three deliveries missed: one may be a holiday and two a slip, the third is a stop.
_SILENCE_DAYS = {"daily": 3, "weekly": 21, "monthly": 93, "quarterly": 276, "yearly": 1096}


@dataclass(frozen=True, slots=True)
class Edition:
    """One document of a source: what was at an address at a moment.

    Args:
        address: The address, as declared.
        captured_at: When it was fetched first, UTC.
    """

    address: str
    captured_at: datetime


def known_on(declaration: SourceDeclaration, edition: Edition) -> date:
    """Give the day up to which an edition can know of anything.

    That is the day of capture; but figures that ship with Atalaya are no newer than their source
    says, however late they are captured.
    """
    captured = edition.captured_at.date()
    if edition.address.startswith(PACKAGED):
        return min(captured, declaration.as_of)
    return captured


def is_complete(period: Period, declaration: SourceDeclaration, known: date) -> bool:
    """Say whether the reports of a period had arrived by a day, as the source says they do.

    Args:
        period: The period.
        declaration: Its ``reporting.lag_days`` is how late reports arrive.
        known: The day, from ``known_on``.
    """
    return (known - period.end) >= timedelta(days=declaration.reporting.lag_days)


def has_stopped(last: Period, declaration: SourceDeclaration, known: date) -> bool:
    """Say whether a source has been silent for longer than its cadence allows.

    A source that is published once, or when there is something to say, never stops.

    Args:
        last: The last period observed in any series of the source.
        declaration: Its cadence and its reporting lag.
        known: The day, from ``known_on``.
    """
    if declaration.cadence in ("once", "irregular"):
        return False
    allowed = _SILENCE_DAYS[declaration.cadence] + declaration.reporting.lag_days
    return (known - last.end) > timedelta(days=allowed)

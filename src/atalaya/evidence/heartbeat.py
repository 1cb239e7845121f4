"""When runs last ended and when the next is due, so that silence of the machine is noticed.

A monitor that has stopped looks exactly like a quiet world; the site says which of the two it is.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.model.errors import LookAtThis, Place

FILE = "heartbeat.json"
_LATE = 2  # a run is missed when twice its interval has passed: one slow run is no alarm


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The end of the latest run.

    Args:
        ended_at: When it ended, UTC, ISO 8601.
        every_seconds: Interval it was asked to repeat at; None when it was run by hand.
        problem: What stopped it, or empty when it was done.
    """

    ended_at: str
    every_seconds: int | None
    problem: str = ""

    def overdue(self, now: datetime) -> bool:
        """Whether runs that should repeat have stopped."""
        if self.every_seconds is None:
            return False
        due = datetime.fromisoformat(self.ended_at) + timedelta(seconds=self.every_seconds * _LATE)
        return now > due


def beat(folder: Path, now: datetime, every: timedelta | None, problem: str = "") -> None:
    """Write down that a run has just ended.

    Args:
        folder: The observatory's ``tables/``.
        now: The present moment, UTC.
        every: The interval runs repeat at.
        problem: What stopped it, if anything did.
    """
    seconds = int(every.total_seconds()) if every else None
    said = Heartbeat(now.astimezone(UTC).isoformat(), seconds, problem)
    write_file(folder / FILE, json.dumps(asdict(said)).encode())


def last_beat(folder: Path) -> Heartbeat | None:
    """Give the latest run's end, or None when there was none yet.

    Raises:
        LookAtThis: The file is not one of ours.
    """
    path = folder / FILE
    try:
        said = Heartbeat(**json.loads(path.read_bytes()))
        moment = datetime.fromisoformat(said.ended_at).astimezone(UTC)
        said.overdue(moment)  # its parts must be a moment with its zone, and a span
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise LookAtThis(
            f"when the last run ended cannot be read: {error}",
            do="delete the file; the next run writes it again",
            where=Place(str(path)),
        ) from error
    return said

"""What a run found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from atalaya.model.records import Signal, SignalState

SHOWN = 5  # signals a person is shown at once: more are not read


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run came to.

    Args:
        last: The last step done.
        done: Steps done anew; the others had nothing new to do.
        as_of: The last period anything was observed in, printed; empty when nothing was.
        signals: Signals that stand at that date, strongest first.
        release: Name of the release, or empty when the run stopped before.
        fresh: Whether the release is new.
        issues: Number of published issues.
        names: Register identifier -> name, for those that ``signals`` mention.
    """

    last: str
    done: tuple[str, ...]
    as_of: str = ""
    signals: tuple[Signal, ...] = ()
    release: str = ""
    fresh: bool = False
    issues: int = 0
    names: Mapping[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the report as rows: one for the run, then one a signal."""
        yield {
            "run": self.last,
            "done": list(self.done),
            "as_of": self.as_of,
            "release": self.release,
            "fresh": self.fresh,
            "issues": self.issues,
            "signals": len(self.signals),
        }
        for place, signal in enumerate(self.signals, start=1):
            yield {
                "signal": signal.id,
                "rank": place,
                "what": signal.what,
                "territory": signal.territory,
                "since": signal.since,
                "period": signal.period,
                "confidence": signal.confidence,
                "sources": signal.sources,
                "state": str(signal.state),
                "mode": signal.mode,
            }

    def lines(self) -> Iterator[str]:
        """Say in sentences what was found and on what evidence."""
        if not self.done:
            yield "nothing has changed since the last run"
        if self.release:
            word = "new release" if self.fresh else "release"
            yield f"{word} {self.release}: evidence up to {self.as_of}, {self.issues} issues"
        if any(signal.mode == "replay" for signal in self.signals):
            yield f"replay: evidence ends {self.as_of}; nothing here is a current warning"
        for place, signal in enumerate(self.signals[:SHOWN], start=1):
            yield (
                f"{place}. {self._name(signal.what)}, {self._name(signal.territory)}: alarm since "
                f"{signal.since}, last {signal.period}; confidence {signal.confidence}, "
                f"{signal.sources} independent source{'s' if signal.sources > 1 else ''}; "
                f"{signal.state}"
            )
        if self.signals and self.release:
            yield "check the first number: atalaya why signals.csv:1:observed"

    def kept(self) -> dict[str, Any]:
        """Give what is kept of the report for a next run that has nothing to do; JSON values."""
        return {
            "last": self.last,
            "as_of": self.as_of,
            "signals": [_signal_kept(signal) for signal in self.signals],
            "release": self.release,
            "issues": self.issues,
            "names": dict(self.names),
        }

    @classmethod
    def again(cls, kept: Mapping[str, Any]) -> RunReport:
        """Give the report of a run that had nothing to do after the one ``kept`` is of."""
        signals = tuple(_signal_again(row) for row in kept["signals"])
        return cls(**{**kept, "done": (), "signals": signals})

    def _name(self, identifier: str) -> str:
        return self.names.get(identifier, identifier)


def _signal_kept(signal: Signal) -> dict[str, Any]:
    expires = signal.expires.isoformat() if signal.expires else None
    return asdict(signal) | {"state": signal.state.value, "expires": expires}


def _signal_again(row: Mapping[str, Any]) -> Signal:
    expires = date.fromisoformat(row["expires"]) if row["expires"] else None
    return Signal(**{**row, "state": SignalState(row["state"]), "expires": expires})

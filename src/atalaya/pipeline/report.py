"""What a run found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from atalaya.model.records import Signal

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
        for place, signal in enumerate(self.signals[:SHOWN], start=1):
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

    def _name(self, identifier: str) -> str:
        return self.names.get(identifier, identifier)

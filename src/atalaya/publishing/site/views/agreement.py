"""What the sources that judge a signal's substance and place say, each with its own voice."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.findings.agreement import Voice, combined, independent, voice
from atalaya.model.periods import Period
from atalaya.model.records import Signal
from atalaya.publishing.site.edition import Edition


@dataclass(frozen=True, slots=True)
class Agreement:
    """Independent sources on one substance and place, at the page's date.

    Args:
        voices: One an origin; those that say alarm first, then those that looked and saw none.
        combined: Their combined e-value, None where fewer than two published theirs.
        copies: Sources that only copy one of the voices, so that they have none of their own.
    """

    voices: tuple[Voice, ...]
    combined: float | None
    copies: tuple[str, ...]

    @property
    def dissent(self) -> int:
        """How many looked while the signal stood and raised no alarm."""
        return sum(one.says == "no alarm" for one in self.voices)

    @property
    def disagree(self) -> bool:
        """Whether some say alarm and others looked and saw none."""
        return self.dissent > 0 and any(one.says == "alarm" for one in self.voices)


def agreement(edition: Edition, signal: Signal, as_of: Period) -> Agreement:
    """Hear every source that judges the signal's substance and place."""
    heard: list[Voice] = []
    for facts in edition.about[signal.what, signal.territory]:
        origin = edition.origin(facts.source)
        for detector in facts.detectors:
            known = edition.verdicts_until(facts.key, detector, as_of)
            said = voice(facts.source, origin, known, signal.since, signal.period)
            heard += [] if said is None else [said]
    voices = independent(heard)
    speaking = {one.source for one in voices}
    return Agreement(
        voices=voices,
        combined=combined(voices),
        copies=tuple(sorted({one.source for one in heard} - speaking)),
    )

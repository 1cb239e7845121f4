"""What a draft can say beyond its fixed sentences, from published evidence, for people to edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.publishing.alerts.voices import AlertVoice


@dataclass(frozen=True, slots=True)
class Evidence:
    """Published figures around a signal.

    Args:
        expected: What was expected in its latest period, or None where it is withheld.
        threshold: From when a count is reviewed, or None where it is withheld.
        dissent: Independent sources that looked and raised no alarm.
    """

    expected: float | None
    threshold: float | None
    dissent: int


def prefilled(evidence: Evidence, voice: AlertVoice) -> Mapping[str, str]:
    """Write first words into the fields that the evidence says something of.

    Nothing is graded and nothing is advised: that is the reviewer's.

    Args:
        evidence: The figures.
        voice: The language.

    Returns:
        Field of the alert form -> text; fields of which nothing is published are not in it.
    """
    found = {}
    if evidence.expected is not None and evidence.threshold is not None:
        found["analysis"] = voice.say(
            "prefill.analysis",
            expected=voice.decimal(evidence.expected),
            threshold=voice.decimal(evidence.threshold),
        )
    if evidence.dissent:
        found["other"] = voice.say("prefill.other", n=evidence.dissent)
    return found

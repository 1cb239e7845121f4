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
    analysis = []
    if evidence.expected is not None:
        analysis.append(voice.say("prefill.expected", expected=voice.decimal(evidence.expected)))
    if evidence.threshold:  # a level of nothing is no level that says anything
        level = voice.decimal(evidence.threshold)
        analysis.append(voice.say("prefill.threshold", threshold=level))
    found = {"analysis": " ".join(analysis)} if analysis else {}
    if evidence.dissent:
        found["other"] = voice.say("prefill.other", n=evidence.dissent)
    return found

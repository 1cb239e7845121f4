"""Words of the review pages that several places on them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from atalaya.findings.alerts.form import GRADED, POINTS
from atalaya.findings.alerts.scales import Likelihood, Rung
from atalaya.model.records import SignalState
from atalaya.publishing.alerts.voices import voice
from atalaya.publishing.marking import _
from atalaya.publishing.site.languages import Language
from atalaya.publishing.watch.voices import words

TONGUES: Final = (("en", "English"), ("es", "Español"), ("pt", "Português"))
_STATES: Final = {  # the path in the words of those who walk it: docs/words.md
    SignalState.UNREVIEWED: _("New"),
    SignalState.TRIAGED: _("Verifying"),
    SignalState.MONITORED: _("Monitored"),
    SignalState.CONFIRMED: _("Assessed"),
    SignalState.WAITING: _("Waiting for a second person"),
    SignalState.ALERT: _("Alert"),
    SignalState.DISMISSED: _("Dismissed"),
    SignalState.WITHDRAWN: _("Withdrawn"),
    SignalState.EXPIRED: _("Expired"),
}
_OUTCOMES: Final = {
    "more": _("counted in more months than in the year before"),
    "same": _("counted in as many months as in the year before"),
    "less": _("counted in fewer months than in the year before"),
    "withheld": _("withheld"),
    None: _("not over yet, or not wholly observed"),
}
_LABELS: Final = {
    "advice": _("What to do"),
    "expires": _("Last day on which it holds"),
    "reason": _("Why"),
    "language": _("Language"),
    "likelihood": _("How likely you hold it to be true"),
    "severity": _("How bad it is for those it reaches"),
    "urgency": _("How soon people should act"),
    "evidence": _("Ladder of evidence"),
    "reliability": _("Reliability of the source"),
    "credibility": _("Credibility of the information"),
}
_GRADES: Final = {  # CAP 1.2, section 3.2.2
    "Extreme": _("Extreme"),
    "Severe": _("Severe"),
    "Moderate": _("Moderate"),
    "Minor": _("Minor"),
    "Immediate": _("Immediate"),
    "Expected": _("Expected soon"),
    "Future": _("In the future"),
    "Past": _("No longer needed"),
    "Unknown": _("Unknown"),
}


def page_words(tongue: Language) -> dict[str, Any]:
    """Give the words of one signal's review page.

    Args:
        tongue: The page's language.
    """
    labels = {name: tongue.say(text) for name, text in _LABELS.items()}
    labels |= {name: words()[f"draft.{point}"][tongue.code] for name, point in POINTS.items()}
    return {
        "voice": voice(tongue.code),
        "labels": labels,
        "languages": TONGUES,
        "state_names": _said(_STATES, tongue),
        "outcomes": _said(_OUTCOMES, tongue),
        "scales": {name: [*scale] for name, scale in GRADED.items()},
        "graded": _graded(tongue),
    }


def _said(names: Mapping[Any, str], tongue: Language) -> dict[Any, str]:
    return {key: tongue.say(text) for key, text in names.items()}


def _graded(tongue: Language) -> Callable[[str, str], str]:
    """Say a word of a scale; a likelihood with its range."""
    own = voice(tongue.code)

    def say(scale: str, word: str) -> str:
        if scale == "likelihood":
            low, high = Likelihood(word).range
            return own.say("likelihood", word=own.say(f"likelihood.{word}"), low=low, high=high)
        if scale == "evidence":
            return own.say("rung", step=Rung(word).step, word=own.say(f"rung.{word}"))
        key = f"{scale}.{word}"
        return tongue.say(_GRADES[word]) if word in _GRADES else own.say(key)

    return say

"""The alert form: what the person who signs says, field by field, and nothing else.

The ten fields are those of Regulation (EU) 2023/1322, Article 13(2), points (a) to (j). A field
nobody filled in stays empty and is written "not known"; nothing is invented for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final, TypeVar

from atalaya.findings.alerts.scales import (
    Credibility,
    Likelihood,
    Reliability,
    Rung,
    Severity,
    Urgency,
)
from atalaya.findings.alerts.screening import screen
from atalaya.model.errors import BadInput
from atalaya.model.sentences import sentence

POINTS: Final[Mapping[str, str]] = {
    "risk": "a",
    "when_where": "b",
    "exposure": "c",
    "analysis": "d",
    "identification": "e",
    "health_risks": "f",
    "social_risks": "g",
    "health_measures": "h",
    "other_measures": "i",
    "other": "j",
}
"""Name of each field -> its point in Article 13(2)."""
_LONGEST = 500  # a field is read on one page beside nine others
_LANGUAGES = ("", "en", "es", "pt")
GRADED: Mapping[str, type[StrEnum]] = {
    "likelihood": Likelihood,
    "evidence": Rung,
    "reliability": Reliability,
    "credibility": Credibility,
    "severity": Severity,
    "urgency": Urgency,
}
Grade = TypeVar("Grade", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class AlertForm:
    """What a person fills in before signing; empty is not known.

    Args:
        risk: (a) Type and origin of the risk.
        when_where: (b) Date and place, beyond what the signal says.
        exposure: (c) Means of exposure.
        analysis: (d) Analytical and toxicological data.
        identification: (e) Identification methods.
        health_risks: (f) Health risks.
        social_risks: (g) Social, safety and security risks.
        health_measures: (h) Health measures.
        other_measures: (i) Other measures.
        other: (j) Other information.
        language: Language the person wrote in: ``en``, ``es``, ``pt``, or empty where not said.
        likelihood: How likely they hold the assessment to be true, or None.
        evidence: The highest rung of the ladder that was reached, or None.
        reliability: Of the source (A to F), or None.
        credibility: Of the information (1 to 6), or None.
        severity: How bad it is for those it reaches.
        urgency: How soon people should act.
    """

    risk: str = ""
    when_where: str = ""
    exposure: str = ""
    analysis: str = ""
    identification: str = ""
    health_risks: str = ""
    social_risks: str = ""
    health_measures: str = ""
    other_measures: str = ""
    other: str = ""
    language: str = ""
    likelihood: Likelihood | None = None
    evidence: Rung | None = None
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    severity: Severity = Severity.UNKNOWN
    urgency: Urgency = Urgency.UNKNOWN

    def __post_init__(self) -> None:
        if self.language not in _LANGUAGES:
            raise BadInput(
                f"the form's language {self.language!r} is not one alerts are written in",
                do=f"write one of {', '.join(_LANGUAGES[1:])}",
            )
        for name, text in self.texts.items():
            if len(text) > _LONGEST or any(not c.isprintable() for c in text):
                raise BadInput(
                    sentence(
                        "the field {name} has {length} characters or holds control characters",
                        name=name,
                        length=len(text),
                    ),
                    why="an alert is one page that people read at once",
                    do=sentence("write one paragraph of at most {most} characters", most=_LONGEST),
                )

    @property
    def texts(self) -> dict[str, str]:
        """The ten fields in the order of the Article, empty ones too."""
        return {name: getattr(self, name) for name in POINTS}

    def content(self) -> dict[str, str]:
        """What is stored and signed: the fields that say something."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in said.items() if value}

    def check(self, territory: str) -> None:
        """Refuse what may not go out of a place; see ``screening.screen``."""
        for name, text in self.texts.items():
            screen(text, territory, sentence("the field {name}", name=name))

    @classmethod
    def parse(cls, said: Mapping[str, Any]) -> AlertForm:
        """Read a form from a table of keys and texts.

        Args:
            said: Key -> text, as in a TOML file; keys that are not there are not known.

        Raises:
            BadInput: An unknown key, a value that is no text, or a word that is on no scale.

        >>> AlertForm.parse({"evidence": "presumptive", "exposure": "smoked"}).evidence.step
        4
        """
        known = {field.name for field in fields(cls)}
        for key, value in said.items():
            if key not in known:
                near = get_close_matches(key, known, n=1)
                raise BadInput(
                    f"{key!r} is no field of the alert form",
                    do=f"did you mean {near[0]!r}?" if near else f"fields: {', '.join(known)}",
                )
            if not isinstance(value, str):
                raise BadInput(f"{key} = {value!r} is no text", do="write it between quotes")
        kept = {key: value.strip() for key, value in said.items() if value.strip()}
        graded = {key: _grade(GRADED[key], key, kept.pop(key)) for key in GRADED if key in kept}
        return cls(**kept, **graded)  # type: ignore[arg-type]


def _grade(scale: type[Grade], key: str, value: str) -> Grade:
    try:
        return scale(value)
    except ValueError as error:
        words = ", ".join(scale)
        raise BadInput(
            sentence("{value!r} is no word of the scale {key}", value=value, key=key),
            do=sentence("words: {words}", words=words),
        ) from error

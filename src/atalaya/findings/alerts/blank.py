"""The alert form as a file to fill in: what each field asks for, and the words of each scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from atalaya.findings.alerts.form import GRADED, POINTS

_ASKS: Final = {
    "risk": "type and origin of the risk",
    "when_where": "date and place, beyond what the signal says; no finer than a region",
    "exposure": "means of exposure, transmission or dissemination",
    "analysis": "analytical and toxicological data",
    "identification": "identification methods",
    "health_risks": "health risks",
    "social_risks": "social, safety and security risks",
    "health_measures": "health measures taken or intended",
    "other_measures": "measures other than health measures",
    "other": "any other relevant information",
}


def blank_form(signal: str) -> str:
    """Give the form of a signal, empty, as TOML.

    Args:
        signal: Identifier of the signal, for the first line.
    """
    return "\n".join(_lines(signal)) + "\n"


def _lines(signal: str) -> Iterator[str]:
    yield f"# Alert form of {signal}. Leave empty what is not known; never guess."
    yield "# Regulation (EU) 2023/1322, Article 13(2). Counts of people below national level: 1-9."
    yield '# Language you write in: "en", "es" or "pt".'
    yield 'language = "en"'
    for name, point in POINTS.items():
        yield f"\n# ({point}) {_ASKS[name]}"
        yield f'{name} = ""'
    yield "\n# Grades, each by itself; leave empty what you cannot judge."
    for name, scale in GRADED.items():
        yield f"# {' | '.join(scale)}"
        yield f'{name} = ""'

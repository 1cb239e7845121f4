"""The scales an alert is graded on, kept apart: evidence, source, information, likelihood.

What kind of evidence there is, how reliable its source is, how credible the information is and how
likely the assessment is are four answers to four questions. No scale is computed from another, and
no number is made of several.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Rung(StrEnum):
    """The ladder of evidence, weakest first: what kind of thing was seen.

    Source: the ladder that early-warning systems use, from a mention to a causal role in harm.
    """

    MENTION = "mention"
    VENDOR_OFFER = "vendor-offer"
    SELF_REPORT = "self-report"
    PRESUMPTIVE = "presumptive"
    LABORATORY_CONFIRMED = "laboratory-confirmed"
    BIOLOGICAL_SAMPLE = "biological-sample"
    CAUSAL_ROLE = "causal-role"

    @property
    def step(self) -> int:
        """How high it stands, from 1."""
        return list(Rung).index(self) + 1


class Reliability(StrEnum):
    """How reliable the source is, whatever it says this time.

    Source: the Admiralty (NATO) system, source reliability A to F.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """How credible this piece of information is, whoever says it.

    Source: the Admiralty (NATO) system, information credibility 1 to 6.
    """

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


class Likelihood(StrEnum):
    """How likely the person who signs holds their assessment to be true.

    Source: Intelligence Community Directive 203, Analytic Standards (2015), section D.6.e(2)(a).
    """

    ALMOST_NO_CHANCE = "almost-no-chance"
    VERY_UNLIKELY = "very-unlikely"
    UNLIKELY = "unlikely"
    EVEN = "roughly-even-chance"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"
    ALMOST_CERTAIN = "almost-certain"

    @property
    def range(self) -> tuple[int, int]:
        """The probabilities the word stands for, in per cent.

        >>> Likelihood.LIKELY.range
        (55, 80)
        """
        return _RANGES[self]


class Severity(StrEnum):
    """How bad it is for those it reaches, in the words of CAP 1.2, section 3.2.2."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Urgency(StrEnum):
    """How soon people should act, in the words of CAP 1.2, section 3.2.2."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


_RANGES: Final = {
    Likelihood.ALMOST_NO_CHANCE: (1, 5),
    Likelihood.VERY_UNLIKELY: (5, 20),
    Likelihood.UNLIKELY: (20, 45),
    Likelihood.EVEN: (45, 55),
    Likelihood.LIKELY: (55, 80),
    Likelihood.VERY_LIKELY: (80, 95),
    Likelihood.ALMOST_CERTAIN: (95, 99),
}
CONFIDENCE: Final = ("low", "moderate", "high")
"""How strong the evidence is; ``docs/words.md`` says what each word needs."""

"""What independent sources say of one substance in one place: who agrees, and who saw nothing.

Sources that copy one another have one voice. Disagreement is shown and never averaged away: the
evidence of independent sources is combined, and each voice stands beside it.

Source: V. Vovk and R. Wang (2021), E-values: calibration, combination and applications, Annals of
Statistics 49 (3), 1736-1754, doi:10.1214/20-AOS2020 (products of independent e-values, and means of
e-values, are e-values; half of one over the root of a p-value is one).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from atalaya.detection.emergence.detector import Emergence
from atalaya.findings.episodes import apart
from atalaya.model.periods import Period

Says = Literal["alarm", "no alarm", "not assessed"]
_STRONGEST: tuple[Says, ...] = ("alarm", "no alarm", "not assessed")
_E_VALUES = frozenset({Emergence.name})  # their p-value is one over an e-value, never above it
_CERTAIN = 1e9  # evidence beyond this is as good as certain, and its digits only distract

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one independent source says while a signal stands.

    Args:
        source: Slug of the source.
        origin: The source it copies, or itself.
        series: Key of its series.
        detector: Name of the detector that judged it.
        says: ``alarm``, ``no alarm`` (it looked) or ``not assessed``.
        period: Its latest verdict that says so, printed.
        reason: The verdict's reason.
        evidence: E-value of that verdict; None where no p-value is published.
        row: Number of the verdict's row in the table it was read from.
    """

    source: str
    origin: str
    series: str
    detector: str
    says: Says
    period: str
    reason: str
    evidence: float | None
    row: int


def voice(
    source: str, origin: str, verdicts: Sequence[Row], since: str, until: str
) -> Voice | None:
    """Say what a series tells of a signal's time.

    An alarm up to half a year before or after the signal's speaks for it; that nothing was seen
    counts only while the signal stood.

    Args:
        source: Slug of the series' source.
        origin: The source it copies, or itself.
        verdicts: The series' verdicts by one detector: ``series, detector, period, alarm, reason,
            p_value, row``; ``alarm`` is None where not assessed or withheld.
        since: First period of the signal with an alarm.
        until: Its latest.

    Returns:
        The voice, or None where the series was not judged in that time.
    """
    first, last = Period.parse(since).start, Period.parse(until).end
    said: dict[Says, Row] = {}
    for row in sorted(verdicts, key=lambda one: Period.parse(one["period"]).ordinal):
        period = Period.parse(row["period"])
        slack = apart(period.kind) if row["alarm"] else 0
        if (period + slack).end >= first and (period + -slack).start <= last:
            said[_says(row["alarm"])] = row
    for says in _STRONGEST:
        if says in said:
            row = said[says]
            return Voice(
                source=source,
                origin=origin,
                series=row["series"],
                detector=row["detector"],
                says=says,
                period=row["period"],
                reason=row["reason"] or "",
                evidence=_evidence(row["detector"], row["p_value"]),
                row=row["row"],
            )
    return None


def _says(alarm: bool | None) -> Says:
    return "not assessed" if alarm is None else "alarm" if alarm else "no alarm"


def _evidence(detector: str, p_value: float | None) -> float | None:
    """Turn a published p-value into an e-value; one of 1 may stand for anything up to 1."""
    if p_value is None:
        return None
    if p_value <= 0:
        return _CERTAIN
    value = 1 / p_value if detector in _E_VALUES else 0.5 / math.sqrt(p_value)
    return min(value, _CERTAIN) if p_value < 1 else 0.0


def independent(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Keep one voice an origin, the strongest statement of it: copies count once.

    Returns:
        Voices that say alarm first, then those that looked, then those that could not.
    """
    kept: dict[str, Voice] = {}
    for one in sorted(voices, key=lambda one: (_STRONGEST.index(one.says), one.source, one.series)):
        kept.setdefault(one.origin, one)
    return tuple(kept.values())


def combined(voices: Iterable[Voice]) -> float | None:
    """Combine the evidence of independent voices: the mean over all products of some of them.

    While nothing changes its expectation is at most 1, as each e-value's is. Unlike the product
    of all, one source that sees nothing cannot erase what the others see; it still weighs it down.

    Args:
        voices: From ``independent``; those that were not assessed bring no evidence.

    Returns:
        The combined e-value, or None where fewer than two voices were heard or the evidence of one
        is not published.

    >>> def heard(evidence):
    ...     return Voice("a", "a", "x", "emergence", "alarm", "2024-01", "", evidence, 1)
    >>> combined([heard(30.0), heard(10.0)]), combined([heard(30.0), heard(0.0)])
    (113.33333333333333, 10.0)
    """
    heard = [one.evidence for one in voices if one.says != "not assessed"]
    known = [one for one in heard if one is not None]
    if len(heard) < 2 or len(known) < len(heard):  # noqa: PLR2004 - one voice combines with none
        return None
    value = math.prod([1 + one for one in known]) - 1
    return min(value / float(2 ** len(known) - 1), _CERTAIN)

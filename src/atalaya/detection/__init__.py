"""Detection: verdicts on many series at once, in three states: alarm, no alarm, not assessed.

Enters: a `Panel` and, where wanted, a detector's settings as text. Leaves: a `Judgement`. Pure: no
file, clock or connection. A setting that does not exist is refused with the nearest one that does;
a period that cannot be judged is *not assessed* with its reason, never "no alarm". A verdict for a
period never looks at later periods; `atalaya.testing.detectors` checks that of every detector.
"""

from atalaya.detection.catalogue import DETECTORS, available, find, recommend, recommended_for
from atalaya.detection.judgement import ALARM, NO_ALARM, NOT_ASSESSED, Detector, Judgement
from atalaya.detection.pages import describe

__all__ = [
    "ALARM",
    "DETECTORS",
    "NOT_ASSESSED",
    "NO_ALARM",
    "Detector",
    "Judgement",
    "available",
    "describe",
    "find",
    "recommend",
    "recommended_for",
]

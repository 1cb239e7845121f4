"""Back-testing: what detectors would have said, scored against what is known to have happened.

Enters: panels as they were known at each date, detectors and dated events. Leaves: a `Scorecard`
in which every miss and every false episode is named and every share has its interval. Pure: reads
and writes nothing, and gives the same card for the same input.
"""

from atalaya.findings.backtesting.card import Scorecard, scorecard
from atalaya.findings.backtesting.replay import Known, Replay, replay
from atalaya.findings.backtesting.scoring import DetectorScore, score

__all__ = ["DetectorScore", "Known", "Replay", "Scorecard", "replay", "score", "scorecard"]

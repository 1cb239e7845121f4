"""A scan over the last periods of a dense series, against its season and trend.

Enters: a panel of counts. Leaves: a `Judgement`. `expectation` fits the expected level and sums up
the last windows, `evidence` says what they come to together, `detector` turns that into verdicts.
Pure: no input or output.
"""

from atalaya.detection.season_scan.detector import SeasonScan

__all__ = ["SeasonScan"]

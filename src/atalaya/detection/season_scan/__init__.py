"""A scan over the last periods of a dense series, against its season and trend.

Enters: a panel of counts. Leaves: a `Judgement`. `expectation` fits the expected level and sums up
the last windows, `detector` turns them into verdicts. Pure: no input or output.
"""

from atalaya.detection.season_scan.detector import SeasonScan

__all__ = ["SeasonScan"]

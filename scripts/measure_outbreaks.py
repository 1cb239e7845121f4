"""Measure the detectors for dense series on simulated weekly outbreaks, for docs/early-warning.md.

Run as ``python -m scripts.measure_outbreaks``, then ``python -m scripts.write_early_warning_page``.
It writes ``weekly.csv`` beside the page's script: series drawn by `atalaya.testing.outbreaks` with
a seed that nothing was chosen by, with outbreaks of three lengths.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from atalaya.detection import find
from atalaya.detection.season_scan.evidence import together
from atalaya.series.panel import Numbers, Panel
from atalaya.testing.outbreaks import (
    JUDGED,
    MANY_WEEKS,
    ONE_WEEK,
    WEEKS,
    WEEKS_LONG,
    Outbreaks,
    simulate,
)  # fmt: skip

FILE = Path(__file__).with_name("early-warning") / "weekly.csv"
SEED, SERIES = 20260302, 2000
HEADER = ("outbreaks last", "detector", "setting", "asked", "false", "weeks", "found", "outbreaks",
          "ahead", "behind")  # fmt: skip
LENGTHS: Mapping[str, tuple[float, float]] = {
    "two to four weeks": WEEKS_LONG, "one week": ONE_WEEK, "four weeks and more": MANY_WEEKS,
}  # fmt: skip
RATES = (0.002, 0.0055, 0.0104, 0.02, 0.03)
ALPHAS = (0.001, 0.005, 0.01, 0.02, 0.05)
NOUFAILY = {"noPeriods": "10", "pastWeeksNotIncluded": "26", "pThresholdTrend": "1",
            "thresholdMethod": "nbPlugin"}  # fmt: skip
RIVAL = ("farrington_flexible", "its paper's")
SETTINGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    RIVAL: NOUFAILY, ("season_scan", "default"): {}, ("farrington_flexible", "default"): {},
    ("ears_c1", "default"): {}, ("ears_c2", "default"): {},
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """How strongly each judged week speaks for an outbreak, and where the outbreaks are.

    Args:
        evidence: The more, the surer; NaN where not assessed, shape (n_series, n_judged).
        current: Series, first week, and the one after the last, shape (n_outbreaks, 3).
    """

    evidence: Numbers
    current: NDArray[np.int64]

    def outside(self) -> Numbers:
        """Give the evidence of the weeks outside of outbreaks, the strongest first."""
        inside = np.zeros(self.evidence.shape, bool)
        for row, start, stop in self.current:
            inside[row, start:stop] = True
        return np.sort(np.nan_to_num(self.evidence[~inside], nan=-np.inf))[::-1]

    def found(self, least: float) -> NDArray[np.bool_]:
        """Say which outbreaks have a week with more evidence than ``least``."""
        known = np.nan_to_num(self.evidence, nan=-np.inf)
        return np.array([known[row, a:b].max() > least for row, a, b in self.current])

    def at(self, rate: float) -> list[int]:
        """Give false alarms, weeks, outbreaks found and outbreaks, at a share of false alarms."""
        outside = self.outside()
        found = self.found(self.least(rate))
        false = int((outside > self.least(rate)).sum())
        return [false, len(outside), int(found.sum()), len(found)]

    def least(self, rate: float) -> float:
        """Give the evidence that this share of the weeks outside of outbreaks exceeds."""
        outside = self.outside()
        return float(outside[int(rate * len(outside))])


def evidence_of(name: str, setting: Mapping[str, str], panel: Panel, since: int) -> Numbers:
    """Judge, and give how strongly each week speaks for an outbreak, whatever the threshold."""
    judgement = find(name, setting).judge(panel, since)
    evidence = judgement.statistic if name in {"ears_c3", "emergence"} else -judgement.p_value
    above = (judgement.observed > np.nan_to_num(judgement.expected)) & (judgement.alarm >= 0)
    return np.where(above, evidence, -np.inf)


def of_the_truth(made: Outbreaks) -> Numbers:
    """Give the season scan's evidence where mean and dispersion are known, nothing fitted."""
    since = WEEKS - JUDGED
    counts, mean = made.panel.counts, made.mean
    spread = np.broadcast_to(made.spread[:, None], (len(counts), JUDGED)).ravel()
    before, earlier = counts[:, since - 1 : -1].ravel(), mean[:, since - 1 : -1].ravel()
    now, expected = counts[:, since:].ravel(), mean[:, since:].ravel()
    windows = [[np.zeros(len(now)), expected, spread], [before, expected + earlier, spread]]
    evidence = np.where(now > expected, -together(now, np.array(windows)), -np.inf)
    return evidence.reshape(len(counts), JUDGED)


def rows() -> Iterator[list[object]]:
    """Give the rows of the table."""
    for length, delay in LENGTHS.items():
        made = simulate(SEED, SERIES, delay)
        tried = {
            (name, said): Tried(evidence_of(name, own, made.panel, WEEKS - JUDGED), made.current)
            for (name, said), own in SETTINGS.items()
        }
        tried["truth", "mean and dispersion known"] = Tried(of_the_truth(made), made.current)
        for what, one in tried.items():
            for rate in RATES:
                yield [length, *what, rate, *one.at(rate), *_against(one, tried[RIVAL], rate)]
        yield from _calibration(length, tried["season_scan", "default"])


def _against(one: Tried, rival: Tried, rate: float) -> list[int]:
    """Give how many outbreaks only this one finds, and only its rival does."""
    ours, theirs = (each.found(each.least(rate)) for each in (one, rival))
    return [int((ours & ~theirs).sum()), int((theirs & ~ours).sum())]


def _calibration(length: str, scan: Tried) -> Iterator[list[object]]:
    """Give what the season scan does at an alpha, as it is asked for."""
    outside = scan.outside()
    for alpha in ALPHAS:
        found = scan.found(np.nextafter(-alpha, -1))
        false = int((outside >= -alpha).sum())
        yield [length, "season_scan", "alpha", alpha, false, len(outside), int(found.sum()),
               len(found), "", ""]  # fmt: skip


def main() -> None:
    """Write the table."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(HEADER)
        sheet.writerows(rows())
    print(f"wrote {FILE.name}")


if __name__ == "__main__":
    main()

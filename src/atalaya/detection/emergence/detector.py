"""The detector for emergences in near-empty series, with a bound on false alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.discoveries import discoveries
from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY, Judgement
from atalaya.detection.panel_starts import PanelStarts, panel_starts
from atalaya.detection.parameters import parameter
from atalaya.detection.windows import in_threads
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Numbers, Panel

FIRST_EVER, RETURN, GROWTH, LITTLE, NEW_PANEL, BY_CHANCE = 16, 17, 18, 19, 20, 21
AT_ONCE, NEWLY_TESTED = 32, 64  # added to the code of an alarm

# Months of each kind of period, and the lengths of the windows in its own periods. In short periods
# the windows thin out: neighbouring lengths carry nearly the same evidence.
_A_MONTH: Mapping[PeriodKind, float] = {
    PeriodKind.DAY: 30.4, PeriodKind.WEEK: 4.35, PeriodKind.MONTH: 1.0,
    PeriodKind.QUARTER: 1 / 3, PeriodKind.YEAR: 1 / 12,
}  # fmt: skip
_PER_DOUBLING = 4
# Priors in months: the lookback's share is spread around one case in a year, the window's around
# one case in two months. On simulated waves neither moves recall by more than one in a hundred
# within a factor of two.
_PRIORS = (0.5, 6.0, 1.0, 2.0)
_CHUNK = 2048
_FULL_HEIGHT = 6  # cases in the first two periods of a series that rising supply rarely gives
_MOST = 1e9  # evidence beyond this is as good as certain, and its digits only distract
REMEMBERED = 24  # periods after which how a series began is no longer said

_KINDS = {
    FIRST_EVER: "first ever in this history",
    RETURN: "return after silence",
    GROWTH: "growth from a low level",
}


@dataclass(frozen=True, slots=True)
class EmergenceParameters:
    """What `Emergence` can be told."""

    threshold: float = parameter(
        30.0,
        "Evidence from which it is an alarm, in months: while a share does not change, an alarm "
        "comes on average at most once in so many months.",
        minimum=1,
    )
    cases: int = parameter(2, "Fewest cases in the recent window.", minimum=1)
    window: int = parameter(12, "Longest recent window, in months.", minimum=1, maximum=60)
    lookbacks: tuple[int, ...] = parameter(
        (24, 96), "Lookbacks before the window, in months.", minimum=1, maximum=600
    )
    near: int = parameter(24, "How long before the window it must be near empty, in months.")
    allowed: int = parameter(4, "Most cases in that time; with more it is not new.", minimum=0)
    history: int = parameter(
        6, "Observed periods needed before the window, or it is not assessed.", minimum=1
    )
    false_discovery: float | None = parameter(
        None,
        "Largest expected share of false alarms among those of one period, over all series judged "
        "together; none asks for the threshold alone.",
        name="falseDiscovery",
        minimum=1e-6,
        maximum=1,
    )


@dataclass(frozen=True, slots=True)
class Emergence:
    """Alarm when a near-empty series rises: first ever, return after silence, growth.

    The statistic adds up, over recent windows and lookbacks, how much better two constant shares
    explain the counts than one (`evidence`). While the share of a series does not change, whatever
    it is, the statistic reaches ``threshold`` on average at most once in ``threshold`` months,
    however often one looks; measured, it is far rarer (docs/early-warning.md). The counts are taken
    as Poisson given the number examined. A gap is stepped over. An alarm needs a case in the period
    and at most ``allowed`` cases in the ``near`` months before the window.

    Where many series of one source begin together (`panel_starts`), the time before is neither
    silence nor baseline for them: they are *not assessed* until ``history`` periods under the new
    panel, and an alarm after it says that it is possibly a testing change. So does an alarm on a
    series that begins at full height.

    The evidence per window is an e-value and one over it the p-value, valid for one look at one
    period. With ``falseDiscovery`` an alarm must also be a discovery among all series judged in its
    period (`discoveries`); a verdict then depends on the others, and ``threshold`` is the count
    needed before that.

    Source: J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential
    change detection, New England Journal of Statistics in Data Science; L. Wasserman, A. Ramdas and
    S. Balakrishnan (2020), Universal inference, PNAS 117 (29), 16880-16890.

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[0.0] * 30 + [1, 0, 2, 2]])
    >>> judgement = Emergence().judge(Panel(("x",), Period.parse("2019-01"), counts))
    >>> judgement.alarm[0, -2:].tolist()
    [1, 1]
    >>> judgement.sentence(0, 32)
    'first ever in this history: 3 cases within the last 12 observed periods'
    """

    parameters: EmergenceParameters = field(default_factory=EmergenceParameters)

    name: ClassVar[str] = "emergence"
    title: ClassVar[str] = "Emergence: evidence that a near-empty series rises"
    source: ClassVar[str] = (
        "J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential "
        "change detection, New England Journal of Statistics in Data Science, "
        "https://nejsds.nestat.org/journal/NEJSDS/article/59; L. Wasserman, A. Ramdas and "
        "S. Balakrishnan (2020), Universal inference, PNAS 117 (29), 16880-16890, "
        "doi:10.1073/pnas.1922664117."
    )
    suits: ClassVar[str] = (
        "Series that are near empty, whatever their period: something new, or back after silence. "
        "It has a bound on false alarms that holds however often one looks, uses all of the "
        "history, and takes the start of a laboratory's panel for what it is. Figures beside those "
        "of the plain rule: docs/early-warning.md."
    )
    columns: ClassVar[Mapping[str, str]] = {
        "expected": "cases expected in the period at the rate of the lookback",
        "threshold": "count of the period from which the alarm stands; empty where none would do",
        "statistic": "the evidence; one alarm in so many months at most while nothing changes",
        "p_value": "valid for one look, not corrected for many looks or series",
    }

    @property
    def looks_back(self) -> int:
        """Observed months that the numbers rest on: the window and the longest lookback."""
        return self.parameters.window + max(self.parameters.lookbacks)

    def near(self, kind: PeriodKind) -> int:
        """Observed periods before the window in which at most ``allowed`` cases may fall."""
        return max(int(self.parameters.near * _A_MONTH[kind]), 1)

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        """Judge every series of a panel; see `Detector.judge`."""
        result = Judgement.blank(self.name, panel, since, self._wording(panel.first.kind))
        if not panel.n_periods:
            return result  # of nothing there is no first period to be found
        starts = panel_starts(panel)
        fill = partial(self._fill, result, panel, starts)
        in_threads(fill, len(panel.series), _CHUNK)
        if self.parameters.false_discovery is not None:
            self._keep_discoveries(result, panel, self.parameters.false_discovery)
        return result

    def _fill(self, result: Judgement, panel: Panel, starts: PanelStarts, rows: slice) -> None:
        from atalaya.detection.emergence import evidence  # here: loading it compiles

        since, asked = result.since, self.parameters
        part = panel.take(rows)  # what is seen is found for these rows only
        seen = part.observed
        counts = np.where(seen, part.counts, np.nan)
        windows, threshold = self._windows(panel.first.kind), self._threshold(panel.first.kind)
        begins, together = starts.of(rows)
        found = evidence.gather(counts, _exposure(part, seen), begins, windows, since, threshold)
        value, before = found[:, :, evidence.EVIDENCE], found[:, :, evidence.BEFORE]
        earlier, history = found[:, :, evidence.EARLIER], found[:, :, evidence.HISTORY]
        here, y = seen[:, since:], result.observed[rows]
        known = here & (history >= asked.history)
        alarm = known & (value >= threshold) & (y > 0)

        newly = begins[:, since:] > 0
        kind = np.where(before > 0, GROWTH, np.where(earlier > 0, RETURN, FIRST_EVER))
        kind = kind + AT_ONCE * _at_full_height(counts)[:, since:] + NEWLY_TESTED * newly
        reason = np.where(newly, NEW_PANEL, SHORT_HISTORY)
        reason = np.where(known, np.where(alarm, kind, LITTLE), reason)
        result.reason[rows][here] = reason[here]
        result.alarm[rows][known] = np.where(alarm, ALARM, NO_ALARM)[known]
        said = np.where(alarm, found[:, :, evidence.CASES], 0)
        unsure = np.where(newly, together[:, since:], history)
        result.detail[rows][here] = np.where(known, said, unsure)[here]
        result.statistic[rows][known] = np.minimum(value, _MOST)[known]
        result.expected[rows][known] = found[:, :, evidence.EXPECTED][known]
        result.threshold[rows][known] = found[:, :, evidence.NEEDED][known]
        looks = len(windows[0])
        with np.errstate(divide="ignore"):
            result.p_value[rows][known] = np.minimum(looks / value, 1)[known]

    def _keep_discoveries(self, result: Judgement, panel: Panel, share: float) -> None:
        """Take back the alarms that so many series may well give by chance."""
        looks = len(self._windows(panel.first.kind)[0])
        kept = discoveries(result.statistic / looks, share)
        back = (result.alarm == ALARM) & ~kept
        result.alarm[back], result.reason[back] = NO_ALARM, BY_CHANCE
        assessed = np.broadcast_to((result.alarm >= 0).sum(axis=0), back.shape)
        result.detail[back] = assessed[back]

    def _windows(self, kind: PeriodKind) -> tuple[Any, ...]:
        asked, month = self.parameters, _A_MONTH[kind]
        longest = max(round(asked.window * month), 1)
        lookbacks = np.unique([max(round(each * month), 1) for each in asked.lookbacks])
        priors = (_PRIORS[0], _PRIORS[1] * month, _PRIORS[2], _PRIORS[3] * month)
        gates = (float(asked.cases), float(asked.allowed), max(asked.near * month, 1.0))
        return _lengths(longest), lookbacks, priors, (*gates, float(asked.history))

    def _threshold(self, kind: PeriodKind) -> float:
        return max(self.parameters.threshold * _A_MONTH[kind], 1.0)

    def _wording(self, kind: PeriodKind) -> dict[int, str]:
        window = round(max(self.parameters.window * _A_MONTH[kind], 1))
        wording = {
            SHORT_HISTORY: "not assessed: {detail:.0f} observed periods before this one where "
            f"{self.parameters.history} are needed",
            NEW_PANEL: "not assessed: probably a testing change, {detail:.0f} series of this "
            "source began together",
            LITTLE: "no sure rise",
            BY_CHANCE: "a rise such as one of {detail:.0f} series may show by chance",
        }
        for code, what in _KINDS.items():
            plain = f"{what}: {{detail:.0f}} cases within the last {window} observed periods"
            wording[code] = plain
            began = "it began at its full height"
            many = "many series of this source began together"
            for extra, why in (
                (AT_ONCE, began), (NEWLY_TESTED, many), (AT_ONCE + NEWLY_TESTED, many),
            ):  # fmt: skip
                wording[code + extra] = f"possibly a testing change ({why}): {plain}"
        return wording


def _lengths(longest: int) -> NDArray[np.int64]:
    """Give the lengths of windows: every one to a dozen, then a few for each doubling."""
    dense = np.arange(1, min(longest, 12) + 1)
    steps = int(np.log2(max(longest / 12, 1)) * _PER_DOUBLING) + 1
    sparse = 12 * 2 ** (np.arange(1, steps) / _PER_DOUBLING)
    lengths = np.unique(np.concatenate([dense, np.round(sparse).astype(np.int64), [longest]]))
    return lengths[lengths <= longest].astype(np.int64)


def _exposure(panel: Panel, observed: NDArray[np.bool_]) -> Numbers:
    """Give the number examined, or ones for a series that begins without a denominator.

    A denominator that is missing later is taken as the one before it: nothing else is known yet.
    """
    ones: Numbers = np.ones_like(panel.counts)
    if panel.population is None:
        return ones
    known = observed & (np.nan_to_num(panel.population) > 0)
    width = np.arange(panel.n_periods)
    last = np.maximum.accumulate(np.where(known, width, -1), axis=1)
    carried = np.take_along_axis(panel.population, np.maximum(last, 0), axis=1)
    first = observed.argmax(axis=1)
    begins_known = np.take_along_axis(known, first[:, None], axis=1)
    return np.where(begins_known & (last >= 0), carried, ones)


def _at_full_height(counts: Numbers) -> NDArray[np.bool_]:
    """Say where a series is that began with many cases in its first two periods, for two years."""
    filled = np.nan_to_num(counts)
    total, width = np.cumsum(filled, axis=1), np.arange(counts.shape[1])
    first = (filled > 0).argmax(axis=1)[:, None]
    height = np.take_along_axis(total, np.minimum(width, first + 1), axis=1)
    result: NDArray[np.bool_] = (height >= _FULL_HEIGHT) & (width <= first + REMEMBERED)
    return result

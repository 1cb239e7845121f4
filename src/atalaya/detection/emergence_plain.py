"""A plain, explainable detector for emergences in counts with denominators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY, Judgement
from atalaya.detection.parameters import parameter
from atalaya.detection.testing_changes import newcomers_together
from atalaya.detection.windows import Observed, chunks, running
from atalaya.series.panel import Numbers, Panel

FIRST_EVER, RETURN, GROWTH, FEW, NOT_NEW = 16, 17, 18, 19, 20
EXAMINED_MORE, BEGAN_TOGETHER = 32, 64  # added to the code of an alarm

# What it is comes first and its figures after the colon, so that it can be said without them.
_KINDS = {
    FIRST_EVER: ("first ever in this history", "none in the {before} before nor earlier"),
    RETURN: ("return after silence", "none in the {before} before but some earlier"),
    GROWTH: ("growth from a low level", "{{detail:.0f}} in the {before} before"),
}
_CHANGES = {
    EXAMINED_MORE: "many more were examined",
    BEGAN_TOGETHER: "unusually many series of this source began together",
    EXAMINED_MORE
    + BEGAN_TOGETHER: "many more were examined and many series of this source began together",
}


@dataclass(frozen=True, slots=True)
class EmergencePlainParameters:
    """What `EmergencePlain` can be told."""

    window: int = parameter(6, "Length of the recent window, in observed periods.", minimum=1)
    cases: int = parameter(3, "Cases in the recent window from which it is an alarm.", minimum=1)
    before: int = parameter(
        12, "Length of the window before, in observed periods; shorter near the start.", minimum=1
    )
    before_least: int = parameter(
        6,
        "Observed periods the window before must have, or the period is not assessed.",
        name="beforeLeast",
        minimum=1,
    )
    allowed: int = parameter(1, "Most cases allowed in the window before.", minimum=0)
    volume_step: float = parameter(
        2.0,
        "How many times as many examined a period counts as a step in volume.",
        name="volumeStep",
        minimum=1,
    )
    together: int = parameter(
        3,
        "Series of one source that must begin in one window to be called a change of its panel.",
        minimum=2,
    )


@dataclass(frozen=True, slots=True)
class EmergencePlain:
    """Alarm when several cases follow (almost) none: first ever, return, or growth.

    The alarm stands where at least ``cases`` cases fall in the last ``window`` observed periods and
    at most ``allowed`` in the up to ``before`` observed periods before those. Of these there must
    be ``beforeLeast``, or the period is not assessed (the history is left-censored). A gap is
    stepped over. What may be a change in testing (a step in the number examined, many series of
    one source beginning together) is said in the reason; it does not change the alarm.

    The p-value compares the rates of the two windows: given their sum, the recent cases are
    binomial with the recent share of the exposure, which is the number examined where every period
    of both windows has it, else the number of observed periods. It holds for one look, and is not
    corrected for many looks or series.

    Source: the rule and its figures are measured in ``tests/gates/test_emergence_gold.py``; the
    p-value is the exact conditional test of J. Przyborowski and H. Wilenski (1940), Homogeneity of
    results in testing samples from Poisson series, Biometrika 31 (3/4), 313-323.

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[0.0] * 12 + [1, 0, 2]])
    >>> judgement = EmergencePlain().judge(Panel(("x",), Period.parse("2019-01"), counts))
    >>> judgement.alarm[0, -1], judgement.sentence(0, 14)  # doctest: +NORMALIZE_WHITESPACE
    (np.int8(1), 'first ever in this history: 3 counted in the last 6 observed periods, none in the
    12 before nor earlier')
    """

    parameters: EmergencePlainParameters = field(default_factory=EmergencePlainParameters)

    name: ClassVar[str] = "emergence_plain"
    title: ClassVar[str] = "Plain emergence: several cases after almost none"
    source: ClassVar[str] = (
        "Rule: this project, measured in tests/gates/test_emergence_gold.py. P-value: "
        "J. Przyborowski and H. Wilenski (1940), Homogeneity of results in testing samples from "
        "Poisson series, Biometrika 31 (3/4), 313-323."
    )
    suits: ClassVar[str] = (
        "Series that are near empty, whatever their period: something new, or back after silence. "
        "It needs no variance and no season, which such series cannot give; it never fires on a "
        "series that is already established. Of 26 dated real emergences it finds 24 by the fifth "
        "case, at 0.23 other episodes per 100 series-months assessed."
    )
    columns: ClassVar[Mapping[str, str]] = {
        "expected": "cases expected in the period at the rate of the window before",
        "threshold": "count of the period from which the alarm stands; empty where none would do",
        "statistic": "cases in the recent window",
        "p_value": "exact conditional test of the recent window against the one before",
    }

    @property
    def looks_back(self) -> int:
        """Observed periods that the numbers rest on: both windows."""
        return self.parameters.window + self.parameters.before

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        """Judge every series of a panel; see `Detector.judge`."""
        result = Judgement.blank(self.name, panel, since, self._wording())
        together = newcomers_together(panel, self.parameters.window, self.parameters.together)
        observed = panel.observed
        for rows in chunks(len(panel.series)):
            population = None if panel.population is None else panel.population[rows]
            squeezed = Observed.of(observed[rows])
            windows = _windows(squeezed, panel.counts[rows], population, self.parameters)
            self._fill(result, rows, squeezed, windows, together[rows, since:])
        return result

    def _fill(
        self,
        result: Judgement,
        rows: slice,
        squeezed: Observed,
        windows: _Windows,
        together: NDArray[np.bool_],
    ) -> None:
        asked = self.parameters

        def judged(values: Numbers) -> Numbers:
            return squeezed.spread(values)[:, result.since :]

        here = squeezed.mask[:, result.since :]
        recent, before, earlier = (
            judged(each) for each in (windows.recent, windows.before, windows.earlier)
        )
        length, y = judged(windows.length), result.observed[rows]
        enough = here & (length >= asked.before_least)
        quiet = enough & (before <= asked.allowed)
        alarm = quiet & (recent >= asked.cases)
        kind = np.where(before > 0, GROWTH, np.where(earlier > 0, RETURN, FIRST_EVER))
        kind += EXAMINED_MORE * (judged(windows.volume) >= asked.volume_step)
        kind += BEGAN_TOGETHER * (together & (before == 0) & (earlier == 0))

        result.alarm[rows][enough] = np.where(alarm, ALARM, NO_ALARM)[enough]
        result.reason[rows][here] = SHORT_HISTORY
        result.reason[rows][enough] = np.where(
            alarm, kind, np.where(recent < asked.cases, FEW, NOT_NEW)
        )[enough]
        so_far = squeezed.rank[:, result.since :] + 1
        result.detail[rows][here] = np.where(enough, before, so_far)[here]
        result.expected[rows][enough] = judged(windows.expected)[enough]
        needed = np.maximum(asked.cases - (recent - y), 0)
        result.threshold[rows][quiet] = needed[quiet]
        result.statistic[rows][enough] = recent[enough]
        result.p_value[rows][enough] = _tail(recent, before, judged(windows.share))[enough]

    def _wording(self) -> dict[int, str]:
        asked = self.parameters
        counted = f"{{statistic:.0f}} counted in the last {asked.window} observed periods"
        wording = {
            SHORT_HISTORY: "not assessed: {detail:.0f} observed periods up to here where "
            f"{asked.window + asked.before_least} are needed",
            FEW: f"too few: {counted}, fewer than {asked.cases}",
            NOT_NEW: f"not new: {counted}, {{detail:.0f}} in the up to {asked.before} before",
        }
        for kind, (what, before) in _KINDS.items():
            plain = f"{what}: {counted}, {before.format(before=asked.before)}"
            wording[kind] = plain
            for change, why in _CHANGES.items():
                wording[kind + change] = f"possibly a testing change ({why}): {plain}"
        return wording


@dataclass(frozen=True, slots=True, eq=False)
class _Windows:
    """Sums over the two windows at each observed period, squeezed."""

    recent: Numbers
    before: Numbers
    earlier: Numbers
    length: Numbers
    share: Numbers
    expected: Numbers
    volume: Numbers


def _windows(
    squeezed: Observed,
    counts: Numbers,
    population: Numbers | None,
    asked: EmergencePlainParameters,
) -> _Windows:
    width = counts.shape[1]
    stop = np.arange(1, width + 1)
    middle = np.maximum(stop - asked.window, 0)
    start = np.maximum(middle - asked.before, 0)
    length = (middle - start).astype(float)
    cases = running(squeezed.squeeze(counts))
    recent, before = cases[:, stop] - cases[:, middle], cases[:, middle] - cases[:, start]
    periods = (stop - middle).astype(float)
    ones = np.ones(counts.shape)
    now, then, here = periods * ones, length * ones, ones
    volume = np.full(counts.shape, np.nan)
    if population is not None:
        examined = squeezed.squeeze(population)
        total = running(np.nan_to_num(examined))
        unknown = running(np.isnan(examined).astype(float))
        # One denominator missing in either window: both are measured in periods instead.
        known = unknown[:, stop] == unknown[:, start]
        now = np.where(known, total[:, stop] - total[:, middle], now)
        then = np.where(known, total[:, middle] - total[:, start], then)
        here = np.where(known, examined, here)
        with np.errstate(divide="ignore", invalid="ignore"):
            volume = np.where(known, (now / periods) / (then / length), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = before / then * here
        share = now / (now + then)
    return _Windows(recent, before, cases[:, start], length * ones, share, expected, volume)


def _tail(recent: Numbers, before: Numbers, share: Numbers) -> Numbers:
    """Give P(X >= recent) for X binomial(recent + before, share); 1 where nothing was counted."""
    from scipy.special import betainc  # here, so that scipy loads only when something is judged

    with np.errstate(invalid="ignore"):
        tail = betainc(np.maximum(recent, 1), before + 1, share)
    return np.where(recent > 0, tail, 1.0)

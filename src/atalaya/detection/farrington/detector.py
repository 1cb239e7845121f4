"""Farrington's flexible algorithm as a detector, equal to R's ``farringtonFlexible``."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.farrington.reference import A_YEAR, anniversaries, plan
from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY, Judgement
from atalaya.detection.parameters import parameter
from atalaya.detection.windows import chunks, running
from atalaya.model.errors import WrongUse
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Gap, Numbers, Panel

if TYPE_CHECKING:
    from atalaya.detection.farrington.bounds import Bounds

ABOVE, WITHIN, FEW_CASES, NO_BOUND, UNFITTED, GAPS, NO_POPULATION, TOO_LONG = range(16, 24)
_CHUNK = 256  # series a thread takes at once: small enough that two cores share even short panels
_SURE_YEARS = 3  # with fewer years no trend is kept, as in R
_STILL = 2048  # judged periods from which threads pay for themselves


@dataclass(frozen=True, slots=True)
class FarringtonParameters:
    """R's control list of ``farringtonFlexible``; ``range`` is ``--from``."""

    b: int = parameter(5, "Years to go back.", minimum=1)
    w: int = parameter(3, "Half the width of the window around each anniversary.", minimum=0)
    reweight: bool = parameter(True, "Whether past outbreaks are weighed down.")
    weights_threshold: float = parameter(
        2.58, "Residual above which a period counts for less.", name="weightsThreshold", minimum=0
    )
    alpha: float = parameter(0.05, "One-sided error of one look.", minimum=1e-12, maximum=0.5)
    trend: bool = parameter(True, "Whether a trend is tried.")
    p_threshold_trend: float = parameter(
        0.05, "A trend is kept below this p-value; 1 keeps any.", name="pThresholdTrend",
        minimum=0, maximum=1,
    )  # fmt: skip
    limit54: tuple[int, ...] = parameter(
        (5, 4), "Fewest cases, and in how many last periods: with fewer it is not assessed.",
        minimum=0,
    )  # fmt: skip
    powertrans: Literal["2/3", "1/2", "none"] = parameter(
        "2/3", "Power transformation of the bound by delta: 2/3, 1/2 or none."
    )
    population_offset: bool = parameter(
        False, "Whether counts are compared per head of the population.", name="populationOffset"
    )
    no_periods: int = parameter(
        1, "Seasonal levels; 1 takes the windows only.", name="noPeriods", minimum=1, maximum=53
    )
    past_weeks_not_included: int | None = parameter(
        None, "Periods just before that are left out; none is w.", name="pastWeeksNotIncluded",
        minimum=0,
    )  # fmt: skip
    threshold_method: Literal["delta", "nbPlugin", "muan"] = parameter(
        "delta", "How the bound is found: delta, nbPlugin or muan.", name="thresholdMethod"
    )
    epoch_as_date: bool = parameter(
        False, "Whether the same week of earlier years is found by date.", name="epochAsDate"
    )
    least_share: float = parameter(
        0.5, "Share of the reference periods that must be observed.", name="leastShare",
        minimum=0, maximum=1,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FarringtonFlexible:
    """Compare a count with a regression on the same season of earlier years.

    A quasi-Poisson regression with seasonal levels and, where it is sure, a trend is fitted to the
    reference periods; those with large residuals (past outbreaks) are weighed down and it is fitted
    again. An alarm is a count above the bound. A gap among the reference periods is left out of the
    fit; with fewer than ``leastShare`` of them, or with a season that has none, the period is *not
    assessed*. With ``populationOffset`` the logarithm of the denominator is an offset in the fit
    and in the prediction, and a period without one is a gap. In ``limit54`` gaps count no cases.

    Source: A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett
    (2013), An improved algorithm for outbreak detection in multiple surveillance systems,
    Statistics in Medicine 32 (7), 1206-1222, doi:10.1002/sim.5595; M. Salmon, D. Schumacher and
    M. Hoehle (2016), Monitoring count time series in R, Journal of Statistical Software 70 (10),
    doi:10.18637/jss.v070.i10.

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[10.0 + (week * 7) % 5 for week in range(300)] + [25.0]])
    >>> judgement = FarringtonFlexible().judge(Panel(("x",), Period.parse("2015-W01"), counts), 300)
    >>> judgement.alarm.tolist(), judgement.sentence(0, 0)
    ([[1]], '25 counted where 12.0 were expected and 18.1 allowed at this time of the year')
    """

    parameters: FarringtonParameters = field(default_factory=FarringtonParameters)

    name: ClassVar[str] = "farrington_flexible"
    title: ClassVar[str] = "Farrington flexible: a count far above the same season of earlier years"
    source: ClassVar[str] = (
        "A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett (2013), "
        "An improved algorithm for outbreak detection in multiple surveillance systems, Statistics "
        "in Medicine 32 (7), 1206-1222, doi:10.1002/sim.5595; M. Salmon, D. Schumacher and "
        "M. Hoehle (2016), Journal of Statistical Software 70 (10), doi:10.18637/jss.v070.i10."
    )
    suits: ClassVar[str] = (
        "Weeks or days with a season and years of history, five cases or more in four weeks. "
        "Defaults are R's; the settings of Noufaily et al. are noPeriods=10 "
        "pastWeeksNotIncluded=26 pThresholdTrend=1 thresholdMethod=nbPlugin."
    )
    columns: ClassVar[Mapping[str, str]] = {
        "expected": "fitted cases of the period",
        "threshold": "R's upperbound: an alarm is a count above it",
        "statistic": "R's score: above 1 is an alarm; its scale depends on thresholdMethod",
        "p_value": "probability of a count at least as large under the fit; holds for one look",
    }

    def __post_init__(self) -> None:
        if len(self.parameters.limit54) != 2:  # noqa: PLR2004 - cases and periods
            raise WrongUse("limit54 takes two numbers: cases and periods", do="write limit54=5,4")
        if self.parameters.limit54[1] < 1:
            raise WrongUse("limit54 needs at least one period", do="write limit54=5,4")

    @property
    def looks_back(self) -> int:
        """Periods that the numbers rest on: the years, half a window, and the judged one."""
        return self.parameters.b * A_YEAR[PeriodKind.WEEK] + self.parameters.w + 1

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        """Judge every series of a panel; see `Detector.judge`."""
        result = Judgement.blank(self.name, panel, since, self._wording())
        here = panel.gap_codes[:, since:] == Gap.NONE
        if panel.first.kind not in A_YEAR:
            result.reason[here] = TOO_LONG
            return result
        places, plans = self._plans(panel, since)
        result.reason[here] = SHORT_HISTORY
        result.detail[here] = np.broadcast_to(np.arange(since, panel.n_periods), here.shape)[here]
        if not len(places) or not panel.series:
            return result
        slices = tuple(chunks(len(panel.series), _CHUNK))
        if len(slices) > 1 or len(places) * len(panel.series) > _STILL:
            with ThreadPoolExecutor() as threads:
                list(
                    threads.map(
                        lambda rows: self._fill(result, panel, rows, (places, plans)), slices
                    )
                )
        else:
            self._fill(result, panel, slices[0], (places, plans))
        return result

    def _plans(self, panel: Panel, since: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        asked = self.parameters
        excluded = (
            asked.w if asked.past_weeks_not_included is None else asked.past_weeks_not_included
        )
        by_date = panel.first.kind is PeriodKind.DAY or (
            panel.first.kind is PeriodKind.WEEK and asked.epoch_as_date
        )
        places, plans = [], []
        for place in range(since, panel.n_periods):
            years = anniversaries(place, panel.first, asked.b, by_date=by_date)
            if years[-1] - asked.w >= 0:
                places.append(place)
                plans.append(plan(place, years, asked.w, excluded, asked.no_periods))
        longest = max((len(each) for each in plans), default=0)
        table = np.zeros((len(plans), longest, 3), np.int64)
        for row, each in zip(table, plans, strict=True):
            row[: len(each)] = each
        return np.array(places, np.int64), table

    def _fill(
        self,
        result: Judgement,
        panel: Panel,
        rows: slice,
        plans: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> None:
        from atalaya.detection.farrington import (
            fitting,
        )  # here: compiling is left to those who judge

        places, runs = plans
        asked, at = self.parameters, places - result.since
        part = panel.take(rows)  # what is seen is found for these rows only
        values = _values(part, asked.population_offset)
        threshold = asked.weights_threshold if asked.reweight else 0.0
        trend = float(asked.trend and asked.b >= _SURE_YEARS)
        options = (trend, threshold, asked.least_share, self._critical(runs))
        fits = fitting.fit_all(values, places, runs, asked.no_periods, options)
        observed = values[0][:, places]
        bounds = self._bounds(observed, fits)
        enough = _recent_cases(values[0], asked.limit54[1])[:, places] >= asked.limit54[0]
        here, fitted = ~np.isnan(observed), fits[:, :, fitting.STATE] == fitting.FITTED
        known = here & fitted & ~np.isnan(bounds.upper)
        given = known & enough
        alarm = given & (bounds.score > 1) & (observed > 0)

        reason = np.select(
            [
                ~here,
                fits[:, :, fitting.STATE] == fitting.NO_REFERENCE,
                ~fitted,
                ~enough,
                ~known,
                alarm,
            ],
            [NO_POPULATION, GAPS, UNFITTED, FEW_CASES, NO_BOUND, ABOVE],
            WITHIN,
        )
        judged = part.observed[:, places]
        _put(result.reason[rows], at, judged, reason)
        _put(result.detail[rows], at, judged, fits[:, :, fitting.USED])
        _put(result.alarm[rows], at, given, np.where(alarm, ALARM, NO_ALARM))
        _put(result.expected[rows], at, given, bounds.expected)
        _put(result.threshold[rows], at, given, bounds.upper)
        # R gives its score and p-value also where limit54 keeps it from an alarm.
        score = np.where(np.isinf(bounds.score), np.nan, bounds.score)
        _put(result.statistic[rows], at, judged & known, score)
        _put(result.p_value[rows], at, judged & known, bounds.p_value)

    def _critical(self, runs: NDArray[np.int64]) -> Numbers:
        """Give the least t value of a slope that is kept, by degrees of freedom."""
        from scipy.special import stdtrit  # here, so that scipy loads only when something is judged

        longest = int((runs[:, :, 1] - runs[:, :, 0]).sum(axis=1).max(initial=1))
        freedom = np.maximum(np.arange(longest + 1, dtype=float), 1)
        least: Numbers = -stdtrit(freedom, self.parameters.p_threshold_trend / 2)
        return least

    def _bounds(self, observed: Numbers, fits: Numbers) -> Bounds:
        from atalaya.detection.farrington import bounds, fitting

        asked = self.parameters
        fit = (fits[:, :, fitting.LINK], fits[:, :, fitting.ERROR], fits[:, :, fitting.DISPERSION])
        if asked.threshold_method == "delta":
            return bounds.delta(observed, fit, asked.alpha, asked.powertrans)
        at_upper = asked.threshold_method == "muan"
        return bounds.negative_binomial(observed, fit, asked.alpha, at_upper=at_upper)

    def _wording(self) -> dict[int, str]:
        asked = self.parameters
        cases, periods = asked.limit54
        return {
            ABOVE: "{observed:.0f} counted where {expected:.1f} were expected and {threshold:.1f} "
            "allowed at this time of the year",
            WITHIN: "within what is usual at this time of the year",
            FEW_CASES: f"not assessed: fewer than {cases} cases in the last {periods} periods",
            NO_BOUND: "not assessed: the fit is too uncertain for a bound",
            UNFITTED: "not assessed: the regression on earlier years does not settle",
            GAPS: "not assessed: gaps leave {detail:.0f} reference periods, too few or a season "
            "without any",
            TOO_LONG: "not assessed: quarters and years are too long for a window around a season",
            NO_POPULATION: "not assessed: populationOffset needs the population of this period",
            SHORT_HISTORY: f"not assessed: {{detail:.0f}} periods of history, less than {asked.b} "
            f"years and {asked.w} periods",
        }


def _values(panel: Panel, with_population: bool) -> Numbers:
    """Give counts, their logarithms and those of the denominators, as `fitting.fit_all` wants."""
    counts = np.where(panel.observed, panel.counts, np.nan)
    offset = np.zeros(counts.shape)
    if with_population:
        known = np.full(counts.shape, np.nan) if panel.population is None else panel.population
        with np.errstate(divide="ignore"):
            offset = np.where(known > 0, np.log(known), 0.0)
        counts = np.where(known > 0, counts, np.nan)
    logarithms = np.log(np.where(counts > 0, counts, 1.0))
    return np.stack([counts, logarithms, offset])


def _recent_cases(counts: Numbers, periods: int) -> Numbers:
    """Give the cases of the last ``periods`` periods, the current one included; gaps add none."""
    total = running(np.nan_to_num(counts))
    stop = np.arange(1, counts.shape[1] + 1)
    return total[:, stop] - total[:, np.maximum(stop - periods, 0)]


def _put(
    into: NDArray[np.generic], at: NDArray[np.int64], where: NDArray[np.bool_], values: Numbers
) -> None:
    """Write values of the judged periods ``at`` into a result, where asked."""
    into[:, at] = np.where(where, values, into[:, at])

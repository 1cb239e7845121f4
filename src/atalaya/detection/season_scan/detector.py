"""The detector for dense series: the last periods together, against season and trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY, Judgement
from atalaya.detection.parameters import parameter
from atalaya.detection.season_scan.evidence import fewest, together
from atalaya.detection.windows import in_threads
from atalaya.model.periods import PeriodKind
from atalaya.series.panel import Numbers, Panel

ABOVE, WITHIN, NO_POPULATION = 16, 17, 18
A_YEAR: Mapping[PeriodKind, float] = {
    PeriodKind.DAY: 365.25, PeriodKind.WEEK: 365.25 / 7, PeriodKind.MONTH: 12.0,
    PeriodKind.QUARTER: 4.0, PeriodKind.YEAR: 1.0,
}  # fmt: skip
_HARMONICS = 2
# Standard deviations of the penalty, on the scale of logarithms: of a slope a year, of the first
# and second wave of the year, of a weekday. Halving the first or nearly halving the second moves
# detection on simulated outbreaks by less than one in a hundred.
_SLOPE, _SEASON, _WEEKDAY = 0.3, 0.7, 0.5
_CHUNK = 128


@dataclass(frozen=True, slots=True)
class SeasonScanParameters:
    """What `SeasonScan` can be told."""

    alpha: float = parameter(
        0.01, "One-sided error of one look at one period.", minimum=1e-12, maximum=0.5
    )
    window: int = parameter(
        2, "Most observed periods that are taken together.", minimum=1, maximum=12
    )
    years: float = parameter(10.0, "Most years to look back.", minimum=1, maximum=50)
    history: float = parameter(
        2.0, "Years of observed periods before the guard band, or it is not assessed.", minimum=1
    )
    guard: float = parameter(
        0.5, "Years just before the period that are left out of the fit.", minimum=0
    )
    weights_threshold: float = parameter(
        2.58, "Residual above which a period counts for less; 0 weighs nothing down.",
        name="weightsThreshold", minimum=0,
    )  # fmt: skip
    population_offset: bool = parameter(
        True,
        "Whether counts are compared by the number examined, where it is given.",
        name="populationOffset",
    )


@dataclass(frozen=True, slots=True)
class SeasonScan:
    """Alarm when the last one or two periods hold more cases than season and trend explain.

    The expected level is fitted to up to ten years before a guard band of half a year
    (`expectation`). The cases of the last 1 .. ``window`` observed periods are compared with a
    negative binomial whose variance holds the dispersion and the error of the fit; the weighted
    harmonic mean of the mid-p-values (`evidence`) must not exceed ``alpha``. The period itself must
    lie above its expected level, and bounds what those before it may say, so that an outbreak that
    is over does not go on alarming.

    Denominators are an offset; a period without one is *not assessed* then. Gaps are stepped over.

    Source: A. Noufaily et al. (2013), Statistics in Medicine 32 (7), 1206-1222,
    doi:10.1002/sim.5595; M. Kulldorff (2001), Prospective time periodic geographical disease
    surveillance using a scan statistic, Journal of the Royal Statistical Society A 164 (1), 61-72;
    D. J. Wilson (2019), The harmonic mean p-value for combining dependent tests, PNAS 116 (4),
    1195-1200, doi:10.1073/pnas.1814092116.

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[10.0 + (week * 7) % 5 for week in range(200)] + [21, 24]])
    >>> judgement = SeasonScan().judge(Panel(("x",), Period.parse("2015-W01"), counts), 200)
    >>> judgement.alarm.tolist(), judgement.sentence(0, 1)
    ([[0, 1]], '24 counted where 12.0 were expected and 17 would be an alarm')
    """

    parameters: SeasonScanParameters = field(default_factory=SeasonScanParameters)

    name: ClassVar[str] = "season_scan"
    title: ClassVar[str] = "Season scan: the last periods together above season and trend"
    source: ClassVar[str] = (
        "A. Noufaily et al. (2013), An improved algorithm for outbreak detection in multiple "
        "surveillance systems, Statistics in Medicine 32 (7), 1206-1222, doi:10.1002/sim.5595; "
        "M. Kulldorff (2001), Prospective time periodic geographical disease surveillance using a "
        "scan statistic, Journal of the Royal Statistical Society A 164 (1), 61-72; D. J. Wilson "
        "(2019), The harmonic mean p-value for combining dependent tests, PNAS 116 (4), 1195-1200, "
        "doi:10.1073/pnas.1814092116."
    )
    suits: ClassVar[str] = (
        "Weeks or days with a season and three years of history or more. It uses all of the "
        "history and the last two periods together, and finds more of simulated outbreaks than "
        "Farrington's algorithm does at the same false alarms; of those that last one period "
        "about as many: docs/early-warning.md."
    )
    columns: ClassVar[Mapping[str, str]] = {
        "expected": "fitted cases of the period",
        "threshold": "count of the period from which it is an alarm",
        "statistic": "-log10 of the p-value",
        "p_value": "weighted harmonic mean of the windows' mid-p-values; holds for one look",
    }

    @property
    def looks_back(self) -> int:
        """Weeks that the numbers rest on: the years, the guard band and the judged one."""
        years = self.parameters.years + self.parameters.guard
        return int(np.ceil(years * A_YEAR[PeriodKind.WEEK])) + 1

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        """Judge every series of a panel; see `Detector.judge`."""
        result = Judgement.blank(self.name, panel, since, self._wording())
        fill = partial(self._fill, result, panel)
        in_threads(fill, len(panel.series), _CHUNK)
        return result

    def _fill(self, result: Judgement, panel: Panel, rows: slice) -> None:
        from atalaya.detection.season_scan import expectation  # here: loading it compiles

        asked, year, since = self.parameters, A_YEAR[panel.first.kind], result.since
        part = panel.take(rows)  # what is seen is found for these rows only
        values = _values(part, asked.population_offset)
        rows_of_time, penalty = design(panel)
        least = max(np.ceil(asked.history * year), rows_of_time.shape[1] + 2.0)
        spans = (np.ceil(asked.years * year), np.ceil(asked.guard * year), least)
        options = (*spans, float(asked.window), asked.weights_threshold)
        found = expectation.expect(values, rows_of_time, penalty, since, options)

        used, expected = found[:, :, expectation.USED], found[:, :, expectation.FIRST_WINDOW + 1]
        known = ~np.isnan(expected)
        p_value, needed = self._scan(found, result.observed[rows])
        alarm = known & (p_value <= asked.alpha) & (result.observed[rows] > expected)
        judged = part.observed[:, since:]
        reason = np.where(np.isnan(used), NO_POPULATION, SHORT_HISTORY)
        reason = np.where(known, np.where(alarm, ABOVE, WITHIN), reason)
        result.reason[rows][judged] = reason[judged]
        result.detail[rows][judged] = used[judged]
        result.alarm[rows][known] = np.where(alarm, ALARM, NO_ALARM)[known]
        result.expected[rows][known] = expected[known]
        result.threshold[rows][known] = needed[known]
        result.p_value[rows][known] = p_value[known]
        result.statistic[rows][known] = -np.log10(np.maximum(p_value, 1e-300))[known]

    def _scan(self, found: Numbers, observed: Numbers) -> tuple[Numbers, Numbers]:
        """Give the p-value of each period, and the fewest cases that would be an alarm."""
        from atalaya.detection.season_scan import expectation

        p_value, needed = np.full((2, *observed.shape), np.nan)
        known = ~np.isnan(found[:, :, expectation.FIRST_WINDOW + expectation.EXPECTED])
        windows = []
        for start in range(expectation.FIRST_WINDOW, found.shape[2], 3):
            cases, mean, error = (found[known, start + each] for each in range(3))
            spread = np.maximum(found[known, expectation.DISPERSION] + error / mean, 1.0)
            windows.append([cases - observed[known], mean, spread])
        p_value[known] = together(observed[known], np.array(windows))
        needed[known] = fewest(np.array(windows), self.parameters.alpha)
        return p_value, needed

    def _wording(self) -> dict[int, str]:
        asked = self.parameters
        return {
            ABOVE: "{observed:.0f} counted where {expected:.1f} were expected and {threshold:.0f} "
            "would be an alarm",
            WITHIN: "within what season and trend explain",
            NO_POPULATION: "not assessed: populationOffset needs the population of this period",
            SHORT_HISTORY: "not assessed: {detail:.0f} observed periods before the guard band, "
            f"less than {asked.history:g} years",
        }


def design(panel: Panel) -> tuple[Numbers, Numbers]:
    """Give the rows of the regression and the penalty of each coefficient.

    Returns:
        Level, time in years, waves of the year and, for days, weekdays, shape (n_periods, size);
        and the penalties, shape (size,). A year of four periods has one wave, a shorter one none.
    """
    kind = panel.first.kind
    # Counted from a fixed origin, so that a season does not depend on where the panel begins.
    places = panel.first.ordinal + np.arange(panel.n_periods)
    time = places / A_YEAR[kind]
    columns, penalties = [np.ones(len(time)), time], [1e-6, _SLOPE**-2]
    for wave in range(1, min(_HARMONICS, int(A_YEAR[kind] // 4)) + 1):
        angle = 2 * np.pi * wave * time
        columns += [np.sin(angle), np.cos(angle)]
        penalties += [(wave / _SEASON) ** 2] * 2
    if kind is PeriodKind.DAY:
        columns += [(places % 7 == day).astype(float) for day in range(7)]
        penalties += [_WEEKDAY**-2] * 7
    return np.stack(columns, axis=1), np.array(penalties)


def _values(panel: Panel, with_population: bool) -> NDArray[np.float64]:
    """Give counts and offsets, shape (2, n_series, n_periods); NaN where either is missing."""
    counts = np.where(panel.observed, panel.counts, np.nan)
    offset = np.zeros(counts.shape)
    if with_population and panel.population is not None:
        known = np.nan_to_num(panel.population) > 0
        offset = np.log(np.where(known, panel.population, 1.0))
        counts = np.where(known, counts, np.nan)
    return np.stack([counts, offset])

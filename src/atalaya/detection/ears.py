"""EARS C1, C2 and C3, equal to R's ``surveillance::earsC`` where there are no gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from atalaya.detection.judgement import ALARM, NO_ALARM, SHORT_HISTORY, Judgement
from atalaya.detection.parameters import parameter
from atalaya.detection.windows import Observed, in_threads, shifted
from atalaya.model.errors import WrongUse
from atalaya.series.panel import Numbers, Panel

Method = Literal["C1", "C2", "C3"]
ABOVE, WITHIN, ABOVE_FLAT, NO_VARIANCE, GAPS = 16, 17, 18, 19, 20

_LAG: Mapping[str, int] = {"C1": 1, "C2": 3, "C3": 3}  # the baseline ends this many periods before
_MEMORY: Mapping[str, int] = {"C1": 0, "C2": 2, "C3": 4}  # periods needed beside the baseline
# With gaps the observed periods of a baseline lie further back; one that reaches back more than
# twice as far as it would without gaps describes another time.
_REACH = 2
_CHUNK = 256  # series: a dozen arrays of a few hundred periods stay near a core


@dataclass(frozen=True, slots=True)
class EarsParameters:
    """R's control list of ``earsC``; ``range`` is ``--from``."""

    method: str = parameter("C1", "Which of C1, C2 and C3; fixed by the detector's name.")
    baseline: int = parameter(7, "Length of the baseline, in observed periods.", minimum=3)
    min_sigma: float = parameter(
        0.0, "Least standard deviation; 0.5 or 1 for sparse data.", name="minSigma", minimum=0
    )
    alpha: float | None = parameter(
        None,
        "Nominal one-sided error; none is .001 for C1 and C2 and .025 for C3.",
        minimum=1e-15,  # 1 - alpha must stay a number below 1
        maximum=0.5,
    )


@dataclass(frozen=True, slots=True)
class Ears:
    """Compare a count with the mean and standard deviation of the few periods before it.

    C1's baseline ends one period before, C2's three periods before; C3 adds up how far the last
    three C2 values exceed 1. Periods are observed periods: a gap is stepped over, and a baseline
    that gaps stretch to more than twice its length is not used (*not assessed*). Denominators are
    not used, except that a population of 0 is a gap. A baseline without variance fires on any count
    above its mean, and gives C3 no value (0/0), both as in R: raise ``minSigma`` on sparse series.

    Source: R. D. Fricker, B. L. Hegler and D. A. Dunfee (2008), Comparing syndromic surveillance
    detection methods: EARS versus a CUSUM-based methodology, Statistics in Medicine 27, 3407-3429;
    M. Salmon, D. Schumacher and M. Hoehle (2016), Monitoring count time series in R, Journal of
    Statistical Software 70 (10), doi:10.18637/jss.v070.i10 (``earsC``).

    >>> from atalaya.model.periods import Period
    >>> counts = np.array([[2.0, 4, 3, 2, 4, 3, 3, 9]])
    >>> judgement = ears("C1").judge(Panel(("x",), Period.parse("2019-W01"), counts), since=7)
    >>> judgement.alarm.tolist(), judgement.sentence(0, 0)
    ([[1]], '9 counted where the last 7 observed periods allow 5.5')
    """

    name: str
    title: str
    parameters: EarsParameters

    source: ClassVar[str] = (
        "R. D. Fricker, B. L. Hegler and D. A. Dunfee (2008), Comparing syndromic surveillance "
        "detection methods: EARS versus a CUSUM-based methodology, Statistics in Medicine 27, "
        "3407-3429; M. Salmon, D. Schumacher and M. Hoehle (2016), Monitoring count time series in "
        "R, Journal of Statistical Software 70 (10), doi:10.18637/jss.v070.i10."
    )
    suits: ClassVar[str] = (
        "Days or weeks with five or more cases each and little history: 7 to 11 periods will do. "
        "On steady series C2 fires by chance in 2.2 % of periods at a mean of 5 and in 4.8 % at "
        "0.1, where nine alarms in ten rest on a single case (simulated, Poisson)."
    )
    columns: ClassVar[Mapping[str, str]] = {
        "expected": "mean of the baseline, in cases",
        "threshold": "R's upperbound: an alarm is a count above it",
        "statistic": "C1, C2 or C3; empty where the baseline does not vary",
        "p_value": "normal tail of C1 or C2, as R's alpha means it; none for C3",
    }

    def __post_init__(self) -> None:
        if self.parameters.method != self.name[-2:].upper():
            raise WrongUse(
                f"method={self.parameters.method} does not belong to {self.name}",
                near=f"ears_{self.parameters.method.lower()}"
                if self.parameters.method in _LAG
                else None,
                do="the detector's name fixes the method",
            )

    @property
    def looks_back(self) -> int:
        """Observed periods that the numbers rest on: the baseline, those after it, this one."""
        return self.parameters.baseline + _MEMORY[self.parameters.method] + 1

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        """Judge every series of a panel; see `Detector.judge`."""
        result = Judgement.blank(self.name, panel, since, self._wording())
        observed = panel.observed

        def fill(rows: slice) -> None:
            self._fill(result, rows, Observed.of(observed[rows]), panel.counts[rows])

        in_threads(fill, len(panel.series), _CHUNK)
        return result

    def _fill(self, result: Judgement, rows: slice, squeezed: Observed, counts: Numbers) -> None:
        asked, since = self.parameters, result.since
        needed = asked.baseline + _MEMORY[asked.method]
        mean, sigma, upper, statistic = _bounds(squeezed.squeeze(counts), asked)

        def judged(values: Numbers) -> Numbers:
            return squeezed.spread(values)[:, since:]

        here, earlier = squeezed.mask[:, since:], squeezed.rank[:, since:].astype(float)
        long_enough = here & (earlier >= needed)
        reach = judged(squeezed.reach(needed))
        recent = long_enough & (reach <= _REACH * needed)
        bound, y = judged(upper), result.observed[rows]
        valued = recent & ~np.isnan(bound)
        alarm = valued & (y > bound)
        flat = judged(sigma) == 0

        # Copied where valid: picking cells out and putting them back takes three times as long.
        np.copyto(
            result.alarm[rows], np.where(alarm, ALARM, NO_ALARM), where=valued, casting="unsafe"
        )
        reason = np.where(alarm, np.where(flat, ABOVE_FLAT, ABOVE), WITHIN)
        reason = np.where(valued, reason, np.where(recent, NO_VARIANCE, GAPS))
        reason = np.where(long_enough, reason, SHORT_HISTORY)
        np.copyto(result.reason[rows], reason, where=here, casting="unsafe")
        np.copyto(result.detail[rows], np.where(long_enough, reach, earlier), where=here)
        for column, values in (
            (result.expected, mean),
            (result.threshold, upper),
            (result.statistic, statistic),
        ):
            np.copyto(column[rows], judged(values), where=valued)
        if asked.method != "C3":
            np.copyto(result.p_value[rows], _normal_tail(judged(statistic)), where=valued)

    def _wording(self) -> dict[int, str]:
        asked = self.parameters
        needed = asked.baseline + _MEMORY[asked.method]
        window = f"the last {asked.baseline} observed periods"
        if asked.method != "C1":
            window = f"{asked.baseline} observed periods ending 3 before"
        return {
            ABOVE: f"{{observed:.0f}} counted where {window} allow {{threshold:.1f}}",
            ABOVE_FLAT: f"{{observed:.0f}} counted after {window} without any variation",
            WITHIN: f"within what {window} allow",
            NO_VARIANCE: f"not assessed: {window} do not vary and {asked.method} has no value",
            GAPS: f"not assessed: gaps stretch the {needed} observed periods before this one over "
            "{detail:.0f} periods",
            SHORT_HISTORY: "not assessed: {detail:.0f} observed periods before this one where "
            f"{needed} are needed",
        }


def ears(method: Method) -> Ears:
    """Give one of the three detectors with R's default settings."""
    return Ears(
        f"ears_{method.lower()}",
        f"EARS {method}: a count far above the mean of the last few periods",
        EarsParameters(method=method),
    )


def _bounds(counts: Numbers, asked: EarsParameters) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Give mean, standard deviation, upper bound and statistic at each observed period."""
    z = _normal_quantile(asked)
    lags = range(_LAG[asked.method], _LAG[asked.method] + asked.baseline)
    mean = np.zeros(counts.shape)
    for lag in lags:
        mean += shifted(counts, lag)
    mean /= asked.baseline
    square = np.zeros(counts.shape)
    # Two passes: with sums of squares a constant baseline would not give exactly 0.
    for lag in lags:
        square += (shifted(counts, lag) - mean) ** 2
    sigma = np.maximum(np.sqrt(square / (asked.baseline - 1)), asked.min_sigma)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (counts - mean) / sigma
        if asked.method != "C3":
            return mean, sigma, mean + z * sigma, np.where(np.isinf(score), np.nan, score)
        excess = np.maximum(score - 1, 0)
        past = shifted(excess, 1) + shifted(excess, 2)
        upper = np.maximum(counts + sigma * (z - past), 0)
        statistic = excess + past
    return mean, sigma, upper, np.where(np.isinf(statistic), np.nan, statistic)


def _normal_quantile(asked: EarsParameters) -> float:
    from scipy.special import ndtri  # here, so that scipy loads only when something is judged

    alpha = asked.alpha if asked.alpha is not None else (0.025 if asked.method == "C3" else 0.001)
    return float(ndtri(1 - alpha))


def _normal_tail(score: Numbers) -> Numbers:
    from scipy.special import ndtr  # here, so that scipy loads only when something is judged

    tail: Numbers = ndtr(-score)
    return tail

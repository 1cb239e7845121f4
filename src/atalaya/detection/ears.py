"""EARS C1, C2 and C3, equal to R's ``surveillance::earsC`` where there are no gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal

from atalaya.detection.ears_reasons import ABOVE, ABOVE_FLAT, GAPS, NO_VARIANCE, WITHIN
from atalaya.detection.judgement import SHORT_HISTORY, Judgement
from atalaya.detection.parameters import parameter
from atalaya.detection.windows import in_threads
from atalaya.model.errors import WrongUse
from atalaya.series.panel import Panel

Method = Literal["C1", "C2", "C3"]

_LAG: Mapping[str, int] = {"C1": 1, "C2": 3, "C3": 3}  # the baseline ends this many periods before
_MEMORY: Mapping[str, int] = {"C1": 0, "C2": 2, "C3": 4}  # periods needed beside the baseline
_CHUNK = 256  # series a thread takes at once


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

    >>> import numpy as np
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
        result = Judgement.unwritten(self.name, panel, since, self._wording())
        in_threads(partial(self._fill, result, panel), len(panel.series), _CHUNK)
        return result

    def _fill(self, result: Judgement, panel: Panel, rows: slice) -> None:
        from atalaya.detection import ears_rows  # here: loading it compiles

        asked = self.parameters
        part = panel.take(rows)
        options = (
            _LAG[asked.method],
            asked.baseline,
            asked.min_sigma,
            _normal_quantile(asked),
            asked.method == "C3",
        )
        columns = (
            *(result.observed, result.alarm, result.reason, result.detail, result.expected),
            *(result.threshold, result.statistic, result.p_value),
        )
        needed = asked.baseline + _MEMORY[asked.method]
        filled = tuple(column[rows] for column in columns)
        # Blanks are written by the same threads: written here they took a fifth of the time.
        cells = part.counts, part.gap_codes
        ears_rows.judge_rows(cells, result.since, options, needed, filled)

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


def _normal_quantile(asked: EarsParameters) -> float:
    from scipy.special import ndtri  # here, so that scipy loads only when something is judged

    alpha = asked.alpha if asked.alpha is not None else (0.025 if asked.method == "C3" else 0.001)
    return float(ndtri(1 - alpha))

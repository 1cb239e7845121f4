"""What a detector is and what it answers: verdicts in three states, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from atalaya.series.panel import Codes, Gap, Numbers, Panel

ALARM, NO_ALARM, NOT_ASSESSED = 1, 0, -1
SHORT_HISTORY = 8  # shared by all detectors; their own codes start at 16

GAP_WORDS: Mapping[int, str] = {
    Gap.NO_ROW: "not assessed: no count was given for this period",
    Gap.NOTHING_EXAMINED: "not assessed: nothing was examined in this period (population 0)",
    Gap.DENOMINATOR_MISSING: "not assessed: the population of this period is missing",
    Gap.INCOMPLETE: "not assessed: reports for this period are still arriving",
}
_NUMBERS = ("observed", "expected", "threshold", "statistic", "p_value", "detail")


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """A detector's verdicts for every series and for every period from ``since`` on.

    All arrays have shape (n_series, n_periods - since); column ``j`` is the panel's period
    ``first + since + j``. Missing numbers are NaN.

    Args:
        detector: Name of the detector.
        since: Index of the first period judged.
        observed: The count of the period, in cases.
        expected: What was expected, in cases.
        threshold: The level that triggers review, in cases; each detector says how it is meant.
        statistic: The detector's own statistic.
        p_value: Probability of a count at least as large if nothing changed, 0..1.
        alarm: 1 alarm, 0 no alarm, -1 not assessed.
        reason: Code of the reason, a key of ``wording``.
        detail: One number that the reason needs beside the columns.
        wording: The sentence of each code, with the columns it needs as ``{statistic:.0f}``.
    """

    detector: str
    since: int
    observed: Numbers
    expected: Numbers
    threshold: Numbers
    statistic: Numbers
    p_value: Numbers
    alarm: Codes
    reason: NDArray[np.int16]
    detail: Numbers
    wording: Mapping[int, str]

    @classmethod
    def blank(
        cls, detector: str, panel: Panel, since: int, wording: Mapping[int, str]
    ) -> Judgement:
        """Give a judgement in which nothing is assessed yet, for a detector to fill in."""
        codes = panel.gap_codes[:, since:]
        return cls(
            detector,
            since,
            observed=np.where(codes == Gap.NONE, panel.counts[:, since:], np.nan),
            expected=np.full(codes.shape, np.nan),
            threshold=np.full(codes.shape, np.nan),
            statistic=np.full(codes.shape, np.nan),
            p_value=np.full(codes.shape, np.nan),
            alarm=np.full(codes.shape, NOT_ASSESSED, np.int8),
            reason=codes.astype(np.int16),
            detail=np.full(codes.shape, np.nan),
            wording={**GAP_WORDS, **wording},
        )

    @classmethod
    def unwritten(
        cls, detector: str, panel: Panel, since: int, wording: Mapping[int, str]
    ) -> Judgement:
        """Give a judgement whose numbers are anything: a detector has to write every cell."""
        shape = panel.counts[:, since:].shape
        numbers = {name: np.empty(shape) for name in _NUMBERS}
        return cls(
            detector,
            since,
            alarm=np.empty(shape, np.int8),
            reason=np.empty(shape, np.int16),
            wording={**GAP_WORDS, **wording},
            **numbers,
        )

    def sentence(self, row: int, column: int) -> str:
        """Give the reason for one verdict in one short sentence."""
        template = self.wording[int(self.reason[row, column])]
        return template.format(**{name: getattr(self, name)[row, column] for name in _NUMBERS})

    def sentences(self) -> tuple[NDArray[np.int32], tuple[str, ...]]:
        """Give all reasons as a dictionary: an index a cell, and the sentences they point at.

        Returns:
            Indices of shape (n_series, n_periods - since), and the distinct sentences.
        """
        index = np.zeros(self.reason.shape, np.int32)
        texts: list[str] = []
        for code in np.unique(self.reason):
            cells = self.reason == code
            template = self.wording[int(code)]
            used = [name for _, name, _, _ in Formatter().parse(template) if name]
            group = np.zeros(int(cells.sum()), np.int64)
            for name in used:
                distinct, inverse = np.unique(getattr(self, name)[cells], return_inverse=True)
                group = group * len(distinct) + inverse
            _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
            index[cells] = len(texts) + inverse
            examples = [getattr(self, name)[cells][first] for name in used]
            texts += [
                template.format(**dict(zip(used, values, strict=True)))
                for values in (zip(*examples, strict=True) if used else [()])
            ]
        return index, tuple(texts)


class Detector(Protocol):
    """What every detector offers; a plug-in needs no base class, only these names."""

    @property
    def name(self) -> str:
        """What ``--detector`` takes."""
        ...

    @property
    def title(self) -> str:
        """One line for a reader."""
        ...

    @property
    def source(self) -> str:
        """The paper or standard it follows."""
        ...

    @property
    def suits(self) -> str:
        """For what kind of series it is recommended, and why; one or two sentences."""
        ...

    @property
    def columns(self) -> Mapping[str, str]:
        """What ``expected``, ``threshold``, ``statistic`` and ``p_value`` mean in it."""
        ...

    @property
    def parameters(self) -> Any:
        """A frozen dataclass whose fields are made by `parameters.parameter`."""
        ...

    @property
    def looks_back(self) -> int:
        """How many observed periods, the judged one included, a verdict's numbers rest on."""
        ...

    def judge(self, panel: Panel, since: int = 0) -> Judgement:
        """Judge every series of a panel.

        Args:
            panel: Counts, shape (n_series, n_periods).
            since: Index of the first period to judge; earlier ones are history only.

        Returns:
            Verdicts of shape (n_series, n_periods - since).
        """
        ...

"""The suite that every detector must pass: never looks ahead, never judges a gap, and the rest.

>>> from atalaya.detection import find
>>> check_detector(find("emergence_plain"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.detection import ALARM, NO_ALARM, NOT_ASSESSED, Detector, Judgement
from atalaya.detection.parameters import configured, describe_parameters
from atalaya.model.periods import Period, PeriodKind
from atalaya.series.panel import Gap, Panel

_NUMBERS = ("observed", "expected", "threshold", "statistic", "p_value")
_SIX_YEARS = 312  # weeks: R's Farrington looks back five years and three weeks
_SHORTEST_SOURCE = 30  # a citation of fewer letters names no author, title and year


def panels() -> Iterator[Panel]:
    """Give the panels the suite judges: sparse and dense, with gaps, denominators, odd shapes.

    Always the same ones. Sparse series are near empty with a wave, as in drug data; dense ones have
    tens of cases; some have gaps, zero denominators, a dead end, one period or no series at all.
    """
    rng = np.random.default_rng(20190407)
    sparse = rng.poisson(0.15, (12, 60)).astype(float)
    sparse[3, 40:] += rng.poisson(1.5, 20)
    sparse[4] = 0
    dense = rng.poisson(20, (8, 60)).astype(float)
    dense[2] = 7
    for number, counts in enumerate((sparse, dense)):
        examined = rng.integers(80, 120, counts.shape).astype(float)
        for kind in (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY):
            first = Period.containing(Period.parse("2015-01-05").start, kind)
            names = tuple(f"{kind}-{number}-{row}" for row in range(len(counts)))
            yield Panel(names, first, counts)
            yield with_gaps(
                Panel(names, first, counts, examined, ("one", "two") * (len(names) // 2))
            )
    yield from _years(rng)
    month = Period.parse("2020-01")
    yield Panel(("short",), month, np.array([[3.0]]))
    yield Panel((), month, np.zeros((0, 24)))
    yield Panel(("gaps",), month, np.full((1, 24), np.nan))


def _years(rng: np.random.Generator) -> Iterator[Panel]:
    """Give weeks of six years with a season and an outbreak, for what looks years back."""
    weeks = np.arange(_SIX_YEARS)
    level = np.array([[3.0], [12.0], [40.0]]) * np.exp(0.4 * np.sin(2 * np.pi * weeks / 52))
    level[:, -12:-8] *= 3
    counts = rng.poisson(level).astype(float)
    examined = rng.integers(800, 1200, counts.shape).astype(float)
    names = ("few", "some", "many")
    first = Period.parse("2015-W02")
    yield Panel(names, first, counts)
    yield with_gaps(Panel(names, first, counts, examined, ("one", "two", "one")))


def with_gaps(panel: Panel) -> Panel:
    """Punch gaps of every kind into a panel with denominators, and end a series early."""
    rng = np.random.default_rng(7)
    counts, gaps = panel.counts.copy(), np.zeros(panel.counts.shape, np.int8)
    population = np.array(panel.population)
    no_row, nothing, missing = (rng.random(counts.shape) < share for share in (0.1, 0.03, 0.03))
    counts[no_row] = np.nan
    population[nothing], counts[nothing] = 0, 0
    gaps[missing] = Gap.DENOMINATOR_MISSING
    counts[-1, counts.shape[1] // 2 :] = np.nan
    population[0, 5:9] = np.nan
    gaps[1, -2:] = Gap.INCOMPLETE
    return Panel(panel.series, panel.first, counts, population, panel.sources, gaps)


def check_detector(detector: Detector) -> None:
    """Run every check of `CHECKS` on a detector.

    Raises:
        AssertionError: A promise is broken; the message says which, and where.
    """
    for check in CHECKS:
        check(detector)


def check_never_looks_ahead(detector: Detector) -> None:
    """A verdict for a period is the same whether or not later periods are known."""
    for panel in panels():
        whole = detector.judge(panel)
        for stop in sorted({1, panel.n_periods // 3, panel.n_periods // 2, panel.n_periods - 1}):
            if 0 < stop < panel.n_periods:
                known = detector.judge(panel.until(stop))
                _same(whole, known, f"{detector.name} looks beyond period {stop}", columns=stop)


def check_history_is_only_history(detector: Detector) -> None:
    """Judging from a later period on gives the verdicts of judging all, without the first ones."""
    for panel in panels():
        whole = detector.judge(panel)
        since = panel.n_periods // 2
        part = detector.judge(panel, since)
        assert part.since == since, f"{detector.name} judged from {part.since}, not from {since}"
        _same(whole, part, f"{detector.name} judges otherwise from period {since}", since=since)


def check_same_answer_twice(detector: Detector) -> None:
    """The same panel gives the same verdicts, and the panel is left as it was."""
    for panel in panels():
        before = panel.counts.copy()
        once, again = detector.judge(panel), detector.judge(panel)
        _same(once, again, f"{detector.name} answered differently the second time")
        assert np.array_equal(before, panel.counts, equal_nan=True), (
            f"{detector.name} changes the panel it is given"
        )


def check_judges_something(detector: Detector) -> None:
    """Some verdict is an alarm and some is none: what is never judged keeps every other promise."""
    said = {int(state) for panel in panels() for state in np.unique(detector.judge(panel).alarm)}
    assert said >= {ALARM, NO_ALARM}, (
        f"{detector.name} gives no alarm or judges nothing on the panels of the suite"
    )


def check_gaps_are_never_judged(detector: Detector) -> None:
    """A period that nobody observed is not assessed, and has no numbers."""
    for panel in panels():
        judgement = detector.judge(panel)
        gap = ~panel.observed
        assert (judgement.alarm[gap] == NOT_ASSESSED).all(), f"{detector.name} judges a gap"
        for name in _NUMBERS:
            assert np.isnan(getattr(judgement, name)[gap]).all(), (
                f"{detector.name} gives a gap the number {name!r}"
            )


def check_order_of_series_does_not_matter(detector: Detector) -> None:
    """Turning the panel upside down turns the verdicts upside down and changes nothing else."""
    for panel in panels():
        order = np.arange(len(panel.series))[::-1]
        turned = detector.judge(panel.take(order))
        _same(detector.judge(panel), turned, f"{detector.name} depends on the order", order=order)


def check_one_series_equals_many(detector: Detector) -> None:
    """A series of an unnamed source gets the same verdicts alone as among others."""
    for panel in panels():
        alone = Panel(panel.series, panel.first, panel.counts, panel.population, None, panel.gaps)
        together = detector.judge(alone)
        for row in range(len(panel.series)):
            single = detector.judge(alone.take([row]))
            message = f"{detector.name} judges {panel.series[row]!r} otherwise when it is alone"
            _same(together, single, message, order=np.array([row]))


def check_every_verdict_has_a_reason(detector: Detector) -> None:
    """Each verdict, above all each *not assessed*, has one short sentence that says why."""
    longest = 200
    for panel in panels():
        judgement = detector.judge(panel)
        index, texts = judgement.sentences()
        for row, column in np.ndindex(judgement.alarm.shape):
            said = texts[index[row, column]]
            assert said == judgement.sentence(row, column), f"{said!r} is said in two ways"
            assert 0 < len(said) <= longest, f"{detector.name}: no short sentence: {said!r}"
            assert "nan" not in said.split(), f"{detector.name} says {said!r}"
            unsure = judgement.alarm[row, column] == NOT_ASSESSED
            assert said.startswith("not assessed") == unsure, f"{detector.name} says {said!r}"


def check_numbers_are_sound(detector: Detector) -> None:
    """Shapes fit, states are three, probabilities lie in 0..1, nothing is infinite."""
    for panel in panels():
        judgement = detector.judge(panel)
        for name in (*_NUMBERS, "alarm", "reason", "detail"):
            values = getattr(judgement, name)
            assert values.shape == panel.counts.shape, f"{detector.name}: {name} has another shape"
            assert not np.isinf(values).any(), f"{detector.name}: {name} is infinite"
        assert set(np.unique(judgement.alarm)) <= {-1, 0, 1}, f"{detector.name}: a fourth state"
        p = judgement.p_value[~np.isnan(judgement.p_value)]
        assert ((p >= 0) & (p <= 1)).all(), f"{detector.name}: a probability outside 0..1"


def check_cites_its_source(detector: Detector) -> None:
    """The detector names itself, its source, what it suits and what its columns mean."""
    assert detector.name.isidentifier(), f"{detector.name!r} cannot be typed after --detector"
    assert detector.name.islower(), f"{detector.name!r} is not in lower case"
    assert len(detector.source) >= _SHORTEST_SOURCE, f"{detector.name} cites no source"
    assert any(letter.isdigit() for letter in detector.source), f"{detector.name} cites no year"
    assert detector.title, f"{detector.name} has no title"
    assert detector.suits, f"{detector.name} does not say for what kind of series it is"
    wanted = {"expected", "threshold", "statistic", "p_value"}
    assert set(detector.columns) == wanted, f"{detector.name} explains other columns than {wanted}"


def check_parameters_are_documented(detector: Detector) -> None:
    """Parameters are frozen and documented, and reading back what is printed changes nothing."""
    parameters = detector.parameters
    assert is_dataclass(parameters), f"{detector.name}: parameters are no dataclass"
    rows = describe_parameters(parameters)
    for row in rows:
        assert row.doc.endswith("."), f"{detector.name}: {row.name} has no sentence"
    printed = {row.name: row.value for row in rows}
    again = configured(parameters, printed, detector.name)
    assert again == parameters, f"{detector.name}: printed parameters read back differently"
    for each in fields(parameters):
        try:
            setattr(parameters, each.name, getattr(parameters, each.name))
        except FrozenInstanceError:
            continue
        raise AssertionError(f"{detector.name}: {each.name} can be changed in place")


def _same(
    expected: Judgement,
    found: Judgement,
    message: str,
    *,
    columns: int | None = None,
    since: int = 0,
    order: NDArray[np.intp] | None = None,
) -> None:
    """Compare two judgements, reasons included, on the periods and series both have."""
    rows = slice(None) if order is None else order
    for name in (*_NUMBERS, "alarm", "reason", "detail"):
        left = getattr(expected, name)[rows][:, since:columns]
        right = getattr(found, name)
        close = np.array_equal(left, right) or np.allclose(
            left, right, rtol=1e-9, atol=1e-12, equal_nan=True
        )
        assert close, f"{message} ({name} differs)"


CHECKS: tuple[Callable[[Detector], None], ...] = (
    check_never_looks_ahead,
    check_history_is_only_history,
    check_same_answer_twice,
    check_judges_something,
    check_gaps_are_never_judged,
    check_order_of_series_does_not_matter,
    check_one_series_equals_many,
    check_every_verdict_has_a_reason,
    check_numbers_are_sound,
    check_cites_its_source,
    check_parameters_are_documented,
)

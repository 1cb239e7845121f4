"""The records of what a sheet says."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.periods import Period
from atalaya.series.sheet_counts import Key


@dataclass(frozen=True, slots=True)
class Share:
    """How often something stands beside the cases of a finding."""

    what: str
    cases: int


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One thing that is new, with the rows it rests on.

    Args:
        key: What it is of.
        kind: ``first-ever``, ``return``, ``growth`` or ``excess``.
        since: First period with an alarm in this episode.
        latest: Last period with one.
        first_case: Period of the first case in the window of the first alarm.
        standing: Whether the last alarm is at most half a year older than the end of the sheet.
        last_case: Period of the last case: up to the end of the sheet where the finding stands.
        total: Cases from ``first_case`` to ``last_case``.
        cases: Cases in the ``window`` periods that end at ``latest``.
        window: Observed periods from ``first_case`` to ``latest``; of an ``excess`` the last one.
        before: Cases in the observed periods before, in which there were few.
        before_window: How many periods those are, at most two years.
        tested: Examined in the window, or None where a denominator is missing.
        p_value: Of the detector, for one look; no correction for many.
        detector: Name of the detector.
        alarms: Periods with an alarm in the episode.
        confidence: ``high``, ``moderate`` or ``low`` (see the words).
        because: Keys of the reasons for the confidence.
        changes: Keys of what points to a change in testing.
        unknown: Keys of what is not known.
        sources: Laboratories or services with an alarm of their own.
        places: Territories of the cases, most frequent first.
        sold_as: What the cases were sold as, most frequent first.
        methods: How they were found, most frequent first.
        lines: (sheet, line) of the rows of the cases, the last first, at most 12.
        rows: How many rows that are.
        places_alarmed: Places in which it has an alarm of its own.
    """

    key: Key
    kind: str
    since: Period
    latest: Period
    first_case: Period
    standing: bool
    last_case: Period
    total: int
    cases: int
    window: int
    before: int
    before_window: int
    tested: int | None
    p_value: float | None
    detector: str
    alarms: int
    confidence: str
    because: tuple[str, ...]
    changes: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[Share, ...]
    sold_as: tuple[Share, ...]
    methods: tuple[Share, ...]
    lines: tuple[tuple[str, int], ...]
    rows: int
    places_alarmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Series that could not be judged at the end of the sheet, and why.

    Args:
        level: What the series are of.
        reason: ``short-history``, ``new-panel`` (many began together: probably a change in
            testing), ``no-row``, ``nothing-examined``, ``denominator`` or ``waiting``.
        series: How many.
        subjects: A few of them.
        observed: Observed periods of those, at most.
        needed: Observed periods needed, or 0.
    """

    level: str
    reason: str
    series: int
    subjects: tuple[str, ...]
    observed: int
    needed: int


@dataclass(frozen=True, slots=True)
class SoldAs:
    """What was in samples sold as one thing.

    Args:
        sold_as: Identifier, or the word itself as ``unresolved:``.
        samples: Samples sold as that.
        without: How many of them do not hold it.
        instead: What those hold, most frequent first.
        recent: How many of the ones without it fall in the last six periods.
    """

    sold_as: str
    samples: int
    without: int
    instead: tuple[Share, ...]
    recent: int


@dataclass(frozen=True, slots=True)
class Line:
    """One series over all periods, for a chart; None is a gap."""

    key: Key
    first: Period
    counts: tuple[float | None, ...]
    tested: tuple[float | None, ...] | None


@dataclass(frozen=True, slots=True)
class News:
    """What a sheet says.

    Args:
        findings: Those that stand at the end of the sheet, strongest first.
        earlier: Episodes that ended before, newest first.
        not_assessed: What could not be judged.
        gaps: Periods within the sheet in which nothing was examined.
        first: First period of the sheet.
        last: Last period.
        judged_from: First period that could be judged at all, or None.
        series: How many series were judged, by level.
        sold_as: Where what was sold differs from what was found.
        lines: Series of the findings.
    """

    findings: tuple[SheetFinding, ...]
    earlier: tuple[SheetFinding, ...]
    not_assessed: tuple[NotAssessed, ...]
    gaps: tuple[Period, ...]
    first: Period
    last: Period
    judged_from: Period | None
    series: dict[str, int]
    sold_as: tuple[SoldAs, ...]
    lines: dict[str, Line]

"""A visit: who reads which page, in which language, as of which date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from atalaya.findings.reinstatements import Struck
from atalaya.findings.states import Standing
from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.sentences import sentence
from atalaya.publishing.site.links import Links


@dataclass(frozen=True, slots=True)
class Silence:
    """Runs have stopped: since when, and whether the last one failed.

    What stopped it is the operator's to read: it may name a cell of a table, an address or an
    account, which nothing here has looked through for what must stay hidden.

    Args:
        since: Day on which the last run ended.
        failed: Whether a problem stopped it; else runs are only overdue.
    """

    since: date
    failed: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything a page needs besides the release.

    Args:
        language: Code of the page's language.
        links: Makes addresses.
        today: The day on which the page is read; alerts whose last day is over have expired.
        as_of: Month up to which evidence is looked at, or None for all of it.
        standings: Where signals stand now, by decisions taken after the release; an empty mapping
            for a static copy, which holds what the release says.
        reviewers: Identifier of a reviewer -> name, for decisions taken after the release.
        query: What the reader asked for, such as a search.
        silence: Why newer evidence may be missing, or None while runs go as they should.
        struck: What reviewers retracted, and took back of it, until now; None where only the
            release's word is known, as in a static copy.
    """

    language: str
    links: Links
    today: date
    as_of: Period | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    reviewers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    silence: Silence | None = None
    struck: tuple[Struck, ...] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the dial: the date it leads to, or None where evidence ends."""

    as_of: str | None
    address: str
    begun: int = 0
    """Signals that began in it, for a step to a year."""


@dataclass(frozen=True, slots=True)
class Dial:
    """The dial that moves a page through time.

    Args:
        shown: The date shown, ``YYYY-MM``.
        latest: Whether this is all the evidence there is.
        first: First date that can be asked for.
        last: Last date with evidence.
        year_back: A year earlier; None where the record does not reach.
        month_back: A month earlier, None in a static copy.
        month_on: A month later, None in a static copy.
        year_on: A year later.
        to_latest: All evidence.
        years: Every year, for a direct choice.
    """

    shown: str
    latest: bool
    first: str
    last: str
    year_back: Step | None
    month_back: Step | None
    month_on: Step | None
    year_on: Step | None
    to_latest: Step
    years: tuple[Step, ...]


def parse_as_of(text: str, first: Period, last: Period) -> Period | None:
    """Read an as-of date.

    Args:
        text: ``YYYY-MM``, or ``YYYY`` for the end of a year; empty for the latest.
        first: First month with evidence.
        last: Last month with evidence.

    Returns:
        A month, or None for the latest.

    Raises:
        BadInput: It is not a month or year.
        WrongUse: The record does not reach it.
    """
    if not text:
        return None
    period = _asked(text)
    if period.kind is PeriodKind.YEAR:
        ends = Period.containing(period.end, PeriodKind.MONTH)
        period = last if period.start <= last.start <= period.end else ends
    if period.kind is not PeriodKind.MONTH:
        raise _no_month(text)
    if period < first or period > last:
        raise WrongUse(
            sentence("there is no evidence as of {period}", period=str(period)),
            do=sentence(
                "the record reaches from {first} to {last}; choose a month of it",
                first=str(first),
                last=str(last),
            ),
        )
    return period


def _asked(text: str) -> Period:
    try:
        return Period.parse(text)
    except BadInput:  # its remedy names days and weeks, which a page has no dial for
        raise _no_month(text) from None


def _no_month(text: str) -> BadInput:
    return BadInput(
        sentence("{text!r} is not a month or a year", text=text),
        do=sentence("write it as 2019-06 or 2019"),
    )


def dial(visit: Visit, path: str, months: tuple[Period, Period], begun: Mapping[str, int]) -> Dial:
    """Build the dial of a page.

    Args:
        visit: Date and links.
        path: The page's path.
        months: First and last month with evidence.
        begun: Year -> how many signals began in it.
    """
    first, last = months
    shown = visit.as_of or last
    by_month = visit.links.served

    def step(period: Period) -> Step | None:
        if period < first or period > last or (visit.as_of is None and period == last):
            return None
        text = str(period) if by_month else str(period.start.year)
        return Step(text, visit.links.page(path, as_of=text))

    years = range(first.start.year, last.start.year + 1)
    return Dial(
        shown=str(shown),
        latest=visit.as_of is None,
        first=str(first),
        last=str(last),
        year_back=step(shown + -12),
        month_back=step(shown + -1) if by_month else None,
        month_on=step(shown + 1) if by_month else None,
        year_on=step(shown + 12),
        to_latest=Step(None, visit.links.page(path, as_of=None)),
        years=tuple(
            Step(year, visit.links.page(path, as_of=year), begun.get(year, 0))
            for year in map(str, years)
        ),
    )

"""The list of signals, and one signal with its chain of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from atalaya.findings.states import Action
from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period
from atalaya.model.sentences import sentence
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.charts import Spec, series_chart, unassessed
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Point, Row
from atalaya.publishing.site.views.agreement import Agreement, agreement
from atalaya.publishing.site.views.cards import (
    Hindsight,
    SignalCard,
    hindsight,
    runs,
    signal_card,
)
from atalaya.publishing.site.views.outlook import Outlook, outlook
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class SignalsView:
    """Every signal known at the page's date.

    Args:
        standing: Those whose last alarm is recent enough to stand, strongest first.
        past: Those that no longer stand, newest first.
    """

    standing: tuple[SignalCard, ...]
    past: tuple[SignalCard, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain of evidence: which table's row, and what it says."""

    table: str
    row: int
    says: str
    reference: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Periods in a row of which the same is said."""

    first: str
    last: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal.

    Args:
        signal: What it says.
        known: Whether it was known at the page's date; if not, the page says from when it was.
        points: The series up to the page's date.
        chart: Vega-Lite specification of the series.
        gaps: Stretches with no data, first and last period.
        not_assessed: Stretches in which no detector could say yes or no, with the last reason.
        withheld: How many verdicts are withheld because they would tell a hidden count.
        hidden: Whether any count shown is a range.
        chain: The chain of evidence, published cell first.
        after: What happened in the year after the date, or None.
        source: The source's row.
        agreement: What each independent source says of the same substance and place.
        outlook: What is expected of the next periods, or None.
        actions: What a reviewer may do next.
    """

    signal: SignalCard
    known: bool
    points: tuple[Point, ...]
    chart: Spec
    gaps: tuple[tuple[str, str], ...]
    not_assessed: tuple[Stretch, ...]
    withheld: int
    hidden: bool
    chain: tuple[Link, ...]
    after: Hindsight | None
    source: Row
    agreement: Agreement
    outlook: Outlook | None
    actions: tuple[Action, ...] = ()


def signals_list(edition: Edition, visit: Visit, _key: str) -> SignalsView:
    """Build the list of signals."""
    as_of = visit.as_of or edition.months[1]
    standing = {one.id for one in edition.standing_signals(as_of)}
    known = edition.signals_at(as_of)
    past = sorted(
        (one for one in known if one.id not in standing),
        key=lambda one: Period.parse(one.period).end,
        reverse=True,
    )
    return SignalsView(
        standing=tuple(signal_card(edition, visit, one) for one in known if one.id in standing),
        past=tuple(signal_card(edition, visit, one, spark=False) for one in past),
    )


def one_signal(edition: Edition, visit: Visit, key: str) -> SignalView:
    """Build one signal's page.

    Raises:
        WrongUse: The release has no such signal.
    """
    identifier = f"signal:{key}"
    if identifier not in edition.published_signals:
        raise WrongUse(
            sentence("there is no signal {key!r}", key=key),
            do=sentence("the list of signals shows them all"),
        )
    last = edition.months[1]
    asked = visit.as_of or last
    found = {one.id: one for one in edition.signals_at(asked)}
    known = identifier in found
    shown = asked if known else last
    signal = found.get(identifier) or {one.id: one for one in edition.signals_at(last)}[identifier]
    card = signal_card(edition, visit, signal, spark=False)
    points = edition.points(signal.series, signal.detector, shown)
    expected = outlook(edition, signal.series, shown)
    return SignalView(
        signal=card,
        known=known,
        points=points,
        chart=series_chart(points, () if expected is None else expected.ahead),
        gaps=runs(points, "gap"),
        not_assessed=_not_assessed(points),
        withheld=sum(point.withheld for point in points),
        hidden=any(point.count.hidden for point in points),
        chain=_chain(edition, card),
        after=hindsight(edition, card, shown),
        source=source_row(edition, signal.source),
        agreement=agreement(edition, signal, shown),
        outlook=expected,
    )


def source_row(edition: Edition, slug: str) -> Row:
    """Find a source's row.

    Raises:
        WrongUse: The release has no such source.
    """
    for row in edition.rows("sources"):
        if row["source"] == slug:
            return row
    raise WrongUse(f"there is no source {slug!r}", do="the list of sources shows them all")


def _not_assessed(points: tuple[Point, ...]) -> tuple[Stretch, ...]:
    groups = ([*run] for silent, run in groupby(points, unassessed) if silent)
    return tuple(Stretch(run[0].period, run[-1].period, run[-1].reason) for run in groups)


def _chain(edition: Edition, card: SignalCard) -> tuple[Link, ...]:
    """From the published signal down to the rows it rests on."""
    verdict = edition.verdict(card.series, card.detector, card.period)
    links = [
        Link("signals", edition.published_signals[card.id]["row"], card.id, card.reference),
        Link(
            "verdicts",
            verdict["row"],
            verdict["reason"],
            f"verdicts.csv:{verdict['row']}:observed",
        ),
    ]
    for point in edition.points(card.series, card.detector, Period.parse(card.period))[-1:]:
        row = int(point.reference.split(":")[1])
        links.append(Link("series", row, _says(point.count), point.reference))
    return tuple(links)


def _says(cell: Cell) -> str:
    return "" if cell.plain() is None else str(cell.plain())

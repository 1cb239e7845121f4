"""Every series that is counted, and one series with its chart and table."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.publishing.site.charts import Spec, series_chart
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Point, Row, SeriesFacts
from atalaya.publishing.site.views.cards import runs
from atalaya.publishing.site.views.coverage import Coverage, coverage
from atalaya.publishing.site.views.outlook import Outlook, outlook
from atalaya.publishing.site.views.signals import source_row
from atalaya.publishing.site.views.sparks import Bar, bars
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series in a list; ``parts`` is how many it adds up, 0 for what a source counts itself."""

    key: str
    path: str
    subject: str
    subject_name: str
    territory: str
    territory_name: str
    predicate: str
    unit: str
    source: str
    first: str
    last: str
    judged: bool
    alarms: int
    spark: tuple[Bar, ...]
    parts: int = 0


@dataclass(frozen=True, slots=True)
class SeriesListView:
    """Every series.

    Args:
        judged: Series that a detector looks at.
        others: Series that none looks at (yearly figures of countries).
    """

    judged: tuple[SeriesCard, ...]
    others: tuple[SeriesCard, ...]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One series, with the fields of ``SignalView`` that a chart needs.

    ``parts`` holds the series that a sum of ours adds up; what a source counts itself has none.
    ``coverage`` is the share of what was read, where documents are counted and not events.
    """

    series: SeriesCard
    points: tuple[Point, ...]
    chart: Spec
    gaps: tuple[tuple[str, str], ...]
    hidden: bool
    source: Row
    outlook: Outlook | None
    parts: tuple[SeriesCard, ...] = ()
    coverage: Coverage | None = None


def series_path(key: str) -> str:
    """Give the last part of a series' address: its key without slashes."""
    return key.replace("/", "~")


def series_card(edition: Edition, visit: Visit, facts: SeriesFacts) -> SeriesCard:
    """Say what a series is about, with names."""
    points = edition.points(facts.key, as_of=visit.as_of)
    return SeriesCard(
        key=facts.key,
        path=series_path(facts.key),
        subject=facts.subject,
        subject_name=edition.names.subject(facts.subject, visit.language),
        territory=facts.territory,
        territory_name=edition.names.place(facts.territory).name(visit.language),
        predicate=facts.predicate,
        unit=facts.unit,
        source=facts.source,
        first=facts.first,
        last=facts.last,
        judged=bool(facts.detectors),
        alarms=sum(bool(point.alarm) for point in points),
        spark=bars(points),
        parts=len(edition.members.get(facts.key, ())),
    )


def series_list(edition: Edition, visit: Visit, _key: str) -> SeriesListView:
    """Build the list of series."""
    cards = sorted(
        (series_card(edition, visit, facts) for facts in edition.series.values()),
        key=lambda card: (card.subject_name.casefold(), card.territory_name.casefold()),
    )
    return SeriesListView(
        judged=tuple(card for card in cards if card.judged),
        others=tuple(card for card in cards if not card.judged),
    )


def one_series(edition: Edition, visit: Visit, key: str) -> SeriesView:
    """Build one series' page.

    Raises:
        WrongUse: The release has no such series.
    """
    facts = edition.one_series(key.replace("~", "/"))
    points = edition.points(facts.key, as_of=visit.as_of)
    expected = outlook(edition, facts.key, visit.as_of)
    return SeriesView(
        series=series_card(edition, visit, facts),
        points=points,
        chart=series_chart(points, () if expected is None else expected.ahead),
        gaps=runs(points, "gap"),
        hidden=any(point.count.hidden for point in points),
        source=source_row(edition, facts.source),
        outlook=expected,
        parts=tuple(
            series_card(edition, visit, edition.one_series(one))
            for one in edition.members.get(facts.key, ())
        ),
        coverage=coverage(edition, visit, facts.key),
    )

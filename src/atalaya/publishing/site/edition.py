"""An edition: one release, indexed once so that every page is a few look-ups.

Only this module and `points` know the columns of the published tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.findings.signals import SourceStanding, rank, signals, standing_at, told_by
from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Signal
from atalaya.model.sentences import sentence
from atalaya.model.tables import VERDICTS
from atalaya.promises import record
from atalaya.promises.sessions import SaidOf, Session, by_place, spoken
from atalaya.publishing.lineage import added_up
from atalaya.publishing.site.expected import EXPECTED, Expected
from atalaya.publishing.site.points import (
    Point,
    Row,
    SeriesFacts,
    as_published,
    exact,
    grouped,
    latest_told,
    point,
    unhidden,
)
from atalaya.publishing.site.viewing import Names, ReleaseView


class Edition:
    """One release as the pages read it.

    Args:
        release: The release.
        names: Names of substances and territories.
    """

    def __init__(self, release: ReleaseView, names: Names) -> None:
        self.release, self.names = release, names
        self._rows: dict[str, list[Row]] = {}
        self._points: dict[tuple[str, str], tuple[tuple[date, Point], ...]] = {}
        self._signals_at: dict[Period, tuple[Signal, ...]] = {}
        self._standing_at: dict[Period, tuple[Signal, ...]] = {}

    def rows(self, table: str) -> list[Row]:
        """Give the rows of a table, each with its number (``row``, from 1)."""
        if table not in self._rows:
            rows = self.release.table(table).to_pylist()
            self._rows[table] = [row | {"row": place} for place, row in enumerate(rows, 1)]
        return self._rows[table]

    @cached_property
    def _series(self) -> dict[str, list[Row]]:
        return grouped(self.rows("series"), "series")

    @cached_property
    def _verdicts(self) -> dict[str, dict[str, dict[str, Row]]]:
        """Series -> detector -> period -> row."""
        found: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.rows("verdicts"):
            found[row["series"]][row["detector"]][row["period"]] = row
        return found

    @cached_property
    def series(self) -> dict[str, SeriesFacts]:
        """Every series by key."""
        return {key: self._facts(key, rows) for key, rows in self._series.items()}

    def _facts(self, key: str, rows: list[Row]) -> SeriesFacts:
        row = rows[0]
        seen = [one["period"] for one in rows if one["status"] != "gap"] or [row["period"]]
        return SeriesFacts(
            key=key,
            source=row["source"],
            subject=row["subject"],
            territory=row["territory"],
            predicate=row["predicate"],
            unit=row["unit"],
            detectors=tuple(sorted(self._verdicts.get(key, {}))),
            first=min(seen),
            last=max(seen),
        )

    @cached_property
    def about(self) -> Mapping[tuple[str, str], list[SeriesFacts]]:
        """(subject, territory) -> its series, whatever their source."""
        found: dict[tuple[str, str], list[SeriesFacts]] = defaultdict(list)
        for one in self.series.values():
            found[one.subject, one.territory].append(one)
        return found

    def one_series(self, key: str) -> SeriesFacts:
        """Find a series.

        Raises:
            WrongUse: There is none of that key.
        """
        if key not in self.series:
            raise WrongUse(
                sentence("there is no series {key!r}", key=key),
                do=sentence("the list of series shows them all"),
            )
        return self.series[key]

    def points(
        self, key: str, detector: str | None = None, as_of: Period | None = None
    ) -> tuple[Point, ...]:
        """Give a series' observations in order of time, each with the verdict on it.

        Args:
            key: Key of the series.
            detector: Whose verdicts; None for those of the series' first detector.
            as_of: Periods that end later are left out.
        """
        facts = self.one_series(key)
        chosen = detector or (facts.detectors[0] if facts.detectors else "")
        if (key, chosen) not in self._points:
            self._points[key, chosen] = self._all_points(key, chosen)
        last = date.max if as_of is None else as_of.end
        return tuple(point for end, point in self._points[key, chosen] if end <= last)

    def _all_points(self, key: str, detector: str) -> tuple[tuple[date, Point], ...]:
        """Every point of a series with its last day, in order of time."""
        verdicts = self._verdicts.get(key, {}).get(detector, {})
        late = self.expected.nowcasts.get(key, {})
        found = [
            (Period.parse(at := row["period"]), point(row, verdicts.get(at), late.get(at)))
            for row in self._series[key]
        ]
        found.sort(key=lambda pair: pair[0].start)
        return tuple((period.end, point) for period, point in found)

    @cached_property
    def months(self) -> tuple[Period, Period]:
        """First and last month of the judged evidence: what the dial moves over.

        Where nothing was judged the series themselves say it; an empty release has its own month.
        """
        judged = [(row["period"]) for row in self.rows("verdicts")]
        periods = judged or [row["period"] for row in self.rows("series")]
        if not periods:
            month = Period.parse(self.release.name[:7])
            return month, month
        parsed = [Period.parse(text) for text in set(periods)]
        first, last = min(one.start for one in parsed), max(one.end for one in parsed)
        return Period.containing(first, PeriodKind.MONTH), Period.containing(last, PeriodKind.MONTH)

    @cached_property
    def published_signals(self) -> dict[str, Row]:
        """The signals table by identifier."""
        return {row["id"]: row for row in self.rows("signals")}

    @cached_property
    def modes(self) -> dict[str, str]:
        """Source -> ``live`` or ``replay``, for sources that signals come from."""
        return {row["source"]: row["mode"] for row in self.rows("signals")}

    def signals_at(self, as_of: Period) -> tuple[Signal, ...]:
        """Give every signal that would have been known at the end of a month, strongest first.

        Signals are found again from the published alarms. Where alarms are withheld because they
        would tell hidden counts, the signal is known from its first period on, as published.
        """
        if as_of not in self._signals_at:
            found = {
                one.id: one for one in signals(self._judged, self._keys, self._standings, as_of)
            }
            known = [
                found.get(name) or as_published(row)
                for name, row in self.published_signals.items()
                if name in found or _known(row["since"], as_of)
            ]
            self._signals_at[as_of] = tuple(sorted(known, key=rank))
        return self._signals_at[as_of]

    def standing_signals(self, as_of: Period) -> tuple[Signal, ...]:
        """Give the signals of ``signals_at`` whose last alarm is recent enough to stand."""
        if as_of not in self._standing_at:
            self._standing_at[as_of] = standing_at(self.signals_at(as_of), as_of)
        return self._standing_at[as_of]

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Sum of ours -> the series it adds up."""
        return added_up(self.rows("series"))

    def told(self, as_of: Period) -> Mapping[str, Signal]:
        """Give the standing signals on sums that one on a part tells already, with that one."""
        return told_by(self.standing_signals(as_of), self.members)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The record of every session that the published claims speak of."""
        return record(unhidden(spoken(self.release.table("claims"))))

    @cached_property
    def said_of_place(self) -> Mapping[str, Sequence[SaidOf]]:
        """Territory -> all that the record says of it."""
        return by_place(self.sessions)

    def said_of(self, subject: str) -> pa.Table:
        """Give all claims of the sources that speak of a subject, hidden numbers null."""
        claims = self.release.table("claims")
        speaks = pc.starts_with(claims["subject"], subject)
        sources = pc.unique(claims.filter(speaks)["source"])
        return unhidden(claims.filter(pc.is_in(claims["source"], value_set=sources)))

    @cached_property
    def recorded_until(self) -> str | None:
        """The latest day or month that the record of promises tells of, where later than counts."""
        last = latest_told(self.rows("promises"), self.release.manifest["built"])
        return str(last) if last is not None and last.end > self.months[1].end else None

    def last_standing(self, as_of: Period) -> Period | None:
        """Give the latest month up to a date at which a signal stood, or None."""
        known = self.signals_at(as_of)
        ends = [Period.containing(Period.parse(one.period).end, PeriodKind.MONTH) for one in known]
        return max(ends, key=lambda month: month.ordinal, default=None)

    @cached_property
    def expected(self) -> Expected:
        """What the release says of periods that have not come or are not complete."""
        known = self.release.tables
        return Expected(*(self.rows(name) if name in known else [] for name in EXPECTED))

    def verdict(self, series: str, detector: str, period: str) -> Row:
        """Give the published verdict on one period."""
        return self._verdicts[series][detector][period]

    def verdicts_until(self, series: str, detector: str, as_of: Period) -> list[Row]:
        """Give the published verdicts of a detector on the periods of a series that had ended."""
        known = self._verdicts[series][detector]
        return [row for period, row in known.items() if _known(period, as_of)]

    def origin(self, source: str) -> str:
        """Give the source that a source copies, or itself."""
        return self._standings[source].origin

    @cached_property
    def _judged(self) -> pa.Table:
        """The published alarms with the inner schema; a hidden count is null here."""
        plain = [
            {name: row.get(name) for name in VERDICTS.names}
            | {"observed": exact(row["observed"]), "made_from": []}
            for row in self.rows("verdicts")
            if row["alarm"]
        ]
        return pa.Table.from_pylist(plain, schema=VERDICTS)

    @cached_property
    def _keys(self) -> pa.Table:
        columns = ("series", "subject", "territory", "source")
        rows = [
            {"series": one.key} | {name: getattr(one, name) for name in columns[1:]}
            for one in self.series.values()
        ]
        schema = pa.schema([(name, pa.string()) for name in columns])
        return pa.Table.from_pylist(rows, schema=schema)

    @cached_property
    def counts_by_place(self) -> Mapping[str, tuple[int, int, int]]:
        """Territory -> how many series, facts and blind cells name it."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for facts in self.series.values():
            counts[facts.territory][0] += 1
        for place, told in self.said_of_place.items():
            counts[place][1] = len(told)
        for row in self.rows("blind_spots"):
            if row.get("territory"):
                counts[row["territory"]][2] += 1
        return {place: (found[0], found[1], found[2]) for place, found in counts.items()}

    @cached_property
    def _standings(self) -> dict[str, SourceStanding]:
        copies = {row["source"]: row["copies"] for row in self.rows("sources")}
        return {
            one.source: SourceStanding(
                one.source,
                copies.get(one.source) or one.source,
                self.modes.get(one.source, "replay"),
            )
            for one in self.series.values()
        }


def _known(period: str, as_of: Period | None) -> bool:
    return as_of is None or Period.parse(period).end <= as_of.end

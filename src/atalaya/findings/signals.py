"""Signals: episodes of alarms as something a person can look at, with what is not known.

Confidence, rank and the count of sources rest on what is published (alarms, reasons, sources),
never on hidden small counts, so that a reader of a release can recompute them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.findings.episodes import Alarm, Episode, apart, episodes
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Signal
from atalaya.series.mentions import speaks

TESTING_CHANGE = "possibly a testing change"  # the words a detector's reason begins with
CARRIED = "; carried by "  # before the child that carries an alarm on a parent, at a reason's end
_CONFIDENCE_ORDER = {"high": 0, "moderate": 1, "low": 2}
_HALF_YEARS = 2  # how long a signal stands after its last alarm
_PERSISTS = 3  # alarms an episode needs before one source alone makes moderate confidence


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """What signals need to know of a source.

    Args:
        slug: The source.
        origin: The source it copies, or itself: copies count once.
        mode: ``live`` or ``replay``.
    """

    slug: str
    origin: str
    mode: str


def signals(
    verdicts: pa.Table,
    series: pa.Table,
    standings: Mapping[str, SourceStanding],
    as_of: Period | None = None,
) -> tuple[Signal, ...]:
    """Give every signal known at a date, strongest first.

    Args:
        verdicts: Table with the schema ``model.tables.VERDICTS``.
        series: Table with the schema ``model.tables.SERIES``; names subject, place and source.
        standings: Slug of a source -> its standing.
        as_of: Later periods are not looked at; None looks at all.

    Returns:
        Signals ordered by confidence, then newest first, then by series.
    """
    facts = _series_facts(series)
    alarmed = verdicts.filter(pc.fill_null(verdicts["alarm"], False))
    rows = alarmed.to_pylist()
    found = episodes(
        (
            Alarm(row["series"], row["detector"], Period.parse(row["period"]), place)
            for place, row in enumerate(rows)
        ),
        as_of,
    )
    support = _supporting(found, facts, standings)
    made = [_signal(episode, rows, facts[episode.series], standings, support) for episode in found]
    return tuple(sorted(made, key=rank))


def rank(signal: Signal) -> tuple[int, int, str]:
    """Order signals: confidence first, then the newest, then by name; smaller is stronger."""
    return (
        _CONFIDENCE_ORDER[signal.confidence],
        -Period.parse(signal.since).end.toordinal(),
        signal.series,
    )


def standing_at(found: Iterable[Signal], as_of: Period) -> tuple[Signal, ...]:
    """Give the signals whose last alarm is at most a year older than the as-of period.

    A plain detector falls silent once what it found is established; what it found is news for
    longer than that.
    """
    return tuple(signal for signal in found if _stands(Period.parse(signal.period), as_of))


def standing_now(found: Iterable[Signal], end: date) -> tuple[Signal, ...]:
    """Give the signals that stand at the end of what is known.

    Args:
        found: Every signal.
        end: Last day of the latest period observed; an alarm on a period that is not complete yet
            is newer, and what stands is asked of its end.
    """
    known = tuple(found)
    last = max([end, *(Period.parse(one.period).end for one in known)])
    return standing_at(known, Period.containing(last, PeriodKind.DAY))


def told_by(found: Iterable[Signal], members: Mapping[str, Collection[str]]) -> dict[str, Signal]:
    """Find signals on sums that a signal on one of their parts tells already.

    Both are of one detector and their alarms lie at most half a year apart. Such a signal is no
    second thing to look at: it is named under the part's, and takes no place beside it.

    Args:
        found: Signals, those that are shown.
        members: Key of a sum -> keys of the series it adds up.

    Returns:
        Identifier of the signal on a sum -> the strongest signal that tells it.
    """
    by_series: dict[tuple[str, str], list[Signal]] = {}
    for one in found:
        by_series.setdefault((one.series, one.detector), []).append(one)
    told = {}
    for (series, detector), signals_ in by_series.items():
        below = [
            one for key in members.get(series, ()) for one in by_series.get((key, detector), ())
        ]
        for parent in signals_:
            near = [one for one in below if _overlap(one, parent)]
            if near:
                told[parent.id] = min(near, key=rank)
    return told


def _overlap(one: Signal, other: Signal) -> bool:
    """Whether two signals' alarms overlap, half a year either side."""
    first, last = Period.parse(other.since), Period.parse(other.period)
    slack = apart(first.kind)
    return (
        Period.parse(one.since).start <= (last + slack).end
        and Period.parse(one.period).end >= (first + -slack).start
    )


def _stands(latest: Period, as_of: Period) -> bool:
    age = Period.containing(as_of.end, latest.kind) - latest
    return 0 <= age <= _HALF_YEARS * apart(latest.kind)


def _series_facts(series: pa.Table) -> dict[str, tuple[str, str, str]]:
    """Series key -> (subject, territory, source)."""
    keys = series.group_by(["series", "subject", "territory", "source"]).aggregate([])
    return {
        row["series"]: (row["subject"], row["territory"], row["source"]) for row in keys.to_pylist()
    }


Support = dict[tuple[str, str], list[tuple[Episode, str]]]


def _supporting(
    found: Iterable[Episode],
    facts: Mapping[str, tuple[str, str, str]],
    standings: Mapping[str, SourceStanding],
) -> Support:
    """(subject, territory) -> episodes with the independent origin each comes from."""
    support: Support = {}
    for episode in found:
        subject, territory, source = facts[episode.series]
        if speaks(episode.series):
            continue  # that more is written of a thing confirms no count of it
        support.setdefault((subject, territory), []).append((episode, standings[source].origin))
    return support


def _origins(episode: Episode, others: Iterable[tuple[Episode, str]]) -> set[str]:
    """Independent origins whose episode overlaps this one, half a year either side."""
    slack = apart(episode.since.kind)
    first, last = (episode.since + -slack).start, (episode.latest + slack).end
    return {
        origin
        for other, origin in others
        if other.since.start <= last and other.latest.end >= first
    }


def _signal(
    episode: Episode,
    rows: list[dict[str, object]],
    facts: tuple[str, str, str],
    standings: Mapping[str, SourceStanding],
    support: Support,
) -> Signal:
    subject, territory, source = facts
    latest = _latest_seen(episode, rows)
    row = rows[latest.row]
    origins = _origins(episode, support.get((subject, territory), ()))
    spoken = speaks(episode.series)
    origins |= {standings[source].origin} if spoken else set()
    testing = any(
        str(rows[alarm.row]["reason"]).casefold().startswith(TESTING_CHANGE)
        for alarm in episode.alarms
    )
    return Signal(
        series=episode.series,
        what=subject,
        territory=territory,
        source=source,
        detector=episode.detector,
        since=str(episode.since),
        period=str(latest.period),
        verdict=str(row["id"]),
        observed=_number(row["observed"]) or 0.0,
        expected=_number(row["expected"]),
        threshold=_number(row["threshold"]),
        statistic=_number(row["statistic"]),
        p_value=_number(row["p_value"]),
        confidence="low"
        if spoken
        else _confidence(len(origins), len(episode.alarms), testing=testing),
        sources=len(origins),
        unknown=_unknown(len(origins), testing=testing, spoken=spoken),
        reason=str(row["reason"]),
        mode=standings[source].mode,
    )


def _latest_seen(episode: Episode, rows: list[dict[str, object]]) -> Alarm:
    """The last alarm of a period in which something was counted, else the last alarm.

    A detector that looks at a window goes on alarming for months in which nothing was counted. Of
    an incomplete period nothing was observed; it is named where no alarm has anything better.
    """
    seen = (alarm for alarm in reversed(episode.alarms) if rows[alarm.row]["observed"])
    return next(seen, episode.alarms[-1])


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _confidence(sources: int, alarms: int, *, testing: bool) -> str:
    if sources > 1:
        return "high"
    return "low" if testing or alarms < _PERSISTS else "moderate"


def _unknown(sources: int, *, testing: bool, spoken: bool) -> str:
    parts = []
    if spoken:
        parts.append("whether more happens, or more is only written of it")
    if testing:
        parts.append("whether new testing rather than new supply explains it")
    if sources == 1:
        parts.append("whether a second, independent source would show it")
    parts.append("in which products and by which route it arrives")
    return "; ".join(parts)

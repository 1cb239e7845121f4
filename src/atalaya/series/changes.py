"""What changed at the source rather than in the world: it stopped, its panel or its volume changed.

Each is a published issue, because the same numbers would otherwise read as a decline, an emergence
or an outbreak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from statistics import median

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.periods import Period
from atalaya.model.records import Issue
from atalaya.model.sentences import sentence
from atalaya.series.cutoff import has_stopped

_STARTS_AT_LEAST = 5  # subjects that start together ...
_STARTS_SHARE = 0.2  # ... and their share of all: fewer is what emergences look like
_WINDOW = 6  # periods on each side of a step in the denominators
_CADENCES = {
    "daily": sentence("daily"),
    "weekly": sentence("weekly"),
    "monthly": sentence("monthly"),
    "quarterly": sentence("quarterly"),
    "yearly": sentence("yearly"),
    "once": sentence("once"),
    "irregular": sentence("when there is something to say"),
}
_STEP = 2.0  # the median doubles or halves


def changes(
    series: pa.Table, declarations: Sequence[SourceDeclaration], known: Mapping[str, date]
) -> Iterator[Issue]:
    """Give the issues of sources that stopped or changed.

    Args:
        series: Observations with the schema SERIES.
        declarations: The sources.
        known: Slug of a source -> the day up to which it can know of anything.

    Returns:
        Issues of the kinds ``dead-feed``, ``panel-change`` and ``volume-step``, by source.
    """
    observed = series.filter(pc.equal(series["status"], "observed"))
    for declaration in sorted(declarations, key=lambda one: one.slug):
        rows = observed.filter(pc.equal(observed["source"], declaration.slug))
        if declaration.slug in known:
            yield from _stopped(rows, declaration, known[declaration.slug])
            yield from _panel(rows, declaration.slug)
            yield from _volume(rows, declaration.slug)


def _stopped(rows: pa.Table, declaration: SourceDeclaration, known: date) -> Iterator[Issue]:
    periods = [Period.parse(text) for text in pc.unique(rows["period"]).to_pylist()]
    last = max(periods, key=lambda period: period.end, default=None)
    if last is not None and has_stopped(last, declaration, known):
        yield Issue(
            "dead-feed",
            sentence(
                "{source} is published {cadence}, and {last} is the last period observed, as known "
                "on {known}: it has stopped, which is not a decline",
                source=declaration.slug,
                cadence=_CADENCES[declaration.cadence],
                last=str(last),
                known=str(known),
            ),
            "count",
            declaration.slug,
            do=sentence("ask the publisher, or declare the source as ended (cadence = once)"),
        )


def _panel(rows: pa.Table, source: str) -> Iterator[Issue]:
    positive = rows.filter(pc.greater(rows["count"], 0))
    # Printed periods of one kind sort as they follow each other.
    grouped = positive.group_by("subject").aggregate([("period", "min")])
    firsts = [Period.parse(text) for text in grouped["period_min"].to_pylist()]
    starts = Counter(firsts)
    begin = {min(one for one in starts if one.kind is kind) for kind in {p.kind for p in starts}}
    for period, number in sorted(starts.items(), key=lambda item: item[0].start):
        if period in begin or number < max(_STARTS_AT_LEAST, _STARTS_SHARE * len(firsts)):
            continue
        yield Issue(
            "panel-change",
            sentence(
                "{number} of {all} subjects of {source} are found for the first time in {period}: "
                "more was tested or reported from then on, which is not an emergence",
                number=number,
                all=len(firsts),
                source=source,
                period=str(period),
            ),
            "count",
            source,
            do=sentence("ask the publisher what it began to test for, and declare tested_from"),
        )


def _volume(rows: pa.Table, source: str) -> Iterator[Issue]:
    grouped = rows.filter(rows["population"].is_valid()).group_by(["territory", "period"])
    volumes: dict[str, dict[Period, float]] = {}
    for row in grouped.aggregate([("population", "max")]).to_pylist():
        place = volumes.setdefault(row["territory"], {})
        place[Period.parse(row["period"])] = row["population_max"]
    for territory, volume in sorted(volumes.items()):
        for period, before, after in _steps(volume):
            yield Issue(
                "volume-step",
                sentence(
                    "{source} examined {before} a period before {period} in {territory} and "
                    "{after} from then on: counts on the two sides cannot be compared as they are",
                    source=source,
                    before=before,
                    period=str(period),
                    territory=territory,
                    after=after,
                ),
                "count",
                source,
                do=sentence("compare shares, not counts, and ask the publisher what changed"),
            )


def _steps(volume: Mapping[Period, float]) -> Iterator[tuple[Period, float, float]]:
    """Give the sharpest period of each run of periods at which the median doubles or halves."""
    periods = sorted(volume, key=lambda period: period.start)
    run: list[tuple[float, Period, float, float]] = []
    for place in range(_WINDOW, len(periods) - _WINDOW + 1):
        before = median(volume[period] for period in periods[place - _WINDOW : place])
        after = median(volume[period] for period in periods[place : place + _WINDOW])
        ratio = max(before, after) / max(min(before, after), 0.5)
        if ratio >= _STEP:
            run.append((ratio, periods[place], before, after))
        elif run:
            yield _sharpest(run)
            run = []
    if run:
        yield _sharpest(run)


def _sharpest(run: list[tuple[float, Period, float, float]]) -> tuple[Period, float, float]:
    """Medians stay level around a clean step, so the step is in the middle of the sharpest."""
    most = max(step[0] for step in run)
    sharpest = [step for step in run if step[0] == most]
    _, period, before, after = sharpest[len(sharpest) // 2]
    return period, before, after

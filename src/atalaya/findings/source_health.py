"""How each source fares: when it last answered, how late it is, whether as much comes as is usual.

Volume is judged by a source's own history, of whole weeks in which it was asked: a week in which
nobody asked is neither a quiet one nor, afterwards, a busy one. Pure: no input or output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median, variance

import pyarrow as pa

from atalaya.model.declarations import SourceDeclaration

_text, _whole = pa.string(), pa.int64()
SOURCE_HEALTH = pa.schema(
    [
        pa.field("source", _text, nullable=False),
        pa.field("state", _text, nullable=False),
        pa.field("cadence", _text, nullable=False),
        pa.field("asked_on", _text),
        pa.field("answered_on", _text),
        pa.field("newest_on", _text),
        pa.field("days_since", _whole),
        pa.field("days_allowed", _whole),
        pa.field("documents", _whole, nullable=False),
        pa.field("failing", _whole, nullable=False),
        pa.field("volume", _text, nullable=False),
        pa.field("last_week", _whole),
        pa.field("usual", pa.float64()),
        pa.field("usual_low", _whole),
        pa.field("usual_high", _whole),
        pa.field("weeks", _text),
    ]
)
# Twice the cadence, for a publisher may be late once; four days where it is daily, for weekends.
_ALLOWED = {"daily": 4, "weekly": 14, "monthly": 62, "quarterly": 184, "yearly": 731}
_SHOWN = 12  # weeks on the page
_HISTORY, _LEAST = 26, 8  # weeks that tell what is usual: half a year at most, two months at least
_TAIL = 0.005  # of each side: with 50 sources, one false word in two weeks


@dataclass(frozen=True, slots=True)
class Visited:
    """What a source gave on a day on which it was asked.

    Args:
        day: The day, UTC.
        asked: Addresses asked.
        failed: How many of them gave nothing.
    """

    day: date
    asked: int
    failed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept.

    Args:
        known_on: When the publisher put it out, or else when it was captured.
        captured_on: When it was captured.
        listed: Whether a listing names it; only what is listed has a volume.
    """

    known_on: date
    captured_on: date
    listed: bool


@dataclass(frozen=True, slots=True)
class Volume:
    """How much came in the last whole week, beside what is usual.

    Args:
        word: ``usual``, ``few``, ``many``, or ``unknown`` where it cannot be told.
        weeks: Documents of each of the last weeks, oldest first; None where nobody asked.
        usual: Median of the weeks before; low and high end of what is usual.
    """

    word: str
    weeks: tuple[int | None, ...] = ()
    usual: tuple[float, int, int] | None = None


def source_health(
    declarations: Sequence[SourceDeclaration],
    kept: Mapping[str, Sequence[Kept]],
    visits: Mapping[str, Sequence[Visited]],
    failing: Mapping[str, int],
) -> pa.Table:
    """Say how each source fares.

    Args:
        declarations: The sources.
        kept: Slug -> its documents.
        visits: Slug -> the days on which it was asked, in order.
        failing: Slug -> addresses that give nothing now.

    Returns:
        A table with the schema SOURCE_HEALTH, a row a source, by slug.
    """
    rows = [
        _row(one, kept.get(one.slug, ()), visits.get(one.slug, ()), failing.get(one.slug, 0))
        for one in sorted(declarations, key=lambda one: one.slug)
    ]
    return pa.Table.from_pylist(rows, schema=SOURCE_HEALTH)


def _row(
    said: SourceDeclaration, kept: Sequence[Kept], visits: Sequence[Visited], failing: int
) -> dict[str, object]:
    captured = [one.captured_on for one in kept]
    asked = max([*captured, *(one.day for one in visits)], default=None)
    answered = max(
        [*captured, *(one.day for one in visits if one.failed < one.asked)], default=None
    )
    # What ships with the software is as old as it says, not as the day it was unpacked.
    newest = max((one.known_on for one in kept), default=None) if visits else said.as_of
    since = (asked - newest).days if asked and newest else None
    allowed = _ALLOWED.get(said.cadence)
    listed = [one for one in kept if one.listed]
    volume = judged(listed, visits) if said.listing else Volume("unknown")
    usual, low, high = volume.usual or (None, None, None)
    return {
        "source": said.slug,
        "state": _state(kept, visits, since, allowed),
        "cadence": said.cadence,
        "asked_on": _day(asked),
        "answered_on": _day(answered),
        "newest_on": _day(newest),
        "days_since": since,
        "days_allowed": allowed,
        "documents": len(kept),
        "failing": failing,
        "volume": volume.word,
        "last_week": volume.weeks[-1] if volume.weeks else None,
        "usual": usual,
        "usual_low": low,
        "usual_high": high,
        "weeks": " ".join("-" if one is None else str(one) for one in volume.weeks) or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _state(
    kept: Sequence[Kept], visits: Sequence[Visited], since: int | None, allowed: int | None
) -> str:
    """Say in a word how it stands: the worst that is true of it.

    A source that was never asked anything over the network ships with the software.
    """
    if visits and visits[-1].failed >= visits[-1].asked > 0:
        return "failing"
    if not kept:
        return "silent"
    if not visits:
        return "shipped"
    late = since is not None and allowed is not None and since > allowed
    return "late" if late else "fine"


def judged(listed: Sequence[Kept], visits: Sequence[Visited]) -> Volume:
    """Judge the last whole week of a source's documents by the weeks before it.

    Args:
        listed: Its documents.
        visits: The days on which it was asked, in order.

    Returns:
        The word, with the weeks it rests on. What was published before the source was first asked
        is no history: a listing shows only some of it.

    Source: the interval is that of a negative binomial with the weeks' mean and variance, or of a
        Poisson distribution where they vary no more than that (Noufaily et al. 2013, Statistics in
        Medicine 32: 1206-1222, treat counts of reports so).
    """
    if not visits:
        return Volume("unknown")
    last, first = visits[-1].day, visits[0].day
    asked = {(last - one.day).days // 7 for one in visits}
    put_out = Counter((last - one.known_on - timedelta(days=1)).days // 7 for one in listed)
    whole = (last - first).days // 7
    back = range(min(whole, _HISTORY + 1))
    weeks = [put_out[number] if number in asked else None for number in back]
    shown = tuple(reversed(weeks[:_SHOWN]))
    history = [one for one in weeks[1:] if one is not None]
    if len(history) < _LEAST or not weeks or weeks[0] is None:
        return Volume("unknown", shown)
    low, high = _interval(history)
    word = "few" if weeks[0] < low else "many" if weeks[0] > high else "usual"
    return Volume(word, shown, (median(history), low, high))


def _interval(history: Iterable[int]) -> tuple[int, int]:
    from scipy import stats

    counts = list(history)
    mean, spread = max(fmean(counts), 0.5), variance(counts)
    if spread > mean:
        size = mean * mean / (spread - mean)
        law = stats.nbinom(size, size / (size + mean))
    else:
        law = stats.poisson(mean)
    return int(law.ppf(_TAIL)), int(law.ppf(1 - _TAIL))

"""Rows of the published findings: observations, verdicts and signals, with what they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from atalaya.model.identifiers import record_id
from atalaya.model.periods import Period
from atalaya.model.records import Signal
from atalaya.publishing.disclosure import counts_people, is_small
from atalaya.publishing.evidence_rows import WITHHELD, without_figures, without_numbers
from atalaya.publishing.holding_back import (
    BY_A_PERSON,
    OF_A_SUM,
    OF_OTHERS,
    hidden_rows,
    rests_on_others,
    tells_too_much,
)
from atalaya.publishing.inputs import Rejudge
from atalaya.publishing.lineage import reference
from atalaya.publishing.masking import Masking, Row, cell_of, is_sum
from atalaya.publishing.places import is_national

_APART_DAYS = 366  # alarms further apart than this are never one episode
_NUMBERS = ("expected", "threshold", "statistic", "p_value")


def series_rows(
    series: list[Row], masks: Masking, claims: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Give one row an observation, by series and period.

    Args:
        series: Rows of the series' table, in order.
        masks: What may be shown.
        claims: Claim identifier -> row of ``claims.csv``.
    """
    place = {row["id"]: number for number, row in enumerate(series, start=1)}
    return [_series_row(row, masks, claims, place) for row in series]


def _series_row(
    row: Row, masks: Masking, claims: Mapping[str, int], place: Mapping[str, int]
) -> dict[str, Any]:
    cell, hides = cell_of(row), row["source"] in masks.hiding
    shown = dict(row)
    shown["count"] = masks.disclosure.count(cell, row["count"])
    shown["population"] = masks.disclosure.population(cell, row["population"])
    shown["hidden"] = masks.disclosure.why(cell)
    shown["cited"] = _cited(row, masks)
    if is_sum(row):
        shown["made_from"] = reference("series", (place[made] for made in row["made_from"]))
    elif row["source"] in masks.lists:
        shown["made_from"] = None
    else:
        shown["made_from"] = reference("claims", (claims[made] for made in row["made_from"]))
    if hides:
        shown["id"] = record_id("observation", {"series": row["series"], "period": row["period"]})
    return shown


def _cited(row: Row, masks: Masking) -> str | None:
    """Name the publisher and address where it publishes a cell that would else be hidden."""
    source = masks.sources[row["source"]]
    people = counts_people(row["unit"], row["people"], source.about_people)
    small = is_small(row["count"]) or is_small(row["population"])
    if not (people and small and source.published_cells) or is_national(row["territory"]):
        return None
    cell = f"{row['predicate']}, {row['subject']}, {row['territory']}, {row['period']}"
    added = ", added up" if is_sum(row) else ""
    return f"{source.publisher}, {source.published_cells}: {cell}{added}"


@dataclass(frozen=True, slots=True)
class VerdictRows:
    """Published verdicts, and what became of each.

    Args:
        rows: One dictionary a verdict, in order.
        names: Verdict identifier -> published identifier.
        closed: Series and detector -> periods whose answer is withheld.
    """

    rows: list[dict[str, Any]]
    names: Mapping[str, str]
    closed: Mapping[tuple[str, str], tuple[str, ...]]


def verdict_rows(verdicts: Iterable[Row], series: list[Row], masks: Masking) -> VerdictRows:
    """Give one row a verdict; where its window holds a hidden count only that it was judged.

    Args:
        verdicts: Rows of the verdicts' table, in order.
        series: Rows of the series' table, in the order in which they are published.
        masks: What may be shown.
    """
    place = {row["id"]: number for number, row in enumerate(series, start=1)}
    hidden = {row["id"] for row in series if masks.disclosure.hides(cell_of(row))}
    cells = {(row["series"], row["period"]): row for row in series}
    hiding = {row["series"]: row["source"] for row in series if row["source"] in masks.hiding}
    rows, names, closed = [], {}, defaultdict(list)
    for row in verdicts:
        own = cells.get((row["series"], row["period"]))  # none for a period without a row
        shown = dict(row)
        shown["observed"] = own and masks.disclosure.count(cell_of(own), row["observed"])
        shown["made_from"] = reference("series", (place[made] for made in row["made_from"]))
        if row["series"] in hiding:
            shown["id"] = _verdict_id(row)
        if (own and own["id"] in hidden) or not hidden.isdisjoint(row["made_from"]):
            shown |= _closed(row, recorded=hiding[row["series"]] in masks.recorded)
            closed[row["series"], row["detector"]].append(row["period"])
        names[row["id"]] = shown["id"]
        rows.append(shown)
    return VerdictRows(rows, names, {key: tuple(found) for key, found in closed.items()})


def _closed(row: Row, *, recorded: bool) -> dict[str, Any]:
    """Withhold what a verdict would tell of hidden counts: its numbers, and mostly its answer."""
    shown: dict[str, Any] = {**dict.fromkeys(_NUMBERS), "hidden": "window"}
    if recorded:
        return shown | {"reason": without_figures(row["reason"])}
    return shown | {"alarm": None, "reason": WITHHELD}


def _verdict_id(row: Row) -> str:
    """Name a verdict by what was judged, not by what was found."""
    return record_id("verdict", {name: row[name] for name in ("series", "detector", "period")})


@dataclass(frozen=True, slots=True)
class SignalRows:
    """Published signals, and which are held back and why, for the operator's eyes only.

    Args:
        rows: One dictionary a signal, strongest first.
        held_back: Signal identifier -> why it is not published.
    """

    rows: list[dict[str, Any]]
    held_back: Mapping[str, str]


def signal_rows(
    signals: Iterable[Signal],
    verdicts: VerdictRows,
    series: Iterable[Row],
    masks: Masking,
    rejudge: Rejudge | None,
) -> SignalRows:
    """Give one row a signal, in the order given.

    Args:
        signals: Signals with their state.
        verdicts: What became of the verdicts.
        series: Rows of the series' table.
        masks: What may be shown.
        rejudge: Judges a series again with other counts, or None.
    """
    cells = {(row["series"], row["period"]): row for row in series}
    hidden = hidden_rows(cells.values(), masks.disclosure)
    sums = {row["series"] for row in cells.values() if is_sum(row)}
    rows, held = [], {}
    for signal in signals:
        closed = _rests_on_hidden(signal, verdicts)
        doubtful = closed and signal.source not in masks.recorded
        if doubtful and signal.series in sums:
            held[signal.id] = OF_A_SUM
            continue
        own = hidden.get(signal.series, [])
        if doubtful and rests_on_others(own, masks.disclosure):
            held[signal.id] = OF_OTHERS
            continue
        if doubtful and (why := _held_back(signal, own, rejudge)):
            held[signal.id] = why
            continue
        rows.append(
            _signal_row(signal, cells[signal.series, signal.period], verdicts, masks, closed)
        )
    return SignalRows(rows, held)


def _rests_on_hidden(signal: Signal, verdicts: VerdictRows) -> bool:
    """Say whether the signal tells an answer that is withheld.

    It tells the alarms of its own episode, the silence that set it apart from an earlier one, and
    that none followed; so every withheld verdict from a year before it on counts.
    """
    from_ = Period.parse(signal.since).start.toordinal() - _APART_DAYS
    closed = verdicts.closed.get((signal.series, signal.detector), ())
    return any(Period.parse(period).end.toordinal() >= from_ for period in closed)


def _held_back(signal: Signal, hidden: list[Row], rejudge: Rejudge | None) -> str | None:
    if signal.state not in BY_A_PERSON:
        return "it rests on counts of people from 1 to 9 and nobody has put a name to it"
    return tells_too_much(signal, hidden, rejudge)


def _signal_row(
    signal: Signal, own: Row, verdicts: VerdictRows, masks: Masking, closed: bool
) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: getattr(signal, name)
        for name in (
            *("id", "what", "territory", "period", "since", "confidence", "sources", "unknown"),
            *("signed_by", "series", "source", "detector", "reason", "advice", *_NUMBERS),
        )
    }
    shown |= {"state": signal.state.value, "mode": signal.mode}
    counted = None if own["count"] is None else signal.observed  # an incomplete period has none
    shown["observed"] = masks.disclosure.count(cell_of(own), counted)
    shown["expires"] = signal.expires.isoformat() if signal.expires else None
    shown["verdict"] = verdicts.names[signal.verdict]
    shown["cited"] = _cited(own, masks)
    if closed:
        shown |= dict.fromkeys(_NUMBERS) | {"hidden": "window"}
        recorded = signal.source in masks.recorded
        shown["reason"] = without_figures(signal.reason) if recorded else WITHHELD
        shown["unknown"] = without_numbers(signal.unknown)
    return shown

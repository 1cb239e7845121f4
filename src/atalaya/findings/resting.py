"""Which signals rest on some claims: the way up, along what each record is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.records import Signal


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on some claims.

    Args:
        observations: Observations made from one of them.
        signals: Signals of whose episode an alarm looked at such an observation, in order.
        supported: Signals of the same substance and place that count another of these as a further
            independent source.
    """

    observations: frozenset[str]
    signals: tuple[Signal, ...]
    supported: tuple[Signal, ...]


def resting_on(
    claims: Iterable[str], series: pa.Table, verdicts: pa.Table, found: Sequence[Signal]
) -> Resting:
    """Walk from claims through observations and verdicts to signals.

    Args:
        claims: Identifiers of claims.
        series: Table with the schema ``model.tables.SERIES``.
        verdicts: Table with the schema ``model.tables.VERDICTS``.
        found: Every signal of these verdicts.
    """
    observed = _made_from(series, frozenset(claims))
    children = frozenset(observed.column("id").to_pylist())
    observed = pa.concat_tables([observed, _made_from(series, children)])  # and sums of them
    touched = frozenset(observed.column("id").to_pylist())
    watched = pc.is_in(verdicts["series"], value_set=pc.unique(observed["series"]))
    alarms = verdicts.filter(pc.and_(watched, pc.fill_null(verdicts["alarm"], False)))
    alarmed = _periods(_made_from(alarms, touched).to_pylist())
    own = tuple(one for one in found if _rests(one, alarmed))
    subjects = {(one.what, one.territory) for one in own}
    supported = tuple(
        one
        for one in found
        if one not in own and one.sources > 1 and (one.what, one.territory) in subjects
    )
    return Resting(touched, own, supported)


def _made_from(table: pa.Table, names: frozenset[str]) -> pa.Table:
    """Give the rows made from at least one of the named records."""
    rows = table["made_from"].to_pylist()
    return table.filter(pa.array([not names.isdisjoint(row) for row in rows], pa.bool_()))


def _periods(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], set[str]]:
    alarmed: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        alarmed.setdefault((row["series"], row["detector"]), set()).add(row["period"])
    return alarmed


def _rests(signal: Signal, alarmed: Mapping[tuple[str, str], set[str]]) -> bool:
    periods = alarmed.get((signal.series, signal.detector), set())
    return any(signal.since <= period <= signal.period for period in periods)

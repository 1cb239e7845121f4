"""Names observations by their content, many at a time, equal to ``record_id``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from atalaya.model.identifiers import canonical_json, record_ids


def observation_ids(columns: Mapping[str, pa.ChunkedArray]) -> pa.Array:
    """Give the identifier of each observation.

    Args:
        columns: ``series, period, count, population, made_from``.

    Returns:
        ``record_id("observation", {those columns})`` for each row, in order.
    """
    written: dict[float | str | None, str] = {}

    def json(value: float | str | None) -> str:
        if value not in written:
            written[value] = canonical_json(value).decode()
        return written[value]

    names = ("count", "made_from", "period", "population", "series")
    rows = zip(*(columns[name].to_pylist() for name in names), strict=True)
    contents = (
        f'{{"count":{json(count)},"made_from":{_listed(made_from)},"period":{json(period)},'
        f'"population":{json(population)},"series":{json(series)}}}'
        for count, made_from, period, population, series in rows
    )
    return pa.array(record_ids("observation", contents), pa.string())


def _listed(identifiers: Sequence[str]) -> str:
    return '["' + '","'.join(identifiers) + '"]' if identifiers else "[]"

"""The counting itself, as one expression over tables, without a word about the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from atalaya.model.records import Checked

if TYPE_CHECKING:
    from ibis.expr.types import Table

_SERIES = ("source", "subject", "territory", "predicate", "unit", "kind", "people")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The tables that the expression reads.

    Args:
        claims: Claims with the schema CLAIMS.
        editions: ``document, address, edition``: a later edition has the larger number.
        counted: ``source, address, predicate, people``: declared tables of counts; a null predicate
            takes every predicate of the address.
        calendar: ``source, kind, period, ordinal, complete``: every period that a source spans.
        tested: ``source, subject, tested``: ordinal of the first period tested for.
    """

    claims: pa.Table
    editions: pa.Table
    counted: pa.Table
    calendar: pa.Table
    tested: pa.Table


def observations(inputs: Inputs) -> pa.Table:
    """Run the expression on DuckDB, in memory.

    Returns:
        ``source, subject, territory, predicate, unit, people, period, count, population, status,
        made_from``; in no order.
    """
    import ibis

    names = ("claims", "editions", "counted", "calendar", "tested")
    connection = ibis.duckdb.connect()
    try:
        tables = [ibis.memtable(getattr(inputs, name)) for name in names]
        return connection.to_pyarrow(expression(*tables))
    finally:
        connection.disconnect()


def expression(
    claims: Table, editions: Table, counted: Table, calendar: Table, tested: Table
) -> Table:
    """Give the observations of every series in every period that its source spans.

    Args:
        claims: As in ``Inputs``; so are the others.
        editions: The documents.
        counted: The declared tables.
        calendar: The periods.
        tested: When testing began.
    """
    import ibis

    usable = _usable(claims, editions, counted, calendar)
    current = _current(usable)
    said = current.group_by(*_SERIES, "ordinal").agg(
        value=current.value.min(),
        most=current.value.max(),
        examined=current.population.min(),
        examined_most=current.population.max(),
        made_from=current.id.collect(),
    )
    every = usable.select(*_SERIES).distinct()
    spine = every.inner_join(calendar, ["source", "kind"])
    rows = spine.left_join(said, [*_SERIES, "ordinal"], rname="said_{name}").left_join(
        tested, ["source", "subject"], rname="tested_{name}"
    )
    status = ibis.cases(
        (~rows.complete, "incomplete"),
        (rows.tested.fill_null(rows.ordinal) > rows.ordinal, "gap"),
        (rows.value.isnull(), "gap"),
        ((rows.value != rows.most) | (rows.examined != rows.examined_most).fill_null(False), "gap"),
        ((rows.examined == 0).fill_null(False), "gap"),
        else_="observed",
    )
    judged = rows.mutate(status=status)
    seen: Any = judged.status == "observed"
    return judged.select(
        *(name for name in _SERIES if name != "kind"),
        "period",
        "status",
        "made_from",
        count=seen.ifelse(judged.value, None),
        population=seen.ifelse(judged.examined, None),
    )


def _usable(claims: Table, editions: Table, counted: Table, calendar: Table) -> Table:
    """Verified numbers of declared tables whose subject, place and period are known."""
    numbers = claims.filter(
        claims.value.notnull(),
        claims.territory.notnull(),
        claims.unit.notnull(),
        claims.checked == str(Checked.VERIFIED),
        ~claims.subject.startswith("unresolved:"),
        ~claims.territory.startswith("unresolved:"),
    )
    placed = numbers.inner_join(editions, "document").inner_join(
        calendar.select("source", "period", "kind", "ordinal"), ["source", "period"]
    )
    return placed.inner_join(
        counted.select("source", "address", "people", only=counted.predicate),
        ["source", "address"],
    ).filter(lambda row: row.only.isnull() | (row.only == row.predicate))


def _current(usable: Table) -> Table:
    """Leave out what a later edition of the same address spans."""
    spans = usable.group_by("source", "address", "kind", "edition").agg(
        first=usable.ordinal.min(), last=usable.ordinal.max()
    )
    spans = spans.rename(later="edition")
    return usable.anti_join(
        spans,
        [
            usable.source == spans.source,
            usable.address == spans.address,
            usable.kind == spans.kind,
            usable.edition < spans.later,
            usable.ordinal >= spans.first,
            usable.ordinal <= spans.last,
        ],
    )

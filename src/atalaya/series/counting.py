"""From claims to series: one observation a series and period, gaps included.

The relational part is one Ibis expression (``relation.observations``), so that the engine that runs
it can change; naming observations by their content is done on its result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput
from atalaya.model.records import Issue
from atalaya.model.tables import ORDER, SERIES
from atalaya.series.changes import changes
from atalaya.series.cutoff import Edition
from atalaya.series.identity import observation_ids
from atalaya.series.keys import series_key
from atalaya.series.relation import Inputs, observations
from atalaya.series.scope import Scope


@dataclass(frozen=True, slots=True)
class Counted:
    """The series of an observatory.

    Args:
        series: Observations with the schema SERIES, ordered by series and period.
        issues: What was left out, what stopped, what changed.
    """

    series: pa.Table
    issues: tuple[Issue, ...]


def count(
    claims: pa.Table,
    declarations: Sequence[SourceDeclaration],
    editions: Mapping[str, Edition],
) -> Counted:
    """Count verified claims of declared tables of counts into series.

    A later edition of an address speaks for all periods that it spans: what it no longer says is
    a gap there. A period without a claim is a gap, as is one in which nothing was examined, one
    before the publisher tested for the substance, and one of which two tables say different
    things. Periods whose reports still arrive are incomplete.

    Args:
        claims: Claims with the schema CLAIMS, of any sources.
        declarations: The sources.
        editions: Identifier of each claim's document -> where and when it was captured.

    Returns:
        Series and issues. Claims that are not verified, or whose subject or territory no register
        knows, are left out, and an issue says so.

    Raises:
        BadInput: A claim's document has no edition, or its source no declaration.
    """
    _check_known(claims, declarations, editions)
    scope = Scope(claims, declarations, editions)
    inputs = Inputs(
        claims=claims,
        editions=_ranked(editions),
        counted=scope.counted(),
        calendar=scope.calendar(),
        tested=scope.tested(),
    )
    found = _named(observations(inputs))
    return Counted(found, (*scope.left_out(), *changes(found, declarations, scope.known)))


def _check_known(
    claims: pa.Table, declarations: Iterable[SourceDeclaration], editions: Mapping[str, Edition]
) -> None:
    for column, known, what in (
        ("document", set(editions), "edition"),
        ("source", {declaration.slug for declaration in declarations}, "declaration"),
    ):
        missing = set(pc.unique(claims[column]).to_pylist()) - known
        if missing:
            raise BadInput(
                f"claims of {min(missing)} have no {what}",
                why="when and where they were captured decides which edition is counted",
                do=f"hand the {what} of every {column} down with the claims",
            )


def _ranked(editions: Mapping[str, Edition]) -> pa.Table:
    """Number editions by when they were captured; equal moments by document, so never equal."""
    order = sorted(editions, key=lambda document: (editions[document].captured_at, document))
    return pa.table(
        {
            "document": pa.array(order, pa.string()),
            "address": pa.array([editions[document].address for document in order], pa.string()),
            "edition": pa.array(range(len(order)), pa.int64()),
        }
    )


def _named(found: pa.Table) -> pa.Table:
    columns = {name: found[name] for name in found.column_names}
    keyed = [found[name].to_pylist() for name in ("source", "subject", "territory", "predicate")]
    written: dict[tuple[str, ...], str] = {}
    for parts in zip(*keyed, strict=True):
        if parts not in written:
            written[parts] = series_key(*parts)
    columns["series"] = pa.array(
        [written[parts] for parts in zip(*keyed, strict=True)], pa.string()
    )
    made_from = [sorted(ids) if ids else [] for ids in found["made_from"].to_pylist()]
    columns["made_from"] = pa.array(made_from, pa.list_(pa.string()))
    columns["id"] = observation_ids(columns)
    table = pa.table({name: columns[name] for name in SERIES.names}).cast(SERIES)
    return table.sort_by([(name, "ascending") for name in ORDER["series"]])

"""What must hold before anything is published; each refusal names the row that falls.

R1 every figure has its chain and every quoted byte is where it was; R4 places are coarse; R5 no
street prices below national level; R6 an alert keeps its promise; R11 nothing is bundled that may
not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.errors import LookAtThis, Place, StopEverything
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Capture, Signal, SignalState
from atalaya.publishing.column import Column
from atalaya.publishing.forms import Published
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.publishing.licences import refuse_bundling
from atalaya.publishing.originals import original
from atalaya.publishing.places import is_coarse, is_national
from atalaya.reading.text import Passages
from atalaya.series.parents import is_parent

_CONFIDENCE = ("low", "moderate", "high")
_NAMED = 5  # an error names a few of the claims that fall, and says how many there are


def check_inputs(inputs: ReleaseInputs) -> None:
    """Refuse inputs from which nothing may be published.

    Args:
        inputs: What the release would be built from.

    Raises:
        LookAtThis: A licence, a place, a price or an unkept promise of an alert forbids it.
        StopEverything: A figure has no chain, or archived bytes are not what was logged.
    """
    refuse_bundling(inputs)
    check_places(inputs)
    check_prices(inputs.claims)
    for signal in inputs.signals:
        check_alert(signal)
    check_lineage(inputs)
    check_bytes(inputs)


def check_places(inputs: ReleaseInputs) -> None:
    """Refuse any place finer than a country or its first-level division (R4)."""
    named: list[tuple[str, str | None]] = []
    for table in ("claims", "series"):
        given = getattr(inputs, table)["territory"].unique().to_pylist()
        named += [(table, territory) for territory in given]
    named += [("signals", signal.territory) for signal in inputs.signals]
    for table, territory in named:
        if territory is not None and not is_coarse(territory):
            raise LookAtThis(
                f"{territory!r} is finer than a country or a first-level division",
                why="a small place points at the people in it (R4)",
                do="declare the source's territory as the country or division it lies in",
                where=Place(table, column="territory"),
            )


def check_prices(claims: pa.Table) -> None:
    """Refuse prices below national level: they are a market's (R5)."""
    for predicate, territory, id_ in zip(
        *(claims[name].to_pylist() for name in ("predicate", "territory", "id")), strict=True
    ):
        if "price" in predicate and not is_national(territory):
            raise LookAtThis(
                f"{id_} gives a price in {territory}, below national level",
                why="local prices help to sell (R5)",
                do="take the rows out of the source's table, or give the national figure",
                where=Place("claims", column="predicate"),
            )


def check_alert(signal: Signal) -> None:
    """Refuse an alert that does not keep its promise (R6).

    Raises:
        LookAtThis: Confidence, sources, what is not known, advice, signature or expiry is missing.
    """
    said: dict[str, object] = {
        "confidence": signal.confidence in _CONFIDENCE,
        "sources": signal.sources >= 1,
        "unknown": signal.unknown.strip(),
    }
    if signal.state is SignalState.ALERT:
        said |= {
            "advice": (signal.advice or "").strip(),
            "signed_by": (signal.signed_by or "").strip(),
            "expires": signal.expires,
        }
    if missing := [name for name, given in said.items() if not given]:
        raise LookAtThis(
            f"{signal.id} ({signal.state.value}) lacks {', '.join(missing)}",
            why="an alert is a promise: how sure, what is not known, what to do, until when",
            do="sign it again with what is missing, or withdraw it",
            where=Place("signals", column=missing[0]),
        )


def check_lineage(inputs: ReleaseInputs) -> None:
    """Refuse figures without a chain: every record named by another must be there (R1)."""
    known = {
        "claims": set(inputs.claims["id"].to_pylist()),
        "documents": set(inputs.documents["id"].to_pylist()),
        "captures": {capture.id for capture in inputs.captures},
        "series": set(inputs.series["id"].to_pylist()),
        "verdicts": set(inputs.verdicts["id"].to_pylist()),
    }
    _require("claims", inputs.claims["document"].unique().to_pylist(), "documents", known)
    _require("documents", inputs.documents["capture"].to_pylist(), "captures", known)
    parents = is_parent(inputs.series)
    sums, counts = inputs.series.filter(parents), inputs.series.filter(pc.invert(parents))
    _require("series", _made_from(sums), "series", known)
    _require("series", _made_from(counts), "claims", known)
    _require("verdicts", _made_from(inputs.verdicts), "series", known)
    _require("signals", (signal.verdict for signal in inputs.signals), "verdicts", known)


def _made_from(table: pa.Table) -> Iterable[str]:
    return table["made_from"].combine_chunks().flatten().unique().to_pylist()  # type: ignore[no-any-return]


def _require(table: str, named: Iterable[str], other: str, known: dict[str, set[str]]) -> None:
    if lost := sorted(set(named) - known[other]):
        raise StopEverything(
            f"{table} name {len(lost)} of {other} that are not there, first {lost[0]}",
            why="a figure without its chain cannot be checked by anybody (R1)",
            do="delete tables/ and run again; if it stays, run `atalaya verify`",
            where=Place(table),
        )


def check_bytes(inputs: ReleaseInputs) -> None:
    """Read every quoted document again and compare its hash and every quote (R1, R12).

    Raises:
        StopEverything: Bytes differ; the claims that fall are named.
    """
    captures = {capture.id: capture for capture in inputs.captures}
    sources = {said.slug: said for said in inputs.declarations}
    claims: dict[str, list[dict[str, Any]]] = {}
    wanted = inputs.claims.select(["id", "document", "quote", "start", "end"])
    for row in wanted.to_pylist():
        claims.setdefault(row["document"], []).append(row)
    for document in inputs.documents.to_pylist():
        capture = captures[document["capture"]]
        payload = inputs.evidence.payload(capture)
        mine = claims.get(document["id"], [])
        if not document["sha256"] == capture.sha256 == sha256_hex(payload):
            raise _broken(document["address"], capture, [row["id"] for row in mine])
        there = original(sources[document["source"]], document, payload)
        fall = misquoted(there, mine)
        if fall:
            raise _broken(document["address"], capture, fall)


def misquoted(there: Passages, claims: Iterable[Mapping[str, Any]]) -> list[str]:
    """Give the claims whose quote is not what stands at their span.

    Args:
        there: What the spans point into.
        claims: Rows of its claims: id, quote, start, end.
    """
    return [
        row["id"]
        for row in claims
        if there.payload[row["start"] : row["end"]] != row["quote"].encode(there.encoding)
    ]


def _broken(address: str, capture: Capture, claims: list[str]) -> StopEverything:
    named = ", ".join(claims[:_NAMED]) or "none"
    more = f" and {len(claims) - _NAMED} more" if len(claims) > _NAMED else ""
    return StopEverything(
        f"the archived bytes of {address} are not what was logged; claims that fall: {named}{more}",
        why="every figure made from them is without proof (R1, R12)",
        do=f"restore {capture.warc} from a backup, then run `atalaya verify`",
        where=Place(f"evidence/{capture.warc}", column=f"byte {capture.offset}"),
    )


def check_tables(tables: Mapping[str, Published]) -> None:
    """Refuse a table that does not keep to its own columns, before any file is written.

    Raises:
        LookAtThis: A required cell is empty, or a cell holds what its column does not allow.
    """
    for table in tables.values():
        for place, column in enumerate(table.columns):
            cells = [row[place] for row in table.rows]
            if column.unique and len(set(cells)) != len(cells):
                raise _bad_cell(table, column, len(cells), "a value twice")
            for number, cell in enumerate(cells, start=1):
                if not column.takes(cell):
                    raise _bad_cell(table, column, number, repr(cell))


def _bad_cell(table: Published, column: Column, row: int, cell: str) -> LookAtThis:
    return LookAtThis(
        f"{column.name} holds {cell}, which its column does not allow",
        why="a table that breaks its own description cannot be relied on",
        do="report this with the source that made the row; nothing was published",
        where=Place(f"{table.name}.csv", line=row + 1, column=column.name),
    )

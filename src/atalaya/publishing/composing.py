"""All published tables of a release from its inputs; pure but for reading headings of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from atalaya.publishing.change_rows import change_rows
from atalaya.publishing.column import Column
from atalaya.publishing.columns import TABLES, columns_of
from atalaya.publishing.evidence_rows import (
    ClaimRows,
    capture_rows,
    claim_rows,
    document_rows,
    issue_rows,
    monitor_rows,
    source_rows,
)
from atalaya.publishing.finding_rows import series_rows, signal_rows, verdict_rows
from atalaya.publishing.forecast_rows import forecast_rows, nowcast_rows
from atalaya.publishing.forms import Published, tabled
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.publishing.lineage import reference
from atalaya.publishing.masking import Masking, Row, masking
from atalaya.publishing.originals import original
from atalaya.publishing.quotes import QuoteMask


@dataclass(frozen=True, slots=True)
class Composed:
    """The tables of a release, safe to publish.

    Args:
        tables: Name -> table.
        held_back: Signal identifier -> why it is not published; never part of a release.
    """

    tables: Mapping[str, Published]
    held_back: Mapping[str, str]


def compose(inputs: ReleaseInputs) -> Composed:
    """Make every published table.

    Args:
        inputs: What the release is built from; ``gates.check_inputs`` has passed.
    """
    claims = inputs.claims.to_pylist()
    series = sorted(inputs.series.to_pylist(), key=lambda row: (row["series"], row["period"]))
    masks = masking(inputs, claims, series)
    said = claim_rows(claims, masks, quote_masks(inputs, masks))
    judged = verdict_rows(_judged(inputs.verdicts), series, masks)
    signals = signal_rows(inputs.signals, judged, series, masks, inputs.rejudge)
    counted = series_rows(series, masks, said.place)
    expected = forecast_rows(counted, {row["series"] for row in judged.rows})
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "signals": signals.rows,
        "series": counted,
        "verdicts": judged.rows,
        "sources": source_rows(inputs.declarations),
        "issues": issue_rows(inputs.issues, masks.hiding),
        "claims": said.rows,
        "documents": document_rows(masks),
        "captures": capture_rows(inputs.captures, masks),
        "monitors": monitor_rows(inputs.monitors),
        "forecasts": expected.rows,
        "forecast_scores": expected.scores,
        "page_changes": change_rows(inputs.page_changes.to_pylist(), masks),
        "source_health": inputs.source_health.to_pylist(),
        "nowcasts": nowcast_rows(inputs.nowcasts.to_pylist(), counted, masks.hiding),
    }
    tables = {name: tabled(name, TABLES[name], made) for name, made in rows.items()}
    for name in (
        "promises",
        "follow_up",
        "advocacy",
        "voting_agreement",
        "sponsorship",
        "blind_spots",
        "stories",
        "texts",
        "candidates",
    ):
        tables[name] = _as_given(name, getattr(inputs, name), said)
    for name in ("organisations", "organisation_names", "cohosting"):
        tables[name] = _as_given(name, getattr(inputs, name), said)
    return Composed(tables, signals.held_back)


def quote_masks(inputs: ReleaseInputs, masks: Masking) -> dict[str, QuoteMask | None]:
    """Read the headings of every document that holds a hidden count."""
    found = {}
    for document, row in masks.documents.items():
        if document in masks.hot and row["source"] not in masks.lists:
            source = masks.sources[row["source"]]
            there = original(source, row, inputs.evidence.payload(masks.captures[row["capture"]]))
            text = there.payload.decode(there.encoding, "replace")
            found[document] = QuoteMask.of(source, row["address"], text)
    return found


def _judged(verdicts: pa.Table) -> list[Row]:
    names = ("series", "detector", "period")
    return sorted(verdicts.to_pylist(), key=lambda row: tuple(row[name] for name in names))


def _as_given(name: str, table: pa.Table, claims: ClaimRows) -> Published:
    """Publish a table whose shape its own room owns; claims are named by their row as well."""
    columns = columns_of(table.schema)
    traced = "claims" in table.column_names
    if traced:
        columns += (Column("made_from", "Rows it is made from, such as claims.csv:3-5"),)
    rows = []
    for given in table.to_pylist():
        row = {heading: _plain(cell) for heading, cell in given.items()}
        if traced:
            rests_on = [claims.place[claim] for claim in _listed(given["claims"])]
            row["claims"] = " ".join(claims.rows[place - 1]["id"] for place in rests_on)
            row["made_from"] = reference("claims", rests_on)
        rows.append(row)
    return tabled(name, columns, rows)


def _listed(claims: Any) -> list[str]:
    return claims.split() if isinstance(claims, str) else list(claims or [])


def _plain(cell: Any) -> Any:
    if isinstance(cell, list):
        return " ".join(map(str, cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else cell

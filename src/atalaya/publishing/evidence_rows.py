"""Rows of the published evidence: sources, captures, documents, claims and issues, safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from atalaya.findings.signals import CARRIED
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import record_id
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.numbers import number_text
from atalaya.model.records import Capture, Issue
from atalaya.model.sentences import content_of, sentence_of
from atalaya.publishing.masking import Masking, Row, cell_of
from atalaya.publishing.places import is_national
from atalaya.publishing.quotes import QuoteMask
from atalaya.publishing.quotes import Row as Quoted

_DAY_OR_MONTH = r"\d{4}-(?:\d{2}(?:-\d{2})?|W\d{2}|Q\d)"
_NUMBER = re.compile(rf"({_DAY_OR_MONTH})(?!\d)|\d+(?:[.,]\d+)*")
LINKED = "linked-not-bundled"  # it quotes nothing, and its link must stay whole
WITHHELD = "withheld: its window holds counts of people from 1 to 9"


def without_numbers(text: str) -> str:
    """Blank every number of a text but dates, whatever the number is.

    >>> without_numbers("row 12 of 2019-04 says 3 deaths")
    'row … of 2019-04 says … deaths'
    >>> without_numbers("deaths 2012-2024")
    'deaths …-…'
    """
    return _NUMBER.sub(lambda found: found[1] or "…", text)


def without_figures(reason: str) -> str:
    """Give what a detector's reason says before its first figure.

    >>> without_figures("return after silence: 3 counted in the last 6 observed periods")
    'return after silence'
    >>> without_figures("growth: 3 in the last 6; carried by U-47700")
    'growth; carried by U-47700'
    """
    said, carried, child = reason.partition(CARRIED)
    parts = said.split(": ")
    kept = takewhile(lambda part: not any(letter.isdigit() for letter in part), parts)
    return (": ".join(kept) or WITHHELD) + carried + child


def source_rows(declarations: Iterable[SourceDeclaration]) -> Iterator[dict[str, Any]]:
    """Give one row a source, link-only sources included."""
    for said in sorted(declarations, key=lambda one: one.slug):
        yield {
            "source": said.slug,
            "title": said.title.en,
            "title_es": said.title.es,
            "publisher": said.publisher,
            "homepage": said.homepage,
            "licence": said.licence.name,
            "licence_address": said.licence.address,
            "redistribute": said.licence.redistribute,
            "attribution": said.licence.attribution,
            "addresses": " ".join(said.asked),
            "about_people": said.about_people,
            "published_cells": said.published_cells,
            "published_records": said.published_records,
            "as_of": said.as_of.isoformat(),
            "compiled": said.compiled.how if said.compiled else None,
            "copies": said.copies,
        }


def capture_rows(captures: Iterable[Capture], masks: Masking) -> Iterator[dict[str, Any]]:
    """Give one row a capture, by source, time and address; those of older versions come last.

    So the row of what is read now is not moved by how often it changed.
    """
    ordered = sorted(captures, key=lambda one: (one.source, one.fetched_at, one.address))
    latest = {(one.source, one.address): one.id for one in ordered}
    ordered.sort(key=lambda one: latest[one.source, one.address] != one.id)
    for capture in ordered:
        closed = capture.id in masks.closed_captures
        row = capture.facts()
        del row["type"], row["status"]
        row |= {"id": masks.capture_id(capture.id), "warc": capture.warc}
        row["offset"] = capture.offset
        if capture.warc in masks.archives:  # its name and its lengths depend on the hidden counts
            row |= {"warc": None, "offset": None, "hidden": "small"}
        row["log_index"] = capture.log_index if capture.log_index >= 0 else None
        if closed:
            row |= {"sha256": None, "length": None, "hidden": "small"}
        yield row


def document_rows(masks: Masking) -> Iterator[dict[str, Any]]:
    """Give one row a document, by source and address."""
    order = ("source", "address", "capture")
    for row in sorted(masks.documents.values(), key=lambda one: [one[name] for name in order]):
        shown = dict(row)
        shown |= {
            "id": masks.document_id(row["id"]),
            "capture": masks.capture_id(row["capture"]),
        }
        if row["id"] in masks.closed:
            shown |= {"sha256": None, "hidden": "small"}
        if row["source"] in masks.lists:
            shown |= {"rows": None, "hidden": "list"}
        yield shown


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """Published claims, and at which row each claim stands.

    Args:
        rows: One dictionary a claim, in order.
        place: Claim identifier -> row, from 1; claims of line lists about people have none.
    """

    rows: list[dict[str, Any]]
    place: Mapping[str, int]


def claim_rows(
    claims: list[Row], masks: Masking, tables: Mapping[str, QuoteMask | None]
) -> ClaimRows:
    """Give the published claims.

    Args:
        claims: Rows of the claims' table.
        masks: What may be shown.
        tables: Document identifier -> how its rows are masked, for documents with hidden counts.
    """
    quotes = _quotes(claims, masks, tables)
    # A row whose length depends on a hidden count would tell it by where the next row starts.
    unsteady = {span[0] for span, quote in quotes.items() if not quote.steady}
    made = []
    for row in claims:
        if row["source"] in masks.lists:
            continue
        shown = _hidden_claim(row, masks, quotes.get(_span(row)))
        if row["document"] in unsteady:
            shown |= {"start": None, "end": None}
        made.append((row["id"], shown))
    made.sort(key=lambda pair: _order(pair[1]))
    _renamed(made, masks)
    return ClaimRows(
        [shown for _, shown in made], {id_: row for row, (id_, _) in enumerate(made, start=1)}
    )


def _hidden_claim(row: Row, masks: Masking, quote: Quoted | None) -> dict[str, Any]:
    cell = cell_of(row)
    shown = dict(row)
    shown["document"] = masks.document_id(row["document"])
    if row["source"] not in masks.hiding:
        shown["value"] = None if row["value"] is None else number_text(row["value"])
        shown["population"] = None if row["population"] is None else number_text(row["population"])
        return shown
    shown["value"] = masks.disclosure.count(cell, row["value"])
    shown["population"] = masks.disclosure.population(cell, row["population"])
    shown["hidden"] = masks.disclosure.why(cell)
    if quote is not None:
        shown["quote"] = quote.text
    elif row["value"] is None and not is_national(row["territory"]):
        shown["quote"] = None  # prose about people below national level: numbers in words
    for name in ("how_checked", "text"):
        shown[name] = without_numbers(row[name]) if row[name] else None
    return shown


def _span(row: Row) -> tuple[str, int, int]:
    return row["document"], row["start"], row["end"]


def _quotes(
    claims: Iterable[Row], masks: Masking, tables: Mapping[str, QuoteMask | None]
) -> dict[tuple[str, int, int], Quoted]:
    """Mask every row of the documents that hold a hidden count, hidden or not itself."""
    spans: dict[tuple[str, int, int], list[Row]] = {}
    for row in claims:
        if row["document"] in masks.hot and row["source"] not in masks.lists:
            spans.setdefault(_span(row), []).append(row)
    return {span: _masked(rows, masks, tables.get(span[0])) for span, rows in spans.items()}


def _masked(rows: list[Row], masks: Masking, table: QuoteMask | None) -> Quoted:
    if table is None:
        return Quoted(None, steady=False)
    shown = {row["predicate"]: masks.disclosure.count(cell_of(row), row["value"]) for row in rows}
    shown[None] = shown[rows[0]["predicate"]] if len(rows) == 1 else None
    populations = {masks.disclosure.population(cell_of(row), row["population"]) for row in rows}
    return table.row(
        rows[0]["quote"], shown.get, populations.pop() if len(populations) == 1 else None
    )


def _order(row: Row) -> tuple[Any, ...]:
    names = ("source", "document", "line", "subject", "predicate", "territory", "period")
    return tuple(str(row[name] or "") if name != "line" else row[name] for name in names)


def _renamed(made: list[tuple[str, dict[str, Any]]], masks: Masking) -> None:
    """Name the claims of hiding sources by what is published of them."""
    seen: dict[str, int] = {}
    for _, shown in made:
        if shown["source"] not in masks.hiding:
            continue
        said = {name: cell for name, cell in shown.items() if name not in ("id", "hidden")}
        id_ = record_id("claim", said)
        seen[id_] = seen.get(id_, 0) + 1
        shown["id"] = id_ if seen[id_] == 1 else record_id("claim", {**said, "again": seen[id_]})


def monitor_rows(monitors: Iterable[MonitorDeclaration]) -> Iterator[dict[str, Any]]:
    """Give one row a monitor."""
    for said in sorted(monitors, key=lambda one: one.slug):
        watched = (*said.series.sources, *said.series.subjects, *said.series.territories)
        pooled = (f"pool={hierarchy}" for hierarchy in said.pool)
        yield {
            "monitor": said.slug,
            "title": said.title.en,
            "title_es": said.title.es,
            "detector": said.detector,
            "parameters": " ".join(f"{name}={value}" for name, value in said.parameters.items()),
            "watches": " ".join((*watched, *pooled)),
            "since": said.since,
            "dated": said.dated.isoformat(),
            "because": said.because,
            "cites": said.cites,
        }


def issue_rows(issues: Iterable[Issue], hiding: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Give one row an issue; issues of hiding sources say no numbers, but where to read them."""
    safe = {
        _safe(issue) if issue.source in hiding and issue.kind != LINKED else issue
        for issue in issues
    }
    for issue in sorted(safe, key=lambda one: (one.source, one.step, one.id)):
        yield {
            "id": issue.id,
            "kind": issue.kind,
            "says": issue.says,
            "step": issue.step,
            "source": issue.source,
            "file": issue.where.name,
            "line": issue.where.line,
            "column": None if issue.where.column is None else str(issue.where.column),
            "do": issue.do,
            "parameters": issue.parameters,
        }


def _safe(issue: Issue) -> Issue:
    return replace(issue, says=_blanked(issue.says), do=_blanked(issue.do))


def _blanked(text: str) -> str:
    return sentence_of(without_numbers(text), _blank(content_of(text)))


def _blank(content: Any) -> Any:
    """Blank the numbers of what a sentence is made of; its template is our own and holds none."""
    if isinstance(content, dict):
        return {name: one if name == "template" else _blank(one) for name, one in content.items()}
    return content if content is None else without_numbers(str(content))

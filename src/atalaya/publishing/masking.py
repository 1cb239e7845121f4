"""What of the evidence may be shown: which documents hold hidden counts, and what that closes.

The hash of a document is a test of any guess at it. With few hidden counts all their combinations
can be tried, so the hash is withheld, and so is everything computed from it: record identifiers are
then computed from what is published instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.identifiers import record_id
from atalaya.model.records import Capture
from atalaya.publishing.disclosure import (
    Cell,
    Disclosure,
    Figure,
    decide,
    hiding_sources,
    with_sums,
)
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.series.parents import OBSERVATION

# One bit of doubt a cell is the least that 1-9 leaves to somebody who knows that most are 1 or 2;
# 128 bits cannot be searched. Below that many hidden counts a document's hash is withheld.
UNGUESSABLE = 128

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Masking:
    """What every table of one release may show.

    Args:
        disclosure: What is hidden.
        sources: Slug -> declaration.
        hiding: Sources whose small cells are hidden.
        recorded: Hiding sources whose publisher publishes the record of every case: their alarms
            say less than the records do and are shown.
        lists: Hiding sources whose counts are counted from several claims each.
        captures: Capture identifier -> capture.
        documents: Document identifier -> its row.
        hot: Documents that hold a hidden count.
        closed: Hot documents whose hash would let the hidden counts be guessed.
        closed_captures: Captures of the same bytes.
        archives: Archive files in which the length of a record could tell a hidden count.
    """

    disclosure: Disclosure
    sources: Mapping[str, SourceDeclaration]
    hiding: frozenset[str]
    recorded: frozenset[str]
    lists: frozenset[str]
    captures: Mapping[str, Capture]
    documents: Mapping[str, Row]
    hot: frozenset[str]
    closed: frozenset[str]
    closed_captures: frozenset[str]
    archives: frozenset[str]

    def document_id(self, document: str) -> str:
        """Give the published identifier of a document."""
        if document not in self.closed:
            return document
        row = self.documents[document]
        said = {"source": row["source"], "address": row["address"]}
        return record_id("document", {**said, "capture": self.capture_id(row["capture"])})

    def capture_id(self, capture: str) -> str:
        """Give the published identifier of a capture."""
        if capture not in self.closed_captures:
            return capture
        return masked_capture_id(self.captures[capture])


def masked_capture_id(capture: Capture) -> str:
    """Name a capture by everything but its bytes, where their hash would let counts be guessed."""
    facts = capture.facts()
    shown = {name: said for name, said in facts.items() if name not in ("sha256", "length")}
    return record_id("capture", shown)


def cell_of(row: Row) -> Cell:
    """Give the cell a claim or observation is about."""
    return Cell(row["source"], row["subject"], row["territory"], row["predicate"], row["period"])


def is_sum(row: Row) -> bool:
    """Say whether an observation is the house's own sum of others, and no figure of a source."""
    return bool(row["made_from"]) and row["made_from"][0].startswith(OBSERVATION)


def parts_of(series: Iterable[Row], hiding: frozenset[str]) -> Mapping[Cell, tuple[Cell, ...]]:
    """Give the cells that each sum about people is made of.

    Args:
        series: Rows of the observations.
        hiding: Sources whose small cells are hidden.
    """
    mine = [row for row in series if row["source"] in hiding]
    cells = {row["id"]: cell_of(row) for row in mine}
    return {
        cell_of(row): tuple(cells[made] for made in row["made_from"]) for row in mine if is_sum(row)
    }


def masking(inputs: ReleaseInputs, claims: list[Row], series: list[Row]) -> Masking:
    """Decide what a release may show.

    Args:
        inputs: What it is built from.
        claims: Rows of its claims.
        series: Rows of its observations.
    """
    hiding = hiding_sources(inputs.declarations)
    counted = [row for row in series if not is_sum(row)]
    shown = with_sums(
        decide(_figures(claims, counted), hiding, inputs.holding),
        parts_of(series, hiding),
    )
    lists = frozenset(
        row["source"] for row in counted if row["source"] in hiding and len(row["made_from"]) > 1
    )
    secrets: dict[str, int] = defaultdict(int)
    for row in claims:
        if row["source"] in lists or (row["source"] in hiding and shown.hides(cell_of(row))):
            secrets[row["document"]] += 1
    documents = {row["id"]: row for row in inputs.documents.to_pylist()}
    captures = {capture.id: capture for capture in inputs.captures}
    closed = frozenset(
        document
        for document, count in secrets.items()
        if count < UNGUESSABLE or documents[document]["source"] in lists
    )
    guessed = {documents[document]["sha256"] for document in closed}
    kept = {documents[document]["sha256"] for document in secrets}
    return Masking(
        disclosure=shown,
        sources={said.slug: said for said in inputs.declarations},
        hiding=hiding,
        recorded=frozenset(said.slug for said in inputs.declarations if said.published_records),
        lists=lists,
        captures=captures,
        documents=documents,
        hot=frozenset(secrets),
        closed=closed,
        closed_captures=frozenset(id_ for id_, one in captures.items() if one.sha256 in guessed),
        archives=inputs.closed_archives
        | {one.warc for one in captures.values() if one.sha256 in kept},
    )


def _figures(claims: Iterable[Row], series: Iterable[Row]) -> Iterable[Figure]:
    """Give every figure once: as the series count it, else as the claim says it.

    A period that is incomplete or a gap has claims and no count: what they say is shown in
    ``claims.csv`` and is as small as any other.
    """
    counted = set()
    for row in series:
        cell = cell_of(row)
        if row["count"] is not None:
            counted.add(cell)
        yield Figure(cell, row["count"], row["population"], row["unit"], row["people"])
    for row in claims:
        cell = cell_of(row)
        if cell not in counted:
            yield Figure(cell, row["value"], row["population"], row["unit"], people=False)

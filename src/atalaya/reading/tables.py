"""The door of this room: a document and its declaration give claims and issues."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaya.model.declarations import SourceDeclaration, Table
from atalaya.model.declaring import Expectation
from atalaya.model.errors import BadInput, Place
from atalaya.model.records import Document, Issue
from atalaya.model.sentences import sentence
from atalaya.model.tables import CLAIMS, ORDER
from atalaya.reading import workbooks
from atalaya.reading.claims import assemble, empty_rows, read_rows
from atalaya.reading.grid import read_grid
from atalaya.reading.layout import Layout, find_layout
from atalaya.reading.names import Registers
from atalaya.reading.objects import is_objects, objects_table
from atalaya.reading.prose import free_text_issues
from atalaya.reading.refusals import issues_of, refuse_second_heading, refuse_too_broken
from atalaya.reading.reports.texts import text_of
from atalaya.reading.soundness import check_counts
from atalaya.reading.text import Passages, is_workbook, plain_text


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says.

    Args:
        claims: Claims with the schema CLAIMS, in CLAIMS order.
        issues: What was found wrong or not understood.
        rows: Rows under the headings, of all declared tables of the document.
        broken: Rows left out, each with an issue.
        empty: Rows that say nothing: neither a value nor words. No claim is made of them.
    """

    claims: pa.Table
    issues: tuple[Issue, ...]
    rows: int
    broken: int = 0
    empty: int = 0


def read_document(
    declaration: SourceDeclaration, document: Document, payload: bytes, registers: Registers
) -> Reading:
    """Read a document's rows into claims, as its source declares them.

    Args:
        declaration: The source; its ``[[table]]`` entries for the document's address are read.
        document: What the payload is.
        payload: Its bytes: CSV (RFC 4180), an XLSX workbook or a table of objects
            (``reading.objects``), by the declared media type.
        registers: Where names of substances and territories are looked up.

    Returns:
        Claims and issues. For every claim ``payload[start:end]`` is its ``quote`` in the declared
        encoding (for a workbook, in ``passages(...).payload``). A document without a declared table
        gives no claim.

    Raises:
        BadInput: The document is not what is declared, or too much of it is broken; nothing of it
            is used then.
    """
    tables = declaration.tables_of(document.address)
    readings = [_read_table(declaration, table, document, payload, registers) for table in tables]
    claims = pa.concat_tables([reading.claims for reading in readings] or [CLAIMS.empty_table()])
    return Reading(
        claims=claims.sort_by([(name, "ascending") for name in ORDER["claims"]]),
        issues=tuple(dict.fromkeys(issue for reading in readings for issue in reading.issues)),
        rows=sum(reading.rows for reading in readings),
        broken=sum(reading.broken for reading in readings),
        empty=sum(reading.empty for reading in readings),
    )


def passages(declaration: SourceDeclaration, document: Document, payload: bytes) -> Passages:
    """Give the bytes that the spans of a document's claims point into.

    For CSV they are the payload itself; for a workbook, the declared sheet written as CSV; for a
    declared text, its words in UTF-8. Where neither is declared nothing is quoted, so
    the payload may be anything: a page that is followed.

    Raises:
        BadInput: The payload is not what is declared.
    """
    tables = declaration.tables_of(document.address)
    reads = {text.reads for text in declaration.text if text.address == document.address}
    if not tables and not reads:  # such as what a listing names, which no source declares itself
        return Passages(payload, "utf-8", document.address)
    media_type = _fetch(declaration, document)[0]
    if reads:
        page, tables_kept = "html" in media_type, "votes" in reads
        words = text_of(payload, document.address, page=page, tables=tables_kept)
        return Passages(words.encode(), "utf-8", document.address)
    if is_workbook(media_type):
        return _sheet(payload, document.address, tables[0]).passages
    return _delimited(payload, media_type, document.address)


def _read_table(
    declaration: SourceDeclaration,
    table: Table,
    document: Document,
    payload: bytes,
    registers: Registers,
) -> Reading:
    media_type, expect = _fetch(declaration, document)
    if is_workbook(media_type):
        layout = _sheet(payload, document.address, table)
    else:
        layout = find_layout(_delimited(payload, media_type, document.address), table)
    grid = read_grid(layout)
    said = read_rows(grid, table, declaration, registers)
    refuse_second_heading(said, table, layout)
    if table.record == "counts":
        check_counts(said)
    left_out = said.columns.broken()
    rows, broken = len(grid.rows) + len(grid.uneven), len(grid.uneven) + len(left_out)
    complaints = [*grid.uneven, *said.columns.complaints]
    refuse_too_broken(rows, broken, expect, complaints, layout.passages.place)
    silent = empty_rows(said)
    silent[list(left_out)] = False
    issues = list(issues_of(said, layout, document, registers))
    if declaration.about_people:
        issues += free_text_issues(grid, table, layout, document)
    return Reading(
        claims=assemble(said, layout.passages, document, left_out),
        issues=tuple(issues),
        rows=rows,
        broken=broken,
        empty=int(np.count_nonzero(silent)),
    )


def _fetch(declaration: SourceDeclaration, document: Document) -> tuple[str, Expectation]:
    for fetch in declaration.addresses:
        if fetch.address == document.address:
            return fetch.media_type, fetch.expect
    folder = declaration.folder_of(document.address)
    if folder is not None:  # of a folder's files each is of its own kind
        return document.media_type, folder.expect
    raise BadInput(
        sentence(
            "the source {source} declares no [[fetch]] of {address}",
            source=declaration.slug,
            address=document.address,
        ),
        do=sentence("add it to source.toml, or correct the address of its [[table]]"),
        where=Place(declaration.slug),
    )


def _delimited(payload: bytes, media_type: str, address: str) -> Passages:
    if is_objects(media_type):
        return objects_table(payload, media_type, address)
    return plain_text(payload, media_type, address)


def _sheet(payload: bytes, address: str, table: Table) -> Layout:
    found, refusals = [], []
    for sheet in workbooks.sheets(payload, address):
        try:
            found.append(find_layout(sheet, table))
        except BadInput as error:
            refusals.append(error)
    if len(found) == 1:
        return found[0]
    if not found:
        raise refusals[0]
    raise BadInput(
        sentence(
            "several sheets hold the declared columns: {sheets}",
            sheets="; ".join(layout.passages.place for layout in found),
        ),
        why="which sheet is meant cannot be known",
        do=sentence("ask for a workbook with one of them, or for CSV"),
        where=Place(address),
    )

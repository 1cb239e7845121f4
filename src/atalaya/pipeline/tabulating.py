"""The read and count steps: captures to documents and claims, claims to series."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from atalaya.evidence.captures import CaptureStore
from atalaya.findings.leaving_out import still_counting, without_retracted
from atalaya.findings.retractions import Retraction
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.records import Capture, Document, Issue
from atalaya.model.sentences import sentence, sentence_of
from atalaya.model.tables import CLAIMS, DOCUMENTS, ISSUES, MENTIONS, TEXTS
from atalaya.pipeline import defects
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.reading_texts import declared_text, read_text
from atalaya.reading.analysis.part import is_part
from atalaya.reading.names import Registers
from atalaya.reading.tables import Reading, read_document
from atalaya.registers import substances, territories

if TYPE_CHECKING:  # brings models and a lexicon, which an observatory of tables does without
    from atalaya.pipeline.reading_open import OpenTexts


@dataclass(frozen=True, slots=True)
class Read:
    """What the newest captures say.

    Args:
        documents: Table with the schema DOCUMENTS.
        claims: Table with the schema CLAIMS.
        issues: What was found wrong on the way.
        texts: Texts of open sources, with the schema TEXTS.
        mentions: What they mention, with the schema MENTIONS.
    """

    documents: pa.Table
    claims: pa.Table
    issues: tuple[Issue, ...]
    texts: pa.Table = field(default_factory=TEXTS.empty_table)
    mentions: pa.Table = field(default_factory=MENTIONS.empty_table)


def newest(captures: Iterable[Capture]) -> tuple[Capture, ...]:
    """Give the newest capture of each declared address, ordered by source and address."""
    latest: dict[tuple[str, str], Capture] = {}
    for one in captures:
        if one.sealed or one.lists:  # what intake left is a capture of its own; a list is none
            continue
        known = latest.get((one.source, one.address))
        if known is None or known.known_at <= one.known_at:
            latest[one.source, one.address] = one
    return tuple(latest[key] for key in sorted(latest))


def read(
    declarations: Sequence[SourceDeclaration],
    captures: Sequence[Capture],
    store: CaptureStore,
    progress: Progress,
    retracted: Sequence[Retraction] = (),
) -> Read:
    """Read the newest capture of every declared address, without what was retracted.

    A document that cannot be read becomes an issue and never stops the others. Archived bytes that
    are not what the log committed to stop everything.

    Raises:
        StopEverything: A capture's bytes are not what was archived.
    """
    by_slug = {one.slug: one for one in declarations}
    known = Registers(substances.load(), territories.load())
    documents, claims, issues = [], [], []
    parts = _Parts()
    wanted = [one for one in newest(still_counting(captures, retracted)) if one.source in by_slug]
    progress.begin("read", len(wanted))
    for capture in wanted:
        declaration = by_slug[capture.source]
        document = document_of(capture, declaration.language, declaration.title.en)
        payload = store.payload(capture)
        try:
            if is_part(payload):
                reading = parts.read(document, capture, payload, declaration.territory)
            else:
                reading = _read(declaration, document, payload, known)
        except LookAtThis as error:
            issues.append(refusal(error, "read", capture.source, capture.address))
            continue
        finally:
            progress.advance(capture.address)
        documents.append(_row(document, reading))
        claims.append(
            without_retracted(reading.claims, document.source, document.address, retracted)
        )
        issues += reading.issues
    issues += [*sealed_issues(captures), *defects.issues(declarations)]
    table = pa.concat_tables([CLAIMS.empty_table(), *claims])
    progress.end(f"{len(documents)} documents, {table.num_rows} claims, {len(issues)} issues")
    listed = pa.Table.from_pylist(documents, schema=DOCUMENTS)
    return Read(listed, table, tuple(issues), *parts.tables(table))


class _Parts:
    """Reads readable parts; what that needs is loaded with the first one."""

    def __init__(self) -> None:
        self._texts: OpenTexts | None = None

    def read(
        self, document: Document, capture: Capture, payload: bytes, home: str | None
    ) -> Reading:
        """Read one."""
        if self._texts is None:
            from atalaya.pipeline.reading_open import OpenTexts

            self._texts = OpenTexts()
        return self._texts.read(document, capture, payload, home)

    def tables(self, claims: pa.Table) -> tuple[pa.Table, pa.Table]:
        """Give texts and mentions; a text rests on claims that still count."""
        if self._texts is None:
            return TEXTS.empty_table(), MENTIONS.empty_table()
        return self._texts.tables(frozenset(claims["id"].to_pylist()))


def _read(
    declaration: SourceDeclaration, document: Document, payload: bytes, known: Registers
) -> Reading:
    if declared_text(declaration, document.address):
        return read_text(declaration, document, payload)
    return read_document(declaration, document, payload, known)


_UNREAD_TABLE = (
    sentence(
        "the original is sealed, and nothing was read from it: it is no delimited "
        "text with the declared columns, or a declared column is about private persons "
        "or holds free text"
    ),
    sentence("correct [[table]] in source.toml; look at the original with `atalaya open`"),
)
_UNREAD_TEXT = (
    sentence("the document is sealed, and no text could be read from it when it was taken in"),
    sentence("look at the original with `atalaya open`; correct item_types in source.toml"),
)


def sealed_issues(captures: Iterable[Capture]) -> Iterator[Issue]:
    """Say of which sealed originals nothing is read."""
    latest = {(one.source, one.address): one for one in captures if one.sealed}
    left = {one.made_from for one in captures}
    for one in latest.values():
        if one.sha256 not in left and not one.lists:
            says, do = _UNREAD_TEXT if one.listing else _UNREAD_TABLE
            yield Issue(
                kind="intake-refused",
                says=says,
                step="read",
                source=one.source,
                where=Place(one.address),
                do=do,
            )


def refusal(error: LookAtThis, step: str, source: str, address: str) -> Issue:
    """Turn an error that stops one source into an issue that is published."""
    return Issue(
        kind=f"{step}-refused",
        says=error.what,
        step=step,
        source=source,
        where=error.where or Place(address),
        do=error.do,
    )


def issue_table(issues: Iterable[Issue]) -> pa.Table:
    """Give issues as a table with the schema ISSUES, each once."""
    rows: Mapping[str, dict[str, object]] = {
        one.id: {
            "id": one.id,
            "kind": one.kind,
            "says": one.says,
            "step": one.step,
            "source": one.source,
            "file": one.where.name,
            "line": one.where.line,
            "column": None if one.where.column is None else str(one.where.column),
            "do": one.do,
            "parameters": one.parameters,
        }
        for one in issues
    }
    return pa.Table.from_pylist(list(rows.values()), schema=ISSUES)


def issues_of(table: pa.Table) -> tuple[Issue, ...]:
    """Give the issues of a table back as records."""
    return tuple(_issue(row) for row in table.to_pylist())


def _issue(row: Mapping[str, Any]) -> Issue:
    made_of = json.loads(row["parameters"] or "{}")
    return Issue(
        kind=row["kind"],
        says=sentence_of(row["says"], made_of.get("says")),
        step=row["step"],
        source=row["source"],
        where=Place(row["file"], row["line"], row["column"]),
        do=sentence_of(row["do"], made_of.get("do")),
    )


def document_of(capture: Capture, language: str = "", title: str = "") -> Document:
    """Give the document a capture holds; its identifier rests on source, address and bytes."""
    return Document(
        source=capture.source,
        address=capture.address,
        sha256=capture.sha256,
        capture=capture.id,
        media_type=capture.media_type,
        language=language,
        title=title,
    )


def _row(document: Document, reading: Reading) -> dict[str, object]:
    return {
        "id": document.id,
        "source": document.source,
        "address": document.address,
        "sha256": document.sha256,
        "capture": document.capture,
        "media_type": document.media_type,
        "language": document.language,
        "title": document.title,
        "rows": reading.rows,
    }

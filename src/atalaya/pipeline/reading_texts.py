"""Claims of declared texts: reports, votes, resolutions, quoted from the document's words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from atalaya import __version__
from atalaya.model.declarations import SourceDeclaration, Text
from atalaya.model.errors import Place
from atalaya.model.records import Checked, Document, Issue
from atalaya.model.sentences import sentence
from atalaya.model.tables import CLAIMS, ORDER
from atalaya.promises.texts import Found, Stated, read
from atalaya.reading.identity import claim_ids
from atalaya.reading.tables import Reading, passages

HOW_READ = f"read from the text by atalaya {__version__}; nobody has checked it"


def declared_text(declaration: SourceDeclaration, address: str) -> tuple[Text, ...]:
    """Give what a source declares of a document that is a text; empty for a table."""
    return tuple(one for one in declaration.text if one.address == address)


def read_text(declaration: SourceDeclaration, document: Document, payload: bytes) -> Reading:
    """Read a declared text into claims.

    Args:
        declaration: The source; its ``[[text]]`` entries for the document's address are read.
        document: What the payload is.
        payload: Its bytes: HTML, PDF, Markdown or plain text.

    Returns:
        Claims, unverified, each quoting ``passages(...).payload[start:end]``; and issues.

    Raises:
        BadInput: The document is not what is declared; nothing of it is used then.
    """
    there = passages(declaration, document, payload)
    text = there.payload.decode(there.encoding)
    found = [read(text, one) for one in declared_text(declaration, document.address)]
    claims = _claims(text, document, [stated for one in found for stated in one.stated])
    issues = tuple(issue for one in found for issue in _issues(text, document, one))
    ordered = claims.sort_by([(name, "ascending") for name in ORDER["claims"]])
    return Reading(ordered, tuple(dict.fromkeys(issues)), rows=claims.num_rows)


def _claims(text: str, document: Document, stated: list[Stated]) -> pa.Table:
    bytes_before = np.concatenate(([0], np.cumsum([len(one.encode()) for one in text])))
    lines_before = np.concatenate(([0], np.cumsum([one == "\n" for one in text])))
    spans = [one.span for one in stated]
    numbers = [one.value if isinstance(one.value, float) else None for one in stated]
    words = [one.value if isinstance(one.value, str) else None for one in stated]
    columns = {
        "document": pa.array([document.id] * len(stated), pa.string()),
        "source": pa.array([document.source] * len(stated), pa.string()),
        "subject": pa.array([one.subject for one in stated], pa.string()),
        "predicate": pa.array([one.predicate for one in stated], pa.string()),
        "value": pa.array(numbers, pa.float64()),
        "text": pa.array(words, pa.string()),
        "unit": pa.array([one.unit for one in stated], pa.string()),
        "territory": pa.array([one.territory for one in stated], pa.string()),
        "period": pa.array([one.period for one in stated], pa.string()),
        "population": pa.nulls(len(stated), pa.float64()),
        "quote": pa.array([span.of(text) for span in spans], pa.string()),
        "start": pa.array([int(bytes_before[span.start]) for span in spans], pa.int64()),
        "end": pa.array([int(bytes_before[span.end]) for span in spans], pa.int64()),
        "line": pa.array([int(lines_before[span.start]) + 1 for span in spans], pa.int64()),
        "checked": pa.array([str(Checked.UNVERIFIED)] * len(stated), pa.string()),
        "how_checked": pa.array([HOW_READ] * len(stated), pa.string()),
        "cites": pa.array([document.address] * len(stated), pa.string()),
    }
    columns["id"] = claim_ids(document.id, columns)
    made = [columns[field.name].cast(field.type) for field in CLAIMS]
    table = pa.Table.from_arrays(made, schema=CLAIMS)
    first: dict[str, int] = {}
    for place, name in enumerate(columns["id"].to_pylist()):
        first.setdefault(name, place)  # one place may say a thing twice, as a name in two lists
    return table.take(pa.array(list(first.values()), pa.int64()))


def _issues(text: str, document: Document, found: Found) -> Iterator[Issue]:
    for kind, says, span in found.doubts:
        yield Issue(
            kind=f"text-{kind}",
            says=says,
            step="read",
            source=document.source,
            where=Place(document.address, text.count("\n", 0, span.start) + 1),
            do=sentence("look at the document; nothing was repaired"),
        )

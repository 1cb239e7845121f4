"""The bytes a claim's span points into: the payload itself, or the declared sheet of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.records import Document
from atalaya.reading.tables import passages
from atalaya.reading.text import Passages


def original(
    declaration: SourceDeclaration, document: Mapping[str, Any], payload: bytes
) -> Passages:
    """Give the text that the quotes of a document are spans of, with its encoding.

    Args:
        declaration: The document's source.
        document: Row of the documents' table, as rebuilt or as published.
        payload: The archived bytes.

    Raises:
        BadInput: The payload is not what the source declares.
    """
    named = ("source", "address", "capture", "media_type", "language", "title")
    record = Document(sha256=document["sha256"] or "", **{name: document[name] for name in named})
    return passages(declaration, record, payload)

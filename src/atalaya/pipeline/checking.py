"""``atalaya check``: the claims of a text beside the record of an observatory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from atalaya.model.errors import WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline import store as tables
from atalaya.pipeline.extracting import document_text
from atalaya.promises import record
from atalaya.promises.claims import check
from atalaya.reading.missing import no_file


def check_file(path: Path, folder: Folder) -> Iterator[dict[str, Any]]:
    """Give an answer for each claim of a document, as rows.

    Raises:
        WrongUse: There is no such file, or the observatory has no record yet.
        BadInput: The document cannot be read.
    """
    if not path.is_file():
        raise no_file(path, "name a text, or write the sentence into a file")
    if not tables.path_of(folder.tables, "claims").exists():
        raise WrongUse(f"{folder.root} has read nothing yet", do="`atalaya run` reads its sources")
    text = document_text(path)
    for one in check(text, record(tables.read_table(folder.tables, "claims"))):
        start, end = one.span
        yield {
            "verdict": str(one.verdict),
            "kind": one.kind,
            "claimed": one.claimed,
            "found": one.found,
            "says": str(one.says),
            "safe": str(one.safe),
            "about": one.about,
            "sources": list(one.sources),
            "checked": list(one.checked),
            "start": start,
            "end": end,
        }

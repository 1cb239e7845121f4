"""``atalaya check``: the claims of a text beside the record of an observatory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from atalaya.model.settings import Folder
from atalaya.pipeline.extracting import document_text
from atalaya.promises.claims import check
from atalaya.publishing.opening import Release
from atalaya.publishing.site import Edition
from atalaya.publishing.site.beside import record_of
from atalaya.publishing.site.names import RegisterNames
from atalaya.reading.missing import no_file


def check_file(path: Path, folder: Folder) -> Iterator[dict[str, Any]]:
    """Give an answer for each claim of a document, as rows.

    It is held beside the latest release: what is not published there - a small count of people -
    is not told here either.

    Raises:
        WrongUse: There is no such file, or the observatory has released nothing yet.
        BadInput: The document cannot be read.
    """
    if not path.is_file():
        raise no_file(path, "name a text, or write the sentence into a file")
    edition = Edition(Release.open(folder.releases), RegisterNames())
    text = document_text(path)
    for one in check(text, record_of(edition)):
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
            "why": list(one.why),
            "start": start,
            "end": end,
        }

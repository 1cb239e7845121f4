"""``atalaya check``: the claims of a text beside the record of an observatory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya.model.settings import Folder
from atalaya.pipeline.extracting import document_text
from atalaya.promises.claims import Answer, check
from atalaya.publishing.opening import Release
from atalaya.publishing.site import Edition
from atalaya.publishing.site.beside import record_of
from atalaya.publishing.site.names import RegisterNames
from atalaya.reading.missing import no_file
from atalaya.reading.reports import read_report

READ = ("en", "es", "fr")  # the languages that claims are made of words in


@dataclass(frozen=True, slots=True)
class Held:
    """A text held beside the record.

    Args:
        rows: An answer for each claim in it, one a row.
        language: Its language, where no claim was found and it is none that is read; else None.
    """

    rows: tuple[dict[str, Any], ...]
    language: str | None

    def says(self) -> Iterator[str]:
        """Give it in words: what was found, or why nothing could be."""
        if self.language is not None:
            yield (
                f"the text seems to be in {self.language}: claims are read in {', '.join(READ)}, "
                "and of this one nothing was"
            )
            return
        agree, differ = (
            sum(row["verdict"] == word for row in self.rows) for word in ("agrees", "differs")
        )
        yield (
            f"claims that the record can speak to: {len(self.rows)}; {agree} agree, "
            f"{differ} differ; other claims are not looked at"
        )


def check_file(path: Path, folder: Folder) -> Held:
    """Hold each claim of a document beside the record.

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
    rows = tuple(_row(one) for one in check(text, record_of(edition)))
    return Held(rows, None if rows else _unread(text))


def _row(one: Answer) -> dict[str, Any]:
    start, end = one.span
    return {
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


def _unread(text: str) -> str | None:
    language = read_report(text).about.language
    return None if language is None or language.value in READ else str(language.value)

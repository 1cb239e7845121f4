"""``atalaya extract``: a document in, the record of what it says out, nothing half-written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya import __version__
from atalaya.evidence.durable import refuse_over, write_file
from atalaya.model.errors import WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.sentences import sentence
from atalaya.reading.missing import no_file
from atalaya.reading.reports import (
    READ,
    MeetingReport,
    is_report,
    read_report,
    unread_language,
)
from atalaya.reading.reports.texts import text_of

KINDS = ("meeting-report",)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extraction came to.

    Args:
        output: The file written.
        parts: Part of the record -> how many were found.
        issues: How many issues it lists.
        says: What the document is, where it is no report that can be read; else empty.
    """

    output: Path
    parts: dict[str, int]
    issues: int
    says: str

    def row(self) -> dict[str, Any]:
        """Give it as one row."""
        return {"output": str(self.output), **self.parts, "issues": self.issues, "says": self.says}


def extract(path: Path, output: Path, kind: str = KINDS[0], text: Path | None = None) -> Extracted:
    """Read a document and write its record.

    Args:
        path: HTML, Markdown, PDF or text.
        output: Where the record is written.
        kind: What kind of document it is.
        text: Where the text is written to which the places refer, or None.

    Raises:
        WrongUse: There is no such file or kind, or it would be written over.
        BadInput: The file is empty, not UTF-8, or a PDF without text or with a password.
    """
    if kind not in KINDS:
        raise WrongUse(
            f"documents of the kind {kind!r} are not read",
            near=KINDS[0],
            do="give --kind meeting-report",
        )
    if not path.is_file():
        raise no_file(path, "name a document: HTML, Markdown, PDF or text")
    refuse_over(path, output, text)
    words = document_text(path)
    report = read_report(words)
    content, says = _content(report)
    content["text"] = {
        "sha256": sha256_hex(words.encode()),
        "characters": len(words),
        "of": path.name,
    }
    content["read_by"] = f"atalaya {__version__}"
    if text is not None:
        write_file(text, words.encode())
    write_file(output, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    parts = {
        name: len(said)
        for name, said in content.items()
        if isinstance(said, list) and name != "issues"
    }
    return Extracted(output, parts, len(content["issues"]), says)


def document_text(path: Path, *, tables: bool = False) -> str:
    """Give a document's text, by what the file is and not by its name.

    Args:
        path: The file.
        tables: Whether the tables of a PDF are kept, with tabs between cells.

    Raises:
        BadInput: It is empty, too large, binary, not UTF-8, or a PDF that gives no text.
    """
    page = path.suffix.lower() in (".html", ".htm", ".xhtml")
    return text_of(path.read_bytes(), str(path), page=page, tables=tables)


def _content(report: MeetingReport) -> tuple[dict[str, Any], str]:
    """Give the record, with an issue where it is no report or not in a language that is read."""
    content = report.content()
    if (language := unread_language(report)) is not None:
        says = sentence(
            "the text is in {language}: reports in {read} are read; of this one "
            "nothing but its title was",
            language=language,
            read=", ".join(READ),
        )
        return _bare(content, "language-not-read", str(says)), str(says)
    parts = is_report(report)
    if parts:
        return content, ""
    says = sentence(
        "this is no report of a meeting that can be read: no session, resolution, "
        "side event or meeting was found"
    )
    return _bare(content, "not-a-report", str(says)), str(says)


def _bare(content: dict[str, Any], kind: str, says: str) -> dict[str, Any]:
    """Give an empty record of a document that is not read, but for its title and language."""
    bare = read_report("").content()
    for name in ("title", "language"):
        bare["document"][name] = content["document"][name]
    span = {"start": 0, "end": 0, "quote": ""}
    bare["issues"] = [{"kind": kind, "says": says, "span": span}]
    return bare

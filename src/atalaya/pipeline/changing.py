"""``atalaya changes``: what followed pages say otherwise, or one file beside another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from atalaya.evidence.sources import load_sources
from atalaya.model.errors import BadInput, Place, WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline import store as tables
from atalaya.reading.changes import Version, difference
from atalaya.reading.changes.opening import opened
from atalaya.reading.missing import no_file

_LARGEST = 100_000_000  # bytes of a file that is compared
_BLANK = b"\xef\xbb\xbf \t\r\n\f"
_FORMS = "give the version as HTML, Markdown, text, CSV, or PDF with text in it"
_FAULTS = {
    "binary": "it holds no text: it is a picture, a packed file or a program",
    "pdf-without-text": "no text can be read from this PDF: it is broken, locked or was scanned",
    "another-format": "one of them is a table and the other is not",
}
_SHOWN = (
    "to_at",
    "from_at",
    "source",
    "address",
    "kind",
    "unit",
    "where",
    "row_name",
    "column_name",
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two files compared.

    Args:
        rows: One row a change, then one for each kind of difference that is none.
        says: How many there are, in words.
    """

    rows: tuple[Row, ...]
    says: str


def compare_files(old: Path, new: Path) -> Compared:
    """Say what changed between two files.

    Args:
        old: The older file.
        new: The newer one.

    Raises:
        WrongUse: There is no such file.
        BadInput: A file is too large, or no text can be read from it.
    """
    versions = [Version(_payload(one), name=one.name) for one in (old, new)]
    found = difference(*versions)
    if found.unread:
        raise _unread(found.unread, (old, new), versions)
    rows: list[Row] = []
    for change in found.changes:
        said = change.content()
        reads = marked([[run.op, run.text] for run in change.words])
        rows.append(said | {"reads": reads, "count": 1, "because": None})
    rows += (
        dict.fromkeys(rows[0] if rows else _SHOWN[4:])
        | {"kind": "aside", "count": count, "because": why.value}
        for why, count in found.aside.items()
    )
    aside = ", ".join(f"{count} {why.value}" for why, count in found.aside.items())
    number = len(found.changes)
    changes = "1 change" if number == 1 else f"{number} changes"
    counted = f"{changes} of content; not counted as such: {aside or 'nothing'}"
    return Compared(tuple(rows), counted)


def list_changes(folder: Folder, source: str | None, since: str | None) -> Iterator[Row]:
    """Give the changes of followed pages, the oldest first.

    Args:
        folder: The observatory, its pages read at least once.
        source: Slug of the only source to list, or None for all.
        since: Day of the first newer version to list, ``YYYY-MM-DD``, or None.

    Raises:
        WrongUse: There is no such source, or it is no day.
        LookAtThis: Nothing was read yet.
    """
    if source is not None:
        _known(source, [one.slug for one in load_sources(folder.sources)])
    first = _day(since)
    for row in tables.read_table(folder.tables, "page_changes").to_pylist():
        if (source and row["source"] != source) or row["to_at"][:10] < first:
            continue
        words = json.loads(row["words"] or "[]")
        texts = ("before", "after", "numbers", "where_before")
        shown = {name: row[name] for name in (*_SHOWN, *texts)}
        last = {"count": row["count"], "because": row["because"], "id": row["id"]}
        yield shown | {"reads": marked(words)} | last


def marked(runs: Sequence[Sequence[str]]) -> str | None:
    """Write runs of words in one line, as word diffs are written.

    >>> marked([["keep", "It has "], ["del", "40"], ["ins", "44"], ["keep", " members."]])
    'It has [-40-]{+44+} members.'
    """
    signs = {"keep": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    return "".join(signs[op].format(text) for op, text in runs) or None


def _payload(path: Path) -> bytes:
    if not path.is_file():
        raise no_file(path, "name two files: the older version and the newer one")
    if path.stat().st_size > _LARGEST:
        raise BadInput(
            f"the file is larger than {_LARGEST:,} bytes",
            do="give the part of it that you follow",
            where=Place(str(path)),
        )
    payload = path.read_bytes()
    if not payload.strip(_BLANK):
        raise BadInput(
            "the file is empty: it says nothing",
            why="a page that did not come is no page from which all was removed",
            do="give the version as it was published",
            where=Place(str(path)),
        )
    return payload


def _unread(why: str, paths: Sequence[Path], versions: Sequence[Version]) -> BadInput:
    """Name the file of the two that cannot be read, and why, or say that they are unlike."""
    for path, one in zip(paths, versions, strict=True):
        if fault := _FAULTS.get(opened(one.payload, one.media_type, one.name).unread):
            return BadInput(fault, do=_FORMS, where=Place(str(path)))
    return BadInput(
        f"these two cannot be compared: {_FAULTS.get(why, why)}",
        do="give both versions in one format",
        where=Place(str(paths[1])),
    )


def _known(source: str, slugs: Sequence[str]) -> None:
    if source not in slugs:
        near = get_close_matches(source, slugs, n=1)
        raise WrongUse(
            f"there is no source {source!r}", near=near[0] if near else None, do=", ".join(slugs)
        )


def _day(text: str | None) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise WrongUse(f"{text!r} is no day", do="write it as 2026-03-01") from error

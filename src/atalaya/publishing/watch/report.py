"""The answer to "what is new in this sheet?", ready to be said in any language."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.findings.sheets.records import News
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.rows import NameInSheet, SheetRows


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name no register knows that is built like those of a family."""

    name: NameInSheet
    family: str


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last sheet kept in the same folder.

    Args:
        when: Day the last sheet was kept, or None for the first one.
        same_sheet: Whether this very file was kept before.
        added: Rows that were not there.
        changed: (sheet, line) in the new sheet of rows with the same number and other content.
        removed: (sheet, line) in the older sheets of rows that are gone.
        same: Rows recognised, and counted once.
        new: Keys of findings that did not stand then.
        gone: Keys of findings that stood then and do not now.
    """

    when: str | None
    same_sheet: bool
    added: int
    changed: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]
    same: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WatchReport:
    """Everything said about one sheet.

    Args:
        sheet: How it was read.
        sha256: SHA-256 of the file.
        news: What is new in it, with all earlier sheets of the folder where there is one.
        candidates: Unknown names built like those of a family.
        assumed: What the counting assumed, beside the remarks of the reading.
        since: What changed since the last sheet, or None where nothing is kept.
        made_at: When, UTC, as ``YYYY-MM-DD HH:MM``.
    """

    sheet: SheetRows
    sha256: str
    news: News
    candidates: tuple[Candidate, ...]
    assumed: tuple[Remark, ...]
    since: Since | None
    made_at: str
